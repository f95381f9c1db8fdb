/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/bundle.h"
#include "store/connection.h"

G_BEGIN_DECLS

/* So many publications at most: all their files must be named in one entry. */
#define JZ_BUNDLE_MAX_ITEMS 3000

/**
 * JzBundleItem:
 * @id: of the document; names its files
 * @form: the document's form
 * @title: what it is, as the public may read it
 * @number: its number
 * @party: against whom
 * @matter: what for
 * @decided_on: the day of the decision
 * @released_on: the day of the release
 * @pdf: the public copy
 * @fields: (array of {id, label, value}): what the public is told
 * @values: the values of the document without what was hidden
 * @redactions: (array of {choice, kind, n, rule}): what was hidden, without saying where
 *
 * A publication in a bundle. Nothing in it is hidden from the public.
 */
typedef struct {
  char *id;
  char *form;
  char *title;
  char *number;
  char *party;
  char *matter;
  char *decided_on;
  char *released_on;
  JzObject pdf;
  JzJson *fields;
  JzJson *values;
  JzJson *redactions;
} JzBundleItem;

/**
 * JzBundleContents:
 * @organ: name of the bureau
 * @organ_code: its unified social credit code, or the empty text
 * @store: id of the store
 * @from: first day of the period
 * @to: last day of the period
 * @is_demo: whether nothing in it is real
 * @items: (element-type JzBundleItem): in the order of their release
 *
 * What goes into a bundle.
 */
typedef struct {
  char *organ;
  char *organ_code;
  char *store;
  char *from;
  char *to;
  gboolean is_demo;
  GPtrArray *items;
} JzBundleContents;

JzBundleContents *jz_bundle_contents_new (void);
void jz_bundle_contents_free (JzBundleContents *self);
JzBundleItem *jz_bundle_contents_add (JzBundleContents *self);
JzBundleContents *jz_bundle_contents_load (JzConnection *tables,
                                           JzObjects *objects,
                                           const char *store,
                                           gboolean is_demo,
                                           const char *from,
                                           const char *to,
                                           GError **error);
const char *jz_bundle_item_get_field (const JzBundleItem *self, const char *id);
char *jz_bundle_contents_dup_name (const JzBundleContents *self,
                                   const char *folder,
                                   const char *name,
                                   const char *ending);

/* The files of a bundle that are made of its contents. */
char *jz_bundle_dup_index (const JzBundleContents *self, const char *const *tables, GError **error);
char *jz_bundle_dup_page (const JzBundleContents *self, const JzBundleItem *item, GError **error);
char *jz_bundle_dup_how (const JzBundleContents *self, GError **error);
char *jz_bundle_dup_json (const JzBundleContents *self);
char *jz_bundle_dup_csv (const JzBundleContents *self);
char *jz_bundle_dup_redactions (const JzBundleContents *self);
char *jz_bundle_dup_demo_sentence (const JzBundleContents *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzBundleContents, jz_bundle_contents_free)

G_END_DECLS
