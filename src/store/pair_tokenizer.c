/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pair_tokenizer.h"

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/search_sign.h"

/* Tokens of Chinese text for FTS5.
 *
 * A text is a row of pieces with gaps between some of them: a run of ASCII letters and digits is
 * one piece, every other sign is one by itself. Every piece makes one token: its own text and,
 * where the next piece follows without a gap, the first sign of that. So two Han are one token,
 * longer words are phrases, and a token tells whether a gap follows:
 *
 *   对张某罚款200元。决定     对张 张某 某罚 罚款 款2 200元 元 决定 定
 *
 * Whoever asks for a piece and does not care what follows it asks for a prefix. A word longer than
 * WORD_LIMIT goes on in further pieces; their tokens begin with a sign that no text has, so that
 * nothing is found in the middle of a word. */

#define WORD_LIMIT 64
#define CONTINUATION '\1'

typedef int (
  *TakeToken) (void *context, int flags, const char *token, int length, int start, int end);

typedef struct {
  char token[1 + WORD_LIMIT + 8]; /* of the piece that is being read */
  int length;                     /* of that; 0 between pieces */
  int n_signs;
  int start;
  int end;
  gboolean is_word;
  gboolean is_adjacent; /* no gap before it */
} Piece;

static int
emit (const Piece *piece, TakeToken take, void *context)
{
  return take (context, 0, piece->token, piece->length, piece->start, piece->end);
}

static void
append (Piece *piece, gunichar sign, int end)
{
  piece->length += g_unichar_to_utf8 (sign, piece->token + piece->length);
  piece->end = end;
}

static void
begin (Piece *piece, gunichar sign, int start, int end)
{
  gboolean is_word = jz_search_sign_is_word (sign);

  piece->is_adjacent = piece->length > 0;
  piece->length = 0;
  if (piece->is_adjacent && piece->is_word && is_word)
    piece->token[piece->length++] = CONTINUATION;
  piece->is_word = is_word;
  piece->n_signs = 1;
  piece->start = start;
  append (piece, sign, end);
}

static int
take_sign (Piece *piece, gunichar sign, int start, int end, TakeToken take, void *context)
{
  int code = SQLITE_OK;

  if (sign == JZ_SEARCH_UNSEEN)
    return SQLITE_OK;
  if (jz_search_sign_is_gap (sign)) {
    if (piece->length > 0)
      code = emit (piece, take, context);
    piece->length = 0;
    return code;
  }
  if (piece->length > 0 && piece->is_word && jz_search_sign_is_word (sign) &&
      piece->n_signs < WORD_LIMIT) {
    append (piece, sign, end);
    piece->n_signs++;
    return SQLITE_OK;
  }
  if (piece->length > 0) {
    Piece whole = *piece;
    append (&whole, sign, end);
    code = emit (&whole, take, context);
  }
  begin (piece, sign, start, end);
  return code;
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          TakeToken take)
{
  const char *at = text;
  const char *end = text + length;
  Piece piece = { .length = 0 };
  gboolean is_said;

  while (at < end) {
    const char *start = at;
    gunichar sign = jz_search_sign_read (&at, end);
    int code = take_sign (&piece, sign, (int)(start - text), (int)(at - text), take, context);
    if (code != SQLITE_OK)
      return code;
  }
  /* In a query the token before has said it, and the text may go on. */
  is_said = (flags & FTS5_TOKENIZE_QUERY) != 0 && piece.is_adjacent && piece.n_signs == 1;
  return piece.length > 0 && !is_said ? emit (&piece, take, context) : SQLITE_OK;
}

/* It has no state, but FTS5 wants something that is not NULL. */
static int
create (void *data, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  static char nothing;

  *tokenizer = (Fts5Tokenizer *)&nothing;
  return n_arguments == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static void
destroy (Fts5Tokenizer *tokenizer)
{
}

/* FTS5 hands its functions out through a query. */
static fts5_api *
get_api (sqlite3 *handle)
{
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
    sqlite3_step (statement);
  sqlite3_finalize (statement);
  return api;
}

/**
 * jz_pair_tokenizer_register:
 * @connection: a connection, of any mode
 * @error: return location
 *
 * Makes the tokenizer %JZ_PAIR_TOKENIZER_NAME known to FTS5 in this connection. Without it a table
 * that names it can be neither read, written nor dropped. Doing it again changes nothing.
 *
 * A token's offsets are those of its text in the source, so that for a search that ends in a Han
 * character after another piece FTS5's own highlight() is exact; after a prefix query it may mark
 * one sign more. jz_search_query_find() is always exact.
 *
 * Returns: whether it is known now
 */
gboolean
jz_pair_tokenizer_register (JzConnection *connection, GError **error)
{
  static fts5_tokenizer functions = { create, destroy, tokenize };
  fts5_api *api = get_api (jz_connection_get_handle (connection));
  int code;

  if (api == NULL) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED,
                 _ ("The database library cannot search the texts of %s; install the library that "
                    "this program was made for."),
                 jz_connection_get_path (connection));
    return FALSE;
  }
  code = api->xCreateTokenizer (api, JZ_PAIR_TOKENIZER_NAME, NULL, &functions, NULL);
  return code == SQLITE_OK || jz_connection_fail (connection, code, error);
}
