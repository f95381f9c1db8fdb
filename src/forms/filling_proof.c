/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/filling-private.h"
#include "forms/form-private.h"

/* Whether every paragraph of the facts says what proves it (FC-22, FC-23): 证据 and a number of the
 * list of evidence, or several, as in 证据1、2 or 证据1至3. */

#define PROOF "证据"

static gboolean
is_listed (const JzJson *table, gint64 number)
{
  for (guint i = 0; table != NULL && i < jz_json_get_n_items (table); i++)
    if (jz_json_get_member_integer (jz_json_get_item (table, i), "no", 0) == number)
      return TRUE;
  return FALSE;
}

/* What stands between two numbers of a row. */
static gsize
get_separator (const char *text)
{
  static const char *const separators[] = { "、", "，", ",", "至", "—", "-", "和" };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_has_prefix (text, separators[i]) && g_ascii_isdigit (text[strlen (separators[i])]))
      return strlen (separators[i]);
  return 0;
}

/* The numbers behind one 证据; FALSE where there is none. */
static gboolean
walk_numbers (JzFillingWalk *self, const JzFormField *field, const JzJson *table, const char *at)
{
  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (;;) {
    char *end = NULL;
    gint64 number = g_ascii_strtoll (at, &end, 10);
    if (!is_listed (table, number)) {
      g_autofree char *written = g_strndup (at, (gsize)MIN (end - at, 20));
      jz_filling_walk_add (self, field->name, JZ_FINDING_WARNING, "FC-22",
                           g_strdup_printf (_ ("%s names the evidence %s, which is not in the "
                                               "list; correct the one or the other."),
                                            field->label.zh, written));
    }
    gsize separator = get_separator (end);
    if (separator == 0)
      return TRUE;
    at = end + separator;
  }
}

static gboolean
walk_paragraph (JzFillingWalk *self,
                const JzFormField *field,
                const JzJson *table,
                const char *paragraph)
{
  gboolean is_proved = FALSE;
  for (const char *at = strstr (paragraph, PROOF); at != NULL; at = strstr (at, PROOF)) {
    at += strlen (PROOF);
    is_proved = walk_numbers (self, field, table, at) || is_proved;
  }
  return is_proved;
}

void
jz_filling_walk_proof (JzFillingWalk *self, const JzFormField *field, const JzJson *value)
{
  const JzJson *table = jz_filling_find (self->filling, field->proved_by);
  g_auto (GStrv) paragraphs = g_strsplit (jz_json_get_text (value), "\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++) {
    g_autofree char *text = g_strstrip (g_strdup (paragraphs[i]));
    if (*text == '\0' || walk_paragraph (self, field, table, text))
      continue;
    jz_filling_walk_add (self, field->name, JZ_FINDING_WARNING, "FC-23",
                         g_strdup_printf (_ ("Paragraph %u of %s names no evidence; write which "
                                             "numbers of the list prove it."),
                                          i + 1, field->label.zh));
  }
}
