#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_case.py BUILD STORE: what is put in order, typed and written out on the page of a case."""

import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from driver import Atspi, Program, children, copied, name_of, run, text_of, wait  # noqa: E402

EVIDENCE = {'evidence.items.kind': 'document', 'evidence.items.obtained_by': '张某', 'evidence.items.obtained_at': '现场',
            'evidence.items.is_original': True, 'late_reason': '供测试使用'}


def ask(build, *words):
  """What the command line says, read as JSON."""
  done = subprocess.run([build + '/src/cli/juanzongctl', *words, '--json'], check=True, capture_output=True, text=True,
                        env=dict(os.environ, ASAN_OPTIONS='detect_leaks=0', G_DEBUG=''))
  return json.loads(done.stdout)


def find_case(build, store):
  """An open case that was filed: it has a number and a handler."""
  cases = [case for case in ask(build, 'case', 'list', store) if case['stage'] == 'open']
  for case in cases:
    acts = [entry['act'] for entry in ask(build, 'case', 'show', store, case['id'])['entries']]
    if 'evidence.add' in acts and 'case.end' not in acts:
      return case
  raise AssertionError('no case with evidence')


def add_evidence(build, store, case, number, title):
  args = dict(EVIDENCE, case=case['id'], title=title,
              **{'evidence.items.number': str(number), 'evidence.items.obtained_on': case['found']})
  ask(build, 'do', store, '--as', 'wu', 'evidence.add', json.dumps(args))


def open_case(program, case, tab):
  """By its number, as a person does."""
  program.key('ctrl+k')
  program.find('text', '查找内容')
  program.type(case['number'])
  program.key('Return')
  program.sees('概况')
  select(program, tab)


def select(program, tab):
  """GTK names a tab by its label alone, which stands in it."""
  def look():
    for node in program.all('page tab'):
      if any(name_of(child).startswith(tab) for child in children(node)):
        return node
    return None
  program.press_node(wait(look, tab))


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
    entry = program.find('text', '证明目的：租赁合同')
    program.click_at(entry)
    program.type('zmzyqk')
    program.key('Return')
    turned = [titles[1], titles[0], titles[2]]
    program.key('alt+Up')
    wait(lambda: read_order(program, titles) == turned, 'the second item first')
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


if __name__ == '__main__':
  run(globals(), *[os.path.abspath(path) for path in sys.argv[1:3]])
