/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* 音像记录 (ux.md §2): the recordings of all cases, what is owed and missing, and the devices. */
#define JZ_TYPE_RECORDINGS_SECTION (jz_recordings_section_get_type ())
G_DECLARE_FINAL_TYPE (JzRecordingsSection, jz_recordings_section, JZ, RECORDINGS_SECTION, JzSection)

G_END_DECLS
