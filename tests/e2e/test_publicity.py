#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A decision from the queue to its carriers, in the window (ux.md 8 and 11, job 10; P-02 to P-06), what
was reported of it, its history and the register of what is not published (P-04, P-05, P-07, P-35, P-36).

    test_publicity.py BUILD DEMO: with a display and a session bus of its own, see display.py
"""

import os
import re
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
sys.path.insert(0, HERE)
from control import ask, control, list_cases  # noqa: E402
from driver import Atspi, GLib, copied, is_sensitive, wait  # noqa: E402
from tap import Tap  # noqa: E402
from worker import Worker  # noqa: E402

CHECKER = 'lin'
PUBLISHER = 'gao'
# 4 clicks and a key for every item that was found, from the desk (ux.md 11).
BUDGET = 4
LATE = '逾期发布的理由'
WRONG = '当事人名称误写一字'
REASON = '当场改正的轻微案件，不具有社会影响'
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
  show_lists(program)
  open_shown(program, number)


def show_lists(program):
  """What is seen has the focus: what is hidden in the window has a name for a test, too."""
  # Where nothing waits any more, the button above the list has it.
  program.key_until('alt+4', lambda: any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
                                         for role in ('table row', 'push button') for node in program.seek(role)),
                    'the focus in a list')


def open_shown(program, number):
  program.click('label', number, 2)
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
  """Its last day is over, so that it leaves only with a reason (P-35), which the list tells."""
  open_from_list(program, number)
  program.press('发布…')
  program.find('text', LATE)
  assert not is_sensitive(program.find('push button', '发布'))
  program.write('公示系统停用，恢复后补发', LATE)
  program.press('发布')
  program.wait_alone()
  program.sees('网页表单')
  show_lists(program)
  show_group(program, '待回执')
  program.find('label', '逾期发布：公示系统停用，恢复后补发')
  open_from_list(program, number)


def show_group(program, name):
  """One of the lists, by its button, which tells how many it holds."""
  program.press_node(find_button(program, name + r' \d+'))


def find_button(program, pattern):
  """One that stays pressed, however it is called by its role."""
  return wait(lambda: next((node for node in program.seek() if node.get_role_name() != 'label' and
                            re.fullmatch(pattern, node.get_name() or '')), None), pattern)


def explain_days(program, number):
  """From the page of the decision to the days as they were counted, and back (P-36)."""
  open_from_list(program, number)
  program.press('期限计算')
  program.sees('处罚、许可决定公示')
  # What runs stands first.
  program.click('label', '计算')
  program.sees('起算日，不计')
  program.key('alt+Left')
  program.sees('公众将看到的样子')


def report_error(program):
  """Whoever sees an error reports it, and it is due (P-04)."""
  program.press('报告差错…')
  program.fill('报告公示差错', {'差错内容以及正确内容': WRONG})
  program.sees('有人报告差错：' + WRONG)
  program.find('push button', '更正…')


def dismiss_error(program, number):
  """Another person says that it is none; the list tells of it until then."""
  show_lists(program)
  show_group(program, '撤回更正')
  program.find('label', '有人报告差错：' + WRONG)
  open_shown(program, number)
  program.press('不属差错…')
  program.fill('不属差错', {'不属差错的理由': '与决定书一致'})
  program.wait_gone('push button', '不属差错…')


def find_printed(program):
  """What was printed into files below the home folder, as text."""
  files = [os.path.join(folder, name) for folder, _, names in os.walk(program.home) for name in names
           if name.endswith('.pdf')]
  whole = [file for file in files if b'%%EOF' in open(file, 'rb').read()[-32:]]
  return ''.join(subprocess.run(['pdftotext', file, '-'], check=True, capture_output=True,
                                text=True).stdout for file in whole)


def print_with(program, button, words):
  program.press(button)
  program.sees('打印到文件')
  program.find('push button', '打印')
  program.key('Return')
  wait(lambda: all(word in re.sub(r'\s', '', find_printed(program)) for word in words), f'{words} in print')


def print_history(program):
  """All that was done with it, on the page and on paper (P-05)."""
  program.press_node(find_button(program, '公示历史'))
  program.sees('的公示差错不成立')
  print_with(program, '打印公示历史…', ['公示历史', '逾期发布', WRONG, '与决定书一致'])


def look_at_register(program):
  """Each with its ground, its reason and who approved it, as a table and on paper (P-07, PX-06)."""
  show_lists(program)
  show_group(program, '不予公开')
  program.find('label', REASON)
  path = os.path.join(program.home, '台账.xlsx')
  program.choose_file(program.find('push button', '导出表格'), path, '导出')
  wait(lambda: os.path.exists(path), path)
  program.sees('台账.xlsx')
  with zipfile.ZipFile(path) as book:
    text = ''.join(book.read(name).decode() for name in book.namelist() if name.endswith('.xml'))
  assert REASON in text and '批准人' in text, text[:400]
  print_with(program, '打印台账…', ['不予公开台账', REASON])


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
    (handler, [
      ('explains the days', lambda program: explain_days(program, number)),
      ('collects with a key an item', lambda program: collect(program, number)),
    ], ('due', 'proposed')),
    (CHECKER, [('checks what another person collected', lambda program: check(program, number))], ('due', 'checked')),
    (PUBLISHER, [
      ('releases it', lambda program: release(program, number)),
      ('shows nothing invented on a carrier', confirm),
      ('reports an error', report_error),
    ], ('released', 'released')),
    (CHECKER, [
      ('says that it is none', lambda program: dismiss_error(program, number)),
      ('prints the history', print_history),
      ('prints and exports the register', look_at_register),
    ], ('released', 'released')),
  ]
  for user, steps, (state, step) in courses:
    with Worker(build, store) as program:
      program.sign_in(user)
      is_well = all(run(tap, name, lambda work=work: work(program)) for name, work in steps)
      if not is_well:
        program.keep_picture('failed')
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
