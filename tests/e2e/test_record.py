#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_record.py BUILD STORE: 完整性校验 says that a sound store is sound, and names in plain words what
somebody altered beside the program."""

import os
import re
import sqlite3
import sys

sys.dont_write_bytecode = True
from driver import copied, run, wait  # noqa: E402
from worker import Worker  # noqa: E402


def alter(store):
  """One letter of what an entry says, past all that the database has against it; gives the day."""
  connection = sqlite3.connect(os.path.join(store, 'juanzong.db'))
  triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND "
                                "tbl_name = 'payload'").fetchall()
  for name, _ in triggers:
    connection.execute('DROP TRIGGER ' + name)
  (entry, text), = connection.execute("SELECT entry, text FROM payload WHERE text LIKE '%case.lead_text%' "
                                      "ORDER BY entry LIMIT 1")
  where = text.index('case.lead_text') + len('case.lead_text":"')
  connection.execute('UPDATE payload SET text = ? WHERE entry = ?',
                     (text[:where] + ('乙' if text[where] != '乙' else '丙') + text[where + 1:], entry))
  for _, made in triggers:
    connection.execute(made)
  connection.commit()
  connection.close()


def check(office):
  """Every label of the report, once it is there."""
  office.click('list item', '记录')
  office.press('完整性校验')
  report = wait(lambda: next((root for root in office.roots()[1:] if root.get_name() == '完整性校验'), None),
                'the report')
  return [node.get_name() for node in office.all('label', None, report)]


def test_sound(build, store):
  with Worker(build, copied(store, build)) as office:
    office.work_as('zheng')
    said = check(office)
    assert '没有被改动、丢失或者增加' in ''.join(said), said


def test_altered(build, store):
  copy = copied(store, build)
  alter(copy)
  with Worker(build, copy) as office:
    office.work_as('zheng')
    said = ''.join(check(office))
    assert '没有被改动、丢失或者增加' not in said, said
    assert re.search(r'记录|内容', said) and not re.search(r'payload|hash|sqlite|哈希', said), said


if __name__ == '__main__':
  run(globals(), os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
