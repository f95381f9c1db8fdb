#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_sources.py ROOT: what holds of every file of source, whatever is in it."""

import os
import re
import sys

sys.dont_write_bytecode = True
from tap import Tap, read_files

SPDX = 'SPDX-License-Identifier: GPL-3.0-or-later'
MAX_LINES = 1000
# Put together, so that this file does not hold them.
MARKS = re.compile(r'\b(' + '|'.join(['TO' + 'DO', 'FIX' + 'ME', 'X' * 3]) + r')\b')
SOURCES = ('.c', '.h', '.py', '.sh', '.sql', '.rng', 'meson.build', 'meson_options.txt', '/dev',
           '/run')
TEXTS = SOURCES + ('.xml', '.in', '.ui', '.md', '.tsv', '.po')


def find_unlicensed(files):
  """The licence stands in the first lines; a file of nothing needs none."""
  return [f'{path}: the line {SPDX} is missing' for path, text in files.items()
          if text.strip() and SPDX not in '\n'.join(text.split('\n')[:4])]


def find_long(files):
  return [f'{path}: {text.count(chr(10))} lines' for path, text in files.items()
          if text.count('\n') > MAX_LINES]


def find_marks(files):
  problems = []
  for path, text in files.items():
    for number, line in enumerate(text.split('\n'), 1):
      match = MARKS.search(line)
      if match:
        problems.append(f'{path}:{number}: {match.group()}')
  return problems


def find_unfed(targets, corpora):
  """Names of fuzz targets; corpus -> number of its files."""
  problems = [f'fuzz-{name}.c has no corpus' for name in targets if not corpora.get(name)]
  return problems + [f'corpus/{name} has no target' for name in corpora if name not in targets]


def list_fuzz(root):
  folder = os.path.join(root, 'tests', 'fuzz')
  corpus = os.path.join(folder, 'corpus')
  targets = [name[len('fuzz-'):-len('.c')] for name in os.listdir(folder)
             if re.fullmatch(r'fuzz-.*\.c', name)]
  return targets, {name: len(os.listdir(os.path.join(corpus, name))) for name in os.listdir(corpus)}


def find_unlisted(targets, build_file):
  """A target that meson does not know never runs."""
  return [f'fuzz-{name}.c is not in tests/fuzz/meson.build' for name in targets
          if f"'{name}':" not in build_file]


def check_planted(tap):
  licensed = {'a.c': f'/* {SPDX} */\nint a;\n', 'b.sh': f'#!/bin/sh\n# {SPDX}\n', 'meson.build': ''}
  tap.check('planted/licensed', find_unlicensed(licensed))
  tap.check_found('planted/unlicensed', find_unlicensed({'a.c': 'int a;\n' * 9 + f'/* {SPDX} */'}))
  tap.check_found('planted/long', find_long({'a.c': '\n' * 1001, 'b.c': '\n' * 1000}))
  marks = '\n'.join(['// ' + 'TO' + 'DO: later', '/* fix' + 'me */', 'X' * 6, 'X' * 3])
  tap.check_found('planted/marks', find_marks({'a.c': marks}), 2)
  tap.check_found('planted/fuzz', find_unfed(['a', 'b', 'c'], {'a': 3, 'b': 0, 'd': 1}), 3)
  tap.check_found('planted/fuzz-unlisted', find_unlisted(['a', 'b'], "  'a': base_dep,\n"))


def main(root):
  tap = Tap()
  check_planted(tap)
  folders = ('src', 'tests', 'data', 'po', '.ci', 'ui')
  sources = read_files(root, *folders, endings=SOURCES)
  for name in ('dev', 'meson.build', 'meson_options.txt'):
    with open(os.path.join(root, name), encoding='utf-8') as file:
      sources[name] = file.read()
  tap.check('there are sources', [] if len(sources) > 100 else ['hardly any sources were found'])
  tap.check('every source names its licence', find_unlicensed(sources))
  tap.check(f'no source has more than {MAX_LINES} lines', find_long(sources))
  tap.check('nothing is marked unfinished',
            find_marks({**read_files(root, *folders, endings=TEXTS), **sources}))
  targets, corpora = list_fuzz(root)
  tap.check('every fuzz target has a corpus', find_unfed(targets, corpora))
  with open(os.path.join(root, 'tests', 'fuzz', 'meson.build'), encoding='utf-8') as file:
    tap.check('every fuzz target is built', find_unlisted(targets, file.read()))
  tap.end()


main(sys.argv[1])
