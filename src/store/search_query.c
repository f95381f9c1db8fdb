/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/search_query.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/search_sign.h"

/* A text is compared in its plain form: signs as jz_search_sign_read() gives them, and one space
 * for each run of gaps. */

struct _JzSearchQuery {
  GPtrArray *terms; /* plain, each once */
  char *expression;
};

typedef struct {
  const char *source;
  const char *source_end;
  GString *text;
  GArray *starts; /* for each byte of @text: where its sign stands in the source */
} Plain;

static void
plain_clear (Plain *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plain, plain_clear)

static void
plain_append (Plain *self, gunichar sign, guint32 start)
{
  g_string_append_unichar (self->text, sign);
  while (self->starts->len < self->text->len)
    g_array_append_val (self->starts, start);
}

static void
plain_init (Plain *self, const char *source, gsize length)
{
  gboolean has_gap = FALSE;

  self->source = source;
  self->source_end = source + length;
  self->text = g_string_sized_new (length);
  self->starts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint)length);
  for (const char *at = source; at < self->source_end;) {
    guint32 start = (guint32)(at - source);
    gunichar sign = jz_search_sign_read (&at, self->source_end);
    if (sign == JZ_SEARCH_UNSEEN)
      continue;
    if (jz_search_sign_is_gap (sign)) {
      has_gap = TRUE;
      continue;
    }
    if (has_gap)
      plain_append (self, ' ', start);
    plain_append (self, sign, start);
    has_gap = FALSE;
  }
}

/* @first and @last are bytes of the plain text. */
static JzSearchSpan
plain_get_span (const Plain *self, gsize first, gsize last)
{
  const char *end = self->source + g_array_index (self->starts, guint32, last);

  jz_search_sign_read (&end, self->source_end);
  return (JzSearchSpan){ g_array_index (self->starts, guint32, first),
                         (gsize)(end - self->source) };
}

static gboolean
is_word (char byte)
{
  return jz_search_sign_is_word ((guchar)byte);
}

/* Whether its last piece may go on in the text; else the tokens say all of it. */
static gboolean
needs_prefix (const char *term)
{
  const char *last = g_utf8_find_prev_char (term, term + strlen (term));

  if (last == term || last[-1] == ' ')
    return TRUE;
  return is_word (*last) && is_word (last[-1]);
}

static void
add_term (GPtrArray *terms, GString *term)
{
  if (term->len > 0 && !g_ptr_array_find_with_equal_func (terms, term->str, g_str_equal, NULL))
    g_ptr_array_add (terms, g_strdup (term->str));
  g_string_truncate (term, 0);
}

/* Returns the number of signs. */
static guint
part_into_terms (const char *typed, GPtrArray *terms)
{
  g_autoptr (GString) term = g_string_new (NULL);
  const char *end = typed + strlen (typed);
  gboolean has_joint = FALSE;
  guint n_signs = 0;

  while (typed < end) {
    gunichar sign = jz_search_sign_read (&typed, end);
    if (sign == JZ_SEARCH_UNSEEN)
      continue;
    if (sign == JZ_SEARCH_BREAK)
      add_term (terms, term);
    if (jz_search_sign_is_gap (sign)) {
      has_joint = TRUE;
      continue;
    }
    if (has_joint && term->len > 0)
      g_string_append_c (term, ' ');
    g_string_append_unichar (term, sign);
    has_joint = FALSE;
    n_signs++;
  }
  add_term (terms, term);
  return n_signs;
}

/* A plain term has neither quotes nor anything else that means something between quotes. */
static char *
make_expression (GPtrArray *terms)
{
  /* FTS5 takes no empty expression, but a phrase without tokens, and finds nothing with it. */
  GString *expression = g_string_new (terms->len > 0 ? NULL : "\"\"");

  for (guint i = 0; i < terms->len; i++) {
    const char *term = g_ptr_array_index (terms, i);
    g_string_append_printf (expression, "%s\"%s\"%s", i > 0 ? " AND " : "", term,
                            needs_prefix (term) ? " *" : "");
  }
  return g_string_free (expression, FALSE);
}

/**
 * jz_search_query_new:
 * @typed: what a person typed; need not be UTF-8
 * @error: return location
 *
 * Understands a line of search. White space, commas, semicolons, 、 and 。 part it into terms; a
 * text is found when every term occurs in it, wherever and in any order. Nothing else has a
 * meaning: quotes, brackets, `*` and the words AND, OR, NOT and NEAR are what they are as text.
 *
 * A term occurs in a text when its plain form is a part of the text's plain form, as it stands,
 * except that a term that begins with an ASCII letter or digit must not begin inside a word. In the
 * plain form full width is half width, ASCII letters are lower case, invisible signs are gone, and
 * a run of punctuation, white space and bytes that are no UTF-8 is one gap, whatever it consists
 * of; gaps at the ends of a term do not count. So
 *
 * - 罚, 罚款 and 某罚款2 occur in 对张某罚款200元, 某 罚款 too, but 00元 does not;
 * - a word is found by its beginning: 2025 in 2025001, ab in ABC-1;
 * - 某决〔2025〕3号 occurs in 某决[2025] 3号, and neither in 某决2025第3号 nor in 某决20253号.
 *
 * The query's expression finds in an FTS5 table with %JZ_PAIR_TOKENIZER_NAME exactly the texts in
 * which jz_search_query_find() finds it.
 *
 * Returns: (transfer full) (nullable): the query, or %NULL with %JZ_STORE_ERROR_INVALID when it has
 *   more than %JZ_SEARCH_MAX_TERMS terms or %JZ_SEARCH_MAX_SIGNS signs
 */
JzSearchQuery *
jz_search_query_new (const char *typed, GError **error)
{
  g_autoptr (JzSearchQuery) self = NULL;

  g_return_val_if_fail (typed != NULL, NULL);
  self = g_new0 (JzSearchQuery, 1);
  self->terms = g_ptr_array_new_with_free_func (g_free);
  if (part_into_terms (typed, self->terms) > JZ_SEARCH_MAX_SIGNS ||
      self->terms->len > JZ_SEARCH_MAX_TERMS) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("The text to search for is too long; shorten it to at most %d words and %d "
                    "characters."),
                 JZ_SEARCH_MAX_TERMS, JZ_SEARCH_MAX_SIGNS);
    return NULL;
  }
  self->expression = make_expression (self->terms);
  return g_steal_pointer (&self);
}

/**
 * jz_search_query_free:
 * @self: (transfer full): a query
 *
 * Frees it.
 */
void
jz_search_query_free (JzSearchQuery *self)
{
  g_ptr_array_unref (self->terms);
  g_free (self->expression);
  g_free (self);
}

/**
 * jz_search_query_is_empty:
 * @self: a query
 *
 * Returns: whether nothing but gaps was typed; such a query finds nothing
 */
gboolean
jz_search_query_is_empty (const JzSearchQuery *self)
{
  return self->terms->len == 0;
}

/**
 * jz_search_query_get_expression:
 * @self: a query
 *
 * Returns: (transfer none): what to bind to `MATCH ?`: every term a quoted phrase; of an empty
 * query the empty text, with which FTS5 finds nothing
 */
const char *
jz_search_query_get_expression (const JzSearchQuery *self)
{
  return self->expression;
}

static gboolean
find_term (const Plain *plain, const char *term, GArray *spans)
{
  gsize length = strlen (term);
  gboolean is_found = FALSE;

  for (const char *at = plain->text->str; (at = strstr (at, term)) != NULL; at++) {
    gsize first = (gsize)(at - plain->text->str);
    JzSearchSpan span;
    if (is_word (*at) && first > 0 && is_word (at[-1]))
      continue;
    is_found = TRUE;
    if (spans == NULL)
      break;
    span = plain_get_span (plain, first, first + length - 1);
    g_array_append_val (spans, span);
  }
  return is_found;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const JzSearchSpan *left = a;
  const JzSearchSpan *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  return left->end < right->end ? -1 : left->end > right->end;
}

/* So that they neither overlap nor touch. */
static void
merge_spans (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    JzSearchSpan span = g_array_index (spans, JzSearchSpan, i);
    JzSearchSpan *before = n > 0 ? &g_array_index (spans, JzSearchSpan, n - 1) : NULL;
    if (before != NULL && span.start <= before->end)
      before->end = MAX (before->end, span.end);
    else
      g_array_index (spans, JzSearchSpan, n++) = span;
  }
  g_array_set_size (spans, n);
}

/**
 * jz_search_query_find:
 * @self: a query
 * @text: a text; need not be UTF-8
 * @length: its length in bytes
 * @spans: (nullable) (element-type JzSearchSpan): is filled with where the terms occur, from the
 *   beginning, without overlaps; is empty when one of them does not
 *
 * Looks through one text, without an index.
 *
 * Returns: whether every term occurs
 */
gboolean
jz_search_query_find (const JzSearchQuery *self, const char *text, gsize length, GArray *spans)
{
  g_auto (Plain) plain = { NULL, NULL, NULL, NULL };
  gboolean is_found = self->terms->len > 0;

  if (spans != NULL)
    g_array_set_size (spans, 0);
  plain_init (&plain, text, length);
  for (guint i = 0; i < self->terms->len && is_found; i++)
    is_found = find_term (&plain, g_ptr_array_index (self->terms, i), spans);
  if (spans == NULL)
    return is_found;
  if (!is_found)
    g_array_set_size (spans, 0);
  merge_spans (spans);
  return is_found;
}
