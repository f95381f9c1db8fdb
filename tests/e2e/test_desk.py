#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_desk.py BUILD STORE: the desk, the list of cases, and Ctrl+K, within the budgets of ux §11."""

import sys

sys.dont_write_bytecode = True
from control import list_cases  # noqa: E402
from driver import Atspi, Program, copied, name_of, run, wait  # noqa: E402


def test_desk_to_place(build, store):
  """Job 2: the first row has the focus, and Enter goes where it is done."""
  with Program(build, store) as program:
    program.sign_in('wu')
    # What waits for others may stand there before what waits for oneself.
    row = wait(lambda: next((node for node in program.seek('list item') if '某城管' in name_of(node) and
                             node.get_state_set().contains(Atspi.StateType.FOCUSED)), None), 'a thing to do')
    number = next(word for word in row.get_name().replace(',', ' ').split()
                  if word.startswith('某城管'))
    program.key('Return')
    # The case page, or the very form where there is one thing to fill in.
    wait(lambda: program.has('form') or program.has('page tab list'), 'where it is done')
    program.sees(number)
    assert program.actions == 1, f'{program.actions} actions from the desk to the place'


def test_open_by_party(build, store):
  """Job 1: Ctrl+K, two characters, Enter; also when Enter comes before the answer."""
  case = next(one for one in list_cases(build, store)
              if one['stage'] == 'open' and len(one['party']) > 3)
  with Program(build, store) as program:
    program.sign_in('wu')
    program.sees('等我处理')
    program.open_search()
    program.type(case['party'][:4])
    program.key('Return')
    program.sees('概况')
    assert program.actions == 2, f'{program.actions} keys beside the characters'


def test_filter(build, store):
  cases = list_cases(build, store)
  closed = sum(one['stage'] == 'closed' for one in cases)
  with Program(build, store) as program:
    program.sign_in('wu')
    program.key('alt+2')
    program.sees(f'共 {len(cases)} 条')
    program.press_node(program.find(None, '已结案'))
    program.sees(f'共 {closed} 条')
    program.press_node(program.find(None, '已结案'))
    program.sees(f'共 {len(cases)} 条')


def test_type_to_search(build, store):
  """Typing in the list looks for a case; what matches nothing says so."""
  cases = list_cases(build, store)
  with Program(build, store) as program:
    program.sign_in('wu')
    program.key('alt+2')
    program.sees(f'共 {len(cases)} 条')
    program.type('zzqq')
    program.sees('共 0 条')
    program.key('Escape')
    program.sees(f'共 {len(cases)} 条')


def test_new_is_by_role(build, store):
  """Whoever may begin nothing is offered nothing."""
  with Program(build, store) as program:
    program.sign_in('wu')
    program.key('alt+2')
    program.find(None, '新建')
    program.key('ctrl+shift+l')
    program.sign_in('zheng')
    program.key('alt+2')
    program.sees('最近期限')
    assert not any(name_of(node) == '新建' for node in program.all('push button')), \
      'an inspector can begin a case'


if __name__ == '__main__':
  run(globals(), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
