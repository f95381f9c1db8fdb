#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_safety.py BUILD STORE: a backup that is proved, its restoring, and somebody who leaves."""

import glob
import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
from control import control  # noqa: E402
from driver import Atspi, Program, copied, do_action, name_of, run, wait, walk  # noqa: E402


def choose_folder(program, opener, path):
  """Ctrl+L in the chooser of the system asks for a path."""
  before = len(program.roots())
  program.press_node(opener)
  chooser = wait(lambda: len(program.roots()) > before and program.roots()[-1], 'the chooser')
  known = program.all('text', None, chooser)
  program.key('ctrl+l')
  entry = wait(lambda: next((node for node in program.all('text', None, chooser)
                             if node not in known), None), 'the place to type in')
  wait(lambda: Atspi.EditableText.set_text_contents(entry, path), path)
  accept = program.find('push button', '选择', chooser)

  def is_closed():
    if len(program.roots()) == before:
      return True
    do_action(accept)
    return False
  wait(is_closed, 'the end of the chooser')


def test_backup_and_restore(build, store):
  home = tempfile.mkdtemp(prefix='jz-safety-')
  disk = os.path.join(home, '备份盘')
  os.mkdir(disk)
  with Program(build, copied(store, build)) as program:
    program.sign_in('wang')
    program.key('alt+9')
    program.press_node(program.find('list item', '备份'))
    program.sees('这个案卷库还没有备份')
    choose_folder(program, program.find('push button', '立即备份'), disk)
    program.sees('上次备份：已验证可恢复')
    program.press('演练')
    program.sees('恢复演练')
  backup = next(path for path in glob.glob(disk + '/**/', recursive=True)
                if os.path.exists(path + 'juanzong.db'))
  restored = os.path.join(home, '恢复的案卷库')
  with Program(build, '/nowhere/store') as program:
    program.press_node(program.find('list item', '从备份恢复'))
    choose_folder(program, program.find('push button', '选择… 备份'), backup)
    for label, text in {'恢复到的新文件夹': restored, '技术员（用户名）': 'wang',
                        '技术员密码（备份当时的）': 'demo',
                        '机关密钥的密码（见恢复信封）': 'demo',
                        '原因（写入记录）': '旧电脑损坏'}.items():
      program.write(text, label)
    program.press('恢复')
    program.sees('某某县城市管理局')
    program.sign_in('wang')
    program.find('list item', '设置')
  control(build, 'verify', restored)
  shutil.rmtree(home)


def test_hand_over(build, store):
  """Somebody leaves: what he has in hand goes to another in one list (ux §10)."""
  copy = copied(store, build)
  with Program(build, copy) as program:
    program.sign_in('chen')
    program.key('alt+9')
    program.press_node(program.find('list item', '人员'))
    program.press_node(program.find('list item', '吴某 (wu)'))
    program.press('移交…')
    dialog = program.find('frame', '移交')
    program.sees('移交人：吴某')
    taker = program.find('combo box', '接收人', dialog)
    wait(lambda: any('承办人' in name_of(node) for node in walk(taker)), 'a handler is proposed')
    program.write('调离', '原因', within=dialog)
    program.press('移交', within=dialog)
    told = program.sees('请打印清单并签字').get_name()
    n_all, n_done = (int(number) for number in re.findall(r'[0-9]+', told))
    assert 0 < n_done <= n_all, told
    # What could not be handed over says why.
    left = [name_of(node) for node in walk(dialog) if '未移交' in (node.get_name() or '')]
    assert len(set(left)) == n_all - n_done, (told, left)
  control(build, 'verify', copy)


if __name__ == '__main__':
  run(globals(), sys.argv[1], sys.argv[2])
