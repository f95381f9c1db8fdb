/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_files.h"
#include "app/case/case_tabs.h"
#include "app/case/coverage_bar.h"
#include "app/case/prompter.h"
#include "app/case/recordings_compared.h"
#include "app/case/recordings_shots.h"
#include "app/case/recordings_words.h"
#include "app/words.h"

/* The recordings of a case, step by step (ux.md §4, 音像): what is owed in words, how much of it is
 * covered with each gap by its name and one button to explain it, what is to be seen in it, and the
 * files with device, officer, times, and whether one has looked at them. */

struct _JzCaseRecordings {
  JzCaseTab parent_instance;

  char *wanted_step; /* to be shown once it is there */
  char *wanted_gap;  /* when that gap begins */
  GtkWidget *found;
  gboolean may;    /* links and explains */
  gboolean heads;  /* decides on what others said */
  gboolean is_top; /* decides what must not be recorded */
};

G_DEFINE_FINAL_TYPE (JzCaseRecordings, jz_case_recordings, JZ_TYPE_CASE_TAB)

static JzJson *
new_preset (const JzJson *step)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "of", jz_json_read_text (step, "of"));
  return preset;
}

static void
add_button (GtkWidget *line, const char *label, const char *act, JzJson *preset)
{
  gtk_box_append (GTK_BOX (line), jz_case_new_act_button (label, act, preset));
}

static JzJson *
new_decision (const JzJson *statement, gboolean approves)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "statement", jz_json_read_text (statement, "id"));
  jz_json_set_boolean (preset, "approved", approves);
  return preset;
}

/* Nobody approves what he said himself. */
static void
add_decisions (JzCaseRecordings *self, GtkWidget *line, const JzJson *statement)
{
  const char *me = jz_office_client_get_person (jz_case_tab_get_client (JZ_CASE_TAB (self)));

  if (!self->heads || statement == NULL || !jz_recordings_is_state (statement, "waiting") ||
      strcmp (jz_json_read_text (statement, "actor"), me) == 0)
    return;
  add_button (line, _ ("Approve…"), "recording.approve", new_decision (statement, TRUE));
  add_button (line, _ ("Do Not Approve…"), "recording.approve", new_decision (statement, FALSE));
}

static JzJson *
new_span_preset (const JzJson *step)
{
  JzJson *preset = new_preset (step);

  if (jz_json_read_text (step, "from")[0] != '\0') {
    jz_json_set_text (preset, "began_at", jz_json_read_text (step, "from"));
    jz_json_set_text (preset, "ended_at", jz_json_read_text (step, "to"));
  }
  return preset;
}

/* What dropping files on the step does, for who has no mouse. */
static GtkWidget *
new_add_button (const JzJson *step)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *name =
    g_strdup_printf (_ ("Add files that show this step: %s"), jz_json_read_text (step, "label"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", jz_json_read_text (step, "of"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "recordings.add-files");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* What is said while it is recorded, for who is about to do it. */
static void
add_prompter (GtkWidget *line, const JzJson *step)
{
  GtkWidget *button;
  g_autofree char *name = NULL;

  if (jz_json_get_member (step, "words") == NULL ||
      jz_json_get_n_items (jz_json_get_member (step, "words")) == 0)
    return;
  button = gtk_button_new_with_label (C_ ("recording", "What to Say…"));
  name = g_strdup_printf (_ ("What to say while recording: %s"), jz_json_read_text (step, "name"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", jz_json_read_text (step, "of"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "recordings.prompt");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), button);
}

static void
add_step_buttons (JzCaseRecordings *self, GtkWidget *line, const JzJson *step)
{
  gboolean is_barred = jz_recordings_is_state (step, "forbidden|quarantined|contradicted");
  gboolean is_open = jz_recordings_is_state (step, "none|refused");

  add_decisions (self, line, jz_json_get_member (step, "statement"));
  if (is_barred && self->heads)
    add_button (line, _ ("Allow Again…"), "recording.allow", new_preset (step));
  if (jz_recordings_is_state (step, "contradicted") && self->is_top)
    add_button (line, _ ("It Stays Forbidden…"), "recording.forbid", new_preset (step));
  if (!self->may || is_barred)
    return;
  add_prompter (line, step);
  gtk_box_append (GTK_BOX (line), new_add_button (step));
  if (jz_recordings_is_full (step))
    add_button (line, _ ("From When to When…"), "recording.declare", new_span_preset (step));
  add_button (line, _ ("Link a Recording…"), "recording.bind", new_preset (step));
  if (is_open && strcmp (jz_json_read_text (step, "level"), "choose") == 0)
    add_button (line, _ ("Say Why Not…"), "recording.excuse", new_preset (step));
  else if (is_open && jz_json_get_n_items (jz_json_get_member (step, "gaps")) == 0)
    add_button (line, _ ("Explain…"), "recording.explain_gap", new_preset (step));
}

static GtkWidget *
new_line (GtkWidget **texts)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (*texts, TRUE);
  gtk_box_append (GTK_BOX (line), *texts);
  return line;
}

static void
remember (JzCaseRecordings *self, const JzJson *step, const char *gap, GtkWidget *line)
{
  GtkWidget *last = gtk_widget_get_last_child (line);

  if (g_strcmp0 (self->wanted_step, jz_json_read_text (step, "of")) == 0 &&
      g_strcmp0 (self->wanted_gap, gap) == 0)
    self->found = GTK_IS_BUTTON (last) ? last : gtk_widget_get_parent (line);
}

static void
add_state (JzCaseRecordings *self, GtkWidget *group, const JzJson *step)
{
  GtkWidget *texts;
  GtkWidget *line = new_line (&texts);
  g_autofree char *sentence = jz_recordings_dup_state (step);
  g_autofree char *level =
    g_strdup_printf (_ ("%1$s: audio-visual record %2$s"), jz_json_read_text (step, "name"),
                     jz_json_read_text (step, "level_label"));

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (level, NULL));
  gtk_box_append (GTK_BOX (texts),
                  jz_case_new_label (sentence, jz_json_get_member_boolean (step, "owes", FALSE)
                                                 ? "warning"
                                                 : "dim-label"));
  add_step_buttons (self, line, step);
  jz_case_new_row (group, line);
  remember (self, step, NULL, line);
}

/* Of a step or a gap. */
static char *
dup_span (const JzJson *json)
{
  return jz_words_dup_span (jz_json_read_text (json, "from"), jz_json_read_text (json, "to"));
}

static void
add_bar (GtkWidget *group, const JzJson *step)
{
  const JzJson *bar = jz_json_get_member (step, "bar");
  GtkWidget *box;
  g_autofree char *when = NULL;
  g_autofree char *span = NULL;
  g_autofree char *name = NULL;

  if (bar == NULL || !jz_recordings_is_full (step))
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  when = dup_span (step);
  span = g_strdup_printf (_ ("The step lasted %s"), when);
  name = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Coverage of %1$s: %2$u gap is open",
                                       "Coverage of %1$s: %2$u gaps are open",
                                       jz_recordings_count_gaps (step)),
                          when, jz_recordings_count_gaps (step));
  gtk_box_append (GTK_BOX (box), jz_case_new_label (span, "dim-label"));
  gtk_box_append (GTK_BOX (box), jz_coverage_bar_new (bar, name));
  jz_case_new_row (group, box);
}

static void
add_gap (JzCaseRecordings *self, GtkWidget *group, const JzJson *step, const JzJson *gap)
{
  GtkWidget *texts;
  GtkWidget *line = new_line (&texts);
  gint64 seconds = jz_json_get_member_integer (gap, "seconds", 0);
  g_autofree char *state = jz_recordings_dup_gap_state (gap);
  g_autofree char *when = dup_span (gap);
  g_autofree char *title = g_strdup_printf (_ ("Gap %1$s (%2$lld min %3$lld s)"), when,
                                            (long long)(seconds / 60), (long long)(seconds % 60));

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (title, NULL));
  gtk_box_append (
    GTK_BOX (texts),
    jz_case_new_label (state, jz_recordings_is_state (gap, "approved") ? "dim-label" : "warning"));
  add_decisions (self, line, jz_json_get_member (gap, "explanation"));
  if (self->may && jz_recordings_is_state (gap, "none|refused")) {
    JzJson *preset = new_preset (step);
    jz_json_set_text (preset, "began_at", jz_json_read_text (gap, "from"));
    jz_json_set_text (preset, "ended_at", jz_json_read_text (gap, "to"));
    add_button (line, _ ("Explain…"), "recording.explain_gap", preset);
  }
  jz_case_new_row (group, line);
  remember (self, step, jz_json_read_text (gap, "from"), line);
}

static GtkWidget *
new_badge (const JzJson *recording)
{
  if (jz_json_get_member_boolean (recording, "sealed", FALSE))
    return jz_case_new_label (_ ("sealed off"), "error");
  if (jz_json_get_member (recording, "locked") != NULL)
    return jz_case_new_label (C_ ("recording", "locked"), "error");
  return jz_json_get_member_boolean (recording, "seen", FALSE)
           ? jz_case_new_label (C_ ("recording", "seen"), "dim-label")
           : jz_case_new_label (C_ ("recording", "not opened yet"), "warning");
}

static void
add_recording (JzCaseRecordings *self, GtkWidget *group, const JzJson *recording)
{
  GtkWidget *texts;
  GtkWidget *line = new_line (&texts);
  gboolean is_sealed = jz_json_get_member_boolean (recording, "sealed", FALSE);
  gboolean is_locked = jz_json_get_member (recording, "locked") != NULL;
  const JzJson *secrecy = jz_json_get_member (recording, "secrecy");
  const char *attachment = jz_json_read_text (recording, "attachment");
  g_autofree char *source = jz_recordings_dup_source (recording);
  g_autofree char *place =
    g_strdup_printf ("cases/%s/evidence/%s", jz_case_tab_get_case (JZ_CASE_TAB (self)), attachment);

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (recording, "name"), NULL));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (source, "dim-label"));
  if (secrecy != NULL)
    gtk_box_append (GTK_BOX (texts),
                    jz_case_new_label (jz_json_read_text (secrecy, "label"), "error"));
  if (is_locked)
    gtk_box_append (GTK_BOX (texts),
                    jz_case_new_label (jz_json_read_text (recording, "locked"), NULL));
  gtk_box_append (GTK_BOX (line), jz_case_fix_width (new_badge (recording), 70, FALSE));
  if (!is_locked)
    gtk_box_append (GTK_BOX (line), jz_case_new_go_button (C_ ("recording", "Open"), place));
  if (is_sealed && self->is_top) {
    JzJson *preset = jz_json_new_object ();
    jz_json_set_text (preset, "attachment", attachment);
    add_button (line, _ ("Decide…"), "recording.dispose", preset);
  }
  if (self->may && jz_json_get_member_boolean (recording, "linked", FALSE)) {
    JzJson *preset = jz_json_new_object ();
    jz_json_set_text (preset, "record", jz_json_read_text (recording, "id"));
    add_button (line, _ ("Unlink…"), "recording.unbind", preset);
  }
  jz_case_new_row (group, line);
}

static void
add_step (JzCaseRecordings *self, GtkBox *box, const JzJson *step)
{
  const JzJson *gaps = jz_json_get_member (step, "gaps");
  const JzJson *recordings = jz_json_get_member (step, "recordings");
  g_autofree char *when = jz_words_dup_moment (jz_json_read_text (step, "time"));
  g_autofree char *title = g_strdup_printf ("%s %s", when, jz_json_read_text (step, "label"));
  GtkWidget *group = jz_case_new_group (box, title);

  if (self->may && !jz_recordings_is_state (step, "forbidden|quarantined|contradicted"))
    jz_case_take_files (JZ_CASE_TAB (self), group, jz_json_read_text (step, "of"));
  add_state (self, group, step);
  add_bar (group, step);
  for (guint i = 0; i < jz_json_get_n_items (gaps); i++)
    add_gap (self, group, step, jz_json_get_item (gaps, i));
  jz_recordings_show_shots (group, step, jz_case_tab_get_case (JZ_CASE_TAB (self)), self->may);
  for (guint i = 0; i < jz_json_get_n_items (recordings); i++)
    add_recording (self, group, jz_json_get_item (recordings, i));
}

static gboolean
focus_found (gpointer data)
{
  GtkWidget *widget = data;

  if (gtk_widget_get_root (widget) != NULL)
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

/* Once it has its place, so that it is scrolled to. */
static void
go_to_found (JzCaseRecordings *self)
{
  if (self->found != NULL) {
    g_idle_add_full (G_PRIORITY_LOW, focus_found, g_object_ref (self->found), g_object_unref);
    g_clear_pointer (&self->wanted_step, g_free);
    g_clear_pointer (&self->wanted_gap, g_free);
  }
  self->found = NULL;
}

static GtkWidget *
new_cards_button (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Print Cards With the Words for Recording…"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "cards");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.print");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
jz_case_recordings_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCaseRecordings *self = JZ_CASE_RECORDINGS (tab);
  GtkBox *box = jz_case_tab_clear (tab);
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  const JzJson *steps = jz_json_get_member (sheet, "recordings");
  gboolean is_open =
    strcmp (jz_json_read_text (jz_json_get_member (sheet, "case"), "stage"), "open") == 0;

  self->may = is_open && jz_office_client_has_role (client, "handler|section_head");
  self->heads = is_open && jz_office_client_has_role (client, "section_head|approver|head");
  self->is_top = is_open && jz_office_client_has_role (client, "approver|head");
  self->found = NULL;
  if (jz_json_get_n_items (steps) == 0)
    gtk_box_append (box, jz_case_new_label (
                           _ ("Nothing was done in this case yet that is to be recorded."), NULL));
  else if (self->may)
    gtk_box_append (box, jz_case_new_label (
                           _ ("Drop files on the step that they show to add them."), "dim-label"));
  for (guint i = 0; i < jz_json_get_n_items (steps); i++)
    add_step (self, box, jz_json_get_item (steps, i));
  jz_recordings_show_compared (box, jz_json_get_member (sheet, "untied"));
  if (jz_json_get_n_items (steps) > 0)
    gtk_box_append (box, new_cards_button ());
  go_to_found (self);
}

static void
add_files (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_case_choose_files (JZ_CASE_TAB (widget), g_variant_get_string (parameter, NULL));
}

static void
prompt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzJson *steps =
    jz_json_get_member (jz_case_tab_get_sheet (JZ_CASE_TAB (widget)), "recordings");

  for (guint i = 0; i < jz_json_get_n_items (steps); i++) {
    const JzJson *step = jz_json_get_item (steps, i);
    if (strcmp (jz_json_read_text (step, "of"), g_variant_get_string (parameter, NULL)) == 0)
      jz_prompter_show (widget, jz_json_read_text (step, "name"),
                        jz_json_get_member (step, "words"));
  }
}

/* "STEP" or "STEP/BEGINNING OF A GAP" */
static void
jz_case_recordings_go (JzCaseTab *tab, const char *const *path)
{
  JzCaseRecordings *self = JZ_CASE_RECORDINGS (tab);

  g_free (self->wanted_step);
  g_free (self->wanted_gap);
  self->wanted_step = g_strdup (path[0]);
  self->wanted_gap = path[0] != NULL ? g_strdup (path[1]) : NULL;
}

static void
jz_case_recordings_finalize (GObject *object)
{
  JzCaseRecordings *self = JZ_CASE_RECORDINGS (object);

  g_free (self->wanted_step);
  g_free (self->wanted_gap);
  G_OBJECT_CLASS (jz_case_recordings_parent_class)->finalize (object);
}

static void
jz_case_recordings_class_init (JzCaseRecordingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_case_recordings_finalize;
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_recordings_show;
  JZ_CASE_TAB_CLASS (klass)->go = jz_case_recordings_go;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "recordings.add-files", "s",
                                   add_files);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "recordings.prompt", "s", prompt);
}

static void
jz_case_recordings_init (JzCaseRecordings *self)
{
}
