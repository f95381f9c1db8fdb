#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_help.py BUILD STORE: help, preferences, keys and about, without any office being open."""

import os
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'structure')]
from driver import Atspi, Program, name_of, wait, walk
from tap import Tap


def find_root(program, name):
  return wait(lambda: next((root for root in program.roots() if root.get_name() == name), None), name)


def wait_root_gone(program, name):
  wait(lambda: all(root.get_name() != name for root in program.roots()), f'{name} is closed')


def find_unnamed(root):
  """Controls that a screen reader has no name for."""
  roles = ('push button', 'toggle button', 'check box', 'text', 'entry', 'list item', 'combo box')
  return [f'{node.get_role_name()} without a name' for node in walk(root)
          if node.get_role_name() in roles and node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
          and not name_of(node)]


def list_topics(window):
  return [name_of(node) for node in walk(window) if node.get_role_name() == 'list item']


def check_help(tap, program):
  program.key('F1')
  window = find_root(program, '帮助')
  topics = list_topics(window)
  tap.check('F1 opens the help', [] if topics[:1] == ['第一天'] and len(topics) > 10 else [repr(topics)])
  tap.check('its controls have names', find_unnamed(window))
  program.sees('您只需要自己的用户名和初始密码')
  headings = [name_of(node) for node in walk(window) if node.get_role_name() == 'heading']
  tap.check('its headings are headings', [] if headings == ['第一天', '放心操作'] else [repr(headings)])
  program.write('磁盘满', '在帮助中查找', role='entry')
  program.sees('正在办的一项不会完成')
  found = list_topics(window)
  tap.check('a search leaves the topics that have it', [] if found == ['磁盘满了'] else [repr(found)])
  program.key('F1')
  tap.check('there is one help', [] if len([r for r in program.roots() if r.get_name() == '帮助']) == 1 else ['more'])
  program.key('Escape', 'Escape')
  wait_root_gone(program, '帮助')
  tap.check('Escape closes it', [])


def check_keys(tap, program):
  program.key('ctrl+question')
  window = wait(lambda: next((root for root in program.roots()[1:] if len(list(walk(root))) > 20), None), 'the keys')
  named = [name_of(node) for node in walk(window)]
  missing = {'返回', '切换用户', '帮助'} - set(named)
  tap.check('Ctrl+? shows the keys', [f'{name} is missing' for name in missing])
  program.key('Escape')
  program.wait_alone()


def get_width(environment):
  """How wide the title of the window is."""
  with Program(BUILD, environment=environment) as program:
    title = program.find('label', '卷宗')
    return Atspi.Component.get_extents(title, Atspi.CoordType.WINDOW).width


def check_settings(tap):
  """What was chosen holds from the next start on."""
  with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
    with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as file:
      file.write("[org/juanzong/Juanzong]\ntype-size='largest'\nwindow-width=900\nmaximized=false\n")
    chosen = {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}
    with Program(BUILD, environment=chosen) as program:
      box = Atspi.Component.get_extents(program.window, Atspi.CoordType.WINDOW)
      tap.check('the window is as wide as it was', [] if 880 < box.width < 960 else [f'{box.width} pixels'])
    usual, largest = get_width({}), get_width(chosen)
    tap.check('the largest type is larger', [] if largest > 1.5 * usual else [f'{usual} and {largest} pixels'])


def main():
  tap = Tap()
  with Program(BUILD) as program:
    check_help(tap, program)
    check_keys(tap, program)
  check_settings(tap)
  tap.end()


BUILD = sys.argv[1]
main()
