#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings in the window: H.264, H.265 and Matroska with pictures of uneven length are played,
stepped through, marked, tied to words of a record and kept as stills; what was marked is the same
picture after a restart, and a helper that dies costs one sentence (R-14 to R-24, R-37).

    test_player.py BUILD STORE: with a display and a session bus of its own, see display.py
"""

import os
import re
import shutil
import signal
import sys
import tempfile

sys.dont_write_bytecode = True
import clips  # noqa: E402
from control import ask, do, list_cases  # noqa: E402
from driver import Atspi, Program, children, copied, do_action, name_of, run, text_of, wait  # noqa: E402

HANDLER = 'wu'
CASE = '某通餐饮管理有限公司'
MOMENT = re.compile(r'(\d+):(\d\d):(\d\d)\.(\d{3}) · 第(\d+)帧')


class Recordings:
  """A copy of the demo store with recordings in one case."""

  def __init__(self, build, demo):
    self.build = build
    self.folder = tempfile.mkdtemp(prefix='jz-e2e-clips-')
    self.store = copied(demo, build)
    self.case = next(case['id'] for case in list_cases(build, self.store) if CASE in case['party'])
    self.files = {}

  def add(self, name, make, *arguments):
    path = os.path.join(self.folder, name)
    make(path, *arguments)
    self.files[name] = do(self.build, self.store, HANDLER, 'attachment.add', {'case': self.case, 'file': path})
    return self.files[name]

  def read(self, act):
    """Arguments of all entries of an act in the case."""
    journal = ask(self.build, 'case', 'show', self.store, self.case)
    return [entry for entry in journal['journal'] if entry['act'] == act] if 'journal' in journal else journal

  def __enter__(self):
    return self

  def __exit__(self, kind, value, trace):
    shutil.rmtree(self.folder, ignore_errors=True)


class Player:
  """The player as a screen reader sees it."""

  def __init__(self, program, name=None):
    self.program = program
    if name is not None:
      program.press(f'查看“{name}”')
    self.wait_open()

  def find_moment(self):
    return next((node for node in self.program.all('label') if MOMENT.fullmatch(node.get_name() or '')), None)

  def wait_open(self):
    self.label = wait(self.find_moment, 'the first picture, with its number')

  def read(self):
    """Milliseconds and number of the picture."""
    found = MOMENT.fullmatch(self.label.get_name() or '')
    if found is None:
      return None
    hours, minutes, seconds, ms, number = (int(group) for group in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, number

  def wait_number(self, number):
    wait(lambda: (self.read() or (0, 0))[1] == number, f'picture {number}, not {self.read()}')
    return self.read()[0]

  def step(self, key, number):
    self.program.key(key)
    return self.wait_number(number)


def open_case(program):
  program.key('ctrl+k')
  program.write(CASE, '查找内容')
  program.key('Return')
  program.sees('下一步')


def open_evidence(program):
  open_case(program)
  program.key('ctrl+Page_Down', 'ctrl+Page_Down')


def focus_player(program):
  """Out of any text, back to where the keys act."""
  program.key('Escape')


def show_player(recordings):
  program = Program(recordings.build, recordings.store)
  program.sign_in(HANDLER)
  open_evidence(program)
  return program


def test_play_and_mark(build, demo):
  with Recordings(build, demo) as recordings:
    recordings.add('现场.mp4', clips.make_h264)
    with show_player(recordings) as program:
      player = Player(program, '现场.mp4')
      player.wait_number(1)
      # Exact steps in both directions.
      times = [player.step('period', number) for number in (2, 3, 4)]
      assert times == [40, 80, 120], times
      assert [player.step('comma', number) for number in (3, 2)] == [80, 40]
      # Space plays and pauses.
      program.key('space')
      wait(lambda: program.has('push button', '暂停'), 'playing')
      wait(lambda: (player.read() or (0, 0))[1] > 20, 'pictures that go by')
      program.key('space')
      wait(lambda: program.has('push button', '播放'), 'a pause')
      # A mark of what is shown, with words typed; keys in the text are letters.
      program.key('k')
      before = player.read()
      program.click_at(program.find('text', '看到或听到什么'))
      program.type('m, i. o')
      wait(lambda: text_of(program.find('text', '看到或听到什么')) == 'm, i. o', 'what was typed')
      assert player.read() == before, 'a key acted while the caret was in the text'
      program.write('出示执法证件', '看到或听到什么')
      program.key('Return')
      program.sees('出示执法证件')
      moment = f'0:00:{before[0] // 1000:02d}.{before[0] % 1000:03d}'
      program.find('list item', f'{moment} 其他')
      # A stretch by I and O, marked by M.
      focus_player(program)
      at = player.read()
      program.key('i')
      player.step('period', at[1] + 1)
      player.step('period', at[1] + 2)
      program.key('o', 'm')
      wait(lambda: len([row for row in program.all('list item') if ' – ' in (row.get_name() or '')]) == 1, 'a stretch')
      # Taken away, and back by the toast.
      program.press(f'取消{moment}的标记')
      program.wait_gone('list item', f'{moment} 其他')
      program.press('撤销')
      program.find('list item', f'{moment} 其他')
      # The very picture becomes a file of the case.
      program.press('留存画面')
      program.sees('画面已留存为本案文件')
      program.key('alt+Left')
      wait(lambda: next((row for row in program.all('push button') if '.png”' in (row.get_name() or '')), None),
           'the still among the files')


if __name__ == '__main__':
  run(dict(globals()), *sys.argv[1:])
