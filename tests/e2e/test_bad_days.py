#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_bad_days.py BUILD STORE: the store is taken away under the window, the disk is full, the
program is started twice, a password is forgotten. What was typed is there afterwards."""

import os
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
from control import begin_record  # noqa: E402
from driver import Program, copied, run, wait  # noqa: E402

NUMBER = '2026-000001'  # wu handles it


class Unlucky(Program):
  """A program whose files can be kept from growing, as a full disk keeps them."""

  def __init__(self, *arguments):
    super().__init__(*arguments)
    self.let_write(True)

  def let_write(self, may):
    resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE,
                     (resource.RLIM_INFINITY if may else 0, resource.RLIM_INFINITY))

  def open_draft(self):
    self.sign_in('wu')
    self.open_search()
    self.type(NUMBER)
    self.key('Return')
    self.sees('概况')
    self.key('ctrl+Next')
    self.open_again()

  def open_again(self):
    self.click('list item', '询问笔录', 2)
    self.sees('定稿')


def sees_typed(program, text):
  program.sees(f'案号：{text}')


def test_disk_is_full(build, store):
  """One sentence says so; what was typed stays, and is kept once there is room."""
  with Unlucky(build, store) as program:
    program.open_draft()
    program.let_write(False)
    program.type('71')
    program.sees('请确认磁盘已经连接且未满')
    program.key('alt+Left')
    program.sees('概况')
    program.let_write(True)
    program.open_again()
    sees_typed(program, '71')
    program.type('2')
    program.sees('已自动保存')
  with Unlucky(build, store) as program:
    program.open_draft()
    sees_typed(program, '71')


def test_store_is_taken_away(build, store):
  """What is open goes on, and is there when the folder is back at its place."""
  with Unlucky(build, store) as program:
    program.open_draft()
    away = store + '.away'
    os.rename(store, away)
    try:
      program.type('83')
      program.sees('已自动保存')
      program.key('alt+1')
      program.sees('等我处理')
    finally:
      os.rename(away, store)
    program.key('alt+Left')
    sees_typed(program, '83')


def frames_of(program):
  return [root for root in program.roots() if root.get_role_name() == 'frame']


def test_second_start(build, store):
  """It comes back to the window that there is; leaving one window leaves all."""
  with Program(build, store) as program:
    program.sign_in('wu')
    program.sees('等我处理')
    second = subprocess.run([build + '/src/app/juanzong', store], env=program.environment,
                            timeout=60, check=False)
    assert second.returncode == 0, second.returncode
    program.sees('等我处理')
    assert len(frames_of(program)) == 1, 'another window'
    program.key('ctrl+shift+n')
    wait(lambda: len(frames_of(program)) == 2, 'the window that was asked for')
    program.activate('win.switch-user')
    wait(lambda: len(program.all('push button', '登录')) == 2, 'both windows to be left')


def test_forgotten_password(build, store):
  """Whoever forgot it is told who gives another."""
  with Program(build, store) as program:
    program.press('忘记密码')
    program.sees('技术员')


if __name__ == '__main__':
  # The program ignores it as well, as it gets this from here.
  signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
  STORE = copied(sys.argv[2], sys.argv[1])
  begin_record(sys.argv[1], STORE, NUMBER)
  run(globals(), sys.argv[1], STORE)
