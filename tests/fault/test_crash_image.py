# SPDX-License-Identifier: GPL-3.0-or-later
"""The model of a power cut, against cases worked out by hand, and by chance within its bounds."""

import os
import random
import sys

from crash_image import KINDS, SECTOR, Change, Disk
from session import Tap, get_seed, make_folder

A, B, FOLDER = 11, 12, 13


def do(kind, path='', other='', inode=0, offset=0, size=0, data=b''):
  assert kind in KINDS
  return Change(kind, inode, offset, size, path, other, data)


CREATE = do('create', 'a', inode=A, size=0o600)
WRITE = do('write', 'a', inode=A, data=b'old')
SYNC = do('sync', 'a', inode=A)
SYNC_ROOT = do('sync', '', size=1)
DURABLE = [CREATE, WRITE, SYNC, SYNC_ROOT]
MKDIR = do('mkdir', 'd', inode=FOLDER, size=0o700)
SYNC_D = do('sync', 'd', inode=FOLDER, size=1)

# What was done, what is there when all of it is kept, and when nothing is that was not synced.
CASES = [
    ('nothing synced', [CREATE, WRITE], {'a': b'old'}, {}),
    ('a synced file has no name', [CREATE, WRITE, SYNC], {'a': b'old'}, {}),
    ('a synced name has no content', [CREATE, WRITE, SYNC_ROOT], {'a': b'old'}, {'a': b''}),
    ('both synced', DURABLE, {'a': b'old'}, {'a': b'old'}),
    ('overwritten', DURABLE + [do('write', 'a', inode=A, offset=1, data=b'xyz')],
     {'a': b'oxyz'}, {'a': b'old'}),
    ('written beyond the end', DURABLE + [do('write', 'a', inode=A, offset=5, data=b'x'), SYNC],
     {'a': b'old\0\0x'}, {'a': b'old\0\0x'}),
    ('cut', DURABLE + [do('truncate', 'a', inode=A, size=1)], {'a': b'o'}, {'a': b'old'}),
    ('grown and synced', DURABLE + [do('truncate', 'a', inode=A, size=4), SYNC],
     {'a': b'old\0'}, {'a': b'old\0'}),
    ('renamed', DURABLE + [do('rename', 'a', 'b')], {'b': b'old'}, {'a': b'old'}),
    ('renamed and synced', DURABLE + [do('rename', 'a', 'b'), SYNC_ROOT],
     {'b': b'old'}, {'b': b'old'}),
    ('renamed over another',
     DURABLE + [do('create', 'b', inode=B), do('write', 'b', inode=B, data=b'new'),
                do('sync', 'b', inode=B), do('rename', 'b', 'a')], {'a': b'new'}, {'a': b'old'}),
    ('moved to another folder', DURABLE + [MKDIR, SYNC_ROOT, do('rename', 'a', 'd/a'), SYNC_D],
     {'d/a': b'old'}, {'a': b'old', 'd/a': b'old'}),
    ('moved away only', DURABLE + [MKDIR, SYNC_ROOT, do('rename', 'a', 'd/a'), SYNC_ROOT],
     {'d/a': b'old'}, {'d': None}),
    ('linked', DURABLE + [do('link', 'a', 'b'), SYNC_ROOT], {'a': b'old', 'b': b'old'},
     {'a': b'old', 'b': b'old'}),
    ('removed', DURABLE + [do('unlink', 'a')], {}, {'a': b'old'}),
    ('removed and made again',
     DURABLE + [do('unlink', 'a'), do('create', 'a', inode=B), do('write', 'a', inode=B, data=b'2'),
                do('sync', 'a', inode=B)], {'a': b'2'}, {'a': b'old'}),
    ('a number used again',
     DURABLE + [do('unlink', 'a'), do('create', 'b', inode=A), do('write', 'b', inode=A, data=b'2'),
                do('sync', 'b', inode=A), SYNC_ROOT], {'b': b'2'}, {'b': b'2'}),
    ('in a folder without a name', [MKDIR, do('create', 'd/a', inode=A), SYNC_D], {'d/a': b''}, {}),
    ('a folder renamed', [MKDIR, SYNC_ROOT, do('create', 'd/a', inode=A), SYNC_D,
                          do('rename', 'd', 'e')], {'e/a': b''}, {'d/a': b''}),
    ('a folder removed', [MKDIR, SYNC_ROOT, do('rmdir', 'd')], {}, {'d': None}),
]


def read_tree(path):
  """Files with their content, and empty folders with None."""
  found = {}
  for folder, folders, names in os.walk(path):
    relative = os.path.relpath(folder, path)
    if not folders and not names and folder != path:
      found[relative] = None
    for name in names:
      with open(os.path.join(folder, name), 'rb') as file:
        found[os.path.normpath(os.path.join(relative, name))] = file.read()
  return found


def test_cases(tap, folder):
  for number, (name, changes, kept, dropped) in enumerate(CASES):
    disk = Disk()
    for change in changes:
      disk.apply(change)
    faults = []
    for image, expected in [('kept', kept), ('dropped', dropped)]:
      path = os.path.join(folder, f'{image}-{number}')
      disk.write_image(path, image, 0)
      if read_tree(path) != expected:
        faults.append(f'{image}: {read_tree(path)}')
    settled = os.path.join(folder, f'settled-{number}')
    disk.settle()
    disk.write_image(settled, 'dropped', 0)
    if read_tree(settled) != kept:
      faults.append(f'settled: {read_tree(settled)}')
    tap.point(faults, name)


def test_chance(tap, folder, seed):
  """What is there was written; all in between happens; the same seed gives the same."""
  choice = random.Random(seed)
  disk = Disk()
  size = 8 * SECTOR
  for change in [CREATE, SYNC_ROOT, do('write', inode=A, data=b'0' * size), SYNC]:
    disk.apply(change)
  for letter in b'1234':
    offset = choice.randrange(size - 3 * SECTOR)
    disk.apply(do('write', inode=A, offset=offset, data=bytes([letter]) * 3 * SECTOR))
  file = disk.find('a')
  # Bytes of one sector that came with different writes may be there in any mixture.
  possible = [{file.durable[i]} for i in range(size)]
  for offset, data in file.pending:
    for i, byte in enumerate(data):
      possible[offset + i].add(byte)
  faults = []
  seen = set()
  for number in range(200):
    path = os.path.join(folder, f'chance-{number}')
    disk.write_image(path, 'random', number)
    content = read_tree(path)['a']
    seen.add(content)
    if len(content) != size or any(byte not in possible[i] for i, byte in enumerate(content)):
      faults.append(f'image {number} holds what was never written')
    again = os.path.join(folder, f'again-{number}')
    disk.write_image(again, 'random', number)
    if read_tree(again)['a'] != content:
      faults.append(f'image {number} is another the second time')
  if not {bytes(file.durable), bytes(file.current)} <= seen or len(seen) < 20:
    faults.append(f'only {len(seen)} different images')
  tap.point(faults, 'content by chance')


def test_names_by_chance(tap, folder):
  """Names survive in the order in which they were made."""
  disk = Disk()
  for i in range(4):
    disk.apply(do('create', f'{i}', inode=i))
  seen = set()
  for number in range(100):
    path = os.path.join(folder, f'names-{number}')
    disk.write_image(path, 'random', number)
    seen.add(''.join(sorted(os.listdir(path))))
  tap.point([] if seen == {'', '0', '01', '012', '0123'} else [seen], 'names by chance')


def main():
  tap = Tap()
  seed = get_seed()
  tap.note(f'JZ_FAULT_SEED={seed}')
  with make_folder() as folder:
    test_cases(tap, folder)
    test_chance(tap, folder, seed)
    test_names_by_chance(tap, folder)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
