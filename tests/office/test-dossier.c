/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "acts.h"
#include "document-fixture.h"
#include "office/document_freeze.h"
#include "pages/dossier.h"
#include "pages/pdf.h"

/* What is on the paper itself, drawn as both programs draw it, and the dossier that it is bound
 * into (FC-49, R-26). */

#define REPORT_PAGES 3

/* As documents_init(), with the drawer and the binder of the programs. */
static void
init (Penalty *penalty)
{
  documents_init (penalty);
  jz_acts_connect ();
}

static GBytes *
print (Penalty *penalty, const char *document)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GBytes *pdf = jz_document_print (reader, jz_store_get_objects (store), document,
                                   jz_clock_now (penalty->office.clock), NULL, &error);

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return pdf;
}

static GBytes *
bind (Penalty *penalty, JzJson **index, GError **error)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  GBytes *pdf = jz_pages_bind_dossier (reader, jz_store_get_objects (store), penalty->id,
                                       jz_clock_now (penalty->office.clock), index, error);

  jz_store_return_reader (store, reader);
  return pdf;
}

/* NULL where the command is not installed. */
static char *
read_by (Penalty *penalty, GBytes *pdf, const char *command, const char *option)
{
  g_autofree char *path = g_build_filename (penalty->office.folder, "look.pdf", NULL);
  const char *argv[] = { command, option, path, "-", NULL };
  g_autofree char *program = g_find_program_in_path (command);
  char *text = NULL;

  if (program == NULL)
    return NULL;
  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                               NULL, NULL, NULL));
  return text;
}

static void
assert_says (const char *text, const char *words)
{
  if (text != NULL && strstr (text, words) == NULL)
    g_error ("nothing says “%s”: %s", words, text);
}

static char *
get_mark (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  char *mark = NULL;

  g_assert_true (jz_connection_get_text (
    reader, &mark, NULL,
    "SELECT lower (substr (hex (hash), 1, 8)) FROM entry WHERE case_id = ? ORDER BY arrival DESC "
    "LIMIT 1",
    "t", penalty->id));
  jz_store_return_reader (store, reader);
  return mark;
}

/* Number, text, and the mark by which the paper is found in the record; that it is a draft, and of
 * an invented office. */
static void
test_drawn (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *draft_text = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (GBytes) draft_again = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) later = NULL;

  init (&penalty);
  document = documents_make (&penalty, "one_hur", JZ_DOCUMENT_APPROVED);
  mark = get_mark (&penalty);
  draft = print (&penalty, document);
  draft_again = print (&penalty, document);
  g_assert_true (g_bytes_equal (draft, draft_again));
  draft_text = read_by (&penalty, draft, "pdftotext", "-layout");
  assert_says (draft_text, "draft");
  assert_says (draft_text, mark);
  if (draft_text != NULL)
    g_assert_null (strstr (draft_text, "试〔2025〕"));
  documents_finalise (&penalty, document, "one_hur");
  pdf = print (&penalty, document);
  text = read_by (&penalty, pdf, "pdftotext", "-layout");
  assert_says (text, "试〔2025〕1号");
  assert_says (text, "甲");
  assert_says (text, mark);
  assert_says (text, "演示");
  if (text != NULL)
    g_assert_null (strstr (text, "draft"));
  /* It is frozen: nobody draws it anew. */
  penalty_wait (&penalty, 3);
  penalty_do (&penalty, "handler", "case.note", "'text':'记一笔'");
  later = print (&penalty, document);
  g_assert_true (g_bytes_equal (pdf, later));
}

static char *
finalise_report (Penalty *penalty)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "pages", "values", "investigation_report.json", NULL);
  g_autofree char *values = NULL;
  char *report;

  g_assert_true (g_file_get_contents (path, &values, NULL, NULL));
  report = test_office_make (&penalty->office, "handler", "document.draft",
                             "{'case':'%s','form':'investigation_report','values':%s}", penalty->id,
                             values);
  documents_step (penalty, report, "one_hu", JZ_DOCUMENT_SUBMITTED);
  documents_step (penalty, report, "one_hu", JZ_DOCUMENT_EXAMINED);
  {
    g_autofree char *args =
      documents_args (penalty, report, "'document.date':'2026-01-13','late_reason':'补录'");
    test_office_do (&penalty->office, "handler", "document.finalise", "%s", args);
  }
  return report;
}

static void
wait_until_2026 (Penalty *penalty)
{
  for (int i = 0; i < 16; i++) { /* nobody is silent for a month */
    penalty_wait (penalty, 27);
    penalty_do (penalty, "handler", "case.note", "'text':'记一笔'");
  }
}

static const char *
get_row (const JzJson *index, guint i, const char *name)
{
  const char *text =
    jz_json_get_member_text (jz_json_get_item (jz_json_get_member (index, "rows"), i), name);
  return text != NULL ? text : "";
}

/* One document of each kind: final, corrected with what took its place, of several pages; and two
 * that do not belong in it. */
static void
fill_case (Penalty *penalty, char **draft)
{
  g_free (documents_make (penalty, "one_h", JZ_DOCUMENT_SIGNED));
  g_free (documents_make (penalty, "one_hur", JZ_DOCUMENT_CORRECTED));
  g_free (documents_make (penalty, "one_h", JZ_DOCUMENT_VOID));
  wait_until_2026 (penalty);
  g_free (finalise_report (penalty));
  *draft = documents_draft (penalty, "one_h");
}

typedef struct {
  const char *title;
  const char *number;
  const char *page;
} Row;

static void
check_volume (const JzJson *index, const Row *rows, guint n_rows, gint64 n_pages)
{
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (index, "rows")), ==, n_rows);
  g_assert_cmpint (jz_json_get_member_integer (index, "n_rows", 0), ==, n_rows);
  g_assert_cmpint (jz_json_get_member_integer (index, "n_pages", 0), ==, n_pages);
  for (guint i = 0; i < n_rows; i++) {
    g_assert_cmpstr (get_row (index, i, "title"), ==, rows[i].title);
    g_assert_cmpstr (get_row (index, i, "number"), ==, rows[i].number);
    g_assert_cmpstr (get_row (index, i, "page"), ==, rows[i].page);
  }
}

/* The report stays in the bureau, so it stands in the secondary volume, numbered on its own. */
static void
check_index (const JzJson *index)
{
  static const Row main_rows[] = {
    { "one_h", "录〔2025〕1号", "1" },
    { "one_hur", "试〔2025〕1号", "2" },
    { "one_hur", "试〔2025〕2号", "3" },
  };
  static const Row secondary_rows[] = {
    { "案件调查终结报告", "", "1—3" },
  };
  const JzJson *secondary = jz_json_get_member (index, "secondary");

  check_volume (index, main_rows, G_N_ELEMENTS (main_rows), 3);
  g_assert_nonnull (secondary);
  check_volume (secondary, secondary_rows, G_N_ELEMENTS (secondary_rows), REPORT_PAGES);
  g_assert_cmpint (jz_json_get_member_integer (secondary, "volume", 0), ==, 2);
}

static void
test_bound (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autofree char *text = NULL;
  g_autofree char *outline = NULL;
  g_autofree char *void_args = NULL;
  g_autoptr (JzJson) index = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;

  init (&penalty);
  fill_case (&penalty, &draft);
  test_office_refuse (&penalty.office, "handler", "dossier.bind", "FC-49", "{'case':'%s'}",
                      penalty.id);
  void_args = documents_args (&penalty, draft, "'reason':'不用'");
  test_office_do (&penalty.office, "handler", "document.void", "%s", void_args);
  pdf = bind (&penalty, &index, &error);
  g_assert_no_error (error);
  check_index (index);
  again = bind (&penalty, NULL, &error);
  g_assert_true (g_bytes_equal (pdf, again));
  g_assert_true (jz_pdf_count_pages (pdf, &n_pages, &error));
  /* Two indices and the record beside the documents. */
  g_assert_cmpuint (n_pages, >=, 3 + REPORT_PAGES + 3);
  text = read_by (&penalty, pdf, "pdftotext", "-layout");
  assert_says (text, "试〔2025〕2号");
  assert_says (text, "录〔2025〕1号");
  if (text != NULL)
    g_assert_null (strstr (text, "录〔2025〕2号"));
  outline = read_by (&penalty, pdf, "qpdf", "--json");
  assert_says (outline, "/Outlines");
  assert_says (outline, "/PageLabels");
  test_office_do (&penalty.office, "handler", "dossier.bind", "{'case':'%s'}", penalty.id);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static JzJson *
list (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzJson *rows = jz_dossier_list (reader, jz_store_get_objects (store), penalty->id, &error);

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return rows;
}

static const char *
get_id (const JzJson *rows, guint position)
{
  return jz_json_get_member_text (jz_json_get_item (rows, position), "id");
}

static GBytes *
write_for (Penalty *penalty, const char *use)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzDossierParts parts = 0;
  GBytes *pdf;

  g_assert_true (jz_dossier_find_parts (use, &parts));
  pdf = jz_pages_write_dossier (reader, jz_store_get_objects (store), penalty->id,
                                jz_clock_now (penalty->office.clock), parts, NULL, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return pdf;
}

/* Somebody puts it in order: what is named stands so, what comes later behind; what stays in the
 * bureau stays in its volume. */
static void
test_arranged (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;

  init (&penalty);
  fill_case (&penalty, &draft);
  before = list (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (before), ==, 4);
  test_office_refuse (&penalty.office, "handler", "dossier.arrange", "J-VOLUME",
                      "{'case':'%s','main':['%s'],'secondary':[]}", penalty.id, get_id (before, 3));
  test_office_refuse (&penalty.office, "handler", "dossier.arrange", "J-RECORD",
                      "{'case':'%s','main':['%s'],'secondary':['%s']}", penalty.id,
                      get_id (before, 0), get_id (before, 0));
  test_office_refuse (&penalty.office, "approver", "dossier.arrange", "J-ROLE",
                      "{'case':'%s','main':[],'secondary':[]}", penalty.id);
  test_office_do (&penalty.office, "handler", "dossier.arrange",
                  "{'case':'%s','main':['%s'],'secondary':['%s','%s']}", penalty.id,
                  get_id (before, 2), get_id (before, 0), get_id (before, 3));
  after = list (&penalty);
  g_assert_cmpstr (get_id (after, 0), ==, get_id (before, 2));
  g_assert_cmpstr (get_id (after, 1), ==, get_id (before, 1));
  g_assert_cmpstr (get_id (after, 2), ==, get_id (before, 0));
  g_assert_cmpstr (get_id (after, 3), ==, get_id (before, 3));
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (jz_json_get_member_integer (jz_json_get_item (after, i), "volume", 0), ==,
                     i < 2 ? 1 : 2);
}

/* A court gets the main volume and nothing else: neither report nor record of the case. */
static void
test_uses (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autofree char *court_text = NULL;
  g_autofree char *archive_text = NULL;
  g_autoptr (GBytes) court = NULL;
  g_autoptr (GBytes) archive = NULL;
  JzDossierParts parts = 0;

  init (&penalty);
  fill_case (&penalty, &draft);
  g_assert_false (jz_dossier_find_parts ("anybody", &parts));
  court = write_for (&penalty, "court");
  court_text = read_by (&penalty, court, "pdftotext", "-layout");
  assert_says (court_text, "试〔2025〕1号");
  archive = write_for (&penalty, "archive");
  archive_text = read_by (&penalty, archive, "pdftotext", "-layout");
  assert_says (archive_text, "案件调查终结报告");
  assert_says (archive_text, "第2卷");
  if (court_text != NULL) {
    g_assert_null (strstr (court_text, "案件调查终结报告"));
    g_assert_null (strstr (court_text, "第2卷"));
  }
}

/* What is classified is named in an index of its own with who may view it, which stays in the
 * bureau; a state secret stands in the index of the main volume as kept elsewhere. */
static void
test_secrets (void)
{
  static const char secret[] =
    "'title':'某规划图','evidence.items.number':'9','evidence.items.kind':'document',"
    "'evidence.items.obtained_by':'王某','evidence.items.obtained_on':'2026-01-02',"
    "'evidence.items.obtained_at':'某单位','evidence.items.is_original':true,"
    "'evidence.items.secret_level':'secret','evidence.items.carrier':'某密字第7号',"
    "'evidence.items.keeper':'本局保密室','evidence.items.kept_at':'密码柜'";
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  g_autofree char *court_text = NULL;
  g_autofree char *archive_text = NULL;
  g_autoptr (GBytes) court = NULL;
  g_autoptr (GBytes) archive = NULL;

  init (&penalty);
  fill_case (&penalty, &draft);
  path = g_build_filename (penalty.office.folder, "询问录像.mp4", NULL);
  g_assert_true (g_file_set_contents (path, "a", -1, NULL));
  file = test_office_make (&penalty.office, "handler", "attachment.add",
                           "{'case':'%s','file':'%s'}", penalty.id, path);
  test_office_do (&penalty.office, "handler", "attachment.classify",
                  "{'case':'%s','attachment':'%s','attachment.secrecy.class':'privacy',"
                  "'attachment.secrecy.ground':'住所','attachment.secrecy.until':'2036-01-01',"
                  "'viewers':['%s']}",
                  penalty.id, file, penalty.handler);
  penalty_do (&penalty, "handler", "evidence.register_secret", secret);
  court = write_for (&penalty, "court");
  court_text = read_by (&penalty, court, "pdftotext", "-layout");
  assert_says (court_text, "某规划图");
  archive = write_for (&penalty, "archive");
  archive_text = read_by (&penalty, archive, "pdftotext", "-layout");
  assert_says (archive_text, "密卷目录");
  assert_says (archive_text, "询问录像.mp4");
  assert_says (archive_text, "2036");
  if (court_text != NULL) {
    g_assert_null (strstr (court_text, "密卷目录"));
    g_assert_null (strstr (court_text, "询问录像"));
  }
}

/* There is nothing to bind, or a part of it cannot be read: said, and nothing is bound. */
static void
test_not_bound (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) damaged = NULL;

  init (&penalty);
  draft = documents_draft (&penalty, "one_h");
  g_assert_null (bind (&penalty, NULL, &none));
  g_assert_error (none, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE);
  document = documents_make (&penalty, "one_h", JZ_DOCUMENT_FINAL);
  {
    JzStore *store = jz_office_get_store (penalty.office.office);
    JzConnection *reader = jz_store_lease_reader (store, NULL);
    g_autoptr (JzJson) list = jz_documents_list (reader, penalty.id, NULL);
    const char *hex = jz_json_get_member_text (jz_json_get_item (list, 1), "object");
    g_autofree char *pattern = g_strdup_printf ("*%s*", hex + 4);
    const char *command[] = { "find",     penalty.office.path,
                              "-name",    pattern,
                              "-type",    "f",
                              "-exec",    "chmod",
                              "u+w",      "{}",
                              ";",        "-exec",
                              "truncate", "-s",
                              "9",        "{}",
                              ";",        NULL };
    jz_store_return_reader (store, reader);
    g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                 NULL, NULL, NULL, NULL));
  }
  g_assert_null (bind (&penalty, NULL, &damaged));
  g_assert_nonnull (damaged);
  g_assert_false (g_error_matches (damaged, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/dossier/drawn", test_drawn);
  g_test_add_func ("/office/dossier/bound", test_bound);
  g_test_add_func ("/office/dossier/arranged", test_arranged);
  g_test_add_func ("/office/dossier/uses", test_uses);
  g_test_add_func ("/office/dossier/R-33/secrets", test_secrets);
  g_test_add_func ("/office/dossier/not-bound", test_not_bound);
  return g_test_run ();
}
