#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_start.py BUILD STORE [RUNS]: from starting a program to its first painted window.

Side by side in one run and by turns, so that what else the machine does falls on all: the least
libadwaita window, the desktop's text editor where it is installed, and ours on an opened office.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile


def measure(first_frame, command, environment):
  done = subprocess.run([first_frame, '1', *command], env=environment, stdout=subprocess.PIPE,
                        check=True, text=True)
  return float(done.stdout.split()[0])


def main():
  build, store = sys.argv[1:3]
  runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
  home = tempfile.mkdtemp(prefix='jz-bench-')
  environment = dict(os.environ, HOME=home, GSK_RENDERER='cairo', GSETTINGS_BACKEND='memory',
                     GSETTINGS_SCHEMA_DIR=build + '/data/desktop',
                     JUANZONG_LOCALEDIR=build + '/po', LANG='C.UTF-8', LANGUAGE='zh_CN')
  programs = {'the least libadwaita window': [build + '/tests/bench/minimal-window'],
              'ours on an office': [build + '/src/app/juanzong', store]}
  editor = shutil.which('gnome-text-editor')
  if editor:
    programs['gnome-text-editor'] = [editor, '--standalone']
  times = {name: [] for name in programs}
  for _ in range(runs):
    for name, command in programs.items():
      times[name].append(measure(build + '/tests/bench/first-frame', command, environment))
  shutil.rmtree(home, ignore_errors=True)
  ours = statistics.median(times['ours on an office'])
  print('| start to first frame | median ms | ours is |')
  print('|---|---|---|')
  for name, found in times.items():
    median = statistics.median(found)
    print(f'| {name} | {median:.0f} | {ours / median:.2f} |')


if __name__ == '__main__':
  main()
