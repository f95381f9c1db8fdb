/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/case/case_tab.h"

G_BEGIN_DECLS

/* One class a tab, each in a file of its name. */
#define JZ_TYPE_CASE_OVERVIEW (jz_case_overview_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseOverview, jz_case_overview, JZ, CASE_OVERVIEW, JzCaseTab)
#define JZ_TYPE_CASE_PAPERS (jz_case_papers_get_type ())
G_DECLARE_FINAL_TYPE (JzCasePapers, jz_case_papers, JZ, CASE_PAPERS, JzCaseTab)
#define JZ_TYPE_CASE_EVIDENCE (jz_case_evidence_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseEvidence, jz_case_evidence, JZ, CASE_EVIDENCE, JzCaseTab)
#define JZ_TYPE_CASE_RECORDINGS (jz_case_recordings_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseRecordings, jz_case_recordings, JZ, CASE_RECORDINGS, JzCaseTab)
#define JZ_TYPE_CASE_LIMITS (jz_case_limits_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseLimits, jz_case_limits, JZ, CASE_LIMITS, JzCaseTab)
#define JZ_TYPE_CASE_REVIEW (jz_case_review_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseReview, jz_case_review, JZ, CASE_REVIEW, JzCaseTab)
#define JZ_TYPE_CASE_PUBLICITY (jz_case_publicity_get_type ())
G_DECLARE_FINAL_TYPE (JzCasePublicity, jz_case_publicity, JZ, CASE_PUBLICITY, JzCaseTab)
#define JZ_TYPE_CASE_DOSSIER (jz_case_dossier_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseDossier, jz_case_dossier, JZ, CASE_DOSSIER, JzCaseTab)
#define JZ_TYPE_CASE_RECORD (jz_case_record_get_type ())
G_DECLARE_FINAL_TYPE (JzCaseRecord, jz_case_record, JZ, CASE_RECORD, JzCaseTab)

G_END_DECLS
