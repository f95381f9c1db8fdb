#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_start.py BUILD STORE: the first setting up, the questions at the door, backups."""

import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
from control import control  # noqa: E402
from driver import Program, copied, run, text_of, wait  # noqa: E402


def fill(program, values):
  for name, text in values.items():
    program.write(text, name)


def test_first_run(build, store):
  """From nothing to an office in which cases can be filed, with two people and a third."""
  home = tempfile.mkdtemp(prefix='jz-first-')
  path = os.path.join(home, 'store')
  with Program(build) as program:
    program.click('list item', '初始设置')
    fill(program, {'案卷库文件夹': path})
    program.press('下一步')
    fill(program, {'本机关的名称': '某某县综合行政执法局', '案号代字（可不填）': '某综执'})
    program.press('下一步')
    fill(program, {'技术员姓名': '管某', '用户名（字母或数字）': 'admin', '密码': 'admin-password',
                   '再输入一次密码': 'admin-password', '机关密钥的密码': 'bureau-password',
                   '再输入一次机关密钥的密码': 'bureau-password'})
    program.press('下一步')
    fill(program, {'负责人姓名': '头某', '负责人用户名': 'head', '负责人密码': 'head-password',
                   '再输入一次负责人密码': 'head-password'})
    program.press('下一步')
    # Who is refused keeps what was typed.
    fill(program, {'姓名': '法某', '用户名': 'legal', '密码（由本人输入）': 'short',
                   '再输入一次该密码': 'short', '负责人密码（确认）': 'head-password'})
    program.press('添加此人')
    program.sees('新密码太短')
    assert os.path.isdir(path), 'the store is not where it was asked for'
    program.press('离开，以后继续')
    program.wait_gone('push button', '离开，以后继续')
    program.sees('管某')
    # It goes on where the office is, and ends in the work.
    program.activate('win.setup')
    program.sees('每个办案人员都有自己的用户名')
    for _ in range(4):
      program.press('跳过')
    program.press('开始使用')
    program.wait_gone('push button', '开始使用')
  with Program(build, path) as program:
    program.sees('某某县综合行政执法局')
    program.sign_in('admin', 'admin-password')
    program.find('list item', '设置')
    program.stop()
  control(build, 'verify', path)
  shutil.rmtree(home)


def test_copy_is_asked_about(build, store):
  home = tempfile.mkdtemp(prefix='jz-copy-')
  copy = shutil.copytree(store, os.path.join(home, 'copy'))
  with Program(build, copy) as program:
    program.sees('这个案卷库是搬过来的，还是复制的')
    program.press('只查看')
    program.find('push button', '登录')
  with Program(build, copy) as program:
    fill(program, {'原因（写入记录）': '换了电脑', '技术员（用户名）': 'nobody',
                   '技术员密码': 'demo'})
    program.press('确认')
    program.sees('nobody')
  shutil.rmtree(home)


def test_wait_is_told(build, store):
  with Program(build, copied(store, build)) as program:
    program.write('wu', '用户名')
    for number in range(5):
      program.wait_enabled('登录')
      program.write(f'不对{number}', '密码')
      program.press('登录')
      wait(lambda: text_of(program.find('text', '密码')) == '', 'the answer')
    program.sees('秒后可以再试')


def test_nothing_there(build, store):
  with Program(build, '/nowhere/store') as program:
    program.sees('/nowhere/store')
    program.find('list item', '从备份恢复')


if __name__ == '__main__':
  run(globals(), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
