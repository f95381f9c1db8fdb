#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py BUILD STORE FOLDER [NAME…]: the pictures of the README, in Chinese, of a demo office.

To make them anew, with a build and an office that nobody has worked in:

    _build/src/cli/juanzongctl demo office
    tests/e2e/display.py /usr/bin/python3 tests/e2e/pictures.py $PWD/_build office data/pictures
"""

import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from driver import Program

CASE = ['ctrl+k', 'type:某通', 'Return']
# Name of the picture -> who is signed in, and what is done until it is to be seen: a key, a text
# that is typed, or the name of a button.
PICTURES = {
  'desk': ('wu', []),
  'case': ('wu', CASE),
  'review': ('guo', ['alt+3', 'press:审核', 'Down']),
  # Last, for it makes a document, which is there the next time.
  'document': ('wu', [*CASE, 'ctrl+Page_Down', 'press:新建询问笔录']),
}
# Nothing tells from outside that the last animation is over.
STILL = 1.5


def make_small(path):
  """A window has few colours."""
  subprocess.run(['convert', path, '-strip', '+dither', '-colors', '96', 'PNG8:' + path], check=True)


def do(program, step):
  kind, _, words = step.partition(':')
  if kind == 'type':
    program.type(words)
  elif kind == 'press':
    program.press(words)
  else:
    program.key(step)


def take(build, store, path, user, steps):
  with Program(build, store) as program:
    program.sign_in(user)
    for step in steps:
      time.sleep(STILL)
      do(program, step)
    time.sleep(STILL)
    program.picture(path)
  make_small(path)


def main(build, store, folder, *names):
  os.makedirs(folder, exist_ok=True)
  for name in names or PICTURES:
    take(build, store, os.path.join(folder, name + '.png'), *PICTURES[name])


main(*sys.argv[1:])
