/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/desk.h"

G_BEGIN_DECLS

/**
 * JzDesk:
 * @query: what is asked
 * @now: the time
 * @today: its day
 * @section: of the person, or the empty text
 * @roles: of the person
 * @items: (element-type JzJson): what is to be done
 * @waiting: (element-type JzJson): what others have to do first
 * @counts: overdue, today, within three days, this week
 * @n_items: how many things there are to be done
 * @n_waiting: how many others have to do
 *
 * A desk while it is put together.
 */
typedef struct {
  const JzDeskQuery *query;
  JzInstant now;
  JzDate today;
  char *section;
  GStrv roles;
  GPtrArray *items;
  GPtrArray *waiting;
  gint64 counts[4];
  gint64 n_items;
  gint64 n_waiting;
} JzDesk;

gboolean jz_desk_has_role (const JzDesk *self, const char *roles);
JzJson *jz_desk_add (JzDesk *self, const char *kind, const char *sentence, gboolean is_waited_for);
void jz_desk_set_due (JzDesk *self, JzJson *item, JzDate due);
void jz_desk_count_due (JzDesk *self, JzDate due);
gboolean jz_desk_add_proposals (JzDesk *self, GError **error);
gboolean jz_desk_add_duties (JzDesk *self, GError **error);

G_END_DECLS
