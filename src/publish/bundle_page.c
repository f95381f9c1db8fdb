/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/contents.h"
#include "publish/template.h"
#include "rules/vocabulary.h"

/* A bundle for people: pages that a browser shows without a network, as XML and as HTML, with their
 * table even where no script runs. */

static char *
dup_demo (const JzBundleContents *self)
{
  g_autofree char *sentence = jz_bundle_dup_demo_sentence (self);

  return self->is_demo ? g_markup_printf_escaped ("<p class=\"demo\">%s</p>", sentence)
                       : g_strdup ("");
}

static const char *
get_mark (const JzBundleContents *self)
{
  return self->is_demo ? JZ_BUNDLE_DEMO_MARK "·" : "";
}

/* XML has no way to write most control characters, and a text of a page needs none. */
static char *
dup_writable (const char *text)
{
  char *plain = g_strdup (text);

  for (char *at = plain; *at != '\0'; at++)
    if ((guchar)*at < ' ' && *at != '\n' && *at != '\t')
      *at = ' ';
  return plain;
}

static char *
dup_escaped (const char *text)
{
  g_autofree char *plain = dup_writable (text);

  return g_markup_escape_text (plain, -1);
}

static void
append_cell (GString *text, const char *cell)
{
  g_autofree char *escaped = dup_escaped (cell);

  g_string_append_printf (text, "<td>%s</td>", escaped);
}

static void
append_item (GString *text, const JzBundleContents *self, const JzBundleItem *item)
{
  g_autofree char *page = jz_bundle_contents_dup_name (self, "items/", item->id, ".html");
  g_autofree char *pdf = jz_bundle_contents_dup_name (self, "documents/", item->id, ".pdf");
  g_autofree char *page_uri = g_uri_escape_string (page, "/", FALSE);
  g_autofree char *pdf_uri = g_uri_escape_string (pdf, "/", FALSE);
  g_autofree char *number = dup_escaped (item->number);

  g_string_append_printf (text, "<tr><td><a href=\"%s\">%s</a></td>", page_uri, number);
  append_cell (text, item->party);
  append_cell (text, item->matter);
  append_cell (text, item->decided_on);
  append_cell (text, item->released_on);
  g_string_append_printf (text, "<td><a href=\"%s\">全文</a></td></tr>\n", pdf_uri);
}

static char *
dup_tables (const char *const *tables)
{
  GString *text = g_string_new (NULL);

  for (; *tables != NULL; tables++) {
    g_autofree char *uri = g_uri_escape_string (*tables, "/", FALSE);
    g_autofree char *name = dup_escaped (*tables);
    g_string_append_printf (text, "<li><a href=\"%s\">%s</a>（双公示上报表）</li>\n", uri, name);
  }
  return g_string_free (text, FALSE);
}

/**
 * jz_bundle_dup_index:
 * @self: contents
 * @tables: paths of upload tables, beside the index
 * @error: return location
 *
 * Returns: (transfer full) (nullable): index.html
 */
char *
jz_bundle_dup_index (const JzBundleContents *self, const char *const *tables, GError **error)
{
  g_autoptr (GBytes) page = jz_template_load ("bundle_index.html", error);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *demo = dup_demo (self);
  g_autofree char *organ = dup_escaped (self->organ);
  g_autofree char *links = dup_tables (tables);
  g_autofree char *count = g_strdup_printf ("%u", self->items->len);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < self->items->len; i++)
    append_item (rows, self, g_ptr_array_index (self->items, i));
  return jz_template_fill (page, "mark", get_mark (self), "organ", organ, "demo", demo, "from",
                           self->from, "to", self->to, "count", count, "rows", rows->str, "tables",
                           links, NULL);
}

/* Read once: it never changes while the program runs. */
static const JzChoiceSet *
get_kinds (void)
{
  static JzFactVocabulary *vocabulary = NULL;

  if (g_once_init_enter (&vocabulary)) {
    JzFactVocabulary *shipped = jz_fact_vocabulary_load_shipped (NULL);
    g_assert (shipped != NULL);
    g_once_init_leave (&vocabulary, shipped);
  }
  return jz_fact_vocabulary_find_choices (vocabulary, "finding-kind");
}

static const char *
get_kind (const char *word)
{
  const JzChoiceSet *kinds = get_kinds ();

  for (guint i = 0; kinds != NULL && i < kinds->choices->len; i++) {
    const JzChoice *choice = g_ptr_array_index (kinds->choices, i);
    if (strcmp (choice->id, word) == 0)
      return jz_text_get (&choice->label, JZ_LANGUAGE_ZH);
  }
  return word;
}

static char *
dup_redacted (const JzBundleItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (item->redactions); i++) {
    const JzJson *row = jz_json_get_item (item->redactions, i);
    const char *kind = jz_json_get_member_text (row, "kind");
    if (g_strcmp0 (jz_json_get_member_text (row, "choice"), "keep") == 0 || kind == NULL)
      continue;
    g_string_append (text, text->len == 0 ? "依法隐去：" : "、");
    g_string_append_printf (text, "%s %d 处", get_kind (kind),
                            (int)jz_json_get_member_integer (row, "n", 0));
  }
  if (text->len == 0)
    g_string_append (text, "没有隐去任何内容。");
  return g_string_free (text, FALSE);
}

static void
append_field (GString *text, const char *label, const char *value)
{
  g_autofree char *name = dup_escaped (label);
  g_autofree char *shown = dup_escaped (value);

  g_string_append_printf (text, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", name, shown);
}

/**
 * jz_bundle_dup_page:
 * @self: contents
 * @item: one of them
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its page
 */
char *
jz_bundle_dup_page (const JzBundleContents *self, const JzBundleItem *item, GError **error)
{
  g_autoptr (GBytes) page = jz_template_load ("bundle_item.html", error);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *demo = dup_demo (self);
  g_autofree char *number = dup_escaped (item->number);
  g_autofree char *title = dup_escaped (item->title);
  g_autofree char *pdf = jz_bundle_contents_dup_name (self, "documents/", item->id, ".pdf");
  g_autofree char *uri = g_uri_escape_string (pdf, "/", FALSE);
  g_autofree char *plain = dup_redacted (item);
  g_autofree char *redacted = dup_escaped (plain);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < jz_json_get_n_items (item->fields); i++) {
    const JzJson *field = jz_json_get_item (item->fields, i);
    append_field (rows, jz_json_get_member_text (field, "label"),
                  jz_json_get_member_text (field, "value"));
  }
  append_field (rows, "公示日期", item->released_on);
  return jz_template_fill (page, "mark", get_mark (self), "number", number, "demo", demo, "title",
                           title, "rows", rows->str, "pdf", uri, "redacted", redacted, NULL);
}

/**
 * jz_bundle_dup_how:
 * @self: contents
 * @error: return location
 *
 * Returns: (transfer full) (nullable): HOW-TO-CHECK.txt; the lines that begin with four spaces are
 *   commands, to be run in the folder that comes out of the bundle
 */
char *
jz_bundle_dup_how (const JzBundleContents *self, GError **error)
{
  g_autoptr (GBytes) text = jz_template_load ("bundle_how.txt", error);
  g_autofree char *demo = jz_bundle_dup_demo_sentence (self);

  return text != NULL ? jz_template_fill (text, "organ", self->organ, "demo", demo, NULL) : NULL;
}
