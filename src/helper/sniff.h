/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/jobs.h"
#include "media/probe.h"

G_BEGIN_DECLS

/* Of a picture; what announces more is not decoded. The largest of today's telephones have 200
 * million. */
#define JZ_SNIFF_MAX_PIXELS (256 * 1024 * 1024)

/**
 * JzSniff:
 * @kind: what it is; sound and moving pictures are told apart by the streams only
 * @container: its media type, or the short name of an office format; static or interned
 * @width: of a picture, if its head says it
 * @is_deep: a picture of several channels of sixteen bits, if it is PNG
 * @is_sure: the first bytes leave no doubt
 * @is_cut: it ends before the end that it announces
 * @is_heif: a picture of the kind that libheif opens
 * @has_macros: an office file with programs in it
 *
 * What the first bytes of a file say, without opening it any further.
 */
typedef struct {
  JzFileKind kind;
  const char *container;
  guint width;
  guint height;
  gboolean is_deep;
  gboolean is_sure;
  gboolean is_cut;
  gboolean is_heif;
  gboolean has_macros;
} JzSniff;

void jz_sniff (const JzHelperJob *job, JzSniff *sniff);
/* Whether a name that ends so may have that content; TRUE for endings that nobody knows. */
gboolean jz_sniff_fits (const char *ending, const JzSniff *sniff);

/* By sniff.c, of a file that begins like a ZIP archive or like an old file of Microsoft's. */
void jz_sniff_zip (const JzHelperJob *job, JzSniff *sniff);
void jz_sniff_compound (const JzHelperJob *job, JzSniff *sniff);
/* Whether the file is shorter than its container says. */
gboolean jz_sniff_is_cut (const JzHelperJob *job, const char *container);

G_END_DECLS
