#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_safety.py BUILD STORE: a backup that is proved, its restoring, and somebody who leaves."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from driver import Atspi, Program, copied, do_action, run, wait  # noqa: E402


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


def verify(build, store):
  done = subprocess.run([build + '/src/cli/juanzongctl', 'verify', store], capture_output=True,
                        text=True, check=False)
  assert done.returncode == 0, done.stderr


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
  verify(build, restored)
  shutil.rmtree(home)


if __name__ == '__main__':
  run(globals(), sys.argv[1], sys.argv[2])
