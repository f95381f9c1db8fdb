#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_watchdog.py BUILD STORE: nothing holds the main loop, in an office of 100,000 cases.

The program writes a line whenever its loop was held for longer than 50 ms, or than what those are
on this machine, see src/app/watchdog.c.
"""

import atexit
import os
import re
import shutil
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
from control import begin_record  # noqa: E402
from driver import Program, children, copied, name_of, run, wait, walk  # noqa: E402

N_CASES = 100000
NUMBER = '2026-000001'  # wu handles it
# GTK drops the two hundred rows of a list in one go when fewer are found: up to 65 ms where other
# programs share the core; what reads, sorts or works out 100,000 of anything takes far longer.
SLACK = 2
WAITING = 10

# What the window remembers of a case; as where it was worked out, and of no case that the office
# has, so that opening one goes to the office's own.
FILL = """
WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?)
INSERT INTO case_row (key, id, number, number_key, party, cause, handler, section, stage, stage_key,
  due, due_name, place, flags, words, checked)
SELECT 1000000 + k, 'c-' || k, printf ('某城管-%d-%06d', 2015 + k / 10000, k % 10000),
  printf ('%04d%08d', 2015 + k / 10000, k % 10000), '某' || (k * 7919 % 99991) || '商贸有限公司',
  '占用道路' || (k % 211), '张某' || (k % 97), '执法' || (k % 9) || '中队', '已归档',
  2000 + k % 12, CASE WHEN k % 50 = 0 THEN date ('2026-03-02', '+' || (k / 50 % 400) || ' days')
  ELSE '9999-12-31' END, '办案期限', k % 4, (1 << (k % 6)) | (1 << (8 + k % 4)),
  printf ('某城管-%d-%06d', 2015 + k / 10000, k % 10000) || char (10) || '某' ||
  (k * 7919 % 99991) || '商贸有限公司', '2026-03-02' FROM n
"""


def fill(store):
  with sqlite3.connect(os.path.join(store, 'scratch.db')) as scratch:
    scratch.execute(FILL, [N_CASES])
  scratch.close()


def wait_until_rows_are_made(build, store):
  """The window works the rows of the office's own cases out when it is first opened."""
  with Program(build, store) as program:
    program.sign_in('wu')
    program.key('alt+2')
    program.find('label', '共 39 条')


def held(path):
  with open(path, encoding='utf-8') as file:
    return file.read().splitlines()


class Day:
  """A day's work; says after each part of it what held the loop meanwhile."""

  def __init__(self, program, path):
    self.program = program
    self.path = path
    self.seen = 1  # the first line is the bound
    self.bound = int(re.search(r'\d+', held(path)[0]).group())
    self.problems = []

  def is_problem(self, line):
    """Computing is the program's own. Waiting is, too, but a loaded machine waits as well."""
    whole, computing = (int(word) for word in re.findall(r'\d+', line))
    return computing > SLACK * self.bound or whole - computing > WAITING * self.bound

  def done(self, part):
    lines = held(self.path)
    for line in lines[self.seen:]:
      print('#', part, line, flush=True)
      if self.is_problem(line):
        self.problems.append(f'{part}: {line}')
    self.seen = len(lines)

  def find(self, words, exactly=False):
    """A node; rows of lists are not looked through, which would take as long as all the rest."""
    def look():
      for root in self.program.roots():
        for node in walk(root, into_lists=False):
          if words == name_of(node) or not exactly and words in (node.get_name() or ''):
            return node
      return None
    return wait(look, words)


def work_in_list(day):
  program = day.program
  everything = f'共 {N_CASES + 39} 条'
  program.key('alt+2')
  day.find(everything)
  day.done('list of cases')
  view = program.find('tree table')
  rows = next(node for node in walk(view, into_lists=False) if node.get_role_name() == 'list')
  program.click_at(children(rows)[1])
  for key in ('End', 'Home', 'Next', 'Next', 'End', 'Prior', 'Home'):
    program.key(key)
    day.find(everything)
    day.done(f'scroll by {key}')
  for head in ('案号', '当事人', '案由', '承办人', '阶段', '最近期限', '位置'):
    before = name_of(children(rows)[0])
    program.click_at(next(node for node in walk(view, into_lists=False)
                          if name_of(node) == head and node.get_role_name() == 'label'))
    # By the number it was sorted before, and is now backwards.
    wait(lambda: name_of(children(rows)[0]) != before, f'another order by {head}')
    day.find(everything)
    day.done(f'sort by {head}')
  program.press_node(day.find('已决定', exactly=True))
  wait(lambda: (day.find('共 ').get_name() or '') != everything, 'fewer cases')
  day.done('filter')
  program.press_node(day.find('已决定', exactly=True))
  day.find(everything)
  program.click_at(day.find('查找案件', exactly=True))
  program.type('4711')
  wait(lambda: (day.find('共 ').get_name() or '') != everything, 'fewer cases')
  day.done('search')


def work_in_case(day):
  program = day.program
  program.open_search()
  program.type(NUMBER)
  day.done('palette')
  program.key('Return')
  day.find('概况')
  day.done('open a case')
  program.key('ctrl+Next')
  row = program.find('list item', '询问笔录')
  day.done('documents')
  program.click_at(row, times=2)
  day.find('定稿')
  day.done('open a document')
  program.type('2026')
  day.find('2026')
  day.done('write')
  program.key('alt+Left')
  day.find('概况')
  day.done('leave it')
  for number in range(6):
    program.key('ctrl+Next')
    day.find('概况')
    day.done(f'tab {number + 2}')


def work_elsewhere(day):
  program = day.program
  program.click_at(day.find('记录', exactly=True))
  day.find('完整性校验')
  day.done('record')
  for key, words in (('alt+1', '等我处理'), ('alt+6', '执法事项'), ('alt+1', '等我处理')):
    program.key(key)
    day.find(words)
    day.done(words)


def test_day(build, store):
  folder = tempfile.mkdtemp(prefix='jz-e2e-watchdog-')
  atexit.register(shutil.rmtree, folder, True)
  path = os.path.join(folder, 'held')
  begin_record(build, store, NUMBER)
  wait_until_rows_are_made(build, store)
  fill(store)
  with Program(build, store, environment={'JUANZONG_WATCHDOG': path}) as program:
    day = Day(program, path)
    program.sign_in('wu')
    day.find('等我处理')
    day.done('sign in, desk')
    work_in_list(day)
    work_in_case(day)
    work_elsewhere(day)
    assert not day.problems, '\n'.join([f'the bound is {day.bound} ms'] + day.problems)


if __name__ == '__main__':
  run(globals(), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
