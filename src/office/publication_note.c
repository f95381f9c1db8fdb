/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_note.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/publication_fields.h"
#include "office/situation.h"

/* What every carrier of a corrected publication is asked to show beside it (更正说明, P-04): which
 * decision, what was read until now and what is read instead, why, by whom and when. */

static gboolean
add_changes (GString *text,
             const char *form,
             const JzJson *before,
             const JzJson *after,
             GError **error)
{
  g_autoptr (GPtrArray) list = jz_publication_list_fields (form, NULL, after, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const JzPublicField *field = g_ptr_array_index (list, i);
    const char *was = jz_json_get_member_text (before, field->id);
    if (was == NULL || strcmp (was, field->value) == 0)
      continue;
    /* Translators: name of a field, what the public read, what it reads now */
    g_string_append_printf (text, _ ("%1$s: “%2$s” is corrected to “%3$s”."), field->label, was,
                            field->value);
    g_string_append_c (text, '\n');
  }
  return list != NULL;
}

static gboolean
add_end (JzConnection *reader, GString *text, const JzPublicationCopy *released, GError **error)
{
  g_autofree char *bureau = NULL;

  if (!jz_tables_get_setting (reader, "bureau.name", &bureau, error))
    return FALSE;
  /* Translators: why something was corrected */
  g_string_append_printf (text, _ ("Why it was corrected: %s"), released->note);
  g_string_append_printf (text, "\n%s\n%.10s", bureau != NULL ? bureau : "", released->released_at);
  return TRUE;
}

/**
 * jz_publication_dup_correction_note:
 * @reader: a store's database
 * @publication: a publication
 * @released: the copy of it that is public
 * @note: (out) (transfer full) (nullable): what carriers are asked to show; %NULL where @released
 *   corrects nothing
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_dup_correction_note (JzConnection *reader,
                                    const JzPublication *publication,
                                    const JzPublicationCopy *released,
                                    char **note,
                                    GError **error)
{
  g_autoptr (JzPublicationCopy) before = NULL;
  g_autoptr (GString) text = NULL;

  *note = NULL;
  if (released->note[0] == '\0')
    return TRUE;
  if (!jz_publication_find_previous (reader, publication, &before, error))
    return FALSE;
  text = g_string_new (NULL);
  /* Translators: number of a decision */
  g_string_append_printf (text, _ ("Correction of what was published of %s"), publication->number);
  g_string_append_c (text, '\n');
  if ((before != NULL &&
       !add_changes (text, publication->form, before->fields, released->fields, error)) ||
      !add_end (reader, text, released, error))
    return FALSE;
  *note = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}
