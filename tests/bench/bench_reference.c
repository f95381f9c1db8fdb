/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_reference.h"

#include <string.h>

#include <openssl/evp.h>
#include <sqlite3.h>

#include "../store/folder.h"

#define SHARED 256

struct _Reference {
  char *folder;
  sqlite3 *handle;
  sqlite3_stmt *insert;
  guint8 *row;
  gsize row_length;
  EVP_PKEY *key;
};

static void
run (Reference *self, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (self->handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

Reference *
reference_new (gsize row_length)
{
  Reference *self = g_new0 (Reference, 1);
  g_autofree char *path = NULL;

  self->folder = folder_new ();
  self->row = g_malloc (row_length);
  self->row_length = row_length;
  memset (self->row, 'x', row_length);
  self->key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_assert_nonnull (self->key);
  path = g_build_filename (self->folder, "bare.db", NULL);
  g_assert_cmpint (sqlite3_open (path, &self->handle), ==, SQLITE_OK);
  run (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
             "PRAGMA checkpoint_fullfsync = ON; PRAGMA cell_size_check = ON;"
             "CREATE TABLE bare (number INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT");
  g_assert_cmpint (sqlite3_prepare_v3 (self->handle, "INSERT INTO bare (data) VALUES (?)", -1,
                                       SQLITE_PREPARE_PERSISTENT, &self->insert, NULL),
                   ==, SQLITE_OK);
  return self;
}

void
reference_free (Reference *self)
{
  sqlite3_finalize (self->insert);
  g_assert_cmpint (sqlite3_close (self->handle), ==, SQLITE_OK);
  EVP_PKEY_free (self->key);
  g_free (self->row);
  folder_free (self->folder);
  g_free (self);
}

static void
insert (Reference *self)
{
  g_assert_cmpint (
    sqlite3_bind_blob (self->insert, 1, self->row, (int)self->row_length, SQLITE_STATIC), ==,
    SQLITE_OK);
  g_assert_cmpint (sqlite3_step (self->insert), ==, SQLITE_DONE);
  sqlite3_reset (self->insert);
}

void
reference_commit (Reference *self)
{
  run (self, "BEGIN IMMEDIATE");
  insert (self);
  run (self, "COMMIT");
}

static void
sign (Reference *self)
{
  static const char identity[] = "1234567812345678";
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (self->key, NULL);
  EVP_MD_CTX *digest = EVP_MD_CTX_new ();
  guint8 signature[128];
  gsize length = sizeof signature;

  g_assert_cmpint (EVP_PKEY_CTX_set1_id (context, identity, strlen (identity)), ==, 1);
  EVP_MD_CTX_set_pkey_ctx (digest, context);
  g_assert_cmpint (EVP_DigestSignInit (digest, NULL, EVP_sm3 (), NULL, self->key), ==, 1);
  g_assert_cmpint (EVP_DigestSign (digest, signature, &length, self->row, self->row_length), ==, 1);
  EVP_MD_CTX_free (digest);
  EVP_PKEY_CTX_free (context);
}

void
reference_sign_and_commit (Reference *self)
{
  sign (self);
  reference_commit (self);
}

void
reference_commit_many (Reference *self, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++) {
    if (i % SHARED == 0)
      run (self, "BEGIN IMMEDIATE");
    insert (self);
    if (i % SHARED == SHARED - 1 || i == n_rows - 1)
      run (self, "COMMIT");
  }
}
