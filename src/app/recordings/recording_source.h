/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/row_view.h"
#include "office/recording_rows.h"

G_BEGIN_DECLS

extern const JzRowColumn jz_recording_columns[JZ_RECORDING_N_SORTABLE];
extern const JzRowColumn jz_device_columns[JZ_DEVICE_N_CELLS];

void jz_recording_filter_read (const JzJson *json, JzRecordingFilter *filter);
JzRowModel *jz_recording_source_new_model (JzOfficeClient *client);
JzRowModel *jz_device_source_new_model (JzOfficeClient *client);

G_END_DECLS
