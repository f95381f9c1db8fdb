#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_recordings.py BUILD STORE: a questioning whose full course must be recorded: its gap is named, explained by the
handler, approved by the head of the section, and only then the case can be closed (ux.md 4, 音像; R-14). What is said
while recording is read from the screen or printed on cards (R-22), and words and recordings stand side by side (R-23).
And the list of the recordings of all cases, with what shows no step, what came late, what is owed, and the devices
(ux.md 2, 音像记录; R-18, R-20, R-21, R-29)."""

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from clips import launch  # noqa: E402
from control import ask, do  # noqa: E402
from driver import Atspi, copied, name_of, run, wait  # noqa: E402
from worker import Worker  # noqa: E402

FOCUSED = Atspi.StateType.FOCUSED
PARTY = '某某全程餐饮店'
PARTY_UNRECORDED = '某某无录像餐饮店'
QUESTIONS = ('必要性：文字记录已经全面记录了什么', '适当性：为什么当时当地不适合录像', '时效性：为什么来不及录像')
DAY = '2026-03-01'
WRITTEN = '2026年3月1日'
MAJOR = {'case.n_parties': 1, 'case.is_complex': False, 'case.is_major': False, 'case.touches_public_interest': False,
         'case.has_social_risk': False, 'case.has_joint_organs': False, 'case.concerns_major_rights': True}


def at(time):
  return f'{DAY}T{time}.000+08:00'


def prepare(build, store):
  """A case of wu and sun with a questioning of half an hour, of which six minutes are not recorded."""
  case = do(build, store, 'wu', 'case.open',
            {'title': '擅自占用城市道路案', 'party': PARTY, 'matter': '擅自占用城市道路', 'found': DAY})
  officers = [row['actor'] for row in ask(build, 'case', 'show', store, case)['entries']][:1]
  other = next(row['actor'] for one in ask(build, 'case', 'list', store)
               for row in ask(build, 'case', 'show', store, one['id'])['entries'] if row['name'] == '孙某')
  do(build, store, 'wu', 'case.characterise', dict(MAJOR, case=case))
  step = do(build, store, 'wu', 'field.inquire',
            {'case': case, 'officers': officers + [other], 'shown': True, 'shown_to': '李某', 'text': '询问李某。',
             'act.happened_on': DAY, 'act.place': '局询问室'})
  with tempfile.NamedTemporaryFile(suffix='.mp4') as file:
    file.write(bytes(range(256)) * 64)
    file.flush()
    attachment = do(build, store, 'wu', 'attachment.add', {'case': case, 'file': file.name, 'name': '询问录像.mp4'})
  do(build, store, 'wu', 'recording.declare',
     {'case': case, 'of': step, 'began_at': at('09:00:00'), 'ended_at': at('09:30:00')})
  do(build, store, 'wu', 'recording.bind',
     {'case': case, 'of': step, 'attachment': attachment, 'started_at': at('09:00:00'), 'finished_at': at('09:24:00'),
      'device': 'DSJ-07', 'late_reason': '供测试使用'})
  return case, step


def add_photos(build, store, case, step):
  """Three of a recorder that has counted two more, and one that shows no step."""
  with tempfile.TemporaryDirectory(prefix='jz-e2e-photos-') as folder:
    launch(f'videotestsrc pattern=ball num-buffers=4 ! video/x-raw,width=320,height=240,framerate=2/1 ! jpegenc ! '
           f'multifilesink location="{folder}/%d.jpg"')
    for number, name in enumerate(('现场.jpg', 'IMG_0011.jpg', 'IMG_0014.jpg', 'IMG_0015.jpg')):
      photo = do(build, store, 'wu', 'attachment.add', {'case': case, 'file': f'{folder}/{number}.jpg', 'name': name})
      if number > 0:
        do(build, store, 'wu', 'recording.bind',
           {'case': case, 'of': step, 'attachment': photo, 'started_at': at(f'09:0{number}:00'),
            'finished_at': at(f'09:0{number}:01'), 'device': '记录仪07', 'late_reason': '供测试使用'})


def labels(program):
  return [name_of(node) for node in program.all('label')]


def reads(program, *words):
  """Each of them is seen on the page."""
  wait(lambda: all(any(word in label for label in labels(program)) for word in words), words)


def try_to_close(worker):
  worker.pick('添加', '结案')
  worker.fill('结案', {'结案理由': '已移送有关机关'})


def read_prompter(worker):
  """Space and the arrows turn the parts, Escape ends it (R-22)."""
  worker.click('push button', '音像记录用语提示：涉及重大权益的询问')
  worker.sees('开始用语（1/4）')
  worker.sees('现在开始录音录像')
  worker.key('space')
  worker.sees('权利告知（2/4）')
  worker.key('Right', 'Right')
  worker.sees('结束用语（4/4）')
  worker.key('space', 'Left')
  worker.sees('警示用语（3/4）')
  worker.keep_picture('prompter')
  worker.key('Escape')
  wait(lambda: not any('警示用语（3/4）' in label for label in labels(worker)), 'the words to go')


def find_printed(worker):
  files = [os.path.join(folder, name) for folder, _, names in os.walk(worker.home) for name in names
           if name.endswith('.pdf')]
  return next((file for file in files if b'%%EOF' in open(file, 'rb').read()[-32:]), None)


def print_cards(worker):
  """On a new computer they go into a file."""
  worker.press('打印音像记录用语卡片…')
  worker.sees('打印到文件')
  worker.find('push button', '打印')
  worker.key('Return')
  file = wait(lambda: find_printed(worker), 'the cards in a file')
  text = subprocess.run(['pdftotext', file, '-'], check=True, capture_output=True, text=True).stdout
  assert '开始用语' in text and '当场处罚' in text and '演示数据' in text, text[:400]


def test_full_course(build, demo):
  store = copied(demo, build)
  prepare(build, store)
  with Worker(build, store) as worker:
    worker.case = PARTY
    worker.work_as('wu')
    worker.open_case()
    worker.tab('音像')
    reads(worker, '全程音像记录', f'缺口 {WRITTEN} 09:24:00–09:30:00（6分0秒）', '未说明。', '未看', '设备 DSJ-07',
          f'{WRITTEN} 09:00:00–09:24:00')
    # The bar says what it shows to who does not see it.
    worker.find('image', f'{WRITTEN} 09:00:00–09:30:00的覆盖情况：1处缺口未说明')
    # What must be seen in it waits to be ticked.
    worker.find('push button', '○ 双方同框')
    reads(worker, '7项未核对')
    worker.keep_picture('recordings')
    read_prompter(worker)
    print_cards(worker)
    # Nothing is written of what is recorded; one goes to it from here.
    reads(worker, '笔录与音像记录对照', '已有音像记录，但没有相应的笔录。', '没有笔录文字与这份音像记录关联。')
    worker.find('push button', '转到询问录像.mp4')
    # Closing is refused, and leads to the very gap.
    worker.tab('概况')
    try_to_close(worker)
    said, _ = worker.refusal()
    assert '09:24:00–09:30:00' in '\n'.join(said), said
    worker.expect_refusal('G-63', '全程音像记录', ('push button', '说明…'))
    focused = wait(lambda: next((node for node in worker.all('push button', '说明…')
                                 if node.get_state_set().contains(FOCUSED)), None), 'the gap that is meant')
    worker.press_node(focused)
    worker.finish('说明缺口', {'没有录上的原因': '设备故障', '具体情况': '执法记录仪电量耗尽'})
    worker.tab('音像')
    reads(worker, '待批准：设备故障；执法记录仪电量耗尽')
    assert not worker.has('push button', '批准…'), 'nobody approves what he said himself'
    worker.work_as('liu')
    worker.tab('音像')
    worker.press('批准…')
    worker.finish('审批记录说明', {}, '审批记录说明')
    worker.tab('音像')
    reads(worker, '已说明：设备故障；执法记录仪电量耗尽', '已全程记录')
    worker.work_as('wu')
    try_to_close(worker)
    wait(lambda: not worker.has('form'), 'the case to be closed')
    worker.sees('下一步：组卷')


def find_row(program, *words):
  """A row of the list by what stands in it; None where there is none."""
  return next((node for node in program.seek('table row') if all(word in name_of(node) for word in words)), None)


def row(program, *words):
  """The same, waited for."""
  return wait(lambda: find_row(program, *words), words)


def has_row(program, word):
  return any(word in name_of(node) for node in program.seek('table row'))


def chip(program, name):
  """A list above the rows, with how many it has."""
  program.press_node(program.find('push button', name))


def mark(program, *words):
  """By the pointer, as rows have no action."""
  program.click_found(lambda: find_row(program, *words), words)
  program.wait_enabled('对应环节…')


def begin(build, demo):
  store = copied(demo, build)
  case, step = prepare(build, store)
  add_photos(build, store, case, step)
  return store, case


def open_list(worker):
  """Of the case of this test alone."""
  worker.sign_in('wu')
  worker.key('alt+5')
  worker.find('push button', '导入…')
  worker.write(PARTY, '查找音像记录', role='entry')


def test_list(build, demo):
  store, case = begin(build, demo)
  with Worker(build, store) as worker:
    open_list(worker)
    worker.find('push button', '全部 5')
    late = name_of(row(worker, '询问录像.mp4'))
    for words in ('登记询问', 'DSJ-07', '2026年3月1日 09:00', '0:24:00', '供测试使用'):
      assert words in late, (words, late)
    chip(worker, '迟交 4')
    wait(lambda: not has_row(worker, '现场.jpg'), 'what came late alone')
    # What shows no step is tied to one by the act of the page of the case.
    chip(worker, '未对应环节 1')
    wait(lambda: not has_row(worker, '询问录像.mp4'), 'what shows no step alone')
    mark(worker, '现场.jpg', '照片', '未对应环节')
    worker.press('对应环节…')
    worker.keep_picture('bind')
    worker.finish('关联音像记录', {'所说的是哪次现场执法、保存、听证或者送达': '登记询问'})
    worker.find('push button', '未对应环节 0')
    assert 'recording.bind' in [entry['act'] for entry in ask(build, 'case', 'show', store, case)['entries']][-1:]
    # What is owed leads to the gap.
    chip(worker, '应有未有 1')
    mark(worker, '有缺口：09:24:00–09:30:00')
    worker.click_found(lambda: find_row(worker, '有缺口：09:24:00–09:30:00'), 'the gap', 2)
    reads(worker, f'缺口 {WRITTEN} 09:24:00–09:30:00（6分0秒）')
    worker.key('alt+5')
    chip(worker, '全部 5')
    mark(worker, 'IMG_0014.jpg')
    worker.press('打开案件')
    worker.find('push button', '添加')


def pop_up(worker, node):
  """The menu of a row, by the second button of the pointer."""
  box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
  worker.tool('mousemove', str(box.x + 40), str(box.y + box.height // 2), 'click', '3')
  return [name_of(item) for item in wait(lambda: worker.all('menu item'), 'the menu of the row')]


def test_menu(build, demo):
  """What can be done with a row stands in its menu, and the row is the one that was pressed."""
  store, _ = begin(build, demo)
  with Worker(build, store) as worker:
    open_list(worker)
    worker.find('push button', '全部 5')
    mark(worker, '现场.jpg')
    assert pop_up(worker, row(worker, '询问录像.mp4')) == ['打开', '打开案件', '对应环节…']
    worker.keep_picture('menu')
    worker.press('打开案件', 'menu item')
    worker.find('push button', '添加')
    worker.key('alt+5')
    # Enter opens the recording itself.
    mark(worker, 'IMG_0014.jpg')
    worker.key('shift+F10')
    worker.press('打开', 'menu item')
    worker.sees('IMG_0014.jpg')
    worker.wait_gone('push button', '导入…')


def test_devices(build, demo):
  """R-20: numbers that a recorder has given and that are not there are asked about."""
  store, _ = begin(build, demo)
  with Worker(build, store) as worker:
    open_list(worker)
    worker.write('记录仪', '查找音像记录', role='entry')
    chip(worker, '设备')
    row(worker, '记录仪07', '2026年3月1日', '3月1日缺 0012、0013')
    worker.wait_gone('table row', '未注明')
    worker.click_found(lambda: find_row(worker, '记录仪07'), 'the recorder', 2)
    worker.sees('设备 记录仪07 的音像记录。文件编号不连续：3月1日缺 0012、0013。')
    row(worker, 'IMG_0015.jpg')
    worker.find('push button', '全部 3')
    worker.press('全部设备')
    row(worker, '记录仪07')


def test_import(build, demo):
  """导入音像: first the case, then the files, then what is asked of all files of a case (R-18)."""
  store, case = begin(build, demo)
  with Worker(build, store) as worker, tempfile.TemporaryDirectory(prefix='jz-e2e-photos-') as folder:
    path = os.path.join(folder, 'IMG_0012.jpg')
    launch('videotestsrc pattern=snow num-buffers=1 ! video/x-raw,width=320,height=240 ! jpegenc ! '
           f'filesink location="{path}"')
    open_list(worker)
    worker.press('导入…')
    chooser = worker.find(None, '导入哪个案件的音像记录？')
    worker.write('没有这样的案件', '查找案件', role='entry')
    worker.sees('未归档的案件中没有符合的。')
    worker.write(PARTY, '查找案件', role='entry')
    wait(lambda: [PARTY in name_of(node) for node in worker.seek('list item', None, chooser)] == [True], PARTY)
    worker.keep_picture('chooser')
    worker.press('选择此案')
    worker.type_place(1, path, '打开')
    worker.sees('1 个文件中已存入 1 个')
    worker.press('添加到本案')
    worker.sees('已向本案添加 1 个文件')
    row(worker, 'IMG_0012.jpg')
    names = [file['name'] for file in ask(build, 'case', 'show', store, case)['attachments']]
    assert names[-1] == 'IMG_0012.jpg', names


def prepare_unrecorded(build, store):
  """A case of wu with an inspection of which there is no recording, and of which circumstances would have wanted one."""
  case = do(build, store, 'wu', 'case.open',
            {'title': '擅自占用城市道路案', 'party': PARTY_UNRECORDED, 'matter': '擅自占用城市道路', 'found': DAY})
  officers = [row['actor'] for row in ask(build, 'case', 'show', store, case)['entries']][:1]
  other = next(row['actor'] for one in ask(build, 'case', 'list', store)
               for row in ask(build, 'case', 'show', store, one['id'])['entries'] if row['name'] == '孙某')
  do(build, store, 'wu', 'field.inquire',
     {'case': case, 'officers': officers + [other], 'shown': True, 'shown_to': '李某', 'text': '询问李某。',
      'act.happened_on': DAY, 'act.place': '局询问室'})
  return case


def answer_why_not(worker, reason):
  """The three short answers: why it was not necessary, not suitable, and not possible in time."""
  worker.tab('音像')
  worker.press('说明原因…')
  worker.finish('说明无音像记录', dict(zip(QUESTIONS, reason)))
  worker.tab('音像')


def test_excused(build, demo):
  """No recording of a step that circumstances would have wanted one of: three short answers of the handler, and the
  head of the section who does not accept them at first (R-16, R-17)."""
  store = copied(demo, build)
  prepare_unrecorded(build, store)
  with Worker(build, store) as worker:
    worker.case = PARTY_UNRECORDED
    worker.work_as('wu')
    worker.open_case()
    worker.tab('音像')
    reads(worker, '没有音像记录，也没有说明原因。')
    answer_why_not(worker, ('文字已全面记录', '当事人不同意', '设备正在充电'))
    reads(worker, '待批准：文字已全面记录；当事人不同意；设备正在充电')
    assert not worker.has('push button', '批准…'), 'nobody approves what he said himself'
    worker.work_as('zhao')
    worker.tab('音像')
    worker.press('不批准…')
    worker.finish('审批记录说明', {'意见': '请写明场所'})
    worker.tab('音像')
    reads(worker, '未获批准')
    worker.work_as('wu')
    answer_why_not(worker, ('文字已全面记录', '场所不允许拍摄', '设备正在充电'))
    worker.work_as('zhao')
    worker.tab('音像')
    worker.press('批准…')
    worker.finish('审批记录说明', {})
    worker.tab('音像')
    reads(worker, '没有音像记录：文字已全面记录；场所不允许拍摄；设备正在充电')
    assert not worker.has('push button', '说明原因…')


if __name__ == '__main__':
  run(globals(), *sys.argv[1:3])
