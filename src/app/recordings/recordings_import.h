/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* Whoever makes recordings. */
#define JZ_RECORDING_ROLES "handler|section_head"

void jz_recordings_import (GtkWidget *inside, JzOfficeClient *client, GPtrArray *paths);
void jz_recordings_take_files (JzSection *section);

G_END_DECLS
