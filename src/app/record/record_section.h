/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/**
 * JzRecordSection:
 *
 * The record of the whole store (记录): every entry as a sentence, and whether it is whole. Place:
 * "records".
 */
#define JZ_TYPE_RECORD_SECTION (jz_record_section_get_type ())
G_DECLARE_FINAL_TYPE (JzRecordSection, jz_record_section, JZ, RECORD_SECTION, JzSection)

G_END_DECLS
