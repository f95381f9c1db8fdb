#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_case.py BUILD STORE: what is put in order, typed and written out on the page of a case."""

import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from control import ask, control, do, list_cases  # noqa: E402
from driver import Atspi, Program, children, copied, name_of, run, text_of, wait  # noqa: E402

EVIDENCE = {'evidence.items.kind': 'document', 'evidence.items.obtained_by': '张某', 'evidence.items.obtained_at': '现场',
            'evidence.items.is_original': True, 'late_reason': '供测试使用'}


def find_case(build, store):
  """An open case that was filed: it has a number and a handler."""
  cases = [case for case in list_cases(build, store) if case['stage'] == 'open']
  for case in cases:
    acts = [entry['act'] for entry in ask(build, 'case', 'show', store, case['id'])['entries']]
    if 'evidence.add' in acts and 'case.end' not in acts:
      return case
  raise AssertionError('no case with evidence')


def add_evidence(build, store, case, number, title):
  args = dict(EVIDENCE, case=case['id'], title=title,
              **{'evidence.items.number': str(number), 'evidence.items.obtained_on': case['found']})
  do(build, store, 'wu', 'evidence.add', args)


def open_case(program, case, tab):
  """By its number, as a person does."""
  program.look_for(case['number'])
  program.key('Return')
  program.sees('概况')
  select(program, tab)


def select(program, tab):
  """GTK names a tab by its label alone, which stands in it; a click goes wrong while the page is laid out."""
  def look():
    for node in program.all('page tab'):
      label = next((child for child in children(node) if name_of(child).startswith(tab)), None)
      if label is not None:
        if node.get_state_set().contains(Atspi.StateType.SELECTED):
          return True
        program.click_at(label)
    return False
  wait(look, f'the page {tab}')


def read_order(program, titles):
  """In which order these stand on the page."""
  names = [node.get_name() for node in program.all('label')]
  places = [names.index(title) for title in titles if title in names]
  return [title for _, title in sorted(zip(places, titles))] if len(places) == len(titles) else []


def centre(node):
  box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
  return str(box.x + box.width // 2), str(box.y + box.height // 2)


def drag(program, node, target, done):
  """As a hand does, in small steps; once more where the program was too slow to see it."""
  start, end = centre(node), centre(target)
  for _ in range(5):
    program.tool('mousemove', *start, 'mousedown', '1')
    for _ in range(8):
      program.tool('mousemove_relative', '--', '0', '-4')
    for step in range(8):
      program.tool('mousemove', end[0], str(int(end[1]) + step % 2))
    program.tool('mouseup', '1')
    try:
      return wait(done, 'what was dragged in its new place', 4)
    except AssertionError:
      continue
  raise AssertionError('what is dragged does not come to its place')


def test_evidence(build, demo):
  """Put in order by keys, by a button and by the pointer, and 证明目的 typed in the row: all of it is
  there after the page was left."""
  store = copied(demo, build)
  case = find_case(build, store)
  titles = ['营业执照复印件', '租赁合同', '送货单']
  for number, title in enumerate(titles, 11):
    add_evidence(build, store, case, number, title)
  with Program(build, store) as program:
    program.sign_in('wu')
    open_case(program, case, '证据')
    wait(lambda: read_order(program, titles) == titles, 'the evidence as it was added')
    program.put_caret(program.find('text', '证明目的：租赁合同'))
    program.type('zmzyqk')
    wait(lambda: text_of(program.find('text', '证明目的：租赁合同')) == 'zmzyqk', 'what is typed')
    program.key('Return')
    turned = [titles[1], titles[0], titles[2]]
    # What was typed is written just now; above the first there is no place to go to.
    program.key_until('alt+Up', lambda: read_order(program, titles) == turned, 'the second item first')
    entry = program.find('text', '证明目的：租赁合同')
    wait(lambda: entry.get_state_set().contains(Atspi.StateType.FOCUSED), 'the caret where it was')
    program.press('下移（Alt+↓）：租赁合同')
    wait(lambda: read_order(program, titles) == titles, 'the first order again')
    labels = {node.get_name(): node for node in program.all('label')}
    dragged = [titles[2], titles[0], titles[1]]
    drag(program, labels[titles[2]], labels[titles[0]], lambda: read_order(program, titles) == dragged)
    select(program, '文书')
    program.sees('新建文书')
    select(program, '证据')
    wait(lambda: read_order(program, titles) == dragged, 'the order when the page is seen again')
    assert text_of(program.find('text', '证明目的：租赁合同')) == 'zmzyqk'


def list_volumes(program):
  """What stands under 正卷 and under 副卷, by the names of the rows' movers; one of them may be gone
  while the page is made anew."""
  volumes = []
  for heading in ('正卷', '副卷'):
    group = next((node for node in program.all('list') if (node.get_name() or '').startswith(heading)), None)
    if group is None:
      return [[None], []]
    names = [node.get_name() for node in program.all('push button', within=group)]
    volumes.append([name.split('：')[1] for name in names if name.startswith('上移')])
  return volumes


def test_dossier(build, demo):
  """A document goes into the other volume by a button, back by the pointer, and up by keys; who
  writes the dossier for a court gets the main volume."""
  store = copied(demo, build)
  case = find_case(build, store)
  with Program(build, store) as program:
    program.sign_in('wu')
    open_case(program, case, '卷宗')
    program.sees('检查卷宗')
    main = list_volumes(program)[0]
    assert len(main) > 1 and not list_volumes(program)[1], list_volumes(program)
    program.press('移入副卷：' + main[1])
    wait(lambda: list_volumes(program) == [[main[0], *main[2:]], [main[1]]], 'it is in the secondary volume')
    labels = {node.get_name(): node for node in program.all('label')}
    drag(program, labels[main[1]], labels[main[0]],
         lambda: list_volumes(program) == [[main[1], main[0], *main[2:]], []])
    program.key('alt+Down')
    wait(lambda: list_volumes(program) == [main, []], 'the order as it was')
    program.key('alt+Up')
    wait(lambda: list_volumes(program)[0][0] == main[1], 'the same document moved on')
  write_dossiers(build, store, case)


def write_dossiers(build, store, case):
  pdf = os.path.join(os.path.dirname(store), 'court.pdf')
  control(build, 'dossier', store, case['id'], '-o', pdf, '--for', 'court')
  text = subprocess.run(['pdftotext', pdf, '-'], check=True, capture_output=True, text=True).stdout
  assert '行政处罚决定书' in text and '第1卷' in text, text[:400]


def count_pages(path):
  shown = subprocess.run(['pdfinfo', path], check=True, capture_output=True, text=True).stdout
  return int(shown.split('Pages:')[1].split()[0])


def check(program, title):
  """Scrolled into view with the wheel, as by hand."""
  box = program.find('check box', '选择' + title)
  program.tool('mousemove', '700', '600')

  def is_seen():
    if 240 < int(centre(box)[1]) < 740:
      return True
    program.tool('click', '5')
    return False
  wait(is_seen, title)
  program.press_node(box)
  wait(lambda: box.get_state_set().contains(Atspi.StateType.CHECKED), f'{title} chosen')


def find_printed(program):
  """Whole PDFs below the home folder."""
  files = [os.path.join(folder, name) for folder, _, names in os.walk(program.home) for name in names
           if name.endswith('.pdf')]
  return [file for file in files if b'%%EOF' in open(file, 'rb').read()[-32:]]


def leave_printing(program, moment, *keys):
  """Opens the dialog and goes away from it so many seconds after it is there."""
  program.key('ctrl+p')
  wait(lambda: len(program.roots()) > 1, 'the dialog')
  time.sleep(moment)
  program.key(*keys)
  wait(lambda: len(program.roots()) == 1, f'the end of the dialog by {keys} after {moment} s')


def test_leave_printing(build, demo):
  """Escape closes the dialog at every moment: while it opens, while printers are found, and after;
  so does its button, and what is chosen can be printed still, with the keys of the list alone."""
  store = copied(demo, build)
  case = find_case(build, store)
  with Program(build, store) as program:
    program.sign_in('wu')
    open_case(program, case, '文书')
    check(program, '行政处罚决定书')
    for moment in (0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8):
      leave_printing(program, moment, 'Escape')
    leave_printing(program, 0.1, 'Down', 'Escape', 'Escape')
    leave_printing(program, 0.1, 'alt+c')
    program.key('ctrl+p')
    program.sees('打印到文件')
    program.wait_enabled('打印')
    # Enter in the list of printers, too.
    program.key('Down', 'Return')
    wait(lambda: find_printed(program), 'the file that is printed after all')
    program.wait_alone()


def test_print(build, demo):
  """Two documents chosen by hand are one print job, by Ctrl+P and Enter; on a new computer it goes
  into a file."""
  store = copied(demo, build)
  case = find_case(build, store)
  with Program(build, store) as program:
    program.sign_in('wu')
    open_case(program, case, '文书')
    for title in ('行政处罚事先告知书', '行政处罚决定书'):
      check(program, title)
    program.key('ctrl+p')
    program.sees('打印到文件')
    program.find('push button', '打印')
    program.key('Return')
    wait(lambda: find_printed(program), 'the file that is printed')
    files = find_printed(program)
    text = subprocess.run(['pdftotext', files[0], '-'], check=True, capture_output=True, text=True).stdout
    assert '行政处罚决定书' in text and '行政处罚事先告知书' in text, text[:400]
    assert count_pages(files[0]) == 5, count_pages(files[0])


if __name__ == '__main__':
  run(globals(), *[os.path.abspath(path) for path in sys.argv[1:3]])
