#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py BUILD STORE FOLDER [NAME…]: the pictures of the README, in Chinese, of a demo office.

Run by display.py. To make them anew:

    _build/src/cli/juanzongctl demo office
    tests/e2e/display.py tests/e2e/pictures.py $PWD/_build office data/pictures
"""

import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from driver import Program

# Name of the picture -> who is signed in, and what is pressed until it is to be seen.
PICTURES = {
  'desk': ('wu', []),
  'cases': ('wu', ['alt+2']),
  'case': ('wu', ['alt+2', 'Down', 'Return']),
  'review': ('guo', ['alt+3']),
  'settings': ('wang', ['alt+9']),
  'help': ('wu', ['F1']),
}
# Nothing tells from outside that the last animation is over.
STILL = 1.5


def make_small(path):
  """A window has few colours."""
  subprocess.run(['convert', path, '-strip', '+dither', '-colors', '96', 'PNG8:' + path], check=True)


def take(build, store, path, user, keys):
  with Program(build, store) as program:
    program.sign_in(user)
    for key in keys:
      time.sleep(STILL)
      program.key(key)
    time.sleep(STILL)
    program.picture(path)
  make_small(path)


def main(build, store, folder, *names):
  os.makedirs(folder, exist_ok=True)
  for name in names or PICTURES:
    take(build, store, os.path.join(folder, name + '.png'), *PICTURES[name])


main(*sys.argv[1:])
