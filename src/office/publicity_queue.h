/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzPublicityGroup:
 * @JZ_PUBLICITY_COLLECT: to be collected (待公示)
 * @JZ_PUBLICITY_CHECK: to be checked (待审核)
 * @JZ_PUBLICITY_RELEASE: to be released (待发布)
 * @JZ_PUBLICITY_CARRIERS: released, and not every carrier has answered (待回执)
 * @JZ_PUBLICITY_PUBLISHED: published (已公示)
 * @JZ_PUBLICITY_CHANGES: being corrected or withdrawn, or withdrawn (撤回更正)
 * @JZ_PUBLICITY_EXEMPT: not published (不予公开)
 *
 * The lists of the workplace 公示 (ux.md §2).
 */
typedef enum {
  JZ_PUBLICITY_COLLECT,
  JZ_PUBLICITY_CHECK,
  JZ_PUBLICITY_RELEASE,
  JZ_PUBLICITY_CARRIERS,
  JZ_PUBLICITY_PUBLISHED,
  JZ_PUBLICITY_CHANGES,
  JZ_PUBLICITY_EXEMPT,
} JzPublicityGroup;

#define JZ_PUBLICITY_N_GROUPS (JZ_PUBLICITY_EXEMPT + 1)

/* At most so many are shown; those that are published come newest first. */
#define JZ_PUBLICITY_MAX 500

const char *jz_publicity_group_word (JzPublicityGroup group);
JzJson *jz_publicity_count (JzConnection *reader, GError **error);
GArray *
jz_publicity_query (JzConnection *reader, JzPublicityGroup group, guint limit, GError **error);
gboolean jz_publicity_load (JzOffice *office,
                            JzConnection *reader,
                            gint64 key,
                            const char *person,
                            JzJson **row,
                            GError **error);

G_END_DECLS
