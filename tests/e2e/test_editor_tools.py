#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the editor puts into a text (ux.md 5): wording of a similar document, prepared questions,
articles of laws, evidence.

    test_editor_tools.py BUILD STORE: with a display and a session bus of its own, see display.py
"""

import os
import sys

sys.dont_write_bytecode = True
from driver import Atspi, Program, children, copied, do_action, run, text_of, wait  # noqa: E402

HANDLER = 'wu'
# An open case of his on a matter that other cases were decided on.
CASE = '某通餐饮管理有限公司'
DECISION = '行政处罚决定书'


class Page:
  """The page of a new document of the case, as a screen reader sees it."""

  def __init__(self, program, form):
    self.program = program
    program.look_for(CASE)
    program.key('Return')
    program.sees('下一步')
    program.key('ctrl+d')
    program.press_node(program.find('menu item', form))
    program.sees('草稿')
    field = wait(lambda: next((node for node in program.all('label') if is_field(node)), None), 'a field')
    self.paper = field.get_parent()
    self.input = next(node for node in children(self.paper) if node.get_role_name() == 'text')

  def go(self, name):
    node = wait(lambda: self.find(name), f'field {name}')
    do_action(node, 'field.edit')
    wait(lambda: self.input.get_name() == name, f'the caret in {name}')

  def find(self, name):
    return next((node for node in children(self.paper)
                 if is_field(node) and node.get_name().startswith(name + '：')), None)

  def holds(self, text):
    wait(lambda: text_of(self.input) == text, f'{text} in {self.input.get_name()}')

  def waits_to_be_seen(self, name):
    node = self.find(name)
    return node is not None and '尚未确认' in node.get_name()

  def choose(self, key, title, typed=None):
    """Opens a list, puts in words as an input method does, and takes what is marked."""
    self.program.key(key)
    self.program.sees(title)
    self.program.find('text', '按字词或者数字查找')
    if typed:
      self.program.write(typed, '按字词或者数字查找')
    self.program.key('Return')
    self.program.wait_gone('text', '按字词或者数字查找')


def is_field(node):
  return Atspi.Action.get_n_actions(node) == 1 and Atspi.Action.get_action_name(node, 0) == 'field.edit'


def test_citation_and_evidence(build, store):
  """An article and an item of evidence are put at the caret by the keyboard alone."""
  with Program(build, copied(store, build)) as program:
    program.sign_in(HANDLER)
    page = Page(program, DECISION)
    page.go('违法事实')
    page.choose('F7', '插入法条', '12')
    page.holds('《某某市市容和环境卫生管理条例》第十二条')
    page.choose('F7', '插入法条', '行政处罚法 57.2')
    page.holds('《某某市市容和环境卫生管理条例》第十二条《行政处罚法》第五十七条第二款')
    program.key('ctrl+z')
    page.holds('《某某市市容和环境卫生管理条例》第十二条')
    page.choose('F8', '引用证据')
    page.holds('《某某市市容和环境卫生管理条例》第十二条证据1《现场照片》')
    wait(lambda: page.find('证据 1 证据') is not None, 'the row of the table of evidence')
    program.key('F8')
    program.sees('引用证据')
    program.key('Escape')
    program.wait_gone('text', '按字词或者数字查找')
    page.holds('《某某市市容和环境卫生管理条例》第十二条证据1《现场照片》')


def test_similar(build, store):
  """Wording comes over, is marked until somebody has looked at it, and goes by one undo."""
  with Program(build, copied(store, build)) as program:
    program.sign_in(HANDLER)
    page = Page(program, DECISION)
    page.choose('ctrl+t', '从同类文书套用')
    program.sees('句话是从别的案件套用过来的')
    page.holds('立案后进行了现场检查和询问。')
    assert page.waits_to_be_seen('调查经过') and page.waits_to_be_seen('裁量理由')
    program.key('ctrl+z')
    page.holds('')
    program.key('ctrl+y')
    page.go('调查经过')
    page.holds('立案后进行了现场检查和询问。')
    program.key('ctrl+j')
    wait(lambda: not page.waits_to_be_seen('调查经过'), 'the sentence that was looked at')
    assert page.waits_to_be_seen('裁量理由')
    page.go('裁量理由')
    program.key('ctrl+Home')
    program.type('x')
    wait(lambda: not page.waits_to_be_seen('裁量理由'), 'the sentence that was changed')


def test_source(build, store):
  """Where a value comes from, for what the case filled in and for what is typed."""
  with Program(build, copied(store, build)) as program:
    program.sign_in(HANDLER)
    page = Page(program, DECISION)
    page.go('立案日期')
    program.key('shift+F1')
    program.sees('立案日期：为什么是这个值')
    program.sees('按案件中的内容自动填入')
    program.sees('登记（')
    program.key('Escape')
    wait(lambda: page.input.get_state_set().contains(Atspi.StateType.FOCUSED), 'the caret')
    page.go('违法事实')
    program.type('x')
    program.key('shift+F10')
    program.press_node(program.find('menu item', '为什么是这个值'))
    program.sees('刚刚在这里填写')


def test_questions(build, store):
  """A prepared question is put by a word of it, and the caret goes to its answer."""
  with Program(build, copied(store, build)) as program:
    program.sign_in(HANDLER)
    page = Page(program, '询问笔录')
    page.choose('F6', '问话提纲', '为什么')
    wait(lambda: page.input.get_name() == '问答 1 答', 'the answer of the first round')
    assert page.find('问答 1 问').get_name().endswith('为什么这样做？')
    program.type('x')
    page.choose('F6', '问话提纲', '地点')
    wait(lambda: page.input.get_name() == '问答 2 答', 'the answer of the second round')
    assert page.find('问答 2 问').get_name().endswith('发生在什么地点？')


if __name__ == '__main__':
  build_folder, demo = (os.path.abspath(path) for path in sys.argv[1:3])
  run(dict(globals()), build_folder, demo)
