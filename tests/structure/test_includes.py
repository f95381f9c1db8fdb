#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_includes.py ROOT: an include in src/ points down the list of folders only (design §3)."""

import re
import sys

sys.dont_write_bytecode = True
from tap import Tap, read_files

FOLDERS = ['base', 'rules', 'store', 'forms', 'office', 'pages', 'media', 'publish', 'exchange',
           'app', 'cli', 'helper']
# Nothing but itself includes a program.
PROGRAMS = {'app', 'cli', 'helper'}
# Connects the acts with the layers above office/; the programs call it (design §1).
CONNECTOR = 'acts'

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]*)[>"]', re.MULTILINE)
# A program has a folder for each workplace.
OURS = re.compile(r'([a-z]+)/(?:[a-z]+/)?[a-z0-9_-]+\.h')

# These folders include nothing from outside but this.
C_HEADERS = r'(errno|limits|math|stdarg|stdint|stdio|stdlib|string)\.h|glib\.h|glib/.*'
CLOSED = {
  'base': re.compile(C_HEADERS),
  'rules': re.compile(C_HEADERS + r'|gio/.*|libxml/.*'),
}
# These libraries are included nowhere but here.
LIBRARIES = [
  (re.compile(r'sqlite3\.h'), {'store'}),
  (re.compile(r'(gtk|gdk|gsk|adwaita|graphene)\b.*'), {'app'}),
]
SQL = re.compile(r'"[^"\n]*\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA)\b[^"\n]*"')
NO_SQL = {'base', 'rules'}


def judge_ours(folder, name):
  if name == CONNECTOR + '.h':
    return None if folder in PROGRAMS | {CONNECTOR} else 'points up, to what the programs call'
  match = OURS.fullmatch(name)
  if match is None:
    return 'is not written folder/file.h'
  target = match.group(1)
  if target not in FOLDERS:
    return 'is in no folder that we know'
  if folder == CONNECTOR:
    return 'points into a program' if target in PROGRAMS else None
  if FOLDERS.index(target) > FOLDERS.index(folder):
    return f'points up, from {folder} to {target}'
  if target in PROGRAMS and target != folder:
    return f'points into a program, from {folder} to {target}'
  if name.endswith('-private.h') and target != folder:
    return f'is private to {target}'
  return None


def judge_outside(folder, name):
  if folder in CLOSED and not CLOSED[folder].fullmatch(name):
    return f'does not belong in {folder}'
  for library, folders in LIBRARIES:
    if library.fullmatch(name) and folder not in folders:
      return f'does not belong in {folder}'
  return None


def find_wrong(files):
  """Path -> text of sources; what is wrong with their includes, one line each."""
  problems = []
  for path, text in files.items():
    parts = path.split('/')
    folder = parts[1]
    if len(parts) == 2 and folder in (CONNECTOR + '.c', CONNECTOR + '.h'):
      folder = CONNECTOR
    elif len(parts) < 3 or folder not in FOLDERS:
      problems.append(f'{path}: is in no folder that we know')
      continue
    for mark, name in INCLUDE.findall(text):
      if name == 'config.h':
        continue
      fault = judge_ours(folder, name) if mark == '"' else judge_outside(folder, name)
      if fault:
        problems.append(f'{path}: the include of {name} {fault}')
    if folder in NO_SQL and SQL.search(text):
      problems.append(f'{path}: there is SQL in {folder}')
  return problems


WRONG = {
  'up': ('src/base/a.h', '#include "store/journal.h"'),
  'rules-to-store': ('src/rules/a.c', '#include "store/store.h"'),
  'store-to-office': ('src/store/a.c', '  #  include "office/act.h"'),
  'into-a-program': ('src/cli/a.c', '#include "app/window.h"'),
  'private': ('src/store/a.c', '#include "base/json-private.h"'),
  'without-folder': ('src/store/a.c', '#include "store.h"'),
  'relative': ('src/store/a.c', '#include "../base/json.h"'),
  'unknown-folder': ('src/store/a.c', '#include "util/list.h"'),
  'unknown-place': ('src/util/a.c', ''),
  'gio-in-base': ('src/base/a.c', '#include <gio/gio.h>'),
  'openssl-in-base': ('src/base/a.c', '#include <openssl/evp.h>'),
  'libxml-in-base': ('src/base/a.c', '#include <libxml/tree.h>'),
  'sqlite-in-base': ('src/base/a.c', '#include <sqlite3.h>'),
  'sqlite-in-rules': ('src/rules/a.c', '#include <sqlite3.h>'),
  'sqlite-in-office': ('src/office/a.c', '#include <sqlite3.h>'),
  'gtk-in-rules': ('src/rules/a.c', '#include <gtk/gtk.h>'),
  'gtk-in-cli': ('src/cli/a.c', '#include <adwaita.h>'),
  'up-to-the-connector': ('src/office/a.c', '#include "acts.h"'),
  'connector-into-a-program': ('src/acts.c', '#include "cli/cli.h"'),
  'sql-in-rules': ('src/rules/a.c', 'f ("SELECT id FROM entry");'),
}
RIGHT = {
  'src/base/a.c': '#include "base/a.h"\n#include <glib.h>\n#include "config.h"\n',
  'src/rules/a.c': '#include "base/a.h"\n#include <libxml/tree.h>\n',
  'src/store/a.c': '#include "store/a-private.h"\n#include <sqlite3.h>\nf ("SELECT 1");',
  'src/app/a.c': '#include "exchange/a.h"\n#include <gtk/gtk.h>\n#include "app/a.h"\n',
  'src/cli/a.c': '#include "acts.h"\n#include "office/office.h"\n',
  'src/acts.c': '#include "acts.h"\n#include "pages/draw.h"\n',
}


def main(root):
  tap = Tap()
  for name, (path, text) in WRONG.items():
    tap.check_found(f'planted/{name}', find_wrong({path: text + '\n'}))
  tap.check('planted/nothing', find_wrong(RIGHT))
  files = read_files(root, 'src', endings=('.c', '.h'))
  tap.check('there are sources', [] if len(files) > 50 else ['hardly any sources were found'])
  tap.check('includes point down', find_wrong(files))
  tap.end()


main(sys.argv[1])
