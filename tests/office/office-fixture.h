/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"
#include "office/session.h"
#include "office/verify.h"

G_BEGIN_DECLS

/* An invented office for one test, on a clock that stands where the test puts it.
 *
 * Arguments of acts are written as JSON with ' for ", and printf's % in between:
 *
 *   g_autofree char *id = test_office_make (&office, "handler", "case.open", TEST_CASE, "某案");
 *   test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'记一笔'}", id);
 *   test_office_refuse (&office, "archivist", "case.open", "J-ROLE", TEST_CASE, "某案");
 *
 * Who acts is named by user name; "admin/head" is the user admin in the role head. */

#define TEST_PASSWORD "demo"
#define TEST_CA_PASSWORD "demo-ca"
#define TEST_CASE                                                                                  \
  "{'title':'%s','party':'某某商贸有限公司','matter':'超出核准范围经营','found':'2025-01-02'}"

/**
 * TestOffice:
 * @folder: a folder for everything of this test; goes with it
 * @path: the store, in @folder
 * @clock: shows 2025-01-02 09:00 at first
 * @office: the store open for writing; %NULL while it is closed
 * @password: that test_office_sign_in() gives
 * @new_password: that acts get which make a key
 * @sessions: user name → JzSession, of those who have acted
 */
typedef struct {
  char *folder;
  char *path;
  JzClock *clock;
  JzOffice *office;
  const char *password;
  const char *new_password;
  GHashTable *sessions;
} TestOffice;

/* Called first: the offices of this program are no stores for practice, in which some acts are
 * refused. */
void test_office_be_real (void);
gboolean test_office_is_real (void);
/* Founded by "admin" and accepted by nobody. */
void test_office_found (TestOffice *self);
/* With people: admin (administrator), head (head), handler and other (handler), section_head,
 * reviewer, approver, archivist; accepted, and everybody has a certificate. All of one program have
 * the same store id, for they are copies of one that is made at the first call. */
void test_office_staff (TestOffice *self);
void test_office_clear (TestOffice *self);
/* An office in a folder that somebody else made, such as a restored store; @self->path is @path and
 * the clock is @clock. */
void test_office_at (TestOffice *self, const char *path, JzClock *clock);
void test_office_close (TestOffice *self);
void test_office_open (TestOffice *self);

JzSession *test_office_sign_in (TestOffice *self, const char *user);
void test_office_sign_out (TestOffice *self, const char *user);
/* The person's id. */
char *test_office_get_person (TestOffice *self, const char *user);

/* Performs an act that must be done. */
void test_office_do (TestOffice *self, const char *who, const char *act, const char *json, ...)
  G_GNUC_PRINTF (4, 5);
/* The same, and returns the id of the first thing that it made. */
char *test_office_make (TestOffice *self, const char *who, const char *act, const char *json, ...)
  G_GNUC_PRINTF (4, 5);
/* Proposes (@act without ".propose"); returns the proposal's hash. */
char *
test_office_propose (TestOffice *self, const char *who, const char *act, const char *json, ...)
  G_GNUC_PRINTF (4, 5);
/* Proposes as @who and confirms as @other. */
void test_office_do_by_two (TestOffice *self,
                            const char *who,
                            const char *other,
                            const char *act,
                            const char *json,
                            ...) G_GNUC_PRINTF (5, 6);
/* Performs an act that @rule must refuse. */
void test_office_refuse (TestOffice *self,
                         const char *who,
                         const char *act,
                         const char *rule,
                         const char *json,
                         ...) G_GNUC_PRINTF (5, 6);
/* Performs an act; the error is the caller's. */
JzActOutcome *test_office_try (TestOffice *self,
                               const char *who,
                               const char *act,
                               GError **error,
                               const char *json,
                               ...) G_GNUC_PRINTF (5, 6);
/* Several entries of one act under one batch. */
JzActOutcome *test_office_try_batch (TestOffice *self,
                                     const char *who,
                                     const char *act,
                                     const JzJson *const *args,
                                     gsize n_args,
                                     GError **error);

/* A person with one role or more, "a|b", none that needs two signers. */
char *test_office_add_person (TestOffice *self, const char *user, const char *roles);
void test_office_certify (TestOffice *self, const char *user);
char *test_office_open_case (TestOffice *self, const char *title);
/* Attaches a file of @size bytes that no other seed gives; returns the object's hash in hex. */
char *test_office_attach (TestOffice *self, const char *case_id, gsize size, guint32 seed);
/* Closed, archived, and destroyed after its time of keeping, for which the clock is moved on. */
void test_office_destroy_case (TestOffice *self, const char *case_id);

JzJson *test_json (const char *text);
/* cp -a */
void test_copy_folder (const char *from, const char *to);
/* A query of one number on the store. */
gint64 test_office_count (TestOffice *self, const char *sql);
/* What jz_search() finds. */
JzJson *test_office_search (TestOffice *self, const char *typed);
/* The store's newest checkpoint, signed now by admin. */
char *test_office_checkpoint (TestOffice *self);

/* Full verification; the first faults are printed. */
JzReport *test_verify (const char *path, const char *against);
void test_assert_sound (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestOffice, test_office_clear)

G_END_DECLS
