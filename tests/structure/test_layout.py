#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_layout.py ROOT: the C sources are laid out as clang-format lays them out (`./dev format`)."""

import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from tap import Tap, read_files

# Versions differ in what they make of the same settings; ours is that of Debian 12.
VERSION = 14


def get_version():
  try:
    text = subprocess.run(['clang-format', '--version'], capture_output=True, text=True).stdout
  except FileNotFoundError:
    return None
  match = re.search(r'version (\d+)', text)
  return int(match.group(1)) if match else None


def find_badly_laid_out(root, paths):
  run = subprocess.run(['clang-format', '--dry-run', '--Werror', *paths], cwd=root,
                       capture_output=True, text=True)
  # Its line ends in the name of the check, which stays when the words around it change.
  found = re.findall(r'^(.*?):\d+:\d+: error: .*\[-Wclang-format-violations\]', run.stderr,
                     re.MULTILINE)
  if run.returncode != 0 and not found:
    return [run.stderr]
  return [f'{path}: {found.count(path)} places; ./dev format' for path in sorted(set(found))]


def check_planted(tap, root):
  with tempfile.TemporaryDirectory() as folder:
    os.symlink(os.path.join(root, '.clang-format'), os.path.join(folder, '.clang-format'))
    for name, text in (('right.c', 'int a;\n'), ('wrong.c', 'int  a;\n')):
      with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.write(text)
    tap.check_found('planted', find_badly_laid_out(folder, ['right.c', 'wrong.c']))


def main(root):
  tap = Tap()
  version = get_version()
  if version != VERSION:
    tap.skip('layout', f'clang-format {VERSION} is not here (found: {version})')
    tap.end()
  check_planted(tap, root)
  for folder in ('src', 'tests'):
    paths = list(read_files(root, folder, endings=('.c', '.h')))
    tap.check(f'layout of {folder}', find_badly_laid_out(root, paths))
  tap.end()


main(os.path.abspath(sys.argv[1]))
