/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_rows.h"

G_BEGIN_DECLS

/**
 * JzRecordingColumn:
 * @JZ_RECORDING_COLUMN_CASE: number of the case
 * @JZ_RECORDING_COLUMN_NAME: name
 * @JZ_RECORDING_COLUMN_STEP: kind, and which step it shows
 * @JZ_RECORDING_COLUMN_DEVICE: device
 * @JZ_RECORDING_COLUMN_BEGAN: when it begins, as it is stored
 * @JZ_RECORDING_COLUMN_LENGTH: how long it runs: hours, minutes and seconds
 * @JZ_RECORDING_COLUMN_STORED: when it came into the store, as it is stored
 * @JZ_RECORDING_COLUMN_STATE: how it stands with it
 * @JZ_RECORDING_COLUMN_STYLE: not shown: the style class of that
 *
 * The columns of the list of recordings, and the cells of its rows.
 */
typedef enum {
  JZ_RECORDING_COLUMN_CASE,
  JZ_RECORDING_COLUMN_NAME,
  JZ_RECORDING_COLUMN_STEP,
  JZ_RECORDING_COLUMN_DEVICE,
  JZ_RECORDING_COLUMN_BEGAN,
  JZ_RECORDING_COLUMN_LENGTH,
  JZ_RECORDING_COLUMN_STORED,
  JZ_RECORDING_COLUMN_STATE,
  JZ_RECORDING_COLUMN_STYLE,
} JzRecordingColumn;

#define JZ_RECORDING_N_SORTABLE JZ_RECORDING_COLUMN_STYLE
#define JZ_RECORDING_N_CELLS (JZ_RECORDING_COLUMN_STYLE + 1)

/**
 * JzRecordingFilter:
 * @view: which list
 * @person: (nullable): only of cases that this person handles
 * @section: (nullable): only of cases of this section
 * @device: (nullable): only what this device took
 * @text: (nullable): only those with this in name, step, device, number or party of the case
 *
 * Which recordings a list has.
 */
typedef struct {
  JzRecordingView view;
  const char *person;
  const char *section;
  const char *device;
  const char *text;
} JzRecordingFilter;

/* All of it is read from the rows of cases, as far as jz_case_rows_refresh() has come. */
GArray *jz_recording_rows_query (JzCaseRows *rows,
                                 const JzRecordingFilter *filter,
                                 const JzCaseOrder *order,
                                 GCancellable *cancellable,
                                 GError **error);
GPtrArray *
jz_recording_rows_load (JzCaseRows *rows, const gint64 *keys, gsize n_keys, GError **error);
gboolean jz_recording_rows_count (JzCaseRows *rows,
                                  const JzRecordingFilter *filter,
                                  GCancellable *cancellable,
                                  gint64 counts[JZ_RECORDING_N_VIEWS],
                                  GError **error);
JzJson *jz_recording_rows_find (JzCaseRows *rows, gint64 key, GError **error);
char *jz_recording_rows_make_sql (const JzRecordingFilter *filter, const JzCaseOrder *order);

/**
 * JzDeviceColumn:
 * @JZ_DEVICE_COLUMN_NUMBER: its number, or what its files say of it
 * @JZ_DEVICE_COLUMN_MODEL: maker and model, where its number is known
 * @JZ_DEVICE_COLUMN_COUNT: how many recordings it took
 * @JZ_DEVICE_COLUMN_FIRST: first day on which it took one
 * @JZ_DEVICE_COLUMN_LAST: last day
 * @JZ_DEVICE_COLUMN_MISSING: numbers that are missing among those of its files
 *
 * The columns of the list of devices, and the cells of its rows.
 */
typedef enum {
  JZ_DEVICE_COLUMN_NUMBER,
  JZ_DEVICE_COLUMN_MODEL,
  JZ_DEVICE_COLUMN_COUNT,
  JZ_DEVICE_COLUMN_FIRST,
  JZ_DEVICE_COLUMN_LAST,
  JZ_DEVICE_COLUMN_MISSING,
} JzDeviceColumn;

#define JZ_DEVICE_N_CELLS (JZ_DEVICE_COLUMN_MISSING + 1)
#define JZ_DEVICE_N_SORTABLE JZ_DEVICE_COLUMN_MISSING

GArray *jz_device_rows_query (JzCaseRows *rows,
                              const char *text,
                              const JzCaseOrder *order,
                              GCancellable *cancellable,
                              GError **error);
GPtrArray *jz_device_rows_load (JzCaseRows *rows, const gint64 *keys, gsize n_keys, GError **error);

G_END_DECLS
