/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/adoption_list.h"

G_BEGIN_DECLS

/**
 * JzChange:
 * @JZ_CHANGE_ADDED: it was not there
 * @JZ_CHANGE_CHANGED: it is another one
 * @JZ_CHANGE_REMOVED: it is gone
 *
 * What adopting something does to a part of what is in force.
 */
typedef enum {
  JZ_CHANGE_ADDED,
  JZ_CHANGE_CHANGED,
  JZ_CHANGE_REMOVED,
} JzChange;

/**
 * JzAdoptionChange:
 * @change: what becomes of it
 * @group: what kind of part it is, for people
 * @title: the part, for people
 * @id: (nullable): its id
 *
 * A part that changes.
 */
typedef struct {
  JzChange change;
  char *group;
  char *title;
  char *id;
} JzAdoptionChange;

GPtrArray *jz_adoption_list_changes (JzOffice *office,
                                     JzConnection *reader,
                                     JzAdoptedKind kind,
                                     const JzJson *given,
                                     GError **error);
const char *jz_change_get_word (JzChange change);

G_END_DECLS
