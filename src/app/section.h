/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* A workplace that fills the window beside the sidebar. */
#define JZ_TYPE_SECTION (jz_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (JzSection, jz_section, JZ, SECTION, AdwBin)

/**
 * JzSectionClass:
 * @go: shows what the rest of a place names: of "cases/ID/limits" a section "cases/?" gets
 * "ID", "limits"; an empty path is the section as it was left
 * @refresh: asks the store again; called when something was written and the section is seen, and
 * before it is seen the next time otherwise
 * @leave: the window goes elsewhere or closes; saves what is unsaved
 */
struct _JzSectionClass {
  AdwBinClass parent_class;

  void (*go) (JzSection *self, const char *const *path);
  void (*refresh) (JzSection *self);
  void (*leave) (JzSection *self);
};

JzOfficeClient *jz_section_get_client (JzSection *self);
void jz_section_set_client (JzSection *self, JzOfficeClient *client);
void jz_section_go (JzSection *self, const char *const *path);
void jz_section_leave (JzSection *self);

/**
 * JzSectionEntry:
 * @place: first words of the places it shows, `?` for any word
 * @title: (nullable): its name in the sidebar, to be translated; %NULL for one that is not there
 * @icon: (nullable): name of its icon
 * @under: (nullable): the entry of the sidebar that is marked while it is seen
 * @roles: (nullable): who sees it, with `|` between; %NULL is everybody
 * @key: (nullable): its key
 * @get_type: its class
 */
typedef struct {
  const char *place;
  const char *title;
  const char *icon;
  const char *under;
  const char *roles;
  const char *key;
  GType (*get_type) (void);
} JzSectionEntry;

/* In the order of the sidebar; ends with a nameless one. sections.c */
extern const JzSectionEntry jz_sections[];
const JzSectionEntry *jz_sections_find (const char *const *path, guint *n_used);

G_END_DECLS
