/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "publish/error.h"
#include "publish/redaction-private.h"

/* What a person decided on what was found, and the values that remain for the public. A decision
 * names a place in frozen values and never repeats the text, so that the record of a publication
 * tells nothing that the publication hides. */

/* Two copies of a text of at least this length, in bytes of plain text, are treated alike. */
#define LEAST_ALIKE 6

static const char *const choice_names[] = { "cover", "keep", "added" };

/**
 * jz_redaction_free:
 * @self: a decision
 */
void
jz_redaction_free (JzRedaction *self)
{
  g_free (self->field);
  g_free (self->kind);
  g_free (self->rule);
  g_free (self->reason);
  g_free (self->replacement);
  g_free (self);
}

static gboolean
fail (GError **error, char *sentence)
{
  g_autofree char *owned = sentence;
  g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_FORMAT, owned);
  return FALSE;
}

static gboolean
is_range_of (const char *text, gsize start, gsize length)
{
  gsize whole = strlen (text);
  return length > 0 && start < whole && length <= whole - start && (text[start] & 0xc0) != 0x80 &&
         (text[start + length] & 0xc0) != 0x80;
}

static gboolean
read_choice (const char *name, JzRedactionChoice *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (choice_names); i++)
    if (g_strcmp0 (name, choice_names[i]) == 0) {
      *choice = (JzRedactionChoice)i;
      return TRUE;
    }
  return FALSE;
}

/* A replacement that holds what it replaces hides nothing. */
static gboolean
check_replacement (const JzRedaction *redaction, const char *text, GError **error)
{
  if (redaction->replacement == NULL || redaction->choice == JZ_REDACTION_KEEP)
    return TRUE;
  g_autofree char *hidden = g_strndup (text + redaction->start, redaction->length);
  g_autofree char *plain = jz_plain_dup (hidden);
  g_autofree char *shown = jz_plain_dup (redaction->replacement);
  if (plain[0] == '\0' || strstr (shown, plain) == NULL)
    return TRUE;
  g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_EXPOSED,
               _ ("What is to stand in place of a hidden text in %s holds that text; write "
                  "something else."),
               redaction->field);
  return FALSE;
}

static gboolean
check_redaction (const JzRedaction *self, const GPtrArray *leaves, GError **error)
{
  const JzRedactionRules *rules = jz_redaction_rules_get ();
  const JzLeaf *leaf = self->field != NULL ? jz_leaves_find (leaves, self->field) : NULL;
  if (leaf == NULL)
    return fail (error, g_strdup_printf (_ ("The document has no text %s."),
                                         self->field != NULL ? self->field : "?"));
  if (!is_range_of (leaf->text, self->start, self->length))
    return fail (error,
                 g_strdup_printf (_ ("The range %llu to %llu is no part of the text %s."),
                                  (unsigned long long)self->start,
                                  (unsigned long long)(self->start + self->length), self->field));
  if (self->kind == NULL || jz_redaction_rules_find_kind (rules, self->kind) == NULL)
    return fail (error, g_strdup_printf (_ ("There is no kind “%s” of information that is hidden."),
                                         self->kind != NULL ? self->kind : ""));
  if (self->choice == JZ_REDACTION_KEEP && (self->reason == NULL || self->reason[0] == '\0'))
    return fail (
      error, g_strdup_printf (_ ("Give a reason why the text in %s stays public."), self->field));
  return check_replacement (self, leaf->text, error);
}

static JzRedaction *
read_redaction (const JzJson *json, const GPtrArray *leaves, GError **error)
{
  g_autoptr (JzRedaction) self = g_new0 (JzRedaction, 1);
  gint64 start = -1;
  gint64 length = -1;
  if (jz_json_get_kind (json) != JZ_JSON_OBJECT ||
      !read_choice (jz_json_get_member_text (json, "choice"), &self->choice)) {
    fail (error, g_strdup (_ ("A decision on hidden text is cover, keep or added.")));
    return NULL;
  }
  start = jz_json_get_member_integer (json, "start", -1);
  length = jz_json_get_member_integer (json, "length", -1);
  self->field = g_strdup (jz_json_get_member_text (json, "field"));
  self->start = start < 0 ? G_MAXUINT32 : (gsize)start;
  self->length = length < 0 ? 0 : (gsize)length;
  self->kind = g_strdup (jz_json_get_member_text (json, "kind"));
  self->rule = g_strdup (jz_json_get_member_text (json, "rule"));
  self->reason = g_strdup (jz_json_get_member_text (json, "reason"));
  self->replacement = g_strdup (jz_json_get_member_text (json, "replacement"));
  if (!check_redaction (self, leaves, error))
    return NULL;
  if (self->rule == NULL)
    self->rule =
      g_strdup (jz_redaction_rules_find_kind (jz_redaction_rules_get (), self->kind)->rule);
  return g_steal_pointer (&self);
}

/**
 * jz_redactions_from_json:
 * @source: what is to be published
 * @json: a list of decisions, as an act has them
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzRedaction): the decisions, or %NULL with
 *   %JZ_PUBLISH_ERROR_FORMAT where one names no text of the publication, or keeps something without
 *   a reason, and %JZ_PUBLISH_ERROR_EXPOSED where a replacement shows what it replaces
 */
GPtrArray *
jz_redactions_from_json (const JzPublicSource *source, const JzJson *json, GError **error)
{
  g_return_val_if_fail (source != NULL, NULL);

  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_redaction_free);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  if (json != NULL && jz_json_get_kind (json) != JZ_JSON_ARRAY) {
    fail (error, g_strdup (_ ("The decisions on hidden text are no list.")));
    return NULL;
  }
  for (guint i = 0; json != NULL && i < jz_json_get_n_items (json); i++) {
    JzRedaction *redaction = read_redaction (jz_json_get_item (json, i), leaves, error);
    if (redaction == NULL)
      return NULL;
    g_ptr_array_add (list, redaction);
  }
  return g_steal_pointer (&list);
}

/**
 * jz_redactions_to_json:
 * @redactions: (element-type JzRedaction): decisions
 *
 * Returns: (transfer full): the list, as an act has it
 */
JzJson *
jz_redactions_to_json (const GPtrArray *redactions)
{
  JzJson *list = jz_json_new_array ();
  for (guint i = 0; i < redactions->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (redactions, i);
    JzJson *json = jz_json_new_object ();
    jz_json_set_text (json, "field", redaction->field);
    jz_json_set_integer (json, "start", (gint64)redaction->start);
    jz_json_set_integer (json, "length", (gint64)redaction->length);
    jz_json_set_text (json, "choice", choice_names[redaction->choice]);
    jz_json_set_text (json, "kind", redaction->kind);
    jz_json_set_text (json, "rule", redaction->rule);
    if (redaction->reason != NULL)
      jz_json_set_text (json, "reason", redaction->reason);
    if (redaction->replacement != NULL)
      jz_json_set_text (json, "replacement", redaction->replacement);
    jz_json_append (list, json);
  }
  return list;
}

/**
 * jz_redactions_cover_all:
 * @found: (element-type JzPersonalData): what was found
 *
 * Returns: (transfer full) (element-type JzRedaction): the decision to hide all of it
 */
GPtrArray *
jz_redactions_cover_all (const GPtrArray *found)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_redaction_free);
  for (guint i = 0; i < found->len; i++) {
    const JzPersonalData *data = g_ptr_array_index (found, i);
    JzRedaction *redaction = g_new0 (JzRedaction, 1);
    redaction->field = g_strdup (data->field);
    redaction->start = data->start;
    redaction->length = data->length;
    redaction->choice = JZ_REDACTION_COVER;
    redaction->kind = g_strdup (data->kind);
    redaction->rule = g_strdup (data->rule);
    redaction->replacement = g_strdup (data->replacement);
    g_ptr_array_add (list, redaction);
  }
  return list;
}

static gboolean
hides (const JzRedaction *self)
{
  return self->choice != JZ_REDACTION_KEEP;
}

static gboolean
is_decided (const JzPersonalData *data, const GPtrArray *redactions)
{
  gsize at = data->start;
  gsize end = data->start + data->length;
  gboolean is_moving = TRUE;
  while (at < end && is_moving) {
    is_moving = FALSE;
    for (guint i = 0; i < redactions->len; i++) {
      const JzRedaction *redaction = g_ptr_array_index (redactions, i);
      if (strcmp (redaction->field, data->field) != 0 || redaction->start > at ||
          redaction->start + redaction->length <= at)
        continue;
      at = redaction->start + redaction->length;
      is_moving = TRUE;
    }
  }
  return at >= end;
}

static char *
dup_plain_of (const GPtrArray *leaves, const JzRedaction *redaction)
{
  const JzLeaf *leaf = jz_leaves_find (leaves, redaction->field);
  if (leaf == NULL || !is_range_of (leaf->text, redaction->start, redaction->length))
    return g_strdup ("");
  g_autofree char *text = g_strndup (leaf->text + redaction->start, redaction->length);
  return jz_plain_dup (text);
}

/* Shown in one place and hidden in another: the two would tell each other. */
static gboolean
tells_hidden (const GPtrArray *leaves, const JzRedaction *kept, const GPtrArray *redactions)
{
  g_autofree char *shown = dup_plain_of (leaves, kept);
  for (guint i = 0; i < redactions->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if (!hides (redaction))
      continue;
    g_autofree char *hidden = dup_plain_of (leaves, redaction);
    if (strlen (hidden) >= LEAST_ALIKE && strstr (shown, hidden) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
add_unlike (const GPtrArray *leaves, const GPtrArray *redactions, GPtrArray *open)
{
  for (guint i = 0; i < redactions->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if (hides (redaction) || !tells_hidden (leaves, redaction, redactions))
      continue;
    const JzLeaf *leaf = jz_leaves_find (leaves, redaction->field);
    JzPersonalData *data = g_new0 (JzPersonalData, 1);
    data->field = g_strdup (redaction->field);
    data->start = redaction->start;
    data->length = redaction->length;
    data->kind = g_strdup (redaction->kind);
    data->rule = g_strdup (redaction->rule);
    data->certainty = 100;
    data->text = g_strndup (leaf->text + redaction->start, redaction->length);
    data->replacement = g_strdup (redaction->replacement != NULL ? redaction->replacement : "");
    g_ptr_array_add (open, data);
  }
}

/**
 * jz_redactions_find_open:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 *
 * Looks once more (G-60).
 *
 * Returns: (transfer full) (element-type JzPersonalData): what nobody decided on, and what is shown
 *   in one place though it is hidden in another
 */
GPtrArray *
jz_redactions_find_open (const JzPublicSource *source, const GPtrArray *redactions)
{
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  GPtrArray *open = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_personal_data_free);
  while (found->len > 0) {
    JzPersonalData *data = g_ptr_array_steal_index (found, 0);
    if (is_decided (data, redactions))
      jz_personal_data_free (data);
    else
      g_ptr_array_add (open, data);
  }
  add_unlike (leaves, redactions, open);
  return open;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const JzRedaction *left = *(JzRedaction *const *)a;
  const JzRedaction *right = *(JzRedaction *const *)b;
  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  return (left->length < right->length) - (left->length > right->length);
}

static char *
dup_shown (const JzRedaction *redaction, const char *text)
{
  const JzRedactionRules *rules = jz_redaction_rules_get ();
  const JzRedactionKind *kind = jz_redaction_rules_find_kind (rules, redaction->kind);
  if (redaction->replacement != NULL)
    return g_strdup (redaction->replacement);
  if (kind->as != JZ_MASK_SURNAME)
    return g_strdup (kind->mask);
  g_autofree char *hidden = g_strndup (text + redaction->start, redaction->length);
  g_autofree char *plain = jz_plain_dup (hidden);
  g_autofree char *surname = g_strndup (plain, jz_redaction_rules_get_surname (rules, plain));
  return g_strconcat (surname, kind->mask, NULL);
}

/* (out): whether anything of it is hidden */
static char *
mask_text (const GPtrArray *redactions, const char *path, const char *text, gboolean *is_masked)
{
  g_autoptr (GPtrArray) here = g_ptr_array_new ();
  GString *masked = g_string_new (NULL);
  gsize at = 0;
  for (guint i = 0; i < redactions->len; i++) {
    JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if (hides (redaction) && strcmp (redaction->field, path) == 0 &&
        is_range_of (text, redaction->start, redaction->length))
      g_ptr_array_add (here, redaction);
  }
  g_ptr_array_sort (here, compare_places);
  for (guint i = 0; i < here->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (here, i);
    gsize end = redaction->start + redaction->length;
    if (redaction->start >= at) {
      g_autofree char *shown = dup_shown (redaction, text);
      g_string_append_len (masked, text + at, (gssize)(redaction->start - at));
      g_string_append (masked, shown);
    }
    at = MAX (at, end);
  }
  g_string_append (masked, text + at);
  *is_masked = here->len > 0;
  return g_string_free (masked, FALSE);
}

/* What cannot hold the words of a mask is left out as a whole. */
static gboolean
can_hold_words (const JzFormField *field)
{
  return field == NULL || field->type == JZ_FIELD_TEXT || field->type == JZ_FIELD_LONGTEXT ||
         field->type == JZ_FIELD_ADDRESS || field->type == JZ_FIELD_IDCODE;
}

/* (transfer full) (nullable): %NULL where nothing remains */
static JzJson *
mask_value (const GPtrArray *redactions,
            const char *path,
            const JzFormField *field,
            const JzJson *value)
{
  JzJson *masked = NULL;
  if (jz_json_get_kind (value) == JZ_JSON_TEXT) {
    gboolean is_masked;
    g_autofree char *text = mask_text (redactions, path, jz_json_get_text (value), &is_masked);
    return is_masked && !can_hold_words (field) ? NULL : jz_json_new_text (text);
  }
  if (jz_json_get_kind (value) == JZ_JSON_ARRAY) {
    masked = jz_json_new_array ();
    for (guint i = 0; i < jz_json_get_n_items (value); i++) {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i + 1);
      JzJson *item = mask_value (redactions, inner, field, jz_json_get_item (value, i));
      if (item != NULL)
        jz_json_append (masked, item);
    }
    return masked;
  }
  if (jz_json_get_kind (value) != JZ_JSON_OBJECT)
    return jz_json_copy (value);
  masked = jz_json_new_object ();
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const char *name = jz_json_get_name (value, i);
    g_autofree char *inner = g_strdup_printf ("%s.%s", path, name);
    const JzFormField *member = field != NULL ? jz_form_field_find_member (field, name) : NULL;
    JzJson *item = mask_value (redactions, inner, member, jz_json_get_item (value, i));
    if (item != NULL)
      jz_json_set_member (masked, name, item);
  }
  return masked;
}

/**
 * jz_redaction_apply:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 * @error: return location
 *
 * What remains for the public. Everything else equals the served decision (RD-11).
 *
 * Returns: (transfer full) (nullable): the document without what is hidden
 */
JzFilling *
jz_redaction_apply (const JzPublicSource *source, const GPtrArray *redactions, GError **error)
{
  const JzForm *form = jz_filling_get_form (source->filling);
  const JzJson *values = jz_filling_get_values (source->filling);
  g_autoptr (JzJson) masked = jz_json_new_object ();
  for (guint i = 0; i < jz_json_get_n_items (values); i++) {
    const char *name = jz_json_get_name (values, i);
    JzJson *value =
      mask_value (redactions, name, jz_form_find_field (form, name), jz_json_get_item (values, i));
    if (value != NULL)
      jz_json_set_member (masked, name, value);
  }
  return jz_filling_new_from_json (form, masked, error);
}

/**
 * jz_redaction_apply_title:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 *
 * Returns: (transfer full): the title as the public reads it
 */
char *
jz_redaction_apply_title (const JzPublicSource *source, const GPtrArray *redactions)
{
  gboolean is_masked;
  return mask_text (redactions, JZ_PUBLIC_TITLE, source->title, &is_masked);
}

/**
 * jz_redaction_apply_files:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 *
 * Returns: (transfer full): the names of the files as the public reads them
 */
GStrv
jz_redaction_apply_files (const JzPublicSource *source, const GPtrArray *redactions)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; i < source->files->len; i++) {
    g_autofree char *path = g_strdup_printf (JZ_PUBLIC_FILES "[%u]", i + 1);
    gboolean is_masked;
    g_ptr_array_add (
      names, mask_text (redactions, path, g_ptr_array_index (source->files, i), &is_masked));
  }
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (names, FALSE);
}
