#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_names.py BUILD STORE: a screen reader tells every control and every row by its name.

Several roles walk through all pages that they have; what can have the focus and has no name of its
own is named here by where it stands.
"""

import os
import re
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
sys.dont_write_bytecode = True
import clips  # noqa: E402
from control import do  # noqa: E402
from driver import Atspi, GLib, Program, children, copied, name_of, run, wait, walk  # noqa: E402
from test_case import find_case, open_case  # noqa: E402
from test_intake import on_clipboard, paste  # noqa: E402
from test_player import (Player, Recordings, add_to_reviewed, make_dossier, open_evidence,  # noqa: E402
                         play_in_bench)
from test_publicity import count_items, open_from_list  # noqa: E402

# GTK gives the class of a widget that nobody named.
CLASS = re.compile(r'(Gtk|Adw|Jz)[A-Z][A-Za-z]+')
# Rows of a long list are made alike.
ROWS = 4
# Looks until what is still being read is read.
TRIES = 6
ROWS_OF = ('list', 'table', 'tree table', 'list box')


def is_named(node):
  name = name_of(node)
  return name != '' and not CLASS.fullmatch(name)


def is_row(node, parents):
  return node.get_role_name() in ('list item', 'table row') or \
    (parents and parents[-1].get_role_name() == 'list' and node.get_role_name() != 'separator')


def describe(node):
  return f'{node.get_role_name()} “{name_of(node)}”'


def is_seen(node):
  box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
  return box.width > 0 and box.height > 0


def look(node, parents, found, done):
  """Adds to found what below and with node lacks a name; pages that are done stay in the tree."""
  if len(parents) > 60 or name_of(node) in done:
    return
  states = node.get_state_set()
  focusable = states.contains(Atspi.StateType.FOCUSABLE) and \
    states.contains(Atspi.StateType.SENSITIVE)
  # What only holds others is told by what is in it.
  container = node.get_role_name() in ('scroll pane', 'viewport', 'frame', 'split pane', 'list')
  if (focusable and not container or is_row(node, parents)) and not is_named(node) and \
     is_seen(node):
    found.append(' / '.join(describe(one) for one in (parents[-6:] + [node])))
  below = children(node)
  if node.get_role_name() in ROWS_OF:
    below = below[:ROWS]
  for child in below:
    try:
      look(child, parents + [node], found, done)
    except GLib.Error:  # it went meanwhile
      continue


class Walk:
  def __init__(self, program, user):
    self.program = program
    self.user = user
    self.problems = {}  # and where it was first seen
    self.done = set()

  def see(self, page, *done):
    """Looks at what is there now; widgets of these classes are not looked at again. A row that has
    no name yet has one as soon as what stands in it was read."""
    found = self.list_nameless()
    for _ in range(TRIES):
      if found:
        time.sleep(0.5)
        still = self.list_nameless()
        found = [one for one in found if one in still]
    for one in found:
      self.problems.setdefault(one, page)
    self.done.update(done)

  def list_nameless(self):
    found = []
    for root in self.program.roots():
      look(root, [], found, self.done)
    return found

  def first(self, role, *names):
    """The first such node; cheaper than the whole tree, and lists are passed over."""
    def find():
      for root in self.program.roots():
        for node in walk(root, into_lists=False):
          if role in (None, node.get_role_name()) and \
             (not names or set(names) <= {name_of(one) for one in [node] + children(node)}):
            return node
      return None
    return wait(find, f'{role} with {names}')

  def go(self, row):
    """By the pointer, as rows have no action; there when it is the chosen one."""
    self.program.click_at(row)
    wait(lambda: row.get_state_set().contains(Atspi.StateType.SELECTED), name_of(row))

  def walk_section(self, *names):
    """Each page of a section that has a list of pages."""
    rows = children(self.first('list', *names))
    for row in rows:
      self.go(row)
      self.see(name_of(row), *self.find_pages())

  def find_pages(self):
    """The classes of the pages that are there now."""
    return wait(lambda: {name for root in self.program.roots()
                         for node in walk(root, into_lists=False)
                         for name in [node.get_name() or '']
                         if re.fullmatch('Jz[A-Za-z]+(Page|Section)', name)}, 'pages') - \
      {'JzListsSection', 'JzSettingsSection'}

  def check(self):
    assert not self.problems, 'without a name:\n' + '\n'.join(
      f'{self.user}, {page}: {one}' for one, page in self.problems.items())


def walk_everybodys(walk):
  program = walk.program
  program.sees('等我处理')
  walk.see('desk', 'JzDeskSection')
  program.key('alt+2')
  walk.first(None, '已结案')
  walk.see('cases', 'JzCasesSection')
  walk.go(next(row for row in children(walk.first('list', '工作台', '案件'))
               if name_of(row) == '记录'))
  walk.first('push button', '完整性校验')
  walk.see('records', 'JzRecordSection')
  program.key('alt+6')
  walk.walk_section('执法事项', '工作日历')
  walk.done.add('JzListsSection')


def walk_recordings(walk):
  """The list of recordings, that of the devices, and what asks for a case."""
  program = walk.program
  program.key('alt+5')
  program.find('push button', '导入…')
  program.find('table row')
  walk.see('recordings')
  program.press('设备')
  wait(lambda: any('未注明' in name_of(node) for node in program.seek('table row')), 'the devices')
  walk.see('devices', 'JzRecordingsSection')
  program.press('导入…')
  program.find('entry', '查找案件')
  walk.see('case chooser')
  program.key('Escape')
  program.wait_gone('push button', '选择此案')


def walk_case(walk):
  program = walk.program
  program.open_search()
  walk.first('text', '查找内容')
  walk.see('palette')
  program.type('2026-000001')
  program.key('Return')
  program.sees('概况')
  tabs = [one for one in children(walk.first('page tab list'))
          if one.get_role_name() == 'page tab']
  assert len(tabs) >= 7, tabs
  for tab in tabs:
    wait(lambda: tab.get_state_set().contains(Atspi.StateType.SELECTED), name_of(tab))
    walk.see(name_of(tab))
    program.key('ctrl+Next')


def walk_form(walk):
  """A form of an act, and a document that it begins."""
  program = walk.program
  program.key('ctrl+d')
  program.sees('询问笔录')
  walk.see('form')
  program.key('Escape')


def test_administrator(build, store):
  with Program(build, store) as program:
    walk = Walk(program, 'wang')
    walk.see('sign-in')
    program.sign_in('wang')
    walk_everybodys(walk)
    program.key('alt+9')
    walk.walk_section('本机关', '备份')
    walk.check()


def test_handler(build, store):
  with Program(build, store) as program:
    walk = Walk(program, 'wu')
    program.sign_in('wu')
    walk_everybodys(walk)
    walk_recordings(walk)
    walk_case(walk)
    walk_form(walk)
    walk.check()


def test_head(build, store):
  with Program(build, store) as program:
    walk = Walk(program, 'chen')
    program.sign_in('chen')
    program.sees('等我处理')
    walk.see('desk', 'JzDeskSection')
    program.key('alt+3')
    walk.first(None, '待分配 0')
    walk.done.add('JzReviewBench')
    walk.see('reviews')
    program.key('alt+9')
    walk.walk_section('本机关', '备份')
    walk.check()


def test_reviewer(build, store):
  """With a recording beside the points."""
  with Recordings(build, store) as recordings:
    add_to_reviewed(recordings)
    with Program(build, recordings.store) as program:
      walk = Walk(program, 'guo')
      program.sign_in('guo')
      program.sees('等我处理')
      walk.see('desk', 'JzDeskSection')
      program.key('alt+3')
      program.sees('个工作日')
      walk.done.add('JzReviewBench')  # which is not shown yet, and is named when it is
      walk.see('reviews')
      walk.done.clear()
      play_in_bench(program)
      walk.see('bench')
      walk.check()


def see_form(walk, page, button):
  """What a button opens, and out of it again."""
  walk.program.press(button)
  walk.program.find('form')
  walk.see(page)
  walk.program.key('Escape')
  walk.program.wait_gone('form')


def see_intake(walk, path):
  with on_clipboard(path):
    paste(walk.program)
    walk.program.sees('1 个文件中已存入 1 个')
    walk.see('intake sheet')
    walk.program.press('取消', within=walk.program.roots()[-1])
    walk.program.wait_alone()


def test_files(build, store):
  """The player, the viewer of papers, the sheet in which files come in, and the recordings of a case."""
  with Recordings(build, store) as recordings:
    recordings.add('现场.mp4', clips.make_h264)
    paper = os.path.join(recordings.folder, '案卷.pdf')
    make_dossier(recordings, paper)
    do(build, recordings.store, 'wu', 'attachment.add', {'case': recordings.case, 'file': paper})
    with Program(build, recordings.store) as program:
      walk = Walk(program, 'wu')
      program.sign_in('wu')
      open_evidence(program)
      program.find('push button', '查看“案卷.pdf”')
      walk.see('evidence')
      see_intake(walk, paper)
      Player(program, '现场.mp4').wait_number(1)
      walk.see('player')
      program.key('alt+Left')
      program.press('查看“案卷.pdf”')
      program.sees('/ 共')
      walk.see('viewer')
      program.key('alt+Left')
      program.find('push button', '查看“案卷.pdf”')
      open_case(program, find_case(build, recordings.store), '音像')
      program.find('push button', '关联音像记录…')
      walk.see('recordings')
      for button in ('关联音像记录…', '起止时间…', '说明原因…', '说明…'):
        if program.has('push button', button):
          see_form(walk, f'recordings, {button}', button)
      walk.check()


def find_number(store, state, user):
  """The number of a document in this state of its publication, for somebody to work on."""
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute(
      "SELECT (SELECT value FROM fact WHERE record = p.document AND list = '@document' AND name = 'number') FROM "
      "publication AS p JOIN case_duty AS d ON d.case_id = p.case_id AND d.ended = 0 JOIN person AS w ON w.id = d.person "
      "WHERE p.state = ? AND p.step IN ('none', 'released') AND (? = '' OR w.user = ?)",
      (state, user, user)).fetchone()[0].strip('"')


def test_collector(build, store):
  """What is found in a document before it is published, and the sheet that exempts it."""
  with Program(build, store) as program:
    walk = Walk(program, 'wu')
    program.sign_in('wu')
    open_from_list(program, find_number(store, 'due', 'wu'))
    count_items(program)
    walk.see('publication')
    see_form(walk, 'exempt', '不予公开…')
    walk.check()


def test_publisher(build, store):
  """What is published: its carriers, the sheets that correct and withdraw it, and the bundle of all."""
  with Program(build, store) as program:
    walk = Walk(program, 'gao')
    program.sign_in('gao')
    program.key('alt+4')
    program.find('push button', '制作公示包…')
    walk.see('publicity')
    program.press('制作公示包…')
    wait(lambda: len(program.roots()) > 1, 'the bundle')
    walk.see('bundle')
    program.key('Escape')
    program.wait_alone()
    open_released(program, find_number(store, 'released', ''))
    walk.see('carriers')
    see_form(walk, 'withdraw', '撤回…')
    program.press('更正…')
    walk.see('correct')
    walk.check()


def open_released(program, number):
  """In whichever group of the list it stands."""
  groups = [node for node in program.all('push button') + program.all('toggle button')
            if re.fullmatch(r'.+ [1-9]\d*', node.get_name() or '')]
  for group in groups:
    program.press_node(group)
    try:
      wait(lambda: program.has('label', number), number, 4)
    except AssertionError:
      continue
    program.click('label', number, 2)
    program.sees('公示件')
    return
  raise AssertionError(f'{number} is in none of the groups')


if __name__ == '__main__':
  run(dict(globals()), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
