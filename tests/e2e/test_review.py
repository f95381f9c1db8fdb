#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A legal review by keyboard alone (ux.md 7 and 11, jobs 8 and 9).

Most points are judged beforehand, by the command line: all of them in the window is test_main_job.

    test_review.py BUILD DEMO: with a display and a session bus of its own, see display.py
"""

import json
import os
import re
import sqlite3
import sys
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
sys.path.insert(0, HERE)
from control import control  # noqa: E402
from driver import Atspi, GLib, Kept, Program, copied, text_of, wait  # noqa: E402
from tap import Tap  # noqa: E402

# The one case of the demo store that waits for its reviewer is this one's.
REVIEWER = 'guo'
RULES = os.path.join(HERE, '..', '..', 'data', 'rules', 'national.xml')
JUDGED_BEFORE = {f'AP-{number:02d}' for number in range(3, 9)}


def find_reviewed(store):
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute(
      "SELECT case_id FROM entry WHERE act LIKE 'review.%' GROUP BY case_id HAVING max (act = 'review.assign') "
      "AND NOT max (act = 'review.conclude')").fetchone()[0]


def judge_before(build, store):
  """Six of the ten points with all that stands under them, as one batch of acts."""
  case = find_reviewed(store)
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    link = tables.execute("SELECT record FROM fact WHERE case_id = ? AND list = '@document' LIMIT 1", (case,)).fetchone()[0]
  rules = xml.etree.ElementTree.parse(RULES).getroot()
  items = [(item.get('point'), item.get('id')) for item in rules.iter('audit-item')]
  acts = [dict({'case': case, 'point': point, 'verdict': 'pass', 'links': [link], 'reason': '已经核对'},
               **({'item': item} if item is not None else {}))
          for point, item in items + [(point, None) for point in sorted(JUDGED_BEFORE)] if point in JUDGED_BEFORE]
  control(build, 'do', store, '--as', REVIEWER, 'review.judge', json.dumps(acts))


class Bench:
  """The workbench as it is seen; its labels are looked up once, for the tree is large."""

  def __init__(self, program):
    self.program = program
    self.open = Kept(self._find_open, 'the workbench')
    self.hint = program.find('label', '按 1 至 4 判定。')

  def _find_open(self):
    return next((node for node in self.program.all('label') if self._read(node)), None)

  @staticmethod
  def _read(node):
    found = re.fullmatch(r'待判 (\d+)/(\d+)', node.get_name() or '')
    return tuple(int(number) for number in found.groups()) if found else None

  def read(self):
    """The two numbers of 待判 9/52: items and cards that wait, and all there are."""
    return self._read(self.open)

  def hints(self, words):
    return words in (self.hint.get_name() or '')

  def judge(self, *keys):
    """One judgement; the window shows it at once with what is judged next."""
    before = self.read()
    self.program.key(*keys)
    wait(lambda: self.read() != before or self.hints('认为符合的'), lambda: self.tell(keys, before))
    if self.read() == before:
      self.program.type('已经核对')
      self.program.key('Return')
    wait(lambda: self.read() != before, lambda: self.tell(keys, before))

  def tell(self, keys, before):
    return f'a judgement by {keys} at {before}; the window says “{self.hint.get_name()}”'


def open_review(program):
  program.key('alt+3')
  program.sees('个工作日')
  program.key('Return')
  return Bench(program)


def refuse_without_link(program, bench):
  """不符合 needs a link and a reason: both are said before it is tried, and nothing is written."""
  before = bench.read()
  program.key('2', 'Return')
  wait(lambda: bench.hints('请引用出处'), 'the hint on links')
  program.key('l', 'Return')
  wait(lambda: bench.hints('请说明理由'), 'the hint on reasons')
  program.type('jkl1234')
  program.key('Escape')
  assert bench.read() == before, 'a key acted while the caret was in the text'


def keep_what_is_entered(program, bench):
  """Something else is written meanwhile: verdict, link and reason stay."""
  reason = next(node for node in program.all('text') if text_of(node) == 'jkl1234')
  ask_handler(program)
  assert text_of(reason) == 'jkl1234', text_of(reason)
  assert is_chosen(program, '2 不符合'), 'the verdict went'
  assert not bench.hints('请引用出处') and not bench.hints('判定'), bench.hint.get_name()


def is_chosen(program, name):
  states = program.find(None, name).get_state_set()
  return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)


def ask_handler(program):
  """One question by Ctrl+H; it stands in the workbench and waits for an answer."""
  program.key('ctrl+h')
  # The button of the workbench has a mnemonic in its name, that of the form has none.
  send = wait(lambda: next((node for node in program.all('push button') if node.get_name() == '问承办人'), None),
              'the form')
  program.type('zhaopian heshi paishe')
  program.press_node(send)
  program.find('push button', '问承办人（1）')
  program.press('问承办人（1）')
  program.sees('尚未答复')
  assert program.has('label', 'zhaopian heshi paishe')
  program.key('Escape')


def judge_with_two_keys(program, bench):
  program.actions = 0
  bench.judge('1', 'Return')
  assert program.actions == 2, f'{program.actions} keys for one item'


def judge_all(bench):
  """Every item that waits and every card; what the program objects to is overruled with a reason."""
  while bench.read()[0] > 0:
    bench.judge('1', 'Return')


def conclude(program):
  program.key('ctrl+Return')
  program.sees('总体意见')
  program.key('ctrl+Return')
  program.wait_gone('frame', '出具意见')


def run(tap, name, step):
  """One check: what a step says is wrong."""
  try:
    step()
  except (AssertionError, GLib.Error) as error:
    tap.check(name, [str(error)])
    return False
  tap.check(name, [])
  return True


def main():
  build, demo = (os.path.abspath(path) for path in sys.argv[1:3])
  tap = Tap()
  store = copied(demo, build)
  judge_before(build, store)
  with Program(build, store) as program:
    program.sign_in(REVIEWER)
    bench = open_review(program)
    steps = [
      ('says what is missing', lambda: refuse_without_link(program, bench)),
      ('keeps what is entered while a question to the handler is written',
       lambda: keep_what_is_entered(program, bench)),
      ('judges an item with two keys', lambda: judge_with_two_keys(program, bench)),
      ('judges everything', lambda: judge_all(bench)),
      ('gives the opinion', lambda: conclude(program)),
    ]
    for name, step in steps:
      if not run(tap, name, step):
        break
  run(tap, 'leaves a sound store', lambda: control(build, 'verify', store))
  tap.end()


if __name__ == '__main__':
  main()
