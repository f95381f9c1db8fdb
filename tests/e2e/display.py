#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""display.py [--size 1366x768] COMMAND…: runs it on a display and a session bus of its own."""

import os
import subprocess
import sys


def main():
  words = sys.argv[1:]
  size = '1366x768'
  if words[:1] == ['--size']:
    size = words[1]
    words = words[2:]
  # On a loaded machine a key would repeat before it is let go, so the first repeat comes in a day.
  repeat = ['-ardelay', '86400000', '-arinterval', '86400000']
  # Numbers that end are taken away from whoever took them next, so they are not shared.
  number = ':' + str(100 + os.getpid() % 59000)
  reading, writing = os.pipe()
  server = subprocess.Popen(
    ['Xvfb', number, '-displayfd', str(writing), '-screen', '0', size + 'x24', '-nolisten', 'tcp',
     '-noreset', *repeat],
    pass_fds=[writing], stderr=subprocess.DEVNULL)
  os.close(writing)
  try:
    with os.fdopen(reading) as pipe:
      if not pipe.readline().strip():
        sys.exit('Xvfb did not start.')
    environment = dict(os.environ, DISPLAY=number, GDK_BACKEND='x11', NO_AT_BRIDGE='0')
    environment.pop('WAYLAND_DISPLAY', None)
    environment.pop('GTK_A11Y', None)
    # What the bus starts talks on its output; only the command's own is wanted.
    output = os.dup(1)
    done = subprocess.run(
      ['dbus-run-session', '--', 'sh', '-c', f'exec "$@" >&{output}', 'sh', *words],
      env=environment, stdout=subprocess.DEVNULL, pass_fds=[output])
    return done.returncode
  finally:
    server.terminate()
    server.wait()


if __name__ == '__main__':
  sys.exit(main())
