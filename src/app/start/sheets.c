/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/sheets.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/start/folder_chooser.h"
#include "app/window.h"
#include "app/words.h"
#include "office/accounts.h"
#include "office/handover.h"
#include "office/role.h"
#include "office/settings_list.h"
#include "office/setup.h"
#include "office/store_state.h"
#include "pages/leaflet.h"
#include "store/files.h"

typedef gboolean (*FillSheet) (JzLeaflet *leaflet,
                               JzOffice *office,
                               JzConnection *reader,
                               gpointer data,
                               GError **error);

typedef struct {
  char *path;
  char *title;
  FillSheet fill;
  gpointer data;
  GDestroyNotify free_data;
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  if (sheet->free_data != NULL)
    sheet->free_data (sheet->data);
  g_free (sheet->path);
  g_free (sheet->title);
  g_free (sheet);
}

static gboolean
write_sheet (const Sheet *sheet, JzLeaflet *leaflet, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (sheet->path);
  g_autoptr (GBytes) pdf = jz_leaflet_write_pdf (leaflet, g_get_real_time () / 1000, error);

  return pdf != NULL && jz_file_write_durably (sheet->path, folder, pdf, 0644, error);
}

static gpointer
make_sheet (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Sheet *sheet = data;
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new (sheet->title, jz_office_is_demo (office));

  if (!sheet->fill (leaflet, office, reader, sheet->data, error) ||
      !write_sheet (sheet, leaflet, error))
    return NULL;
  return g_strdup (sheet->path);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *text = NULL;
  GtkRoot *root = gtk_widget_get_root (inside);

  if (path == NULL) {
    jz_show_error (inside, error);
    return;
  }
  text = g_strdup_printf (_ ("%s is written; print it from the program that shows it."), name);
  jz_window_toast (inside, text);
  /* Where no program shows PDF files, the toast says where it lies. */
  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

typedef struct {
  JzOfficeClient *client;
  Sheet *sheet;
} Asking;

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (JzOfficeClient) client = asking->client;
  Sheet *sheet = asking->sheet;

  sheet->path = jz_choose_finish (result, NULL);
  if (sheet->path != NULL)
    jz_office_client_read_async (client, make_sheet, sheet, sheet_free, g_free, NULL, on_made,
                                 g_object_ref (GTK_WIDGET (source)));
  else
    sheet_free (sheet);
}

static void
save (GtkWidget *inside,
      JzOfficeClient *client,
      const char *title,
      FillSheet fill,
      gpointer data,
      GDestroyNotify free_data)
{
  Asking *asking = g_new0 (Asking, 1);
  g_autofree char *name = g_strconcat (title, ".pdf", NULL);

  asking->client = g_object_ref (client);
  asking->sheet = g_new0 (Sheet, 1);
  asking->sheet->title = g_strdup (title);
  asking->sheet->fill = fill;
  asking->sheet->data = data;
  asking->sheet->free_data = free_data;
  jz_choose_new_file_async (inside, title, name, on_file_chosen, asking);
}

static gboolean
fill_recovery (JzLeaflet *leaflet,
               JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GError **error)
{
  g_autoptr (JzSetup) setup = jz_setup_read (office, reader, error);
  g_autoptr (JzStoreState) state =
    setup != NULL ? jz_store_state_read (office, reader, g_get_real_time () / 1000, error) : NULL;

  if (state == NULL)
    return FALSE;
  jz_leaflet_add_paragraph (
    leaflet,
    _ ("Fill in this sheet by hand, put it into an envelope, sign across the flap and lock "
       "it away, not beside the computer. Whoever opens the envelope writes down when and "
       "why, and the passwords are changed afterwards."));
  jz_leaflet_add_row (leaflet, _ ("Bureau"), setup->bureau);
  jz_leaflet_add_row (leaflet, _ ("Number of the store"), jz_office_get_store_id (office));
  jz_leaflet_add_row (leaflet, _ ("Folder of the store"),
                      jz_store_get_path (jz_office_get_store (office)));
  jz_leaflet_add_row (leaflet, _ ("Backup"),
                      state->backup != NULL ? state->backup->folder : C_ ("backup", "none yet"));
  jz_leaflet_add_heading (leaflet, _ ("To be written by hand"));
  jz_leaflet_add_blank (leaflet, _ ("Password of the bureau's own key"));
  jz_leaflet_add_blank (leaflet, _ ("Administrator: user name"));
  jz_leaflet_add_blank (leaflet, _ ("Administrator: password"));
  jz_leaflet_add_blank (leaflet, _ ("Where the backup disk lies"));
  jz_leaflet_add_blank (leaflet, _ ("Date, signature of the administrator"));
  jz_leaflet_add_blank (leaflet, _ ("Date, signature of the head"));
  jz_leaflet_add_heading (leaflet, _ ("When the computer is lost"));
  jz_leaflet_add_paragraph (
    leaflet,
    _ (
      "Install the program on another computer, connect the backup disk, and choose Restore from a "
      "Backup on the first page. It asks for the user name and both passwords of this sheet."));
  return TRUE;
}

static void
add_settings (JzLeaflet *leaflet, const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    const JzSettingValue *value = g_ptr_array_index (values, i);
    g_autofree char *day = jz_words_dup_day (value->time);
    g_autofree char *text =
      value->is_set
        ? g_strdup_printf (_ ("%1$s (set on %2$s by %3$s)"), value->value, day, value->person)
        : g_strdup (value->value != NULL ? value->value : _ ("not set"));
    jz_leaflet_add_row (leaflet, _ (value->setting->meaning), text);
  }
}

static void
add_accounts (JzLeaflet *leaflet, const GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (accounts, i);
    g_autofree char *roles = jz_account_dup_role_words (account);
    g_autofree char *label = g_strdup_printf ("%s (%s)", account->name, account->user);
    if (!account->has_left)
      jz_leaflet_add_row (leaflet, label, roles);
  }
}

static gboolean
fill_settings (JzLeaflet *leaflet,
               JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) values = jz_settings_list (reader, error);
  g_autoptr (GPtrArray) accounts =
    values != NULL
      ? jz_accounts_list (jz_office_get_store (office), reader,
                          jz_instant_get_date (jz_clock_now (jz_office_get_clock (office))), error)
      : NULL;
  g_autoptr (JzSetup) setup = accounts != NULL ? jz_setup_read (office, reader, error) : NULL;

  if (setup == NULL)
    return FALSE;
  jz_leaflet_add_row (leaflet, _ ("Number of the store"), jz_office_get_store_id (office));
  jz_leaflet_add_row (leaflet, _ ("Folder of the store"),
                      jz_store_get_path (jz_office_get_store (office)));
  jz_leaflet_add_heading (leaflet, _ ("Settings of legal effect"));
  add_settings (leaflet, values);
  jz_leaflet_add_heading (leaflet, _ ("Adopted"));
  jz_leaflet_add_row (leaflet, _ ("Rules"), setup->rulebook);
  jz_leaflet_add_row (leaflet, _ ("Forms"), setup->forms);
  jz_leaflet_add_row (leaflet, _ ("Calendar"), setup->calendar);
  jz_leaflet_add_heading (leaflet, _ ("People"));
  add_accounts (leaflet, accounts);
  return TRUE;
}

static gboolean
fill_test_page (JzLeaflet *leaflet,
                JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GError **error)
{
  static const struct {
    JzFaceRole role;
    const char *name;
  } rows[] = {
    { JZ_FACE_TITLE, N_ ("Title face") },      { JZ_FACE_BODY, N_ ("Body face") },
    { JZ_FACE_KAI, N_ ("Second-level face") }, { JZ_FACE_HEI, N_ ("First-level face") },
    { JZ_FACE_SONG, N_ ("Table face") },
  };

  jz_leaflet_add_paragraph (
    leaflet, _ ("Every line must be readable and none cut off at the edge. Where a box stands "
                "instead of a character, the face for it is not installed."));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    jz_leaflet_add_heading (leaflet, _ (rows[i].name));
    /* What documents are full of, in the language of all documents. */
    jz_leaflet_add_sample (leaflet, rows[i].role,
                           "某某县综合行政执法局行政处罚决定书〔2026〕第21号　人民币壹仟贰佰元整"
                           "（¥1,200.00）　囍镕喆堃");
  }
  return TRUE;
}

/**
 * jz_sheets_save_recovery:
 * @inside: a widget of a window
 * @client: the office
 *
 * The recovery sheet (恢复信封): where things lie, and blanks for what only people may write down.
 * No password is ever printed.
 */
void
jz_sheets_save_recovery (GtkWidget *inside, JzOfficeClient *client)
{
  save (inside, client, _ ("Recovery sheet"), fill_recovery, NULL, NULL);
}

/**
 * jz_sheets_save_settings:
 * @inside: a widget of a window
 * @client: the office
 *
 * Everything that is set, with its source.
 */
void
jz_sheets_save_settings (GtkWidget *inside, JzOfficeClient *client)
{
  save (inside, client, _ ("List of settings"), fill_settings, NULL, NULL);
}

/**
 * jz_sheets_save_test_page:
 * @inside: a widget of a window
 * @client: the office
 *
 * A page to see whether the faces are there and the printer cuts nothing off.
 */
void
jz_sheets_save_test_page (GtkWidget *inside, JzOfficeClient *client)
{
  save (inside, client, _ ("Test page"), fill_test_page, NULL, NULL);
}

/* What stands on the list, copied: it is written on another thread. */
typedef struct {
  char *giver;
  char *taker;
  char *reason;
  GPtrArray *lines; /* text pairs: what, and how it stands */
} Handover;

static void
handover_free (gpointer data)
{
  Handover *handover = data;

  g_free (handover->giver);
  g_free (handover->taker);
  g_free (handover->reason);
  g_ptr_array_unref (handover->lines);
  g_free (handover);
}

static gboolean
fill_handover (JzLeaflet *leaflet,
               JzOffice *office,
               JzConnection *reader,
               gpointer data,
               GError **error)
{
  const Handover *handover = data;
  char today[JZ_DATE_SIZE];
  g_autofree char *day = NULL;

  jz_date_format (jz_instant_get_date (jz_clock_now (jz_office_get_clock (office))), today);
  day = jz_words_dup_day (today);
  jz_leaflet_add_row (leaflet, _ ("Date"), day);
  jz_leaflet_add_row (leaflet, _ ("Handed over by"), handover->giver);
  jz_leaflet_add_row (leaflet, _ ("Taken over by"), handover->taker);
  jz_leaflet_add_row (leaflet, _ ("Reason"), handover->reason);
  jz_leaflet_add_heading (leaflet, _ ("What is in hand"));
  for (guint i = 0; i + 1 < handover->lines->len; i += 2)
    jz_leaflet_add_row (leaflet, g_ptr_array_index (handover->lines, i),
                        g_ptr_array_index (handover->lines, i + 1));
  jz_leaflet_add_heading (leaflet, _ ("Signatures"));
  jz_leaflet_add_blank (leaflet, _ ("Handed over by"));
  jz_leaflet_add_blank (leaflet, _ ("Taken over by"));
  jz_leaflet_add_blank (leaflet, _ ("Supervised by"));
  return TRUE;
}

/**
 * jz_sheets_save_handover:
 * @inside: a widget of a window
 * @client: the office
 * @giver: name of who gives
 * @taker: name of who takes over
 * @reason: why
 * @duties: (element-type JzHandoverDuty): what is in hand
 *
 * The list of a handing over (移交), for three signatures.
 */
void
jz_sheets_save_handover (GtkWidget *inside,
                         JzOfficeClient *client,
                         const char *giver,
                         const char *taker,
                         const char *reason,
                         const GPtrArray *duties)
{
  Handover *handover = g_new0 (Handover, 1);

  handover->giver = g_strdup (giver);
  handover->taker = g_strdup (taker);
  handover->reason = g_strdup (reason);
  handover->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < duties->len; i++) {
    const JzHandoverDuty *duty = g_ptr_array_index (duties, i);
    g_ptr_array_add (handover->lines, g_strdup (duty->number));
    g_ptr_array_add (handover->lines,
                     g_strdup_printf ("%s  %s%s%s", duty->title, jz_role_word (duty->duty),
                                      duty->sentence != NULL ? "  " : "",
                                      duty->sentence != NULL ? duty->sentence : ""));
  }
  save (inside, client, _ ("List of what is handed over"), fill_handover, handover, handover_free);
}
