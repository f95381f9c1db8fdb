/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* Lists that the vocabulary mostly does not know, of what facts are computed from; a record has a
 * field for each argument of the act that made it. */
#define JZ_LIST_BINDING "@binding"
#define JZ_LIST_APPROVAL "@approval"
#define JZ_LIST_CONFIRMATION "@confirmation"
#define JZ_LIST_DIFFERENCE "@difference"
#define JZ_LIST_DISCRETION "@discretion"
#define JZ_LIST_DRAFT "@draft"
#define JZ_LIST_EVIDENCE_ORDER "@evidence_order"
#define JZ_LIST_FIELD "@field"
#define JZ_LIST_HEARING "@hearing"
#define JZ_LIST_JUDGEMENT "@judgement"
#define JZ_LIST_MARK "recording.marks"
#define JZ_LIST_OPINION "@opinion"
#define JZ_LIST_PRESERVATION "@preservation"
#define JZ_LIST_PURPOSE "@purpose"
#define JZ_LIST_QUESTION "@question"
#define JZ_LIST_RECHECK "@recheck"
#define JZ_LIST_RECORD "@record"
#define JZ_LIST_RECORDING "@recording"
#define JZ_LIST_RECUSAL "@recusal"
#define JZ_LIST_REPLY "@reply"
#define JZ_LIST_SERVICE "@service"
#define JZ_LIST_STILL "@still"
#define JZ_LIST_SUBMISSION "@submission"
#define JZ_LIST_TIE "@tie"
#define JZ_LIST_VIEW "@view"

typedef struct _JzStated JzStated;

/**
 * JzStatedRecord:
 * @list: of which list
 * @id: id of the thing; the empty text where it would be made by the act that is tried
 * @arrival: when it was made
 * @fields: name → #JzJson
 *
 * A record of a list of a case.
 */
typedef struct {
  char *list;
  char *id;
  gint64 arrival;
  GHashTable *fields;
} JzStatedRecord;

JzStated *jz_stated_load (JzConnection *tables, const char *case_id, gint64 until, GError **error);
JzStated *jz_stated_copy (const JzStated *self);
void jz_stated_add (JzStated *self, const JzAct *act, const JzJson *args, gint64 arrival);
void jz_stated_free (JzStated *self);
const JzJson *jz_stated_get (const JzStated *self, const char *name);
const char *jz_stated_get_text (const JzStated *self, const char *name);
gint64 jz_stated_get_arrival (const JzStated *self, const char *name);
const GPtrArray *jz_stated_get_records (const JzStated *self);
const JzJson *jz_stated_record_get (const JzStatedRecord *self, const char *field);
const char *jz_stated_record_get_text (const JzStatedRecord *self, const char *field);
const JzStatedRecord *jz_stated_find_last (const JzStated *self, const char *list);
void jz_stated_foreach (const JzStated *self,
                        void (*visit) (const char *name, const JzJson *value, gpointer data),
                        gpointer data);

gboolean jz_application_state (JzApplication *application,
                               const char *list,
                               const char *record,
                               const char *name,
                               const JzJson *value,
                               GError **error);
gboolean jz_apply_facts (JzApplication *application, GError **error);
gboolean jz_situation_need_record (const JzSituation *self, JzRefusal **refusal, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStated, jz_stated_free)

G_END_DECLS
