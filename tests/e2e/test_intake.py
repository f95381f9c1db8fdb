#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_intake.py BUILD STORE: files come into a case, many at once."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from clips import launch  # noqa: E402
from control import ask, do, list_cases  # noqa: E402
from driver import Atspi, Program, copied, name_of, run, wait  # noqa: E402
from test_case import centre, find_case, open_case, select  # noqa: E402

N_PHOTOS = 20
N_VIDEOS = 3
N_HEAP = 7
# Bytes.
LONG = 6 << 30


def make_files(folder):
  """Photos that differ, recordings of two seconds, a photo by the name of a recording, a file that
  nothing can be made of, and one that a chat program has passed on."""
  launch('videotestsrc pattern=ball num-buffers=%d ! video/x-raw,width=320,height=240,framerate=2/1 ! jpegenc ! '
         'multifilesink location="%s/照片 %%02d.jpg"' % (N_PHOTOS, folder))
  for number in range(N_VIDEOS):
    launch('videotestsrc pattern=%d num-buffers=20 ! video/x-raw,format=I420,width=320,height=240,framerate=10/1 ! '
           'x264enc speed-preset=ultrafast ! mp4mux ! filesink location="%s/录像 %d.mp4"' % (number, folder, number))
  shutil.copy(f'{folder}/照片 00.jpg', f'{folder}/wrong.mp4')
  with open(f'{folder}/damaged.jpg', 'wb') as damaged:
    damaged.write(open(f'{folder}/照片 01.jpg', 'rb').read()[:700])
  with open(f'{folder}/mmexport.jpg', 'wb') as forwarded:
    forwarded.write(open(f'{folder}/照片 02.jpg', 'rb').read() + b'\0')


@contextlib.contextmanager
def helper(program, *words):
  """A small program beside this one, until it is not needed any more."""
  holder = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), program), *words],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
  try:
    assert holder.stdout.readline().strip() == 'ready', program + ' does not begin'
    yield
  finally:
    holder.stdin.close()
    holder.wait()


def on_clipboard(*words):
  return helper('clipboard.py', *words)


@contextlib.contextmanager
def at_evidence(build, store):
  with tempfile.TemporaryDirectory(prefix='jz-e2e-files-') as folder:
    make_files(folder)
    office = copied(store, build)
    case = find_case(build, office)
    with Program(build, office) as program:
      program.sign_in('wu')
      open_case(program, case, '证据')
      program.find('push button', '添加文件…')
      yield program, office, case, folder


def list_attachments(build, office, case):
  return ask(build, 'case', 'show', office, case['id'])['attachments']


def paste(program):
  """On the page, not in a text."""
  program.find('push button', '添加文件…')
  program.key('ctrl+v')
  return wait(lambda: find_in_sheet(program, '添加到本案'), 'the sheet')


def find_in_sheet(program, name):
  """A button of the sheet alone: in the window behind it one looks longer than files need to be copied."""
  roots = program.roots()
  return next(program.seek('push button', name, roots[-1]), None) if len(roots) > 1 else None


def count_facts(build, office, case, name):
  entries = ask(build, 'case', 'show', office, case['id'])['entries']
  return sum(entry['act'] == name for entry in entries)


def test_many(build, store):
  """Job 7: twenty photos and three recordings to a step, within three clicks beside the content."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    names = sorted(name for name in os.listdir(folder) if name.startswith(('照片', '录像')))
    assert len(names) == N_PHOTOS + N_VIDEOS
    with on_clipboard(*[os.path.join(folder, name) for name in names]):
      program.actions = 0
      paste(program)
      program.sees(f'{len(names)} 个文件中已存入 {len(names)} 个')
      steps = [node for node in program.all('radio button')] or program.all('check box')
      assert steps, 'no step to choose'
      program.press('添加到本案')
      assert program.actions <= 3, program.actions
      program.wait_alone()
    program.sees(f'已向本案添加 {len(names)} 个文件')
    attachments = list_attachments(build, office, case)
    assert len(attachments) == before + len(names), len(attachments)
    assert sorted(file['name'] for file in attachments[before:]) == names
    assert count_facts(build, office, case, 'recording.bind') >= N_VIDEOS
    program.sees('录像 0.mp4')


def test_odd(build, store):
  """What does not fit is said before it is in the case: a wrong ending, the same once more, and one
  that cannot be had; nothing keeps the others from coming in."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    files = [os.path.join(folder, name) for name in ('wrong.mp4', '照片 00.jpg', 'damaged.jpg', 'mmexport.jpg')]
    with on_clipboard(*files, folder):
      paste(program)
      program.sees('5 个文件中已存入 4 个')
      if 'JZ_LOOK' in os.environ:
        program.picture(os.environ['JZ_LOOK'])
      program.sees('本案已有内容相同的文件“wrong.mp4”。')
      program.sees('文件夹')
      program.sees('文件没有自带拍摄时间')
      name = os.path.basename(folder)
      program.press(f'不添加：{name}') if program.has('push button', f'不添加：{name}') else None
      program.press('不添加：照片 00.jpg')
      program.press('添加到本案')
      # What could not be had may be told of in a window after it.
      wait(lambda: not find_in_sheet(program, '添加到本案'), 'the end of the sheet')
    program.sees('已向本案添加 3 个文件')
    names = sorted(file['name'] for file in list_attachments(build, office, case)[before:])
    assert names == ['damaged.jpg', 'mmexport.jpg', 'wrong.mp4'], names


def test_cancelled(build, store):
  """What nobody adds leaves nothing behind, also a picture that was pasted."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    objects = count_objects(office)
    with on_clipboard('--picture', os.path.join(folder, '照片 03.jpg')):
      paste(program)
      program.sees('1 个文件中已存入 1 个')
      program.sees('粘贴的图片.png')
      program.press('取消', within=program.roots()[-1])
      program.wait_alone()
    wait(lambda: count_objects(office) == objects, 'no object of it')
    assert len(list_attachments(build, office, case)) == before


def drag_in(program, onto):
  """From the window in the corner, as a hand does; once more where the program was too slow to see it."""
  x, y = centre(onto)
  for _ in range(5):
    program.tool('mousemove', '20', '20', 'mousedown', '1')
    for _ in range(8):
      program.tool('mousemove_relative', '--', '4', '2')
    for step in range(8):
      program.tool('mousemove', x, str(int(y) + step % 2))
    program.tool('mouseup', '1')
    try:
      return wait(lambda: find_in_sheet(program, '添加到本案'), 'the sheet', 4)
    except AssertionError:
      continue
  raise AssertionError('what is dropped is not taken')


def test_dropped_on_step(build, store):
  """Job 7: what is dropped on a step is of that step; there is a button for who has no mouse."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    select(program, '音像')
    buttons = wait(lambda: [node for node in program.all('push button')
                            if name_of(node).startswith('添加反映本环节的文件：')], 'the steps')
    assert len(buttons) > 1, 'one step tells nothing'
    what = name_of(buttons[0]).split('：')[1]
    with helper('dragging.py', os.path.join(folder, '录像 0.mp4')):
      drag_in(program, buttons[0].get_parent())
    chosen = [name_of(node) for node in program.all('radio button') + program.all('check box')
              if node.get_state_set().contains(Atspi.StateType.CHECKED)]
    assert chosen[0].endswith(what), (chosen, what)  # behind the steps come other switches
    program.sees('1 个文件中已存入 1 个')
    program.press('添加到本案')
    program.wait_alone()
    program.sees('已向本案添加 1 个文件')
    assert len(list_attachments(build, office, case)) == before + 1


def test_left_behind(build, store):
  """The program ends before what was copied is added: another day it is added without its source, or discarded."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    with on_clipboard(*[os.path.join(folder, f'照片 0{number}.jpg') for number in range(2)]):
      paste(program)
      program.sees('2 个文件中已存入 2 个')
    program.process.kill()
    program.process.wait()
    os.remove(os.path.join(folder, '照片 00.jpg'))
    with Program(build, office) as again:
      again.sign_in('wu')
      open_case(again, case, '证据')
      again.sees('2 个文件')
      again.press('继续')
      again.sees('2 个文件中已存入 2 个')
      again.press('不添加：照片 01.jpg')
      again.press('添加到本案')
      again.wait_alone()
      again.sees('已向本案添加 1 个文件')
    assert [file['name'] for file in list_attachments(build, office, case)[before:]] == ['照片 00.jpg']


def make_heap(folder):
  """Photos, and last a recording that is long enough to press a button while it is copied: nothing is
  in it, so that it is made at once."""
  heap = [os.path.join(folder, f'照片 {number:02d}.jpg') for number in range(N_HEAP - 1)] + [os.path.join(folder, '长.bin')]
  grow(heap[-1])
  return heap


def grow(path):
  with open(path, 'ab') as file:
    file.truncate(LONG)


def shorten(path):
  """Whoever is reading it finds its end too early."""
  with open(path, 'r+b') as file:
    file.truncate(10)


def paste_and_pause(program):
  """All but the long one are in the store, and that stands where it is, half copied."""
  paste(program)
  program.sees(f'{N_HEAP} 个文件中已存入 {N_HEAP - 1} 个')
  program.press_node(wait(lambda: find_in_sheet(program, '暂停'), 'a pause'))
  program.sees(f'已暂停：{N_HEAP} 个文件中已存入 {N_HEAP - 1} 个')


def test_held(build, store):
  """Copying is held, goes on and is given up; a file that changed while it was read is told, and can
  be taken in once more, or is named when nobody sees its row any more (R-20)."""
  with at_evidence(build, store) as (program, office, case, folder):
    before = len(list_attachments(build, office, case))
    heap = make_heap(folder)
    with on_clipboard(*heap):
      paste_and_pause(program)
      shorten(heap[-1])
      program.press('继续')
      program.sees('在存入过程中发生变动')
      program.sees(f'{N_HEAP} 个文件中已存入 {N_HEAP - 1} 个')
      retry = wait(lambda: next((node for node in program.seek('push button') if name_of(node).startswith('重试：')), None),
                   'a way to take it in once more')
      program.press_node(retry)
      program.sees(f'{N_HEAP} 个文件中已存入 {N_HEAP} 个')
      program.press('取消', within=program.roots()[-1])
      program.wait_alone()
      # Added while it is held: the page goes on with it, and here it is given up.
      objects = wait(lambda: count_objects(office), 'the objects')
      grow(heap[-1])
      paste_and_pause(program)
      program.press('添加到本案')
      program.wait_alone()
      strip = program.sees('添加文件已暂停：').get_parent().get_parent()
      program.press('取消', within=strip)
      wait(lambda: not program.has('progress bar', '正在添加的文件'), 'the end of the strip')
      wait(lambda: count_objects(office) <= objects, 'no object of it')
      assert len(list_attachments(build, office, case)) == before
      paste_and_pause(program)
      program.press('添加到本案')
      program.wait_alone()
      shorten(heap[-1])
      program.press('继续')
      program.sees('有文件没有添加到本案')
      program.sees('在存入过程中发生变动')
      program.press('关闭', within=program.roots()[-1])
      program.sees(f'已向本案添加 {N_HEAP - 1} 个文件')
    assert len(list_attachments(build, office, case)) == before + N_HEAP - 1


def note_rereading(office, damaged):
  """As the program notes for itself what it has read again: all files, of which these are damaged."""
  with sqlite3.connect(f'file:{office}/juanzong.db?mode=ro', uri=True) as tables:
    newest = tables.execute('SELECT max(key) FROM attachment').fetchone()[0]
    keys = [key for key, in tables.execute(f"SELECT key FROM attachment WHERE name IN ({','.join('?' * len(damaged))})", damaged)]
  with sqlite3.connect(f'{office}/scratch.db') as scratch:
    scratch.execute('CREATE TABLE IF NOT EXISTS local (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID')
    scratch.execute('INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)',
                    ('note.recheck', json.dumps({'damaged': keys, 'key': newest}, separators=(',', ':'))))


def test_read_again(build, store):
  """What was read again later is told beside each file: sound, damaged, or not read again yet (R-20)."""
  office = copied(store, build)
  case = find_case(build, office)
  with tempfile.TemporaryDirectory(prefix='jz-e2e-files-') as folder:
    for name in ('甲.txt', '乙.txt', '丙.txt'):
      path = os.path.join(folder, name)
      with open(path, 'w', encoding='utf-8') as file:
        file.write(name)
      if name == '丙.txt':
        note_rereading(office, ['乙.txt'])
      do(build, office, 'wu', 'attachment.add', {'case': case['id'], 'file': path})
  with Program(build, office) as program:
    program.sign_in('wu')
    open_case(program, case, '证据')
    rows = {name: texts_beside(program, name) for name in ('甲.txt', '乙.txt', '丙.txt')}
    assert '已复核，完好' in rows['甲.txt'] and '已损坏' not in rows['甲.txt'], rows
    assert '已损坏' in rows['乙.txt'] and '已复核' not in rows['乙.txt'], rows
    assert '已损坏' not in rows['丙.txt'] and '已复核' not in rows['丙.txt'], rows


def texts_beside(program, name):
  """All that the row of a file says."""
  label = program.find('label', name)
  return ' '.join(node.get_name() or '' for node in program.all('label', None, label.get_parent()))


def count_objects(office):
  return sum(len(files) for _, _, files in os.walk(os.path.join(office, 'objects')))


if __name__ == '__main__':
  run(globals(), *sys.argv[1:])
