#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_recordings.py BUILD STORE: a questioning whose full course must be recorded: its gap is named, explained by the
handler, approved by the head of the section, and only then the case can be closed (ux.md 4, 音像; R-14)."""

import os
import sys
import tempfile

sys.dont_write_bytecode = True
from control import ask, do  # noqa: E402
from driver import Atspi, copied, name_of, run, wait  # noqa: E402
from worker import Worker  # noqa: E402

FOCUSED = Atspi.StateType.FOCUSED
PARTY = '某某全程餐饮店'
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
  return case


def labels(program):
  return [name_of(node) for node in program.all('label')]


def reads(program, *words):
  """Each of them is seen on the page."""
  wait(lambda: all(any(word in label for label in labels(program)) for word in words), words)


def try_to_close(worker):
  worker.pick('添加', '结案')
  worker.fill('结案', {'结案理由': '已移送有关机关'})


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


if __name__ == '__main__':
  run(globals(), *sys.argv[1:3])
