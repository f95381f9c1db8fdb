/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/stated.h"
#include "store/error.h"
#include "store/text_index.h"

/* Which texts of a case can be found (design §7): apply puts them into the text index with what it
 * writes into the other tables, so that a replay gives the same.
 *
 * A text that was long enough to become an object is not in the index: apply reads no files, and a
 * store whose objects are missing must still replay to the same tables. Its row names the object
 * instead, and whoever searches reads it then (see jz_search()): there are few of them, and so
 * what is found does not depend on how long a text happened to be. */

#define MAX_TEXTS 255

/* The facts that somebody looks for, and the field that they are the text of. What is of the case
 * replaces what the case had before, also where each act makes a record of its own. */
static const struct {
  const char *list;
  const char *name;
  const char *field;
  gboolean is_of_case;
} searched[] = {
  { "", "case.cause", "case.cause", TRUE },
  { "", "case.discretion_reason", "case.discretion_reason", TRUE },
  { "", "case.investigation_ended_reason", "case.investigation_ended_reason", TRUE },
  { "", "case.investigation_suspended_reason", "case.investigation_suspended_reason", TRUE },
  { "", "case.lead_text", "case.lead_text", TRUE },
  { "", "case.not_filed_reason", "case.not_filed_reason", TRUE },
  { "", "case.report_proposal", "case.report_proposal", TRUE },
  { "", "conduct.continuing_reason", "conduct.continuing_reason", TRUE },
  { "", "conduct.place", "conduct.place", TRUE },
  { "", "decision.number", "decision.number", TRUE },
  { "", "defence.reply", "defence.reply", TRUE },
  { "", "hearing.private_reason", "hearing.private_reason", TRUE },
  { "", "notice.content", "notice.content", TRUE },
  { "", "party.address", "party.address", TRUE },
  { "", "party.id_number", "party.id_number", TRUE },
  { "", "party.name", "party.name", TRUE },
  { "", "party.phone", "party.phone", TRUE },
  { "", "party.representative", "party.representative", TRUE },
  { "", "preservation.reason", "preservation.reason", TRUE },
  { "@document", "number", "document.number", FALSE },
  { "@document", "values", "document.text", FALSE },
  { "@discussion", "views", "discussion.views", FALSE },
  { "@field", "text", "field.text", FALSE },
  { "@preservation", "items", "preservation.items", FALSE },
  { "@record", "text", "record.text", FALSE },
  { JZ_LIST_DRAFT, "text", "decision.text", TRUE },
  { JZ_LIST_JUDGEMENT, "reason", "review.reason", FALSE },
  { JZ_LIST_OPINION, "text", "review.opinion", FALSE },
  { JZ_LIST_RECHECK, "text", "review.recheck", FALSE },
  { JZ_LIST_RECUSAL, "reason", "recusal.reason", FALSE },
  { JZ_LIST_SERVICE, "reason", "service.reason", FALSE },
  { "attachment.items", "device", "attachment.device", FALSE },
  { "attachment.items", "maker", "attachment.maker", FALSE },
  { "attachment.items", "place", "attachment.place", FALSE },
  { "evidence.items", "excluded_reason", "evidence.excluded_reason", FALSE },
  { "evidence.items", "title", "evidence.title", FALSE },
  { JZ_LIST_MARK, "text", "recording.mark", FALSE },
};

static gboolean
put (JzApplication *self,
     const char *owner,
     const char *field,
     const char *body,
     const JzHash *object,
     GError **error)
{
  JzIndexedText text = { .case_id = self->record->entry->case_id,
                         .owner = owner,
                         .field = field,
                         .body = body,
                         .object = object };

  if (body[0] == '\0' && object == NULL)
    return jz_text_index_remove (self->tables, owner, field, error);
  if (self->n_texts == MAX_TEXTS) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Entry number %lld has more texts than an entry can have."),
                 (long long)self->record->arrival);
    return FALSE;
  }
  self->n_texts++;
  text.id = self->record->arrival * (MAX_TEXTS + 1) + self->n_texts;
  return jz_text_index_put (self->tables, &text, error);
}

/**
 * jz_application_forget_texts:
 * @self: what apply works on
 * @arrival: an entry of a case that is destroyed
 * @error: return location
 *
 * Takes out the texts that came with the entry.
 *
 * Returns: whether they are out
 */
gboolean
jz_application_forget_texts (JzApplication *self, gint64 arrival, GError **error)
{
  gint64 first = arrival * (MAX_TEXTS + 1);
  return jz_text_index_remove_between (self->tables, first, first + MAX_TEXTS, error);
}

/**
 * jz_application_index_text:
 * @self: what apply works on, of an entry that concerns or opens a case
 * @owner: id of what has the text: the case, a note, a document
 * @field: which of its fields, `subject.part`; the subject says what kind of thing is found, see
 *   jz_text_kind_word()
 * @text: the text; the empty text takes out what was there
 * @error: return location
 *
 * Lets a text be found, in place of what the same field of the same owner had before. An entry may
 * index 255 texts: what has many small ones puts them together, with line breaks between. The texts
 * of a case go with it when it is destroyed.
 *
 * Returns: whether it was done
 */
gboolean
jz_application_index_text (JzApplication *self,
                           const char *owner,
                           const char *field,
                           const char *text,
                           GError **error)
{
  return put (self, owner, field, text, NULL, error);
}

/* At most as deep as a payload is. */
static void
add_texts (GString *joined, const JzJson *value)
{
  JzJsonKind kind = jz_json_get_kind (value);

  if (kind == JZ_JSON_TEXT)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? "\n" : "", jz_json_get_text (value));
  else if (kind == JZ_JSON_ARRAY || kind == JZ_JSON_OBJECT)
    for (guint i = 0; i < jz_json_get_n_items (value); i++)
      add_texts (joined, jz_json_get_item (value, i));
}

static char *
join_texts (const JzJson *texts)
{
  GString *joined = g_string_new (NULL);

  add_texts (joined, texts);
  return g_string_free (joined, FALSE);
}

/**
 * jz_application_index_value:
 * @self: what apply works on
 * @owner: id of what has the text
 * @field: which of its fields
 * @value: (nullable): an argument: a text, the object that a long text became, or texts in an array
 *   or in the values of a document; anything else is the empty text
 * @error: return location
 *
 * As jz_application_index_text(), for what an argument of a kind of texts holds.
 *
 * Returns: whether it was done
 */
gboolean
jz_application_index_value (JzApplication *self,
                            const char *owner,
                            const char *field,
                            const JzJson *value,
                            GError **error)
{
  JzJsonKind kind = value != NULL ? jz_json_get_kind (value) : JZ_JSON_BOOLEAN;
  g_autofree char *joined = NULL;
  JzObject object;

  if (kind == JZ_JSON_OBJECT && jz_object_from_json (value, &object))
    return put (self, owner, field, "", &object.hash, error);
  if (kind == JZ_JSON_ARRAY || kind == JZ_JSON_OBJECT)
    joined = join_texts (value);
  return put (self, owner, field,
              joined != NULL         ? joined
              : kind == JZ_JSON_TEXT ? jz_json_get_text (value)
                                     : "",
              NULL, error);
}

/**
 * jz_application_index_fact:
 * @self: what apply works on
 * @list: the list of which a record states it; the empty text where it is in none
 * @record: id of that record
 * @name: the fact, or the field of the list
 * @value: what is stated
 * @error: return location
 *
 * Lets the text of a fact be found if it is one that somebody looks for.
 *
 * Returns: whether it was done
 */
gboolean
jz_application_index_fact (JzApplication *self,
                           const char *list,
                           const char *record,
                           const char *name,
                           const JzJson *value,
                           GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searched); i++)
    if (strcmp (searched[i].name, name) == 0 && strcmp (searched[i].list, list) == 0)
      return jz_application_index_value (
        self, searched[i].is_of_case ? self->record->entry->case_id : record, searched[i].field,
        value, error);
  return TRUE;
}
