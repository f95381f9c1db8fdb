/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/bundle_make.h"
#include "store/checkpoint.h"

G_BEGIN_DECLS

#define TEST_BUNDLE_STORE "00112233aabbccdd"
#define TEST_BUNDLE_TIME "2026-03-02T09:30:15.250+08:00"

/**
 * TestBundle:
 * @folder: goes with it
 * @objects: in it
 * @ca_key: of an invented bureau
 * @ca: its certificate
 * @key: of its store
 * @certificate: the store's
 * @note: a checkpoint
 * @contents: what is told: four penalties and one decision of no penalty, in words with markup,
 *   quotation marks and the beginnings of formulas
 * @bundle: made of that
 * @deviations: of the upload table
 *
 * A bundle without an office.
 */
typedef struct {
  char *folder;
  JzObjects *objects;
  JzKey *ca_key;
  JzCertificate *ca;
  JzKey *key;
  JzCertificate *certificate;
  char *note;
  JzBundleContents *contents;
  JzBundle *bundle;
  JzJson *deviations;
} TestBundle;

void test_bundle_init (TestBundle *self, gboolean is_demo);
void test_bundle_make (TestBundle *self);
void test_bundle_clear (TestBundle *self);
/* Its path in the folder. */
char *test_bundle_write (TestBundle *self, const char *name, JzBundleFormat format);
/* Runs a command in a folder; its output is put behind the sentence that a failure prints. */
gboolean test_run (const char *folder, const char *command);
gboolean test_has (const char *program);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestBundle, test_bundle_clear)

G_END_DECLS
