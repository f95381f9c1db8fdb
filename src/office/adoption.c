/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/adoption.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "forms/form_set.h"
#include "office/calendars.h"
#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/form_sets.h"
#include "office/office.h"
#include "rules/calendar_set.h"
#include "rules/rulebook.h"
#include "rules/rules-resources.h"
#include "rules/xml.h"
#include "store/files.h"

/* What is adopted is composed once, of what came with the program and of the bureau's own files,
 * read and checked here, before anybody is asked to confirm it; the entry then names one object.
 * Whoever finds a fault is told file, line and column, and what is in force stays. */

#define DEMO_PATH "/org/juanzong/rules/bureau-demo.xml"
#define SHIPPED "shipped"
#define ADOPTED "adopted"
#define MAX_FILES 500

typedef struct {
  GPtrArray *files; /* GBytes */
  GPtrArray *names; /* their paths */
} Files;

static void
files_clear (Files *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static void
files_init (Files *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
read_file (Files *self, const char *path, GError **error)
{
  GBytes *bytes = jz_file_read (path, JZ_XML_MAX_SIZE, error);

  if (bytes == NULL)
    return FALSE;
  g_ptr_array_add (self->files, bytes);
  g_ptr_array_add (self->names, g_filename_display_name (path));
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL && list->len <= MAX_FILES) {
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (list, g_build_filename (path, name, NULL));
  }
  g_ptr_array_sort (list, compare_names);
  if (list->len > 0 && list->len <= MAX_FILES)
    return g_steal_pointer (&list);
  if (list->len == 0)
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                 _ ("There is no file in %s whose name ends with .xml."), path);
  else
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                 _ ("There are more than %1$d files in %2$s, which is more than is read."),
                 MAX_FILES, path);
  return NULL;
}

/* One file, or all files of a folder. */
static gboolean
read_files (Files *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return read_file (self, path, error);
  list = list_folder (path, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    if (!read_file (self, g_ptr_array_index (list, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
keep (const JzPreparation *preparation,
      JzJson *args,
      const char *name,
      GBytes *bytes,
      GError **error)
{
  JzObject object;

  if (!jz_objects_put_bytes (jz_store_get_objects (jz_office_get_store (preparation->office)),
                             bytes, &object, error))
    return FALSE;
  jz_json_set_member (args, name, jz_object_to_json (&object));
  return TRUE;
}

static JzRulebook *
load_book (const char *book, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (strcmp (book, JZ_DEMO_BOOK) != 0)
    return jz_rulebook_load_shipped (book, error);
  bytes = g_resource_lookup_data (jz_rules_get_resource (), DEMO_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  error);
  return bytes != NULL ? jz_rulebook_compose_over_shipped (bytes, "bureau-demo.xml", error) : NULL;
}

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT, sentence);
  return FALSE;
}

/* Composing keeps the rules, but not the words in which the bureau wrote them. */
static JzRulebook *
compose_own (const JzPreparation *preparation, JzJson *args, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = jz_file_read (path, JZ_XML_MAX_SIZE, error);
  g_autoptr (JzRulebook) rulebook =
    bytes != NULL ? jz_rulebook_compose_over_shipped (bytes, shown, error) : NULL;

  if (rulebook == NULL || !keep (preparation, args, "source", bytes, error))
    return NULL;
  return g_steal_pointer (&rulebook);
}

/**
 * jz_prepare_rulebook:
 * @preparation: the office
 * @args: `book` or `file` becomes `rulebook`, and `source` where it was a file
 * @error: return location
 *
 * Composes the rules of the country, those of a field and the bureau's own.
 *
 * Returns: whether it was done; the error names file, line and column of what is wrong in a file
 */
gboolean
jz_prepare_rulebook (const JzPreparation *preparation, JzJson *args, GError **error)
{
  const char *book = jz_json_get_member_text (args, "book");
  g_autofree char *file = g_strdup (jz_json_get_member_text (args, "file"));
  g_autoptr (JzRulebook) rulebook = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (jz_json_get_member (args, "rulebook") != NULL)
    return TRUE;
  if (jz_json_get_member (args, "source") != NULL)
    return fail (error, _ ("The bureau's own rules are given as `file`, not as `source`."));
  if ((file != NULL) == (book != NULL))
    return fail (
      error, _ ("Name either a shipped book or the file of the bureau's own rules, one of both."));
  if (file != NULL)
    jz_json_remove_member (args, "file");
  rulebook = file != NULL ? compose_own (preparation, args, file, error) : load_book (book, error);
  if (rulebook == NULL)
    return FALSE;
  bytes = jz_rulebook_to_bytes (rulebook);
  return keep (preparation, args, "rulebook", bytes, error);
}

static gboolean
find_last (JzStore *store, const char *query, JzMaybeHash *hash, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_done = FALSE;

  if (reader == NULL)
    return FALSE;
  {
    g_autoptr (JzStatement) row = jz_connection_query (reader, error, query, "");
    is_done = row != NULL && jz_statement_step (row, &hash->is_present, error);
    if (is_done && hash->is_present)
      hash->is_present = jz_statement_get_hash (row, 0, &hash->hash);
  }
  jz_store_return_reader (store, reader);
  return is_done;
}

/* Over which set the files go: the one that the bureau adopted last, unless it wants to begin
 * anew. Which one it was stays in the entry. */
static gboolean
find_base (const JzPreparation *preparation,
           JzJson *args,
           const char *query,
           gboolean adds_by_itself,
           GBytes **base,
           GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  const char *over = jz_json_get_member_text (args, "over");
  JzMaybeHash hash = { 0 };

  if (!find_last (store, query, &hash, error))
    return FALSE;
  if (jz_json_get_member (args, "over") == NULL) {
    over = hash.is_present && adds_by_itself ? ADOPTED : SHIPPED;
    jz_json_set_member (args, "over", jz_json_new_text (over));
  }
  if (g_strcmp0 (over, ADOPTED) != 0)
    return TRUE; /* any other word is for the check of the arguments */
  if (!hash.is_present)
    return fail (error, _ ("Nothing was adopted yet that files could be put over; leave out "
                           "`over`, or write shipped."));
  *base =
    jz_objects_get_bytes (jz_store_get_objects (store), &hash.hash, JZ_FORM_SET_MAX_SIZE, error);
  return *base != NULL;
}

/**
 * jz_prepare_forms:
 * @preparation: the office
 * @args: `file`, a file or a folder of files, and `over` become `forms`
 * @error: return location
 *
 * Composes the forms that came with the program, or those adopted last, and the bureau's own.
 *
 * Returns: whether it was done; the error names file, line and column of what is wrong in a file
 */
gboolean
jz_prepare_forms (const JzPreparation *preparation, JzJson *args, GError **error)
{
  g_autofree char *path = g_strdup (jz_json_get_member_text (args, "file"));
  g_autoptr (GBytes) base = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzFormSet) set = NULL;
  g_auto (Files) own = { NULL };
  JzVocabulary vocabulary;

  files_init (&own);
  if (jz_json_get_member (args, "forms") != NULL)
    return TRUE;
  if (!read_files (&own, path, error) ||
      !find_base (preparation, args, "SELECT hash FROM form_set ORDER BY arrival DESC LIMIT 1",
                  path != NULL, &base, error))
    return FALSE;
  if (base == NULL)
    base = jz_form_set_compose_shipped (error);
  if (base != NULL)
    bytes = jz_form_set_compose_over (base, (GBytes *const *)own.files->pdata,
                                      (const char *const *)own.names->pdata, own.files->len, error);
  jz_fact_vocabulary_get_interface (jz_office_get_facts (), &vocabulary);
  set = bytes != NULL ? jz_form_set_load (bytes, "forms", &vocabulary, error) : NULL;
  if (set == NULL)
    return FALSE;
  if (path != NULL)
    jz_json_remove_member (args, "file");
  return keep (preparation, args, "forms", bytes, error);
}

static GBytes *
compose_calendar (GBytes *base, const Files *own, GError **error)
{
  g_autoptr (GBytes) shipped = NULL;

  if (own->files->len == 0)
    return base != NULL ? jz_calendar_set_add_shipped (base, error)
                        : jz_calendar_set_compose_shipped (error);
  if (base == NULL) {
    shipped = jz_calendar_set_compose_shipped (error);
    base = shipped;
  }
  return base != NULL ? jz_calendar_set_compose_over (base, (GBytes *const *)own->files->pdata,
                                                      (const char *const *)own->names->pdata,
                                                      own->files->len, error)
                      : NULL;
}

/**
 * jz_prepare_calendar:
 * @preparation: the office
 * @args: `file`, a file or a folder of files, and `over` become `calendar`
 * @error: return location
 *
 * Puts the holidays of files, or those that came with the program, over those adopted last.
 *
 * Returns: whether it was done; the error names file, line and column of what is wrong in a file
 */
gboolean
jz_prepare_calendar (const JzPreparation *preparation, JzJson *args, GError **error)
{
  g_autofree char *path = g_strdup (jz_json_get_member_text (args, "file"));
  g_autoptr (GBytes) base = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzCalendar) calendar = NULL;
  g_auto (Files) own = { NULL };

  files_init (&own);
  if (jz_json_get_member (args, "calendar") != NULL)
    return TRUE;
  if (!read_files (&own, path, error) ||
      !find_base (preparation, args, "SELECT hash FROM calendar ORDER BY arrival DESC LIMIT 1",
                  TRUE, &base, error))
    return FALSE;
  bytes = compose_calendar (base, &own, error);
  calendar = bytes != NULL ? jz_calendar_set_load (bytes, "calendar", error) : NULL;
  if (calendar == NULL)
    return FALSE;
  if (path != NULL)
    jz_json_remove_member (args, "file");
  return keep (preparation, args, "calendar", bytes, error);
}
