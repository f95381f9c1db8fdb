#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings in the window: H.264, H.265 and Matroska with pictures of uneven length are played,
stepped through, marked, tied to words of a record and kept as stills; what was marked is the same
picture after a restart, and a helper that dies costs one sentence (R-14 to R-24, R-37).

    test_player.py BUILD STORE: with a display and a session bus of its own, see display.py
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import clips  # noqa: E402
from control import ask, control, do, list_cases  # noqa: E402
from driver import Kept, Program, copied, do_action, name_of, run, text_of, wait  # noqa: E402

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
    """In the window that was opened last, where there are several."""
    return next((node for root in reversed(self.program.roots()) for node in self.program.seek('label', None, root)
                 if MOMENT.fullmatch(node.get_name() or '')), None)

  def wait_open(self):
    self.label = Kept(self.find_moment, 'the first picture, with its number')

  def read(self):
    """Milliseconds and number of the picture."""
    found = MOMENT.fullmatch(self.label.get_name())
    if found is None:
      return None
    hours, minutes, seconds, ms, number = (int(group) for group in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, number

  def wait_number(self, number):
    wait(lambda: (self.read() or (0, 0))[1] == number, lambda: f'picture {number}, not {self.read()}')
    return self.read()[0]

  def step(self, key, number):
    self.program.key(key)
    return self.wait_number(number)


def open_case(program):
  program.look_for(CASE)
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
      program.click('text', '看到或听到什么')
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
      # What is told does not lie over the entry, in which one goes on.
      program.wait_clear('标记已取消')
      program.press('撤销')
      program.find('list item', f'{moment} 其他')
      # The very picture becomes a file of the case.
      program.press('留存画面')
      program.sees('画面已留存为本案文件')
      program.key('alt+Left')
      wait(lambda: next((row for row in program.all('push button') if '.png”' in (row.get_name() or '')), None),
           'the still among the files')


def list_ticks(recordings, attachment):
  """What was written by ticking in a file: kind of the mark, or id of the point."""
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    rows = tables.execute("SELECT value FROM fact AS tick WHERE name IN ('kind', 'shot') AND EXISTS (SELECT 1 FROM fact "
                          "WHERE record = tick.record AND name = 'attachment' AND value = ?) AND list IN "
                          "('recording.marks', '@recording_shot') ORDER BY arrival", [json.dumps(attachment)]).fetchall()
  return [json.loads(value) for value, in rows]


def test_checklist(build, demo):
  """What must be seen and heard is ticked by its number at the moment that is shown (R-19, R-22)."""
  with Recordings(build, demo) as recordings:
    attachment = recordings.add('询问.mp4', clips.make_h264, 2)
    entries = ask(build, 'case', 'show', recordings.store, recordings.case)['entries']
    step = next(row['entry'] + '-1' for row in entries if row['act'] == 'field.inspect')
    do(build, recordings.store, HANDLER, 'recording.bind', {'case': recordings.case, 'of': step, 'attachment': attachment})
    with show_player(recordings) as program:
      player = Player(program, '询问.mp4')
      player.wait_number(1)
      program.find('push button', '1 ○ 开始用语')
      program.find('push button', '6 ○ 结束用语')
      for number, at in ((2, 40), (3, 80)):
        assert player.step('period', number) == at
      program.key('1')
      program.find('push button', '1 ✓ 开始用语，0:00:00.080')
      program.find('list item', '0:00:00.080 开始用语')
      player.step('period', 4)
      # No kind of mark stands for it: it is ticked by an act of its own.
      program.key('3')
      program.find('push button', '3 ✓ 现场环境，0:00:00.120')
      program.press('2 ○ 权利告知')
      program.find('push button', '2 ✓ 权利告知，0:00:00.120')
      ticks = list_ticks(recordings, attachment)
      assert ticks == ['opening', 'environment', 'rights'], ticks
      # What is ticked leads to where it is.
      program.press('1 ✓ 开始用语，0:00:00.080')
      player.wait_number(3)
      # While somebody types, a number is a number.
      program.click('text', '看到或听到什么')
      program.type('4')
      wait(lambda: text_of(program.find('text', '看到或听到什么')) == '4', 'what was typed')
      program.find('push button', '4 ○ 出示执法证件')
      if os.environ.get('JZ_PICTURES'):
        program.picture(os.path.join(os.environ['JZ_PICTURES'], 'checklist.png'))


def read_marks(recordings):
  """Moment and hash of the frame of every mark, in the order in which they were made."""
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    rows = tables.execute("SELECT arrival, name, value FROM fact WHERE case_id = ? AND list = 'recording.marks' AND "
                          "name IN ('at', 'frame') ORDER BY arrival, name", (recordings.case,)).fetchall()
  return [(int(at[2]), json.loads(frame[2])) for at, frame in zip(rows[::2], rows[1::2])]


def mark_shown(program, n_marks):
  """Marks what is shown; waits until the list has so many."""
  program.key('m')
  wait(lambda: len([row for row in program.all('list item') if ' 其他' in (row.get_name() or '')]) == n_marks,
       f'{n_marks} marks')


def test_same_picture(build, demo):
  """Marks on pictures of uneven length, and on H.265, are the same pictures after a restart."""
  clips_of = {'手机.mkv': clips.make_variable, '记录仪.mp4': clips.make_h265}
  with Recordings(build, demo) as recordings:
    for name, make in clips_of.items():
      recordings.add(name, make)
    marked = {}
    with show_player(recordings) as program:
      for name in clips_of:
        player = Player(program, name)
        player.wait_number(1)
        for number in range(2, 8):
          player.step('period', number)
        marked[name] = player.read()
        mark_shown(program, 1)
        program.key('alt+Left')
        program.find('push button', f'查看“{name}”')
    with show_player(recordings) as program:
      for name in clips_of:
        player = Player(program, name)
        player.wait_number(1)
        program.click_found(lambda: next((row for row in program.seek('list item') if ' 其他' in (row.get_name() or '')),
                                         None), 'the mark')
        player.wait_number(7)
        assert player.read() == marked[name], (player.read(), marked[name])
        program.key('Escape')
        player.step('comma', 6)
        player.step('period', 7)
        mark_shown(program, 2)
        program.key('alt+Left')
        program.find('push button', f'查看“{name}”')
    marks = read_marks(recordings)
    assert len(marks) == 4 and marks[0] == marks[2] and marks[1] == marks[3], marks


def find_helpers(program):
  """The processes below the program that open what comes from outside."""
  parents = {}
  names = {}
  for entry in os.listdir('/proc'):
    if entry.isdigit():
      try:
        with open(f'/proc/{entry}/stat', encoding='utf-8') as stat:
          text = stat.read()
      except OSError:
        continue
      names[int(entry)] = text[text.index('(') + 1:text.rindex(')')]
      parents[int(entry)] = int(text[text.rindex(')') + 2:].split()[1])

  def is_below(pid):
    while pid in parents and pid != program.process.pid:
      pid = parents[pid]
    return pid == program.process.pid

  return [pid for pid, name in names.items() if is_below(pid) and name in ('juanzong-media', 'media')]


def has_recording(pid):
  """Whether it has a file of the store open: the one that plays keeps it."""
  try:
    return any('/objects/' in os.readlink(f'/proc/{pid}/fd/{handle}') for handle in os.listdir(f'/proc/{pid}/fd'))
  except OSError:
    return False


def kill_player(program):
  players = wait(lambda: [pid for pid in find_helpers(program) if has_recording(pid)], 'the process that plays')
  for pid in players:
    os.kill(pid, signal.SIGKILL)


def test_helper_dies(build, demo):
  """The first time it goes on by itself and says so; then one sentence and a button, at the last picture."""
  with Recordings(build, demo) as recordings:
    recordings.add('现场.mp4', clips.make_h264)
    with show_player(recordings) as program:
      player = Player(program, '现场.mp4')
      player.wait_number(1)
      for number in (2, 3, 4):
        player.step('period', number)
      kill_player(program)
      wait(lambda: next((node for node in program.all('label')
                         if re.search('意外|unexpectedly', node.get_name() or '')), None), 'a sentence')
      player.wait_number(4)
      player.step('period', 5)
      kill_player(program)
      program.press('重试')
      program.wait_gone('push button', '重试')
      player.wait_number(5)
      player.step('period', 6)


def test_closed_while_marking(build, demo):
  """A window that is closed before the hash of the frame is there leaves the mark, with its moment."""
  with Recordings(build, demo) as recordings:
    recordings.add('现场.mp4', clips.make_h264, 2)
    with show_player(recordings) as program:
      Player(program, '现场.mp4').wait_number(1)
      before = len(list_windows(program))
      program.press('在单独的窗口中播放')
      wait(lambda: len(list_windows(program)) > before, 'a window of its own')
      small = min(list_windows(program), key=count_pixels)
      program.tool('windowfocus', '--sync', small)
      wait(lambda: shows_moment(program, find_window(program, '现场.mp4')), 'the first picture in that window')
      stopped = wait(lambda: [pid for pid in find_helpers(program) if has_recording(pid)], 'the process that plays')
      for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
      program.key('m')
      program.press_node(wait(lambda: find_close(program, '现场.mp4'), 'the button that closes the window'))
      wait(lambda: count_marks(recordings) == 1, 'a mark in the case')
      focus_main(program)
      program.key('alt+1')
      program.sees('今天')


def find_window(program, title):
  return next((root for root in program.roots() if root.get_name() == title), None)


def shows_moment(program, window):
  return window is not None and any(MOMENT.fullmatch(node.get_name() or '') for node in program.seek('label', None, window))


def find_close(program, title):
  """Named by the toolkit, in its language or in English."""
  root = find_window(program, title)
  return root and next((node for node in program.seek('push button', None, root) if node.get_name() in ('关闭', 'Close')),
                       None)


def count_marks(recordings):
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute("SELECT count(*) FROM entry WHERE act = 'recording.mark' AND case_id = ?",
                          (recordings.case,)).fetchone()[0]


def find_document(program, title):
  return next((node for node in program.all('list item') if title in (node.get_name() or '')), None)


def read_ties(recordings):
  """Moment, field and number of the paragraph of every tie to a document."""
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    rows = tables.execute("SELECT record, name, value FROM fact WHERE list = '@tie' ORDER BY arrival, name").fetchall()
  ties = {}
  for record, name, value in rows:
    ties.setdefault(record, {})[name] = json.loads(value)
  return [tie for tie in ties.values() if 'document' in tie]


def list_windows(program):
  return subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(program.process.pid)], check=True,
                        capture_output=True, text=True).stdout.split()


def focus_main(program):
  """As by a click on the main window: no window manager is here that would do it."""
  program.tool('windowfocus', '--sync', max(list_windows(program), key=count_pixels))


def count_pixels(window):
  shape = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], check=True, capture_output=True,
                         text=True).stdout
  sides = dict(line.split('=') for line in shape.split())
  return int(sides['WIDTH']) * int(sides['HEIGHT'])


def test_tie(build, demo):
  """A paragraph of a record is tied to a second, and plays from there."""
  with Recordings(build, demo) as recordings:
    recordings.add('现场.mp4', clips.make_h264)
    do(build, recordings.store, HANDLER, 'document.draft', {'case': recordings.case, 'form': 'inquiry_record'})
    with Program(build, recordings.store) as program:
      program.sign_in(HANDLER)
      open_case(program)
      program.key('ctrl+Page_Down')
      program.click_found(lambda: find_document(program, '询问笔录'), 'the record', 2)
      program.sees('草稿')
      # No recording is open: one is chosen, and plays in a window beside the editor.
      program.key('F4')
      program.sees('打开录像')
      program.write('现场.mp4', '按字词或者数字查找')
      program.key('Return')
      player = Player(program)
      player.wait_number(1)
      player.step('period', 2)
      player.step('period', 3)
      at = player.read()[0]
      # The caret goes into a field, and F4 ties what stands there.
      focus_main(program)
      field = wait(lambda: next((node for node in program.all('label') if (node.get_name() or '').startswith('询问地点')), None),
                   'a field of the record')
      do_action(field, 'field.edit')
      program.type('执法大队询问室')
      program.key('F4')
      program.sees('本段已关联到')
      ties = read_ties(recordings)
      assert [(tie['at'], tie['paragraph']) for tie in ties] == [(at * 1000000, 1)], ties


def find_final(store):
  """A notice that is final, in an open case of somebody."""
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute(
      "SELECT f.case_id, p.user, c.number FROM fact AS f JOIN case_file AS c ON c.id = f.case_id "
      "JOIN case_duty AS d ON d.case_id = f.case_id AND d.duty = 'handler' AND d.ended = 0 "
      "JOIN person AS p ON p.id = d.person WHERE f.list = '@document' AND f.name = 'form' AND "
      "f.value = '\"penalty_notice\"' AND c.stage = 'open' AND EXISTS (SELECT 1 FROM fact WHERE record = f.record "
      "AND list = '@document' AND name = 'state' AND value IN ('\"final\"', '\"served\"', '\"signed\"')) LIMIT 1").fetchone()


def count_paper(store, case):
  """What is stored of the documents of a case, which no tie may change."""
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute("SELECT record, value FROM fact WHERE case_id = ? AND list = '@document' AND name = 'pdf' "
                          "ORDER BY record, value", (case,)).fetchall()


def test_tie_final(build, demo):
  """A paragraph of a document that is final is chosen from a list and tied; the document stays what it is (R-23)."""
  with Recordings(build, demo) as recordings:
    recordings.case, user, number = find_final(recordings.store)
    path = os.path.join(recordings.folder, '现场.mp4')
    clips.make_h264(path, 2)
    do(build, recordings.store, user, 'attachment.add', {'case': recordings.case, 'file': path})
    before = count_paper(recordings.store, recordings.case)
    with Program(build, recordings.store) as program:
      program.sign_in(user)
      program.look_for(number)
      program.key('Return')
      program.sees('下一步')
      program.key('ctrl+Page_Down')
      program.click_found(lambda: find_document(program, '事先告知书'), 'the notice', 2)
      program.tool('mousemove', '0', '0')  # a message under the pointer stays
      program.sees('文书已成文，只能查看')
      program.key('F4')
      program.sees('打开录像')
      program.write('现场.mp4', '按字词或者数字查找')
      program.key('Return')
      player = Player(program)
      player.wait_number(1)
      player.step('period', 2)
      at = player.read()[0]
      focus_main(program)
      program.key('F4')
      program.sees(f'哪一段关联到0:00:00.{at:03d}')
      row = wait(lambda: next((row for row in program.all('list item') if '违法事实' in (row.get_name() or '')), None),
                 'a paragraph to choose')
      words = row.get_name().split('　')[0]
      program.write(words, '按字词或者数字查找')
      program.key('Return')
      program.sees('本段已关联到')
      ties = wait(lambda: read_ties(recordings), 'a tie')
      assert [(tie['at'], tie['paragraph']) for tie in ties] == [(at * 1000000, 1)], ties
      # It plays from the list of what is tied.
      program.tool('windowfocus', '--sync', min(list_windows(program), key=count_pixels))
      player.step('period', 3)
      focus_main(program)
      program.key('shift+F4')
      program.sees('播放段落关联的录像')
      wait(lambda: [row for row in program.all('list item') if f'0:00:00.{at:03d}' in (row.get_name() or '')], 'what is tied')
      program.key('Return')
      player.wait_number(2)
    assert count_paper(recordings.store, recordings.case) == before


def find_reviewed(store):
  """The case that waits for its reviewer, and something that was done in it on the spot."""
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute(
      "SELECT s.case_id, (SELECT record FROM fact WHERE case_id = s.case_id AND list = '@field' LIMIT 1) AS step "
      "FROM (SELECT case_id, max(arrival) AS at FROM fact WHERE list = '@submission' GROUP BY case_id) AS s "
      "JOIN case_duty AS d ON d.case_id = s.case_id AND d.duty = 'reviewer' AND d.ended = 0 "
      "JOIN person AS p ON p.id = d.person AND p.user = 'guo' "
      "WHERE step IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fact WHERE case_id = s.case_id AND list = '@opinion' AND "
      "arrival > s.at)").fetchone()


def add_to_reviewed(recordings):
  """The handler's recording of what was done on the spot, in the case that waits for its reviewer."""
  case, step = find_reviewed(recordings.store)
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    user = tables.execute("SELECT p.user FROM case_duty AS d JOIN person AS p ON p.id = d.person WHERE d.case_id = ? "
                          "AND d.duty = 'handler' AND d.ended = 0", (case,)).fetchone()[0]
  path = os.path.join(recordings.folder, '现场.mp4')
  clips.make_h264(path)
  video = do(recordings.build, recordings.store, user, 'attachment.add', {'case': case, 'file': path})
  do(recordings.build, recordings.store, user, 'recording.bind', {'case': case, 'of': step, 'attachment': video})


def play_in_bench(program):
  """The reviewer chooses it among the materials."""
  program.key('alt+3')
  program.sees('个工作日')
  program.key('Return')
  program.find('label', '按 1 至 4 判定。')
  program.click('combo box', '材料')
  program.click_found(lambda: next((node for node in program.seek('list item') if '现场.mp4' in name_of(node)), None),
                      'the recording among the materials')
  player = Player(program)
  player.wait_number(1)
  return player


def test_review(build, demo):
  """The reviewer plays a recording beside the points, and links the very second (R-37)."""
  with Recordings(build, demo) as recordings:
    add_to_reviewed(recordings)
    before = count_views(recordings.store)
    with Program(build, recordings.store) as program:
      program.sign_in('guo')
      player = play_in_bench(program)
      for number in (2, 3, 4):
        player.step('period', number)
      program.key('l')
      wait(lambda: next((node for node in program.all('label') if '0:00:00.120' in (node.get_name() or '') and
                         '引用' in (node.get_name() or '')), None), 'a link to the second')
      # The space bar plays it, and looking is written down when the reviewer goes elsewhere.
      program.key('space')
      wait(lambda: (player.read() or (0, 0))[1] > 10, 'pictures that go by')
      program.key('alt+1')
      wait(lambda: count_views(recordings.store) == before + 1, 'an entry that says who looked')


def count_views(store):
  with sqlite3.connect(f'file:{store}/juanzong.db?mode=ro', uri=True) as tables:
    return tables.execute("SELECT count(*) FROM entry WHERE act = 'recording.view'").fetchone()[0]


def damage(recordings, attachment):
  """Turns one bit of a stored file, as a bad disk does."""
  with sqlite3.connect(f'file:{recordings.store}/juanzong.db?mode=ro', uri=True) as tables:
    name = tables.execute('SELECT lower(hex(object)) FROM attachment WHERE id = ?', (attachment,)).fetchone()[0]
  path = os.path.join(recordings.store, 'objects', name[:2], name[2:])
  os.chmod(path, 0o600)
  with open(path, 'r+b') as stored:
    stored.seek(-2000, os.SEEK_END)
    byte = stored.read(1)[0]
    stored.seek(-2000, os.SEEK_END)
    stored.write(bytes([byte ^ 1]))


def test_damaged(build, demo):
  """Bytes that are not those that came are told while the recording plays (R-20)."""
  with Recordings(build, demo) as recordings:
    damage(recordings, recordings.add('现场.mp4', clips.make_h264, 2))
    with show_player(recordings) as program:
      player = Player(program, '现场.mp4')
      program.sees('与存入时不同')
      player.wait_number(1)
      player.step('period', 2)


def make_dossier(recordings, path):
  """Of the first archived case that has one."""
  for case in list_cases(recordings.build, recordings.store):
    if case['stage'] == 'archived' and not os.path.exists(path):
      try:
        control(recordings.build, 'dossier', recordings.store, case['id'], '-o', path)
      except AssertionError:
        continue


def test_paper(build, demo):
  """A PDF is read, searched and turned; which pages were seen is written down."""
  with Recordings(build, demo) as recordings:
    path = os.path.join(recordings.folder, '案卷.pdf')
    make_dossier(recordings, path)
    do(build, recordings.store, HANDLER, 'attachment.add', {'case': recordings.case, 'file': path})
    before = count_views(recordings.store)
    with show_player(recordings) as program:
      program.press('查看“案卷.pdf”')
      program.sees('/ 共')
      program.key('ctrl+f')
      program.type('2025')
      wait(lambda: next((node for node in program.all('label') if re.fullmatch(r'1 / \d+', node.get_name() or '')), None),
           'the first place, of all')
      program.key('Return')
      wait(lambda: next((node for node in program.all('label') if re.fullmatch(r'2 / \d+', node.get_name() or '')), None),
           'the next place')
      program.key('Escape', 'ctrl+r', 'ctrl+plus', 'ctrl+0')
      program.press('下一页')
      wait(lambda: next((node for node in program.all('image') if (node.get_name() or '').startswith('第2页')), None),
           'the second page')
      program.key('alt+Left')
      wait(lambda: count_views(recordings.store) == before + 1, 'an entry that says which pages were seen')


if __name__ == '__main__':
  run(dict(globals()), *sys.argv[1:])
