/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/forms_page.h"

#include <glib/gi18n-lib.h>

#include "app/lists/adopt_dialog.h"
#include "app/lists/form_sheet.h"
#include "app/lists/rule_reading.h"

#define ADOPTERS "head|review_head|section_head"
#define SHEET_WIDTH 480
/* A4, upright. */
#define SHEET_HEIGHT 679

typedef struct {
  JzFormSet *forms; /* (nullable) */
  GPtrArray *adoptions;
} Reading;

struct _JzFormsPage {
  JzListPage parent_instance;

  GCancellable *drawing;
};

G_DEFINE_FINAL_TYPE (JzFormsPage, jz_forms_page, JZ_TYPE_LIST_PAGE)

static const JzShortColumn columns[] = {
  { N_ ("Form"), 24, TRUE },
  { N_ ("Kind"), 14, FALSE },
  { N_ ("Word of the number"), 18, FALSE },
};

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->forms, jz_form_set_unref);
  g_clear_pointer (&self->adoptions, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_forms (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Reading *self = g_new0 (Reading, 1);
  const JzFormSet *forms = NULL;
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  self->adoptions = jz_adoption_list (reader, JZ_ADOPTED_FORMS, today, error);
  if (self->adoptions != NULL && jz_adopted_find_forms (office, reader, &forms, error)) {
    self->forms = forms != NULL ? jz_form_set_ref (forms) : NULL;
    return self;
  }
  reading_free (self);
  return NULL;
}

static const char *
get_language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? "zh-CN" : "en";
}

static const char *
get_kind_word (const JzForm *form)
{
  switch (jz_form_get_kind (form)) {
  case JZ_FORM_TABLE:
    return C_ ("form", "Form with boxes");
  case JZ_FORM_RECORD:
    return C_ ("form", "Record");
  case JZ_FORM_LETTER:
  default:
    return C_ ("form", "Letter");
  }
}

/* Documents without numbers of their own bear that of their case. */
static const char *
get_number_word (const JzForm *form)
{
  const char *word = jz_form_get_number_code (form);

  if (word == NULL)
    return C_ ("form", "None");
  return g_str_equal (word, "case") ? _ ("Number of the case") : word;
}

static void
fill (JzListPage *page, gpointer result)
{
  const Reading *reading = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *sentence = jz_adoptions_dup_sentence (reading->adoptions);

  for (guint i = 0; reading->forms != NULL && i < jz_form_set_get_n_forms (reading->forms); i++) {
    const JzForm *form = jz_form_set_get_form (reading->forms, i);
    g_ptr_array_add (rows, jz_short_row_new (jz_form_get_id (form), NULL,
                                             jz_form_get_title (form, get_language ()),
                                             get_kind_word (form), get_number_word (form), NULL));
  }
  jz_short_table_set_rows (jz_list_page_get_table (page), rows);
  jz_list_page_set_strip (page, sentence);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFormsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = jz_form_sheet_draw_finish (result, &error);
  JzDetail *detail = jz_list_page_get_detail (JZ_LIST_PAGE (self));

  for (guint i = 0; pages != NULL && i < pages->len; i++) {
    GtkWidget *picture = gtk_picture_new_for_paintable (pages->pdata[i]);
    g_autofree char *label = g_strdup_printf (_ ("Page %u"), i + 1);
    gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
    gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_CONTAIN);
    gtk_widget_set_size_request (picture, SHEET_WIDTH, SHEET_HEIGHT);
    gtk_widget_set_halign (picture, GTK_ALIGN_START);
    gtk_picture_set_alternative_text (GTK_PICTURE (picture), label);
    gtk_widget_add_css_class (picture, "lists-sheet");
    jz_detail_add_widget (detail, picture);
  }
}

static void
show (JzListPage *page, gpointer result, const char *id)
{
  JzFormsPage *self = JZ_FORMS_PAGE (page);
  const Reading *reading = result;
  JzDetail *detail = jz_list_page_get_detail (page);
  const JzForm *form =
    id != NULL && reading->forms != NULL ? jz_form_set_find (reading->forms, id) : NULL;
  guint width = SHEET_WIDTH * (guint)gtk_widget_get_scale_factor (GTK_WIDGET (page));

  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  if (form == NULL) {
    jz_detail_add_text (detail, _ ("Choose a form to see it as it will be printed."), "dim-label");
    jz_adoptions_show (reading->adoptions, detail);
    return;
  }
  self->drawing = g_cancellable_new ();
  jz_detail_set_heading (detail, jz_form_get_title (form, get_language ()), jz_form_get_id (form));
  jz_form_sheet_draw_async (form, width,
                            jz_office_client_is_demo (jz_section_get_client (JZ_SECTION (page))),
                            self->drawing, on_drawn, g_object_ref (self));
}

static void
adopt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_adopt_dialog_present (widget, jz_section_get_client (JZ_SECTION (widget)), JZ_ADOPTED_FORMS);
}

static void
jz_forms_page_constructed (GObject *object)
{
  JzListPage *page = JZ_LIST_PAGE (object);

  G_OBJECT_CLASS (jz_forms_page_parent_class)->constructed (object);
  jz_list_page_add_button (page, _ ("_Adopt Forms…"), "forms.adopt", ADOPTERS);
  jz_list_page_set_none_adopted (page);
  gtk_widget_set_size_request (GTK_WIDGET (jz_list_page_get_detail (page)), SHEET_WIDTH + 40, -1);
}

static void
jz_forms_page_dispose (GObject *object)
{
  g_cancellable_cancel (JZ_FORMS_PAGE (object)->drawing);
  g_clear_object (&JZ_FORMS_PAGE (object)->drawing);
  G_OBJECT_CLASS (jz_forms_page_parent_class)->dispose (object);
}

static void
jz_forms_page_class_init (JzFormsPageClass *klass)
{
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_forms_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = jz_forms_page_dispose;
  page_class->title = N_ ("Document forms");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->read = read_forms;
  page_class->free_result = reading_free;
  page_class->fill = fill;
  page_class->show = show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "forms.adopt", NULL, adopt);
}

static void
jz_forms_page_init (JzFormsPage *self)
{
}
