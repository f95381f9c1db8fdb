#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_party.py BUILD STORE: the party reads the dossier without what is of others, and a court gets of the secondary
volume what was approved, in the window (ux.md 4; P-06, AO-10, R-34, R-38)."""

import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from control import ask, control, do, list_cases  # noqa: E402
from driver import copied, name_of, run, wait  # noqa: E402
from worker import Worker  # noqa: E402

TELEPHONE = '13912345678'
# Whom the documents name is somebody else then, so what they say of him is to be covered.
OTHER_PARTY = {'party.kind': 'citizen', 'party.name': '张某', 'party.id_kind': 'other', 'party.id_number': '示例-2',
               'party.born_on': '1980-01-02', 'party.capacity': 'full'}


def find_case(build, store):
  """One of wu's, with few final documents but more than one."""
  found = []
  for row in list_cases(build, store):
    case = ask(build, 'case', 'show', store, row['id'])
    final = [one for one in case['documents'] if one.get('object') and one['state'] != 'void']
    handlers = [duty['name'] for duty in case['duties'] if duty['duty'] == 'handler']
    if '吴某' in handlers and len(final) > 1 and case['stage'] == 'open':
      found.append((len(final), case['id'], case, final))
  assert found, 'the demo store has no such case'
  return sorted(found, key=lambda one: one[:2])[0][2:]


def attach(build, store, case):
  """A file whose name tells of somebody else."""
  with tempfile.NamedTemporaryFile(suffix='.txt') as file:
    file.write('某某路照片说明'.encode())
    file.flush()
    do(build, store, 'wu', 'attachment.add', {'case': case, 'file': file.name, 'name': f'证人电话{TELEPHONE}.txt'})


def read_pdf(path):
  return subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout


def write_whole(build, store, case):
  path = os.path.join(tempfile.mkdtemp(prefix='jz-e2e-'), 'whole.pdf')
  control(build, 'dossier', store, case, '-o', path)
  return path


def labels(program):
  return [name_of(node) for node in program.all('label')]


def count_open(program):
  """On how much of the document nobody has decided; a page that is made anew says nothing."""
  for text in labels(program):
    found = re.fullmatch(r'(\d+) 处中 (\d+) 处待定', text)
    if found:
      return int(found[2])
    if re.fullmatch(r'共 (\d+) 处，全部已定', text) or text.startswith('没有发现个人信息'):
      return 0
  return None


def count_waiting(program):
  for text in labels(program):
    found = re.match(r'还有 (\d+) 份文书须先核对', text)
    if found:
      return int(found[1])
    if text.startswith('已全部核对'):
      return 0
  return None


def go_through(program):
  """Y for each item, then the button; the next document comes by itself."""
  n_documents = wait(lambda: count_waiting(program), 'documents that wait')
  for left in range(n_documents, 0, -1):
    wait(lambda: count_open(program) is not None, 'what was found')
    while count_open(program):
      n_open = count_open(program)
      program.key('y')
      wait(lambda n_open=n_open: count_open(program) == n_open - 1, 'an item to be decided')
    program.wait_enabled('本件核对完毕')
    program.press('本件核对完毕')
    wait(lambda left=left: count_waiting(program) == left - 1, f'{left - 1} documents that wait')


def test_party(build, demo):
  store = copied(demo, build)
  case, final = find_case(build, store)
  attach(build, store, case['id'])
  do(build, store, 'wu', 'party.state', dict(OTHER_PARTY, case=case['id']))
  with Worker(build, store) as worker:
    worker.case = case['number']
    worker.work_as('wu')
    worker.open_case()
    worker.tab('卷宗')
    worker.pick('导出', '当事人阅卷（隐去）…')
    assert wait(lambda: count_waiting(worker), 'documents that wait') == len(final), final
    go_through(worker)
    worker.keep_picture('party')
    worker.press(f'不涉及他人信息：证人电话{TELEPHONE}.txt')
    worker.find('push button', f'改为不附：证人电话{TELEPHONE}.txt')
    worker.wait_enabled('登记阅卷…')
    worker.press('登记阅卷…')
    worker.finish('当事人阅卷', {'阅卷日期': '2026-03-02', '阅卷人姓名': '张某', '阅卷人身份': '当事人本人',
                              '身份证明和委托手续': '居民身份证', '查阅方式': '复制带走'})
    opener = wait(lambda: next((node for node in worker.all('push button')
                                if name_of(node).startswith('导出…：张某')), None), 'what was shown')
    folder = os.path.join(tempfile.mkdtemp(prefix='jz-e2e-'), '阅卷')
    before = len(worker.roots())
    worker.press_node(opener)
    worker.type_place(before, folder, '保存')
    wait(lambda: os.path.isdir(folder), 'the folder for the party')
  names = sorted(os.listdir(folder))
  assert len(names) == 2 and any(name.endswith('.pdf') for name in names), names
  assert TELEPHONE not in ''.join(names), names
  text = read_pdf(os.path.join(folder, next(name for name in names if name.endswith('.pdf'))))
  hidden = re.findall(r'\d{17}[\dX]', ''.join(read_pdf(write_whole(build, store, case['id'])).split()))
  assert hidden and not any(number in ''.join(text.split()) for number in hidden), hidden
  assert TELEPHONE not in text and '附件' in text, text[:600]
  entry, = [row for row in ask(build, 'case', 'show', store, case['id'])['entries']
            if row['act'] == 'dossier.show_party']
  assert entry, 'the record says who came'


def test_secondary(build, demo):
  """It is asked for and approved by two people; the window then offers it, once."""
  store = copied(demo, build)
  case, final = find_case(build, store)
  ids = [one['id'] for one in final]
  do(build, store, 'wu', 'dossier.arrange', {'case': case['id'], 'main': ids[:-1], 'secondary': ids[-1:]})
  path = os.path.join(tempfile.mkdtemp(prefix='jz-e2e-'), '应诉.pdf')
  with Worker(build, store) as worker:
    worker.case = case['number']
    worker.work_as('wu')
    worker.open_case()
    worker.tab('卷宗')
    worker.pick('导出', '申请提供副卷…')
    worker.finish('提请：副卷调阅批准', {'用途': '应诉', '调阅理由': '法院调取', '副卷中提供哪些文书；不填即全部': [final[-1]['title']]})
    worker.work_as('liu')
    worker.step('确认…', {}, '确认：副卷调阅批准')
    worker.work_as('wu')
    worker.tab('卷宗')
    before = len(worker.roots())
    worker.pick('导出', '应诉（含获准提供的副卷）')
    worker.type_place(before, path, '保存')
    wait(lambda: os.path.exists(path), 'the dossier for the court')
    worker.open_case()
    worker.tab('卷宗')
    opener = worker.find('push button', '导出')
    worker.press_node(opener)
    items = wait(lambda: [name_of(item) for item in worker.all('menu item', None, opener.get_parent())], 'the menu')
    assert '当事人阅卷（隐去）…' in items, items
    assert '应诉（含获准提供的副卷）' not in items, items
  text = read_pdf(path)
  assert '第2卷' in text, text[:600]
  again = os.path.join(os.path.dirname(path), 'again.pdf')
  given = next(row for row in ask(build, 'case', 'show', store, case['id'])['entries'] if row['act'] == 'dossier.give')
  control(build, 'dossier', store, case['id'], '-o', again, '--given', given['entry'] + '-1')
  assert open(again, 'rb').read() == open(path, 'rb').read(), 'it is written as it was given'


if __name__ == '__main__':
  run(globals(), *sys.argv[1:3])
