#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A decision from the queue to its carriers, in the window (ux.md 8 and 11, job 10; P-02 to P-06).

    test_publicity.py BUILD DEMO: with a display and a session bus of its own, see display.py
"""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
sys.path.insert(0, HERE)
from control import ask, control, list_cases  # noqa: E402
from driver import GLib, Program, copied, wait  # noqa: E402
from tap import Tap  # noqa: E402

CHECKER = 'lin'
PUBLISHER = 'gao'
# 4 clicks and a key for every item that was found, from the desk (ux.md 11).
BUDGET = 4
HANDLERS = {'吴某': 'wu', '孙某': 'sun', '马某': 'ma', '朱某': 'zhu'}


def find_decision(build, store):
  """A served decision of a person, that somebody who works here has to collect."""
  for row in list_cases(build, store):
    case = ask(build, 'case', 'show', store, row['id'])
    handlers = [duty['name'] for duty in case['duties'] if duty['duty'] == 'handler']
    served = {one['id'] for one in case['documents'] if one['state'] == 'served'}
    for publication in case['publications']:
      if publication['state'] == 'due' and publication['document'] in served and len(case['party']) < 4:
        user = next((HANDLERS[name] for name in handlers if name in HANDLERS), None)
        if user is not None:
          return case['id'], publication['document'], publication['number'], user
  raise AssertionError('the demo store has no served decision that is to be published')


def show(build, store, case):
  return ask(build, 'case', 'show', store, case)['publications'][0]


def open_from_list(program, number):
  """The workplace by its key, and the row of the decision."""
  program.key('alt+4')
  row = program.find('label', number)
  program.click_at(row, 2)
  program.sees('公众将看到的样子')


def count_items(program):
  """What was found, and how much of it is not decided."""
  def look():
    for node in program.all('label'):
      found = re.fullmatch(r'(\d+) 处中 (\d+) 处待定', node.get_name() or '')
      if found:
        return int(found[1]), int(found[2])
      found = re.fullmatch(r'共 (\d+) 处，全部已定', node.get_name() or '')
      if found:
        return int(found[1]), 0
    return None
  return wait(look, 'the number of items that were found')


def collect(program, number):
  """Y for each item; one is kept for a reason."""
  program.key('alt+4')
  program.sees('待公示')
  open_from_list(program, number)
  program.actions = 0
  n_items, n_open = count_items(program)
  assert n_items >= 2 and n_open == n_items, (n_items, n_open)
  for left in range(n_items, 0, -1):
    program.key('y')
    wait(lambda left=left: count_items(program)[1] == left - 1, 'an item to be decided')
  program.press('送审核')
  program.sees('已送审核')
  program.wait_clear('已送审核')
  # The row of the list is the first click.
  clicks = program.actions - n_items + 1
  assert clicks <= BUDGET, f'{clicks} clicks, {BUDGET} are possible'


def check(program, number):
  open_from_list(program, number)
  # Who checks only looks at what was decided.
  assert not program.has('push button', '送审核')
  program.press('通过')
  program.wait_gone('push button', '通过')


def release(program, number):
  open_from_list(program, number)
  program.press('发布…')
  program.press('发布')
  program.sees('网页表单')


def confirm(program):
  """A carrier of a demo store takes nothing, and the window says so."""
  program.key('ctrl+1')
  program.sees('已复制')
  program.write('https://example.org/1', '公示地址')
  program.actions = 0
  program.press('全部复制')
  program.press('已公示')
  assert program.actions + 1 <= 3, 'a carrier takes more than three clicks'
  program.sees('不在任何载体公示')
  program.key('Escape')


def run(tap, name, step):
  """One check: what a step says is wrong."""
  try:
    step()
  except (AssertionError, GLib.Error) as error:
    tap.check(name, [str(error)])
    return False
  tap.check(name, [])
  return True


def expect(build, store, case, state, step):
  found = show(build, store, case)
  assert (found['state'], found['step']) == (state, step), (found['state'], found['step'])


def main():
  build, demo = (os.path.abspath(path) for path in sys.argv[1:3])
  tap = Tap()
  store = copied(demo, build)
  case, _, number, handler = find_decision(build, store)
  courses = [
    (handler, [('collects with a key an item', lambda program: collect(program, number))], ('due', 'proposed')),
    (CHECKER, [('checks what another person collected', lambda program: check(program, number))], ('due', 'checked')),
    (PUBLISHER, [
      ('releases it', lambda program: release(program, number)),
      ('shows nothing invented on a carrier', confirm),
    ], ('released', 'released')),
  ]
  for user, steps, (state, step) in courses:
    with Program(build, store) as program:
      program.sign_in(user)
      is_well = all(run(tap, name, lambda work=work: work(program)) for name, work in steps)
    if not is_well or not run(tap, f'is {state} and {step} then', lambda: expect(build, store, case, state, step)):
      break
  run(tap, 'hides what was covered in everything that is public', lambda: hidden(build, store, case))
  run(tap, 'leaves a sound store', lambda: control(build, 'verify', store))
  tap.end()


def hidden(build, store, case):
  """No identity number is in a field that a carrier is told."""
  for field in show(build, store, case)['fields']:
    assert not re.search(r'\d{17}[\dX]', field['value']), field


if __name__ == '__main__':
  main()
