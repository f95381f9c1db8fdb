/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzStoreError:
 * @JZ_STORE_ERROR_BUSY: another program writes this store
 * @JZ_STORE_ERROR_FULL: the disk is full
 * @JZ_STORE_ERROR_ACCESS: no right to read or write a file or folder
 * @JZ_STORE_ERROR_IO: the disk answered with an error
 * @JZ_STORE_ERROR_DAMAGED: what is stored is not what was written
 * @JZ_STORE_ERROR_NEWER: a newer program made this store
 * @JZ_STORE_ERROR_NETWORK: the folder lies on a network share
 * @JZ_STORE_ERROR_NOT_A_STORE: there is no store at this place
 * @JZ_STORE_ERROR_EXISTS: something is already there
 * @JZ_STORE_ERROR_PASSWORD: the password is wrong, or it is too early to try again
 * @JZ_STORE_ERROR_MOVED: this store was last used on another machine or in another folder
 * @JZ_STORE_ERROR_INVALID: what was given (a file, a key, a text) is not of the form it should have
 * @JZ_STORE_ERROR_FAILED: a library refused for a reason that is ours to mend
 * @JZ_STORE_ERROR_UNCERTAIN: the disk failed while a commit was made durable: after a power cut or
 *   the end of the program it may turn out to have been kept, or not
 *
 * What can go wrong with a store for reasons outside the program. Cancelling is
 * %G_IO_ERROR_CANCELLED. Messages are whole sentences: what happened, to what, what to do.
 */
typedef enum {
  JZ_STORE_ERROR_BUSY,
  JZ_STORE_ERROR_FULL,
  JZ_STORE_ERROR_ACCESS,
  JZ_STORE_ERROR_IO,
  JZ_STORE_ERROR_DAMAGED,
  JZ_STORE_ERROR_NEWER,
  JZ_STORE_ERROR_NETWORK,
  JZ_STORE_ERROR_NOT_A_STORE,
  JZ_STORE_ERROR_EXISTS,
  JZ_STORE_ERROR_PASSWORD,
  JZ_STORE_ERROR_MOVED,
  JZ_STORE_ERROR_INVALID,
  JZ_STORE_ERROR_FAILED,
  JZ_STORE_ERROR_UNCERTAIN,
} JzStoreError;

#define JZ_STORE_ERROR (jz_store_error_quark ())
GQuark jz_store_error_quark (void);

/* From errno of a call on @path; the sentence names the path and says what to do. */
void jz_store_error_set_from_errno (GError **error, int saved_errno, const char *path);
/* From an (extended) SQLite result code; @path is the store's. */
void jz_store_error_set_from_sqlite (GError **error, int code, const char *path);
/* The same where SQLite also tells what the system answered (sqlite3_system_errno()). */
void jz_store_error_set_from_sqlite_and_errno (GError **error,
                                               int code,
                                               int saved_errno,
                                               const char *path);

G_END_DECLS
