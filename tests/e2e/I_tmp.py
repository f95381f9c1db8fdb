#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole legal review by keyboard alone (ux.md 7 and 11, jobs 8 and 9).

    test_review.py BUILD: with a display and a session bus of its own, see display.py
"""

import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
sys.path.insert(0, HERE)
from driver import GLib, Program, wait  # noqa: E402
from tap import Tap  # noqa: E402

REVIEWER = 'guo'


def make_store(build, folder):
  """An invented office; its one case that waits for its reviewer is of the reviewer REVIEWER."""
  store = os.path.join(folder, 'demo')
  subprocess.run([build + '/src/cli/juanzongctl', 'demo', store], check=True, stdout=subprocess.DEVNULL)
  return store


def read_open(program):
  """The two numbers of 待判 9/52."""
  for node in program.all('label'):
    found = re.fullmatch(r'待判 (\d+)/(\d+)', node.get_name() or '')
    if found:
      return tuple(int(number) for number in found.groups())
  return None


def read_hint(program, words):
  return any(words in (node.get_name() or '') for node in program.all('label'))


def open_review(program):
  program.key('alt+3')
  program.sees('个工作日')
  program.key('Return')
  first = wait(lambda: read_open(program), 'the workbench')
  program.sees('行政处罚决定书')
  return first


def count_judged(program):
  """Judged cards and items; each judgement adds one, whether or not it was open."""
  return sum(1 for node in program.all('label')
             if re.match(r'[✓✗＋—] (符合|不符合|需补充|不适用)', node.get_name() or ''))


def judge(program, *keys):
  """One judgement; waits until the window shows it."""
  before = (read_open(program), count_judged(program))
  program.key(*keys)
  wait(lambda: (read_open(program), count_judged(program)) != before, f'a judgement by {keys}')


def refuse_without_link(program):
  """不符合 needs a link and a reason: both are said before it is tried, and nothing is written."""
  before = read_open(program)
  program.key('2', 'Return')
  program.sees('请引用出处')
  assert read_open(program) == before, 'it was judged without a link'
  program.key('l')
  program.sees('请说明理由' if read_hint(program, '请说明理由') else '说明')
  program.key('Return')
  program.type('jkl1234')
  program.key('Escape')
  assert read_open(program) == before, 'a key acted while the caret was in the text'


def judge_all(program):
  """Every item that waits and every card; what the program objects to is overruled with a reason."""
  for _ in range(120):
    open_items, _all = read_open(program)
    cards = sum(1 for node in program.all('label') if node.get_name() == '待确认')
    if open_items == 0 and cards == 0:
      return
    before = (read_open(program), count_judged(program))
    program.key('1', 'Return')
    if read_hint(program, '认为符合的，请说明理由'):
      program.type('已经核对')
      program.key('Return')
    wait(lambda: (read_open(program), count_judged(program)) != before, 'a judgement')
  raise AssertionError('the review never ends')


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
  build = os.path.abspath(sys.argv[1])
  tap = Tap()
  with tempfile.TemporaryDirectory(prefix='jz-review-') as folder:
    store = '/tmp/h/I-demo'
    with Program(build, store) as program:
      program.sign_in(REVIEWER)
      def budget():
        program.actions = 0
        judge(program, '1', 'Return')
        assert program.actions == 2, f'{program.actions} keys for one item'

      steps = [
        ('opens the review', lambda: open_review(program)),
        ('says what is missing', lambda: refuse_without_link(program)),
        ('judges an item with two keys', budget),
        ('judges everything', lambda: judge_all(program)),
        ('gives the opinion', lambda: conclude(program)),
      ]
      for name, step in steps:
        if not run(tap, name, step):
          break
    run(tap, 'leaves a sound store', lambda: check_store(build, store))
  tap.end()


def check_store(build, store):
  shown = subprocess.run([build + '/src/cli/juanzongctl', 'verify', store], stdout=subprocess.PIPE, text=True)
  assert shown.returncode == 0, shown.stdout


if __name__ == '__main__':
  main()
