/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/rule_tester.h"

#include <glib/gi18n-lib.h>

#include "app/words.h"
#include "base/typed.h"
#include "office/adoption_list.h"
#include "office/rule_trial.h"

/* Nobody knows the names of facts by heart: the rule is tried with what is stated, and whatever it
 * lacks is asked for below, until it has an answer. Nothing of it is ever written. */

struct _JzRuleTester {
  AdwBin parent_instance;

  JzOfficeClient *client;
  char *rule;
  gboolean is_limit;
  GCancellable *cancellable;

  GtkBox *box;
  GtkEntry *from;
  GtkBox *facts;
  GtkLabel *result;
  GtkBox *explanation;
};

/* A fact that is asked for: the widget's data "fact" and "kind". */
#define FACT "juanzong-fact"
#define KIND "juanzong-kind"
#define WORDS "juanzong-words"

G_DEFINE_FINAL_TYPE (JzRuleTester, jz_rule_tester, ADW_TYPE_BIN)

typedef struct {
  char *rule;
  char *from;
  GStrv assignments;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_free (self->rule);
  g_free (self->from);
  g_strfreev (self->assignments);
  g_free (self);
}

static gpointer
try_rule (JzOffice *office,
          JzConnection *reader,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Asked *asked = data;
  g_autoptr (GPtrArray) years = NULL;
  JzTrialRequest request = { .rule = asked->rule,
                             .from = asked->from,
                             .assignments = (const char *const *)asked->assignments };

  if (!jz_adopted_find_rulebook (office, reader, &request.rulebook, error) ||
      !jz_adopted_find_calendar (office, reader, &request.calendar, &years, error))
    return NULL;
  g_return_val_if_fail (request.rulebook != NULL, NULL);
  return jz_rule_try (&request, error);
}

static GtkWidget *
new_caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  return label;
}

static GtkWidget *
new_dropdown (const JzTrialFact *fact)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *dropdown;

  gtk_string_list_append (labels, _ ("Not stated"));
  g_ptr_array_add (words, g_strdup (""));
  for (guint i = 0; fact->choices != NULL && fact->choices[i] != NULL; i += 2) {
    g_ptr_array_add (words, g_strdup (fact->choices[i]));
    gtk_string_list_append (labels, fact->choices[i + 1]);
  }
  if (fact->choices == NULL) {
    gtk_string_list_append (labels, _ ("Yes"));
    g_ptr_array_add (words, g_strdup ("true"));
    gtk_string_list_append (labels, _ ("No"));
    g_ptr_array_add (words, g_strdup ("false"));
  }
  dropdown = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  g_object_set_data_full (G_OBJECT (dropdown), WORDS, words, (GDestroyNotify)g_ptr_array_unref);
  return dropdown;
}

static GtkWidget *
find_fact (JzRuleTester *self, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->facts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), FACT), name) == 0)
      return child;
  return NULL;
}

static void
add_fact (JzRuleTester *self, const JzTrialFact *fact)
{
  GtkWidget *caption;
  GtkWidget *field;

  if (fact->kind == JZ_VALUE_LIST || find_fact (self, fact->name) != NULL)
    return;
  caption = new_caption (fact->meaning);
  if (fact->kind == JZ_VALUE_BOOL || fact->kind == JZ_VALUE_CHOICE) {
    field = new_dropdown (fact);
  } else {
    field = gtk_entry_new ();
    gtk_entry_set_placeholder_text (GTK_ENTRY (field), fact->hint);
    gtk_widget_set_tooltip_text (field, fact->hint);
  }
  g_object_set_data_full (G_OBJECT (field), FACT, g_strdup (fact->name), g_free);
  g_object_set_data (G_OBJECT (field), KIND, GUINT_TO_POINTER (fact->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fact->meaning, -1);
  gtk_box_append (self->facts, caption);
  gtk_box_append (self->facts, field);
}

/* (transfer full) (nullable): what stands in an entry, as the language of facts writes it */
static char *
read_entry (JzRuleTester *self, GtkWidget *field)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (field));
  JzValueKind kind = (JzValueKind)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (field), KIND));
  JzDate today = jz_office_client_today (self->client);
  JzDate date;
  gint64 fen = 0;

  if (text[0] == '\0')
    return NULL;
  if (kind == JZ_VALUE_DATE && jz_typed_read_date (text, today, &date)) {
    char day[JZ_DATE_SIZE];
    jz_date_format (date, day);
    gtk_editable_set_text (GTK_EDITABLE (field), day);
    return g_strdup (day);
  }
  if (kind == JZ_VALUE_MONEY && jz_typed_read_money (text, &fen))
    return g_strdup_printf ("%lld fen", (long long)fen);
  return g_strdup (text);
}

static char *
read_field (JzRuleTester *self, GtkWidget *field)
{
  GPtrArray *words = g_object_get_data (G_OBJECT (field), WORDS);
  guint selected;

  if (words == NULL)
    return read_entry (self, field);
  selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (field));
  return selected > 0 && selected < words->len ? g_strdup (words->pdata[selected]) : NULL;
}

static GStrv
read_assignments (JzRuleTester *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->facts)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *name = g_object_get_data (G_OBJECT (child), FACT);
    g_autofree char *value = name != NULL ? read_field (self, child) : NULL;
    if (value != NULL) {
      g_autofree char *assignment = g_strconcat (name, "=", value, NULL);
      g_strv_builder_add (builder, assignment);
    }
  }
  return g_strv_builder_end (builder);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_expander (JzRuleTester *self, const char *title, const char *text)
{
  GtkWidget *expander = gtk_expander_new (title);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  gtk_box_append (self->explanation, expander);
}

static char *
dup_days (const JzTrial *trial)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < trial->days->len; i++) {
    const JzTrialDay *day = trial->days->pdata[i];
    g_autofree char *date = jz_words_dup_date (day->date);
    g_autofree char *weekday = jz_words_dup_weekday (day->date);
    g_string_append_printf (text, "%s%s %s  %d  %s", i > 0 ? "\n" : "", date, weekday,
                            day->n_counted, day->text);
  }
  return g_string_free (text, FALSE);
}

static void
show_trial (JzRuleTester *self, const JzTrial *trial)
{
  static const char *const styles[] = { "warning", "success", "error", "success", "dim-label" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->result), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->result), styles[trial->outcome]);
  gtk_label_set_label (self->result, trial->sentence);
  clear_box (self->explanation);
  for (guint i = 0; i < trial->notes->len; i++)
    gtk_box_append (self->explanation, new_caption (trial->notes->pdata[i]));
  if (trial->days != NULL && trial->days->len > 0) {
    g_autofree char *days = dup_days (trial);
    add_expander (self, _ ("How it was counted"), days);
  }
  if (trial->trace != NULL && trial->trace[0] != '\0')
    add_expander (self, _ ("How each part came out"), trial->trace);
  for (guint i = 0; i < trial->facts->len; i++)
    add_fact (self, trial->facts->pdata[i]);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzRuleTester) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzTrial) trial =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (trial != NULL) {
    show_trial (self, trial);
    /* The answer may stand below what is seen; focus brings it there and lets it be read aloud. */
    gtk_widget_grab_focus (GTK_WIDGET (self->result));
    gtk_label_select_region (self->result, 0, 0);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    clear_box (self->explanation);
    gtk_label_set_label (self->result, error->message);
  }
}

static void
try_it (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRuleTester *self = JZ_RULE_TESTER (widget);
  Asked *asked = g_new0 (Asked, 1);

  asked->rule = g_strdup (self->rule);
  asked->from = self->is_limit ? read_entry (self, GTK_WIDGET (self->from)) : NULL;
  asked->assignments = read_assignments (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (self->client, try_rule, asked, asked_free,
                               (GDestroyNotify)jz_trial_free, self->cancellable, on_tried,
                               g_object_ref (self));
}

static void
jz_rule_tester_dispose (GObject *object)
{
  JzRuleTester *self = JZ_RULE_TESTER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->rule, g_free);
  G_OBJECT_CLASS (jz_rule_tester_parent_class)->dispose (object);
}

static void
jz_rule_tester_class_init (JzRuleTesterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_rule_tester_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "tester.try", NULL, try_it);
}

static void
jz_rule_tester_init (JzRuleTester *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->facts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->explanation = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->result = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->result, 0);
  gtk_label_set_wrap (self->result, TRUE);
  gtk_label_set_wrap_mode (self->result, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->result, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->result), "heading");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

static void
add_from (JzRuleTester *self)
{
  GtkWidget *caption = new_caption (_ ("Counted from"));

  self->from = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->from, _ ("A day, such as 2026-03-02"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->from), _ ("A day, such as 2026-03-02"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->from), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Counted from"), -1);
  g_object_set_data (G_OBJECT (self->from), KIND, GUINT_TO_POINTER (JZ_VALUE_DATE));
  gtk_box_append (self->box, caption);
  gtk_box_append (self->box, GTK_WIDGET (self->from));
}

/**
 * jz_rule_tester_new:
 * @client: the office, whose adopted rules and working days are taken
 * @rule: a limit, a gate or a threshold
 *
 * Returns: (transfer floating): a box to try it out in
 */
GtkWidget *
jz_rule_tester_new (JzOfficeClient *client, const JzRule *rule)
{
  JzRuleTester *self = g_object_new (JZ_TYPE_RULE_TESTER, NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Try It Out"));

  self->client = g_object_ref (client);
  self->rule = g_strdup (rule->id);
  self->is_limit = rule->kind == JZ_RULE_LIMIT;
  if (self->is_limit)
    add_from (self);
  gtk_box_append (self->box, GTK_WIDGET (self->facts));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tester.try");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (self->box, button);
  gtk_box_append (self->box, GTK_WIDGET (self->result));
  gtk_box_append (self->box, GTK_WIDGET (self->explanation));
  return GTK_WIDGET (self);
}
