# SPDX-License-Identifier: GPL-3.0-or-later
"""What a power cut can leave on a disk.

A Disk follows a trace that the shim recorded. Of each file it knows what a program reads back
(current) and what is certain to survive (durable); of each folder the same about its names. The
model is the strictest that POSIX allows: content and size survive after fsync or fdatasync of the
file, a name only after fsync of its folder, and fsync of a file does nothing for its name. Between
the two lies whatever an image's choice keeps:

    kept     all of it: the program was killed, the computer goes on
    dropped  nothing of it
    random   of each file a prefix or a subset of what was written, in sectors of 512 bytes; of each
             folder a prefix of what was done to its names

Run as a program it makes one image: crash_image.py TRACE N KIND SEED FOLDER, where the folder that
was traced was empty at first and the first N changes were made.
"""

import os
import random
import struct
import sys

SECTOR = 512
HEADER = struct.Struct('<IIQQQIIQ')
MAGIC = 0x504F5A4A
KINDS = ['create', 'write', 'truncate', 'rename', 'link', 'unlink', 'mkdir', 'rmdir', 'sync',
         'mode', 'said', 'strange']
IMAGES = ['kept', 'dropped', 'random']


class Change:
  """One record of a trace."""

  __slots__ = ('kind', 'inode', 'offset', 'size', 'path', 'other', 'data')

  def __init__(self, kind, inode, offset, size, path, other, data):
    self.kind = kind
    self.inode = inode
    self.offset = offset
    self.size = size
    self.path = path
    self.other = other
    self.data = data

  def __str__(self):
    text = f'{self.kind} {self.path}'
    if self.other:
      text += f' to {self.other}'
    if self.kind == 'write':
      text += f' at {self.offset}, {len(self.data)} bytes'
    if self.kind == 'truncate':
      text += f' at {self.size}'
    return text

  @property
  def is_counted(self):
    """Whether it changed something on disk."""
    return self.kind not in ('said', 'strange')


def read_trace(path):
  """The changes of a trace, in the order in which they were made."""
  changes = []
  with open(path, 'rb') as trace:
    while head := trace.read(HEADER.size):
      magic, kind, inode, offset, size, n_path, n_other, n_data = HEADER.unpack(head)
      if magic != MAGIC:
        raise ValueError(f'{path}: not a trace after {len(changes)} records')
      path_name = os.fsdecode(trace.read(n_path))
      other = os.fsdecode(trace.read(n_other))
      data = trace.read(n_data)
      if len(data) != n_data:
        raise ValueError(f'{path}: cut off in record {len(changes)}')
      changes.append(Change(KINDS[kind], inode, offset, size, path_name, other, data))
  return changes


def put(content, offset, data):
  """Writes into a bytearray as into a file."""
  if offset > len(content):
    content.extend(bytes(offset - len(content)))
  content[offset:offset + len(data)] = data


def cut(content, size):
  """Makes a bytearray so long."""
  if size < len(content):
    del content[size:]
  else:
    content.extend(bytes(size - len(content)))


class File:
  """Content, as it is and as it would survive."""

  def __init__(self, mode):
    self.current = bytearray()
    self.durable = bytearray()
    self.mode = mode
    self.pending = []

  def write(self, offset, data):
    put(self.current, offset, data)
    self.pending.append((offset, data))

  def truncate(self, size):
    cut(self.current, size)
    self.pending.append((size, None))

  def sync(self):
    for offset, data in self.pending:
      if data is None:
        cut(self.durable, offset)
      else:
        put(self.durable, offset, data)
    self.pending.clear()

  def content(self, image, choice):
    if image == 'kept' or not self.pending:
      return self.current
    if image == 'dropped':
      return self.durable
    return self.content_by_chance(choice)

  def content_by_chance(self, choice):
    way = choice.choice(['none', 'all', 'prefix', 'prefix', 'sectors', 'sectors'])
    if way == 'none':
      return self.durable
    if way == 'all':
      return self.current
    content = bytearray(self.durable)
    last = choice.randrange(len(self.pending)) if way == 'prefix' else len(self.pending)
    share = 1 if way == 'prefix' else choice.uniform(0.1, 0.9)
    for i, (offset, data) in enumerate(self.pending[:last + 1]):
      if data is None:
        if choice.random() < share:
          cut(content, offset)
        continue
      # The last write of a prefix is torn somewhere.
      end = offset + len(data)
      if way == 'prefix' and i == last:
        end = choice.randint(offset, end) // SECTOR * SECTOR
      self.put_sectors(content, offset, data[:max(0, end - offset)], share, choice)
    if choice.random() < 0.3:
      cut(content, len(self.current))  # the size survived, what was in it did not
    return content

  @staticmethod
  def put_sectors(content, offset, data, share, choice):
    position = offset
    while position < offset + len(data):
      end = min((position // SECTOR + 1) * SECTOR, offset + len(data))
      if choice.random() < share:
        put(content, position, data[position - offset:end - offset])
      position = end


class Folder:
  """Names, as they are and as they would survive."""

  def __init__(self, mode=0o700):
    self.current = {}
    self.durable = {}
    self.mode = mode
    self.pending = []

  def change(self, *steps):
    """Steps (name, node or None) that survive together or not at all."""
    self.apply(self.current, steps)
    self.pending.append(steps)

  @staticmethod
  def apply(names, steps):
    for name, node in steps:
      if node is None:
        names.pop(name, None)
      else:
        names[name] = node

  def sync(self):
    for steps in self.pending:
      self.apply(self.durable, steps)
    self.pending.clear()

  def names(self, image, choice):
    if image == 'kept' or not self.pending:
      return self.current
    if image == 'dropped':
      return self.durable
    names = dict(self.durable)
    for steps in self.pending[:choice.randint(0, len(self.pending))]:
      self.apply(names, steps)
    return names


class Disk:
  """A folder, followed through a trace."""

  def __init__(self):
    self.root = Folder()
    self.inodes = {}
    self.n_changes = 0

  def find(self, path):
    node = self.root
    for name in path.split('/'):
      if name:
        node = node.current[name]
    return node

  def find_parent(self, path):
    parent, _, name = path.rpartition('/')
    return self.find(parent), name

  def apply(self, change):
    """Does what a record says."""
    getattr(self, 'apply_' + change.kind)(change)
    self.n_changes += change.is_counted

  def apply_create(self, change):
    folder, name = self.find_parent(change.path)
    self.inodes[change.inode] = File(change.size)
    folder.change((name, self.inodes[change.inode]))

  def apply_write(self, change):
    self.inodes[change.inode].write(change.offset, change.data)

  def apply_truncate(self, change):
    self.inodes[change.inode].truncate(change.size)

  def apply_rename(self, change):
    folder, name = self.find_parent(change.path)
    new_folder, new_name = self.find_parent(change.other)
    node = folder.current[name]
    if folder is new_folder:
      folder.change((name, None), (new_name, node))
    else:
      # The same change is in two folders, and each is durable by itself.
      new_folder.change((new_name, node))
      folder.change((name, None))

  def apply_link(self, change):
    folder, name = self.find_parent(change.other)
    folder.change((name, self.find(change.path)))

  def apply_unlink(self, change):
    folder, name = self.find_parent(change.path)
    folder.change((name, None))

  apply_rmdir = apply_unlink

  def apply_mkdir(self, change):
    folder, name = self.find_parent(change.path)
    self.inodes.pop(change.inode, None)  # the number of a file that is gone
    folder.change((name, Folder(change.size)))

  def apply_sync(self, change):
    if change.size:
      self.find(change.path).sync()
    else:
      self.inodes[change.inode].sync()

  def apply_mode(self, change):
    node = self.inodes.get(change.inode) or self.find(change.path)
    node.mode = change.size

  def apply_said(self, change):
    """What is printed changes nothing on disk."""

  def apply_strange(self, change):
    raise ValueError(f'the program did what the model does not know: {change.path}')

  def settle(self):
    """Makes everything durable: the disk was at rest for long."""
    stack = [self.root]
    while stack:
      node = stack.pop()
      node.sync()
      if isinstance(node, Folder):
        stack.extend(node.current.values())

  def write_image(self, path, image, seed, link=None):
    """Makes the folder that is found at the next start.

    link(file, content, path) may give a file that nobody writes to any more its name some
    other way than by writing it; it answers whether it did.
    """
    choice = random.Random(seed)
    chosen = {}
    os.mkdir(path)
    self.write_folder(self.root, path, image, choice, chosen, link)

  def write_folder(self, folder, path, image, choice, chosen, link):
    for name, node in sorted(folder.names(image, choice).items()):
      child = os.path.join(path, name)
      if isinstance(node, Folder):
        os.mkdir(child)
        self.write_folder(node, child, image, choice, chosen, link)
        continue
      if id(node) not in chosen:
        chosen[id(node)] = node.content(image, choice)
      content = chosen[id(node)]
      if not node.pending and link and link(node, content, child):
        continue
      with open(child, 'wb') as file:
        file.write(content)
        os.fchmod(file.fileno(), node.mode)

  def compare(self, path):
    """Differences between what the trace says and a folder that is there.

    Memory files (-shm) are on neither side.
    """
    differences = []
    self.compare_folder(self.root, path, '', differences)
    return differences

  def compare_folder(self, folder, path, relative, differences):
    found = {name for name in os.listdir(path) if not name.endswith('-shm')}
    for name in sorted(found ^ set(folder.current)):
      where = 'on disk only' if name in found else 'in the trace only'
      differences.append(f'{relative}{name}: {where}')
    for name in sorted(found & set(folder.current)):
      node = folder.current[name]
      child = os.path.join(path, name)
      if os.path.isdir(child) != isinstance(node, Folder):
        differences.append(f'{relative}{name}: a file and a folder')
      elif isinstance(node, Folder):
        self.compare_folder(node, child, f'{relative}{name}/', differences)
      else:
        with open(child, 'rb') as file:
          if file.read() != node.current:
            differences.append(f'{relative}{name}: other content')
        if os.stat(child).st_mode & 0o7777 != node.mode:
          differences.append(f'{relative}{name}: other permissions')


def main():
  trace, number, image, seed, path = sys.argv[1:]
  disk = Disk()
  for change in read_trace(trace):
    if disk.n_changes == int(number):
      break
    disk.apply(change)
  disk.write_image(path, image, int(seed))


if __name__ == '__main__':
  main()
