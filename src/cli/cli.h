/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/demo.h"
#include "office/office.h"
#include "office/verify.h"

G_BEGIN_DECLS

/* What the commands of juanzongctl share. */

typedef enum {
  JZ_EXIT_DONE = 0,
  JZ_EXIT_USAGE = 1,
  JZ_EXIT_FAILED = 2,
  JZ_EXIT_REFUSED = 3,
  JZ_EXIT_NOT_VERIFIED = 4,
} JzExit;

/**
 * JzCommand:
 * @name: its word on the command line
 * @usage: what follows it
 * @summary: what it does, to be translated
 * @run: runs it; @argv[0] is the command's word
 */
typedef struct {
  const char *name;
  const char *usage;
  const char *summary;
  int (*run) (int argc, char **argv);
} JzCommand;

extern const JzCommand jz_commands[];

gboolean jz_cli_parse (int *argc,
                       char ***argv,
                       const GOptionEntry *entries,
                       int least,
                       int most,
                       int *exit_status);
int jz_cli_fail (const GError *error);
int jz_cli_misuse (const char *sentence);
void jz_cli_print_json (const JzJson *json);
void jz_cli_print_warnings (const GPtrArray *warnings);
void jz_cli_set_warnings (JzJson *json, const GPtrArray *warnings);
int jz_cli_print_outcome (const JzActOutcome *outcome, gboolean as_json);

/**
 * JzCliReading:
 *
 * A store that is open for reading, and its database.
 */
typedef struct {
  JzStore *store;
  JzConnection *reader;
} JzCliReading;

gboolean jz_cli_reading_open (JzCliReading *self, const char *path, GError **error);
void jz_cli_reading_clear (JzCliReading *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzCliReading, jz_cli_reading_clear)

int jz_cli_print_report (const JzReport *report, gboolean as_json);
char *jz_cli_read_password (const char *file, int fd, GError **error);
char *jz_cli_get_password (JzOffice *office, const char *file, int fd, GError **error);
gboolean jz_cli_write_file (const char *path, const char *text, GError **error);

int jz_cli_acts (int argc, char **argv);
int jz_cli_backup (int argc, char **argv);
int jz_cli_case (int argc, char **argv);
int jz_cli_check_bundle (int argc, char **argv);
int jz_cli_check_proof (int argc, char **argv);
int jz_cli_checkpoint (int argc, char **argv);
int jz_cli_code (int argc, char **argv);
int jz_cli_demo (int argc, char **argv);
int jz_cli_do (int argc, char **argv);
int jz_cli_dossier (int argc, char **argv);
int jz_cli_due (int argc, char **argv);
int jz_cli_forms (int argc, char **argv);
int jz_cli_init (int argc, char **argv);
int jz_cli_prove (int argc, char **argv);
int jz_cli_publish (int argc, char **argv);
int jz_cli_rebuild (int argc, char **argv);
int jz_cli_render (int argc, char **argv);
int jz_cli_restore (int argc, char **argv);
int jz_cli_rules (int argc, char **argv);
int jz_cli_search (int argc, char **argv);
int jz_cli_verify (int argc, char **argv);

JzInstant jz_cli_get_time (JzConnection *reader);

G_END_DECLS
