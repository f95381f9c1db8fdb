#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_export.py BUILD STORE: files that somebody takes out of the office: the list of cases as a table, and the
newest bundle of publications (P-42)."""

import os
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
from control import list_cases  # noqa: E402
from driver import copied, run, wait  # noqa: E402
from worker import Worker  # noqa: E402


def test_table(build, store):
  """The table holds every case that the list has; nothing else is left beside it."""
  numbers = [one['number'] for one in list_cases(build, store) if one['number']]
  with tempfile.TemporaryDirectory() as folder, Worker(build, store) as office:
    office.work_as('wu')
    office.key('alt+2')
    path = os.path.join(folder, '案件.xlsx')
    office.choose_file(office.find('push button', '导出'), path, '导出')
    wait(lambda: os.path.exists(path), 'the table')
    assert os.listdir(folder) == ['案件.xlsx']
    with zipfile.ZipFile(path) as book:
      text = ''.join(book.read(name).decode() for name in book.namelist() if name.endswith('.xml'))
    missing = [number for number in numbers if number not in text]
    assert numbers and not missing, missing


def test_bundle(build, store):
  """A name without an ending is that of a ZIP; nothing else is left beside it."""
  with tempfile.TemporaryDirectory() as folder, Worker(build, store) as office:
    office.work_as('gao')
    office.key('alt+4')
    path = os.path.join(folder, '公示')
    office.choose_file(office.find('push button', '导出公示包…'), path, '导出')
    wait(lambda: os.path.exists(path + '.zip'), 'the bundle')
    assert os.listdir(folder) == ['公示.zip']
    with zipfile.ZipFile(path + '.zip') as bundle:
      assert any(name.endswith('/bagit.txt') for name in bundle.namelist()), bundle.namelist()


if __name__ == '__main__':
  run(globals(), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
