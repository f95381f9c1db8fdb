/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"
#include "office/recording_duty.h"
#include "office/recording_serial.h"

G_BEGIN_DECLS

/**
 * JzRecordingView:
 * @JZ_RECORDING_VIEW_ALL: every recording: sound, video and photos
 * @JZ_RECORDING_VIEW_UNASSIGNED: recordings that show no step yet (未对应环节)
 * @JZ_RECORDING_VIEW_LATE: recordings that were stored later than the rules allow (迟交)
 * @JZ_RECORDING_VIEW_OWED: steps of which a recording is owed and is not there, or has a gap that
 * is not explained (应有未有)
 *
 * The lists of the workplace 音像记录 (ux.md §2).
 */
typedef enum {
  JZ_RECORDING_VIEW_ALL,
  JZ_RECORDING_VIEW_UNASSIGNED,
  JZ_RECORDING_VIEW_LATE,
  JZ_RECORDING_VIEW_OWED,
} JzRecordingView;

#define JZ_RECORDING_N_VIEWS (JZ_RECORDING_VIEW_OWED + 1)

/* Flags of a row: a bit for each view that it is in, and whether nobody may open it. */
#define JZ_RECORDING_IN(view) (1u << (view))
#define JZ_RECORDING_SEALED (1u << 8)

/**
 * JzRecordingRow:
 * @key: of the file; negative for a step that owes a recording
 * @file: (nullable): id of the file; %NULL for a step
 * @step: id of the step, or of the first that the file shows; empty for none
 * @go: the place of the window that shows it
 * @name: name of the file; of a step what the rule calls it
 * @label: what kind of file, and which steps it shows; of a step what was done
 * @device: what took it, by its number where that is known
 * @model: what the file says of the device, where that is something else
 * @began: when it begins; empty where nobody knows
 * @duration_ms: how long it runs, or -1
 * @stored: when it came into the store; empty for a step
 * @state: how it stands with it, in words
 * @flags: in which views it is
 * @serial: the number that the device gave it
 *
 * A recording of a case, or a step that owes one.
 */
typedef struct {
  gint64 key;
  char *file;
  char *step;
  char *go;
  char *name;
  char *label;
  char *device;
  char *model;
  char began[JZ_INSTANT_SIZE];
  gint64 duration_ms;
  char stored[JZ_INSTANT_SIZE];
  char *state;
  guint flags;
  JzRecordingSerial serial;
} JzRecordingRow;

void jz_recording_row_free (JzRecordingRow *self);
gboolean jz_recording_row_collect (const JzCaseView *view,
                                   gboolean is_over,
                                   GPtrArray *rows,
                                   GError **error);
gboolean jz_recording_row_collect_owed (const JzCaseView *view,
                                        const GPtrArray *steps,
                                        GPtrArray *rows,
                                        GError **error);
gboolean jz_recording_row_collect_archived (JzConnection *reader,
                                            JzObjects *objects,
                                            const char *case_id,
                                            JzInstant now,
                                            GPtrArray *rows,
                                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRecordingRow, jz_recording_row_free)

G_END_DECLS
