/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A line of a trace shows at most this much of a text; its parts follow on their own lines. */
#define MAX_SHOWN 120
#define INDENT 2

/* What the reader sees, and what is needed while it grows. */
typedef struct {
  JzTrace trace;
  JzTrace *last_child;
} JzGrowingTrace;

static void
free_trace (gpointer data)
{
  JzTrace *trace = data;

  if (trace->value != NULL)
    jz_value_unref ((JzValue *)trace->value);
  g_free (data);
}

void
jz_tracer_init (JzTracer *self, const JzSource *source)
{
  self->source = source;
  self->traces = g_ptr_array_new_with_free_func (free_trace);
}

void
jz_tracer_clear (JzTracer *self)
{
  g_clear_pointer (&self->traces, g_ptr_array_unref);
}

JzTrace *
jz_tracer_add (JzTracer *self, JzTrace *parent, const JzNode *node, guint entry)
{
  JzGrowingTrace *growing = g_new0 (JzGrowingTrace, 1);
  JzGrowingTrace *growing_parent = (JzGrowingTrace *)parent;
  JzTrace *trace = &growing->trace;

  trace->text = self->source->text + node->start;
  trace->length = node->end - node->start;
  trace->line = node->line;
  trace->column = node->column;
  trace->entry = entry;
  trace->is_literal = node->kind == JZ_NODE_LITERAL;
  trace->state = JZ_TRACE_NOT_NEEDED;
  g_ptr_array_add (self->traces, growing);
  if (parent == NULL)
    return trace;
  if (growing_parent->last_child == NULL)
    parent->first_child = trace;
  else
    growing_parent->last_child->next = trace;
  growing_parent->last_child = trace;
  return trace;
}

void
jz_trace_set_value (JzTrace *self, JzValue *value)
{
  self->state = JZ_TRACE_KNOWN;
  self->value = jz_value_ref (value);
}

/* One line of what may have come from outside: a break with the spaces around it is one space, and
 * nothing is passed on that a terminal would obey. */
static void
append_line (GString *line, const char *text, gsize length)
{
  const char *end = text + length;
  glong n_shown = 0;

  while (text < end && n_shown++ < MAX_SHOWN) {
    gunichar c = g_utf8_get_char (text);
    text = g_utf8_next_char (text);
    if (c == '\n' || c == '\r' || c == '\t') {
      while (text < end && g_ascii_isspace (*text))
        text++;
      c = ' ';
    }
    g_string_append_unichar (line, g_unichar_isprint (c) ? c : 0xfffd);
  }
  if (text < end)
    g_string_append (line, "…");
}

static char *
dup_word (const JzTrace *self)
{
  switch (self->state) {
  case JZ_TRACE_UNKNOWN:
    return g_strdup (_ ("unknown"));
  case JZ_TRACE_ABSENT:
    return g_strdup (_ ("absent"));
  case JZ_TRACE_NOT_NEEDED:
    return g_strdup (_ ("not needed"));
  case JZ_TRACE_KNOWN:
  default:
    if (jz_value_get_kind (self->value) != JZ_VALUE_BOOL)
      return jz_value_to_text (self->value);
    return g_strdup (jz_value_get_bool (self->value) ? _ ("true") : _ ("false"));
  }
}

static void
print_line (GString *text, const JzTrace *self, int indent)
{
  g_autoptr (GString) part = g_string_new (NULL);
  g_autoptr (GString) result = g_string_new (NULL);
  g_autofree char *word = dup_word (self);

  append_line (part, self->text, self->length);
  append_line (result, word, strlen (word));
  g_string_append_printf (text, "%*s", indent, "");
  if (self->entry == 0)
    g_string_append_printf (text, "%s: %s", part->str, result->str);
  else if (self->state == JZ_TRACE_NOT_NEEDED)
    /* Translators: the entries of a list from this number on */
    g_string_append_printf (text, _ ("from entry %u on: %s"), self->entry, result->str);
  else
    /* Translators: number of the list's entry, condition, result */
    g_string_append_printf (text, _ ("entry %u: %s: %s"), self->entry, part->str, result->str);
  g_string_append_c (text, '\n');
}

static void
print_trace (GString *text, const JzTrace *self, int indent)
{
  print_line (text, self, indent);
  for (const JzTrace *child = self->first_child; child != NULL; child = child->next) {
    if (!child->is_literal || child->entry != 0)
      print_trace (text, child, indent + INDENT);
  }
}

/**
 * jz_trace_to_text:
 * @self: a trace
 *
 * Writes a trace to be read: a line for each part of the expression, its own parts indented below
 * it, with what came of it: a value, “unknown”, “absent” (of a fact that is known not to be there)
 * or “not needed”. Parts of `any`, `all` and `count` bear the number of the list's entry. Literals
 * have no line, as there is nothing to say of them.
 *
 * Returns: (transfer full): the lines, each ending in a newline
 */
char *
jz_trace_to_text (const JzTrace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);
  print_trace (text, self, 0);
  return g_string_free (text, FALSE);
}
