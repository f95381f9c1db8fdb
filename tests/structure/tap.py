# SPDX-License-Identifier: GPL-3.0-or-later
"""What the structure tests share: the files of the tree, and the lines of TAP."""

import os
import sys

# Neither generated nor ours to read.
SKIPPED = {'corpus', '__pycache__'}


def read_files(root, *folders, endings):
  """Path from the root -> text, of the files in these folders that end so."""
  files = {}
  for folder in folders:
    for where, names, leaves in os.walk(os.path.join(root, folder)):
      names[:] = sorted(n for n in names if n not in SKIPPED and not n.startswith(('.', '_build')))
      for leaf in sorted(leaves):
        if leaf.endswith(endings):
          path = os.path.join(where, leaf)
          with open(path, encoding='utf-8') as file:
            files[os.path.relpath(path, root)] = file.read()
  return files


class Tap:
  """Counts checks and prints a line for each; the text of what is wrong goes before it."""

  def __init__(self):
    self.n = 0
    self.failed = False

  def check(self, name, problems):
    self.n += 1
    self.failed = self.failed or bool(problems)
    for problem in problems:
      print('#', problem)
    print('not ok' if problems else 'ok', self.n, name)

  def check_found(self, name, problems, n=1):
    """A planted fault must be found: exactly `n` of them."""
    self.check(name, [] if len(problems) == n else [f'{len(problems)} found, not {n}: {problems}'])

  def skip(self, name, reason):
    self.n += 1
    print('ok', self.n, name, '# SKIP', reason)

  def end(self):
    print(f'1..{self.n}')
    sys.exit(1 if self.failed else 0)
