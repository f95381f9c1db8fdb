#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py FOLDER...: what failed, with its output, and the last line "N passed, N failed".
summary.py --failed SUITE FOLDER: the names of the tests of a suite that failed without a crash.

A folder has the log of a run, testlog.json, and, where tests of it were run once more, alone.json:
these count, and what failed before is shown all the same. What is counted are the subtests of test
programs that speak TAP, and the programs that do not. A program that ends badly without naming a
subtest (a crash, a time-out) counts as one that failed.
"""

import json
import os
import re
import sys

MAX_LINES = 200
PLAN = re.compile(r'^1\.\.\d+', re.MULTILINE)
SUBTEST = re.compile(r'^(not )?ok\b([^#\n]*)(#\s*skip)?', re.MULTILINE | re.IGNORECASE)


def count(test):
  """(passed, failed, skipped) of one line of the log."""
  output = test.get('stdout', '')
  passed = failed = skipped = 0
  if PLAN.search(output):
    for wrong, _, skip in SUBTEST.findall(output):
      if skip:
        skipped += 1
      elif wrong:
        failed += 1
      else:
        passed += 1
  elif test['result'] == 'SKIP':
    skipped = 1
  elif test['result'] == 'OK':
    passed = 1
  if test['result'] not in ('OK', 'SKIP') and failed == 0:
    failed = 1
  return passed, failed, skipped


def show(test):
  """The end of what a test that failed wrote."""
  print(f"\n==== {test['name']}: {test['result']}, exit status {test['returncode']}")
  for name in ('stdout', 'stderr'):
    lines = test.get(name, '').rstrip('\n').split('\n')
    if lines == ['']:
      continue
    print(f'---- {name}' + (f', the last {MAX_LINES} lines' if len(lines) > MAX_LINES else ''))
    print('\n'.join(lines[-MAX_LINES:]))


def read_log(path):
  """The tests of a run; without its log, one that failed."""
  try:
    with open(path, encoding='utf-8') as file:
      return [json.loads(line) for line in file]
  except FileNotFoundError:
    return [{'name': path, 'result': 'not run', 'returncode': 'none', 'stderr': 'There is no log.'}]


def is_failed(test):
  return count(test)[1] > 0


# What the program itself gets wrong happens by chance, too, and is no matter of a loaded machine.
BROKEN = re.compile(r'-CRITICAL \*\*|AddressSanitizer|runtime error:|the program ended with status')


def is_broken(test):
  return any(BROKEN.search(test.get(name, '')) for name in ('stdout', 'stderr'))


def list_failed(suite, folder):
  """Those in which the program did nothing wrong of its own, by the names that the build system takes;
  "PROJECT:SUITE+SUITE / NAME" is what the log has."""
  for test in read_log(os.path.join(folder, 'testlog.json')):
    suites, _, name = test['name'].partition(' / ')
    if name and is_failed(test) and not is_broken(test) and suite in suites.partition(':')[2].split('+'):
      print(name)


def read_runs(folder):
  """What counts of the tests of a folder."""
  path = os.path.join(folder, 'alone.json')
  alone = {test['name']: test for test in read_log(path)} if os.path.exists(path) else {}
  for test in read_log(os.path.join(folder, 'testlog.json')):
    again = alone.get(test['name'])
    if again is not None:
      show(test)
      print('---- run once more, alone: ' + ('failed again' if is_failed(again) else 'passed'))
    yield again or test


def main(folders):
  totals = [0, 0, 0]
  for folder in folders:
    for test in read_runs(folder):
      totals = [a + b for a, b in zip(totals, count(test))]
      if is_failed(test):
        show(test)
  passed, failed, skipped = totals
  print(f'\n{skipped} skipped' if skipped else '')
  print(f'{passed} passed, {failed} failed')
  sys.exit(1 if failed or not passed else 0)


if sys.argv[1] == '--failed':
  list_failed(*sys.argv[2:])
else:
  main(sys.argv[1:])
