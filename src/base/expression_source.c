/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

/* Line and column of a byte. Everything before it must be UTF-8. */
static void
locate (const JzSource *self, gsize offset, guint *line, guint *column)
{
  const char *end = self->text + offset;

  *line = self->line;
  *column = self->column;
  for (const char *p = self->text; p < end; p = g_utf8_next_char (p)) {
    if (*p == '\n') {
      *line += 1;
      *column = 1;
    } else {
      *column += 1;
    }
  }
}

/* The place stands before the sentence and not in it: editors and compilers' users know the form,
 * and it is the same in every language. */
void
jz_source_set_error (const JzSource *self,
                     gsize offset,
                     JzBaseError code,
                     GError **error,
                     const char *format,
                     ...)
{
  guint line = 0;
  guint column = 0;
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  locate (self, offset, &line, &column);
  g_set_error (error, JZ_BASE_ERROR, (int)code, "%s:%u:%u: %s", self->file, line, column, sentence);
}

/* A part of the text for showing in one line: white space between words becomes one space. */
char *
jz_source_dup_excerpt (const JzSource *self, gsize start, gsize end)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean in_quotes = FALSE;

  for (gsize i = start; i < end; i++) {
    char c = self->text[i];
    if (c == '\'')
      in_quotes = !in_quotes;
    if (in_quotes || !g_ascii_isspace (c))
      g_string_append_c (line, c);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  }
  return jz_error_dup_excerpt (line->str, (gssize)line->len);
}
