#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_frame.py BUILD STORE: signing in, switching users, going back."""

import sys

sys.dont_write_bytecode = True
from driver import Program, copied, name_of, run, text_of, wait  # noqa: E402


def test_wrong_password(build, store):
  with Program(build, store) as program:
    program.write('wu', '用户名')
    program.write('不对', '密码')
    program.press('登录')
    wait(lambda: text_of(program.find('text', '密码')) == '', 'the wrong password to go')
    program.wait_enabled('登录')
    assert text_of(program.find('text', '用户名')) == 'wu', 'the name must be typed again'


def test_switch_user(build, store):
  with Program(build, store) as program:
    program.sign_in('wu')
    program.sees('吴某')
    program.key('ctrl+shift+l')
    program.find('push button', '登录')
    assert not any('吴某' in name_of(node) for node in program.all('push button')), \
      'who left is still named'
    program.sign_in('hu')
    program.sees('胡某')


def test_demo_is_named(build, store):
  with Program(build, store) as program:
    program.sees('演示数据')


if __name__ == '__main__':
  run(globals(), sys.argv[1], copied(sys.argv[2], sys.argv[1]))
