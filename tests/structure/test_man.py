#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_man.py JUANZONGCTL PAGE: the manual page tells of all that the program has, and is sound."""

import json
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from tap import Tap

ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'MANPAGER': 'cat',
               'MANWIDTH': '2000'}


def run(*words):
  return subprocess.run(words, env=ENVIRONMENT, capture_output=True, encoding='utf-8')


def ask(*words):
  answer = run(*words)
  assert answer.returncode == 0, f'{words}: {answer.stderr}'
  return answer.stdout


def print_plain(page):
  """The page as a reader sees it, (text, complaints)."""
  answer = run('man', '--warnings', '--local-file', page)
  return re.sub('.\b', '', answer.stdout), answer.stderr.strip().split('\n')


def lint(page):
  answer = run('mandoc', '-T', 'lint', '-W', 'warning', page)
  return [line for line in answer.stdout.split('\n') if line]


def find_missing(text, words):
  """Words of which the text does not have a heading line or a line of the synopsis."""
  line = r'^ *(juanzongctl |-\w, )?{}(?![\w.-])'
  return [f'{word} is missing' for word in words
          if not re.search(line.format(re.escape(word)), text, re.MULTILINE)]


def cut(text, indent, heading):
  """What stands under the heading, up to the next that is indented no more."""
  under = rf'((?:\n| {{{indent + 1},}}.*\n)*)'
  match = re.search(rf'^ {{{indent}}}{re.escape(heading)}(?![\w.-]).*\n{under}', text, re.MULTILINE)
  return match.group(1) if match else ''


def find_missing_under(text, heading, words):
  part = cut(text, 3, heading)
  if not part:
    return [f'there is no heading {heading}']
  return [f'{heading}: {problem}' for problem in find_missing(part, words)]


def check_content(tap, program, text):
  commands = re.findall(r'^  ([a-z-]+) ', ask(program, '--help'), re.MULTILINE)
  acts = json.loads(ask(program, 'acts', '--json'))
  tap.check('there is something to tell of', [] if len(commands) > 5 and len(acts) > 20
            else [f'{commands}, {len(acts)} acts'])
  tap.check('the synopsis has every command', find_missing(cut(text, 0, 'SYNOPSIS'), commands))
  problems = []
  for command in commands:
    options = set(re.findall(r' (--[a-z-]+)', ask(program, command, '--help'))) - {'--help'}
    problems += find_missing_under(cut(text, 0, 'COMMANDS'), command, options)
  tap.check('every option of every command', problems)
  problems = []
  for act in acts:
    names = [argument['name'] for argument in act['arguments']]
    problems += find_missing_under(cut(text, 0, 'ACTS'), act['name'], names)
  tap.check('every argument of every act', problems)
  tap.check('every exit status', find_missing(cut(text, 0, 'EXIT STATUS'), list('01234')))


def main(program, page):
  tap = Tap()
  tap.check_found('planted/missing', find_missing('   case.open\n   case.opened\n',
                                                  ['case.open', 'case', 'open']), 2)
  if shutil.which('man'):
    text, complaints = print_plain(page)
    tap.check('groff has no complaint', [line for line in complaints if line])
    check_content(tap, program, text)
  else:
    tap.skip('groff has no complaint', 'there is no man command here')
  if shutil.which('mandoc'):
    tap.check('mandoc has no complaint', lint(page))
  else:
    tap.skip('mandoc has no complaint', 'there is no mandoc command here')
  tap.end()


main(*sys.argv[1:])
