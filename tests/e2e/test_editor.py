#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_editor.py BUILD STORE: documents written on the page, with the budgets of ux §11."""

import glob
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from driver import Atspi, Program, children, copied, do_action, run, text_of, wait  # noqa: E402

# The lead of a case in the middle of its investigation, and its party.
WRITER = 'wu'
PARTY = '某通餐饮'
RECORD = '询问笔录'

# A record with nothing missing but what the test types.
VALUES = {
  'round': 1, 'start': '2026-01-06T09:00', 'end': '2026-01-06T10:00', 'place': '一楼询问室',
  'recorder': '钱某', 'person': '邓某某', 'sex': 'male', 'born_on': '1980-05-04',
  'id_kind': '居民身份证', 'id_number': '11010519491231002X', 'address': '城关镇和平巷113号',
  'relation': 'representative', 'a_cert': '看清楚了。', 'a_rights': '听明白了，不申请回避。',
  'a_identity': '我是法定代表人。', 'qa': [{'q': '这件事发生在什么时间？', 'a': '一月三日。'}],
  'a_end': '没有了，属实。'}


def control(build, *words, **options):
  return subprocess.run([build + '/src/cli/juanzongctl', *words], check=True, text=True,
                        stdout=subprocess.PIPE, env=dict(os.environ, ASAN_OPTIONS='detect_leaks=0'),
                        **options).stdout


def find_case(build, store):
  cases = json.loads(control(build, 'case', 'list', store, '--json'))
  return next(one['id'] for one in cases if PARTY in one['party'] and one['stage'] == 'open')


def draft(build, store, values):
  """A record of that case, begun by its lead; gives its id."""
  made = control(build, 'do', store, '--as', WRITER, 'document.draft', json.dumps(
    {'case': find_case(build, store), 'form': 'inquiry_record', 'values': values}), '--json')
  return json.loads(made)['entries'][0]['made']


def read_pdf(path):
  """Its text without the room between words, which a page does not have either."""
  text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, text=True,
                        stdout=subprocess.PIPE).stdout
  return re.sub(r'\s', '', text)


class Page:
  """The page that is written on, as a screen reader sees it."""

  def __init__(self, program):
    self.program = program
    field = wait(lambda: next((node for node in program.all('label') if self._is_field(node)), None),
                 'a field on the page')
    self.paper = field.get_parent()
    self.input = next(node for node in children(self.paper) if node.get_role_name() == 'text')

  @staticmethod
  def _is_field(node):
    return Atspi.Action.get_n_actions(node) == 1 and \
      Atspi.Action.get_action_name(node, 0) == 'field.edit'

  def fields(self):
    """What stands in the fields, by their names; long values are cut."""
    found = {}
    for node in children(self.paper):
      name, colon, value = (node.get_name() or '').partition('：')
      if colon and self._is_field(node):
        found[name] = value
    return found

  def go(self, name):
    node = wait(lambda: next((one for one in children(self.paper) if self._is_field(one) and
                              one.get_name().startswith(name + '：')), None), f'field {name}')
    do_action(node, 'field.edit')
    wait(lambda: self.input.get_name() == name, f'the caret in {name}')

  def text(self):
    return text_of(self.input)

  def caret(self):
    return Atspi.Text.get_caret_offset(self.input)

  def state(self):
    return self.fields(), self.input.get_name(), self.text(), self.caret()

  def wait_text(self, text):
    wait(lambda: self.text() == text, f'{text[:40]} in {self.input.get_name()}')


def open_case(program):
  program.sign_in(WRITER)
  program.sees('等我处理')
  program.key('ctrl+k')
  program.write(PARTY, '查找内容')
  program.key('Return')
  program.sees('概况')


def open_document(program, title=RECORD):
  open_case(program)
  program.key('ctrl+Page_Down')
  program.click_at(program.find('list item', title), times=2)
  return Page(program)


def test_begin_what_is_due(build, demo):
  """Job 3: from the case with two keys, filled in with what the case knows."""
  with Program(build, copied(demo, build)) as program:
    open_case(program)
    program.actions = 0
    program.key('ctrl+d')
    program.find('menu item')
    program.key('Return')
    fields = Page(program).fields()
    assert program.actions == 2, f'{program.actions} keys'
    assert PARTY in ''.join(fields.values()), fields


def test_next_question(build, demo):
  """Job 4: Enter ends an answer, Enter on the empty question gives the next prepared one."""
  store = copied(demo, build)
  draft(build, store, VALUES)
  with Program(build, store) as program:
    page = open_document(program)
    program.press('连续')
    page.go('问答第1项：答')
    program.actions = 0
    program.key('Return')
    wait(lambda: page.input.get_name() == '问答第2项：问', 'the next question')
    program.key('Return')
    wait(lambda: page.text().endswith('？') or page.text().endswith('。'), 'a prepared question')
    assert program.actions == 2, f'{program.actions} keys'
    program.key('Return')
    program.type('1234')
    wait(lambda: page.input.get_name() == '问答第2项：答' and page.text() == '1234', 'the answer')


def test_finish_and_print(build, demo):
  """Job 5: final, numbered and three copies printed with four actions, on a new computer."""
  store = copied(demo, build)
  draft(build, store, VALUES)
  with Program(build, store) as program:
    open_document(program)
    program.actions = 0
    program.press('定稿')
    dialog = program.find('dialog')
    program.press('定稿', within=dialog)
    program.sees('已成文')
    program.key('ctrl+p')
    dialog = program.find('dialog', RECORD)
    program.wait_enabled('打印')
    copies = program.find('spin button', '副本数：', within=dialog)
    assert Atspi.Value.get_current_value(copies) == 3, 'not three copies'
    program.key('Return')
    found = wait(lambda: glob.glob(program.home + '/*.pdf'), 'what was printed')
    program.sees('PDF 已写入')
    assert program.actions == 4, f'{program.actions} actions'
    assert VALUES['a_end'] in read_pdf(found[0])


if __name__ == '__main__':
  run(globals(), sys.argv[1], sys.argv[2])
