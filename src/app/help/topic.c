/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A topic is a small file of our own among the resources, one for each language:
 *
 *   <topic title="…">
 *     <h>heading</h>  <p>paragraph</p>
 *     <steps><step>numbered</step>…</steps>  <list><item>not numbered</item>…</list>
 *   </topic>
 *
 * In a text, <key>Ctrl+K</key> is a key and <go to="settings/backup">…</go> leads to a place. The
 * name of the file is the order of the topic and its id: 01-first-day.xml. data/schemas/help.rng
 * says the same and a test holds all files to it; what the parser meets here is well-formed.
 */
#include "app/help/topic.h"

#define RESOURCES "/org/juanzong/app/help"

typedef struct {
  JzHelpTopic *topic;
  GString *markup; /* of the block that is open, else NULL */
  GString *plain;
  JzHelpBlockKind kind;
  guint n_steps;
} Parser;

static void
free_block (gpointer data)
{
  JzHelpBlock *block = data;

  g_free (block->markup);
  g_free (block);
}

static gboolean
get_kind (const char *element, JzHelpBlockKind *kind)
{
  static const char *const names[] = { "h", "p", "step", "item" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (element, names[i])) {
      *kind = (JzHelpBlockKind)i;
      return TRUE;
    }
  return FALSE;
}

static void
open_block (Parser *self, JzHelpBlockKind kind)
{
  self->kind = kind;
  self->markup = g_string_new (NULL);
  if (kind == JZ_HELP_STEP)
    self->n_steps++;
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Parser *self = data;
  JzHelpBlockKind kind;

  if (get_kind (element, &kind)) {
    open_block (self, kind);
  } else if (g_str_equal (element, "topic")) {
    const char *title = NULL;

    if (g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING,
                                     "title", &title, G_MARKUP_COLLECT_INVALID))
      self->topic->title = g_strdup (title);
  } else if (g_str_equal (element, "steps")) {
    self->n_steps = 0;
  } else if (g_str_equal (element, "key") && self->markup) {
    g_string_append (self->markup, "<b>");
  } else if (g_str_equal (element, "go") && self->markup) {
    const char *to = NULL;

    if (g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING, "to",
                                     &to, G_MARKUP_COLLECT_INVALID)) {
      g_autofree char *link = g_markup_printf_escaped ("<a href=\"juanzong:%s\">", to);

      g_string_append (self->markup, link);
    }
  }
}

static void
close_block (Parser *self)
{
  JzHelpBlock *block = g_new0 (JzHelpBlock, 1);

  block->kind = self->kind;
  block->number = self->kind == JZ_HELP_STEP ? self->n_steps : 0;
  block->markup = g_strstrip (g_string_free (g_steal_pointer (&self->markup), FALSE));
  g_ptr_array_add (self->topic->blocks, block);
  g_string_append_c (self->plain, '\n');
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Parser *self = data;
  JzHelpBlockKind kind;

  if (get_kind (element, &kind) && self->markup)
    close_block (self);
  else if (g_str_equal (element, "key") && self->markup)
    g_string_append (self->markup, "</b>");
  else if (g_str_equal (element, "go") && self->markup)
    g_string_append (self->markup, "</a>");
}

static gunichar
get_last (const GString *string)
{
  if (string->len == 0)
    return '\n';
  return g_utf8_get_char (g_utf8_prev_char (string->str + string->len));
}

/* A file is laid out in lines: white space is one space, and none where a line ends in Chinese. */
static void
append_text (GString *string, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end) {
    gsize n_space = 0;
    gunichar last = get_last (string);

    while (text + n_space < end && g_ascii_isspace (text[n_space]))
      n_space++;
    if (n_space == 0) {
      g_string_append_unichar (string, g_utf8_get_char (text));
      text = g_utf8_next_char (text);
      continue;
    }
    if (!g_unichar_isspace (last) && !(g_unichar_iswide (last) && memchr (text, '\n', n_space)))
      g_string_append_c (string, ' ');
    text += n_space;
  }
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer data,
         GError **error)
{
  Parser *self = data;
  g_autoptr (GString) flowing = NULL;
  g_autofree char *escaped = NULL;

  if (self->markup == NULL)
    return;
  /* What came before decides whether a space at the beginning is one. */
  flowing = g_string_new (self->plain->str);
  append_text (flowing, text, length);
  escaped = g_markup_escape_text (flowing->str + self->plain->len, -1);
  g_string_append (self->markup, escaped);
  g_string_assign (self->plain, flowing->str);
}

/**
 * jz_help_topic_parse:
 * @id: name of the topic
 * @bytes: its file
 * @error: return location for an error
 *
 * Reads a topic of the help.
 *
 * Returns: (transfer full) (nullable): the topic; on error %NULL with one of #GMarkupError
 */
JzHelpTopic *
jz_help_topic_parse (const char *id, GBytes *bytes, GError **error)
{
  static const GMarkupParser callbacks = { on_start, on_end, on_text, NULL, NULL };
  g_autoptr (JzHelpTopic) topic = g_new0 (JzHelpTopic, 1);
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);
  Parser parser = { .topic = topic, .plain = plain };
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gboolean is_read;

  topic->id = g_strdup (id);
  topic->blocks = g_ptr_array_new_with_free_func (free_block);
  context = g_markup_parse_context_new (&callbacks, G_MARKUP_TREAT_CDATA_AS_TEXT, &parser, NULL);
  is_read = g_markup_parse_context_parse (context, text, (gssize)size, error) &&
            g_markup_parse_context_end_parse (context, error);
  if (parser.markup)
    g_string_free (parser.markup, TRUE);
  if (!is_read)
    return NULL;
  if (topic->title == NULL) {
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "“%s” is no topic.", id);
    return NULL;
  }
  topic->plain = g_strconcat (topic->title, "\n", plain->str, NULL);
  return g_steal_pointer (&topic);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* The folder of the first of these languages that the help is written in. */
static char *
find_folder (const char *const *languages)
{
  for (; *languages; languages++) {
    g_autofree char *folder = g_strconcat (RESOURCES "/", *languages, NULL);
    g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

    if (names)
      return g_steal_pointer (&folder);
    if (g_str_has_prefix (*languages, "zh"))
      return g_strdup (RESOURCES "/zh_CN");
  }
  return g_strdup (RESOURCES "/C");
}

/**
 * jz_help_topics_load:
 * @languages: names of languages, the best first, as of g_get_language_names()
 * @error: return location for an error
 *
 * Reads the help in the first of these languages that it is written in, else in English.
 *
 * Returns: (transfer full) (element-type JzHelpTopic) (nullable): the topics in their order; on
 *   error %NULL with one of #GMarkupError or #GResourceError
 */
GPtrArray *
jz_help_topics_load (const char *const *languages, GError **error)
{
  g_autoptr (GPtrArray) topics =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_help_topic_free);
  g_autofree char *folder = find_folder (languages);
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, error);

  if (names == NULL)
    return NULL;
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (char **name = names; *name; name++) {
    g_autofree char *path = g_build_path ("/", folder, *name, NULL);
    g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, error);
    const char *start = strchr (*name, '-') ? strchr (*name, '-') + 1 : *name;
    g_autofree char *id = g_strndup (start, strcspn (start, "."));
    JzHelpTopic *topic = bytes ? jz_help_topic_parse (id, bytes, error) : NULL;

    if (topic == NULL)
      return NULL;
    g_ptr_array_add (topics, topic);
  }
  return g_steal_pointer (&topics);
}

/**
 * jz_help_topic_matches:
 * @self: a topic
 * @words: what is looked for; words are parted by spaces
 *
 * Returns: whether every word stands somewhere in the topic, however it is written
 */
gboolean
jz_help_topic_matches (const JzHelpTopic *self, const char *words)
{
  g_autofree char *plain = g_utf8_casefold (self->plain, -1);
  g_autofree char *wanted = g_utf8_casefold (words, -1);
  g_auto (GStrv) parts = NULL;

  g_strdelimit (wanted, "\t\n", ' ');
  parts = g_strsplit (wanted, " ", -1);
  for (char **part = parts; *part; part++)
    if (strstr (plain, *part) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * jz_help_topic_free:
 * @self: (transfer full) (nullable): a topic
 *
 * Frees a topic.
 */
void
jz_help_topic_free (JzHelpTopic *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self->plain);
  g_free (self);
}
