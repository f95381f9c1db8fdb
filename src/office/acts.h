/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* One table a subject, in the file acts_<subject>.c; each ends with a nameless act. */
extern const JzAct jz_acts_adoption[];
extern const JzAct jz_acts_archive[];
extern const JzAct jz_acts_attachment[];
extern const JzAct jz_acts_bundle[];
extern const JzAct jz_acts_case[];
extern const JzAct jz_acts_certificate[];
extern const JzAct jz_acts_closing[];
extern const JzAct jz_acts_credential[];
extern const JzAct jz_acts_decision[];
extern const JzAct jz_acts_destruction[];
extern const JzAct jz_acts_document[];
extern const JzAct jz_acts_dossier[];
extern const JzAct jz_acts_dossier_use[];
extern const JzAct jz_acts_evidence[];
extern const JzAct jz_acts_field[];
extern const JzAct jz_acts_filing[];
extern const JzAct jz_acts_hearing[];
extern const JzAct jz_acts_lead[];
extern const JzAct jz_acts_limit[];
extern const JzAct jz_acts_mark[];
extern const JzAct jz_acts_notice[];
extern const JzAct jz_acts_number[];
extern const JzAct jz_acts_person[];
extern const JzAct jz_acts_preservation[];
extern const JzAct jz_acts_publication[];
extern const JzAct jz_acts_publicity[];
extern const JzAct jz_acts_publicity_error[];
extern const JzAct jz_acts_recording[];
extern const JzAct jz_acts_recording_ban[];
extern const JzAct jz_acts_review[];
extern const JzAct jz_acts_rulebook[];
extern const JzAct jz_acts_secrecy[];
extern const JzAct jz_acts_session[];
extern const JzAct jz_acts_setting[];
extern const JzAct jz_acts_store[];

/* In acts_attachment.c, for acts that attach a file of a kind of its own. */
gboolean jz_apply_attachment (JzApplication *application, char **id, GError **error);
gboolean jz_case_complete_number (const JzSituation *situation, JzJson *args, GError **error);
gboolean jz_case_check_open (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_case_apply_open (JzApplication *application, GError **error);
gboolean jz_apply_case_number (JzApplication *application, const char *number, GError **error);

G_END_DECLS
