/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "publish/error.h"
#include "publish/extractor.h"
#include "publish/pdf_parts.h"
#include "publish/public_copy-private.h"
#include "publish/redaction-private.h"

/* Before a copy leaves, it is attacked: programs that share nothing with ours read the finished
 * file, and what was hidden must not be in what they see. A check that sees nothing proves nothing,
 * so each of them must first find a text that was planted in a copy made the same way. */

/* Digits, which every extractor reads, in a row that no document has. */
#define CANARY "9073648215907"

typedef struct {
  const JzPublicCopy *copy;
  GPtrArray *needles;
  JzAttackFlags flags;
  GCancellable *cancellable;
  JzExhibit *exhibit;
  JzExhibit *planted;
  JzJson *report; /* of the extractors */
  guint n_texts;  /* exact extractors of text that ran */
} Attack;

static void
attack_clear (Attack *self)
{
  g_clear_pointer (&self->needles, g_ptr_array_unref);
  g_clear_pointer (&self->exhibit, jz_exhibit_free);
  g_clear_pointer (&self->planted, jz_exhibit_free);
  g_clear_pointer (&self->report, jz_json_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attack, attack_clear)

static gboolean
fail (GError **error, JzPublishError code, char *sentence)
{
  g_autofree char *owned = sentence;
  g_set_error_literal (error, JZ_PUBLISH_ERROR, (int)code, owned);
  return FALSE;
}

/* A value that stands on a page as it is, and on which page: (out) from 1. */
static const char *
find_drawn (const JzPages *pages, const JzFilling *filling, guint *page)
{
  const JzForm *form = jz_filling_get_form (filling);
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *on = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < on->lines->len; j++) {
      const JzPageLine *line = g_ptr_array_index (on->lines, j);
      for (guint k = 0; k < line->text->spans->len; k++) {
        const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, k);
        const JzFormField *field = jz_form_find_field (form, span->path);
        if (span->is_blank || field == NULL ||
            (field->type != JZ_FIELD_TEXT && field->type != JZ_FIELD_LONGTEXT))
          continue;
        *page = i + 1;
        return span->path;
      }
    }
  }
  return NULL;
}

/* The copy once more, with the canary standing before one of its values as any text does, and in a
 * property and a stream that no page shows. */
static JzExhibit *
plant (const JzPublicCopy *copy, const JzFilling *masked, const JzSheet *sheet, GError **error)
{
  g_autoptr (JzPages) pages = jz_public_pages_lay_out (masked, sheet);
  g_autoptr (JzPublicSource) source = jz_public_source_new (masked);
  g_autoptr (GPtrArray) redactions = g_ptr_array_new ();
  guint page = 0;
  const char *path = find_drawn (pages, masked, &page);
  g_autofree char *text = path != NULL ? jz_public_source_dup_text (source, path) : NULL;
  if (text == NULL) {
    fail (error, JZ_PUBLISH_ERROR_MISSING,
          g_strdup (_ ("The document has no text in which the check could be tried.")));
    return NULL;
  }
  gsize first = (gsize)(g_utf8_next_char (text) - text);
  g_autofree char *shown = g_strdup_printf (CANARY "%.*s", (int)first, text);
  JzRedaction change = { .field = (char *)path,
                         .length = first,
                         .choice = JZ_REDACTION_ADDED,
                         .kind = (char *)"other",
                         .replacement = shown };
  g_ptr_array_add (redactions, &change);
  g_autoptr (JzFilling) changed = jz_redaction_apply (source, redactions, error);
  g_autoptr (JzPages) drawn = changed != NULL ? jz_public_pages_lay_out (changed, sheet) : NULL;
  g_autoptr (GBytes) pdf = drawn != NULL ? jz_public_pages_draw (drawn, sheet, error) : NULL;
  g_autoptr (GBytes) planted = pdf != NULL ? jz_pdf_parts_plant (pdf, CANARY, error) : NULL;
  JzExhibit *exhibit = planted != NULL ? jz_exhibit_new (planted, drawn->pages->len, error) : NULL;
  if (exhibit != NULL)
    exhibit->page = page;
  return exhibit;
}

/* (transfer full) (nullable) (element-type JzHaystack): what an extractor sees; of text also all of
 * it in one, because a text may begin on one page and end on the next */
static GPtrArray *
extract (const JzExtractor *extractor,
         const JzExhibit *exhibit,
         GCancellable *cancellable,
         guint *n_parts,
         GError **error)
{
  g_autoptr (GPtrArray) parts = extractor->extract (exhibit, cancellable, error);
  if (parts == NULL)
    return NULL;
  GPtrArray *seen = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_haystack_free);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  *n_parts = parts->len;
  for (guint i = 0; i < parts->len; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (parts, i), &size);
    g_ptr_array_add (seen, jz_haystack_new (g_ptr_array_index (parts, i), extractor->is_raw));
    if (data != NULL && !extractor->is_raw)
      g_byte_array_append (whole, data, (guint)size);
  }
  g_autoptr (GBytes) joined = g_bytes_new (whole->data, whole->len);
  if (!extractor->is_raw)
    g_ptr_array_add (seen, jz_haystack_new (joined, FALSE));
  return seen;
}

static gboolean
finds_canary (const JzExtractor *extractor,
              const JzExhibit *planted,
              GCancellable *cancellable,
              gboolean *is_found,
              GError **error)
{
  g_autoptr (JzNeedle) canary = jz_needle_new (CANARY, "");
  guint n_parts;
  g_autoptr (GPtrArray) seen = extract (extractor, planted, cancellable, &n_parts, error);
  *is_found = FALSE;
  for (guint i = 0; seen != NULL && i < seen->len; i++)
    *is_found |= jz_needle_is_in (canary, g_ptr_array_index (seen, i));
  return seen != NULL;
}

/* (nullable) (transfer none): the first hidden text that is seen; (out) on which page, from 1 */
static const JzNeedle *
find_needle (const Attack *self, const GPtrArray *seen, guint *page)
{
  for (guint i = 0; i < self->needles->len; i++) {
    const JzNeedle *needle = g_ptr_array_index (self->needles, i);
    for (guint j = 0; !needle->remains && j < seen->len; j++)
      if (jz_needle_is_in (needle, g_ptr_array_index (seen, j))) {
        *page = j + 1;
        return needle;
      }
  }
  return NULL;
}

static gboolean
search_copy (const Attack *self, const JzExtractor *extractor, guint *n_parts, GError **error)
{
  guint page = 0;
  g_autoptr (GPtrArray) seen =
    extract (extractor, self->exhibit, self->cancellable, n_parts, error);
  if (seen == NULL)
    return FALSE;
  const JzNeedle *needle = find_needle (self, seen, &page);
  if (needle == NULL)
    return TRUE;
  if (!extractor->is_raw && page <= *n_parts)
    return fail (error, JZ_PUBLISH_ERROR_EXPOSED,
                 g_strdup_printf (_ ("What was hidden in %s can still be read on page %u of the "
                                     "public copy (found by %s). It was not made."),
                                  needle->field, page, extractor->name));
  return fail (error, JZ_PUBLISH_ERROR_EXPOSED,
               g_strdup_printf (_ ("What was hidden in %s is still inside the file of the public "
                                   "copy (found by %s). It was not made."),
                                needle->field, extractor->name));
}

static void
tell (Attack *self, const JzExtractor *extractor, gboolean ran, gboolean saw, guint n_parts)
{
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "name", extractor->name);
  jz_json_set_boolean (json, "ran", ran);
  jz_json_set_boolean (json, "canary", saw);
  jz_json_set_integer (json, "parts", n_parts);
  jz_json_append (self->report, json);
}

static gboolean
try_extractor (Attack *self, const JzExtractor *extractor, GError **error)
{
  gboolean saw = FALSE;
  guint n_parts = 0;
  if (!jz_extractor_is_there (extractor) ||
      (!extractor->is_exact && (self->flags & JZ_ATTACK_NO_OCR) != 0)) {
    tell (self, extractor, FALSE, FALSE, 0);
    return TRUE;
  }
  if (!finds_canary (extractor, self->planted, self->cancellable, &saw,
                     extractor->is_raw ? error : NULL)) {
    /* A program that cannot start here, or has no Chinese, was not run; another may have been. */
    tell (self, extractor, FALSE, FALSE, 0);
    return !extractor->is_raw && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  }
  if (!search_copy (self, extractor, &n_parts, error))
    return FALSE;
  if (!saw && extractor->is_exact)
    return fail (error, JZ_PUBLISH_ERROR_MISSING,
                 g_strdup_printf (_ ("The check by %s did not see a text that was planted for it, "
                                     "so it proves nothing. The public copy was not made."),
                                  extractor->name));
  self->n_texts += extractor->is_exact && !extractor->is_raw;
  tell (self, extractor, TRUE, saw, n_parts);
  return TRUE;
}

/* Words of the form itself are not hidden by anybody. */
static void
mark_wording (Attack *self, const JzFilling *masked, const JzSheet *sheet)
{
  g_autoptr (JzPublicSource) source = jz_public_source_new (masked);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  g_autoptr (GPtrArray) redactions =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_redaction_free);
  for (guint i = 0; i < leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (leaves, i);
    if (leaf->field == NULL || leaf->field->type == JZ_FIELD_CHOICE || leaf->text[0] == '\0')
      continue;
    JzRedaction *redaction = g_new0 (JzRedaction, 1);
    redaction->field = g_strdup (leaf->path);
    redaction->length = strlen (leaf->text);
    redaction->choice = JZ_REDACTION_ADDED;
    redaction->kind = g_strdup ("other");
    redaction->replacement = g_strdup ("，");
    g_ptr_array_add (redactions, redaction);
  }
  g_autoptr (JzFilling) empty = jz_redaction_apply (source, redactions, NULL);
  g_autoptr (JzPages) pages = empty != NULL ? jz_public_pages_lay_out (empty, sheet) : NULL;
  g_autofree char *text = pages != NULL ? jz_public_pages_dup_text (pages) : g_strdup ("");
  g_autofree char *plain = jz_plain_dup (text);
  for (guint i = 0; i < self->needles->len; i++) {
    JzNeedle *needle = g_ptr_array_index (self->needles, i);
    needle->remains = needle->remains || strstr (plain, needle->plain) != NULL;
  }
}

/* The values, the title and the names of files leave, too: as data.json and in lists. */
static gboolean
check_values (const Attack *self, GError **error)
{
  g_autofree char *values = jz_json_to_canonical (self->copy->values, NULL);
  g_autofree char *files = g_strjoinv ("\n", self->copy->files);
  const char *const texts[] = { values, self->copy->title, files, self->copy->text };
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_haystack_free);
  guint place;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
    g_ptr_array_add (seen, jz_haystack_new (bytes, FALSE));
  }
  const JzNeedle *needle = find_needle (self, seen, &place);
  return needle == NULL || fail (error, JZ_PUBLISH_ERROR_EXPOSED,
                                 g_strdup_printf (_ ("What was hidden in %s still stands in the "
                                                     "public text. The public copy was not made."),
                                                  needle->field));
}

static JzJson *
make_report (Attack *self)
{
  JzJson *report = jz_json_new_object ();
  gint64 n_remaining = 0;
  for (guint i = 0; i < self->needles->len; i++)
    n_remaining += ((const JzNeedle *)g_ptr_array_index (self->needles, i))->remains;
  jz_json_set_member (report, "extractors", g_steal_pointer (&self->report));
  jz_json_set_integer (report, "pages", self->copy->n_pages);
  jz_json_set_integer (report, "searched", self->needles->len);
  jz_json_set_integer (report, "remaining", n_remaining);
  jz_json_set_integer (report, "hits", 0);
  return report;
}

/**
 * jz_public_copy_attack:
 * @copy: a copy
 * @source: what it was made of
 * @redactions: (element-type JzRedaction): decisions
 * @flags: how much is tried
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Reads the finished file with every extractor that is installed and looks for every hidden text
 * (P-06). Blocks for seconds; for a worker thread.
 *
 * Returns: (transfer full) (nullable): {extractors: [{name, ran, canary, parts}], pages, searched,
 *   remaining, hits}, with nothing hidden in it; %NULL with %JZ_PUBLISH_ERROR_EXPOSED where
 * something can be read, naming field and page, and %JZ_PUBLISH_ERROR_MISSING where nothing could
 * be proved
 */
JzJson *
jz_public_copy_attack (const JzPublicCopy *copy,
                       const JzPublicSource *source,
                       const GPtrArray *redactions,
                       JzAttackFlags flags,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (copy != NULL && source != NULL && redactions != NULL, NULL);

  guint n_extractors;
  const JzExtractor *extractors = jz_extractors_get (&n_extractors);
  g_auto (Attack) self = { .copy = copy, .flags = flags, .cancellable = cancellable };
  g_autoptr (JzFilling) masked =
    jz_filling_new_from_json (jz_filling_get_form (source->filling), copy->values, error);
  if (masked == NULL)
    return NULL;
  self.needles = jz_needles_new (source, redactions, error);
  if (self.needles == NULL)
    return NULL;
  mark_wording (&self, masked, NULL);
  if (!check_values (&self, error))
    return NULL;
  self.exhibit = jz_exhibit_new (copy->pdf, copy->n_pages, error);
  self.planted = self.exhibit != NULL ? plant (copy, masked, NULL, error) : NULL;
  if (self.planted == NULL)
    return NULL;
  self.report = jz_json_new_array ();
  for (guint i = 0; i < n_extractors; i++)
    if (!try_extractor (&self, &extractors[i], error))
      return NULL;
  if (self.n_texts > 0)
    return make_report (&self);
  fail (error, JZ_PUBLISH_ERROR_MISSING,
        g_strdup (_ ("No program is installed that could read the public copy to check it; install "
                     "poppler-utils.")));
  return NULL;
}
