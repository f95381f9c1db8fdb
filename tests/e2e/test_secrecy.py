#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_secrecy.py BUILD STORE: a file is classified where it is played, and who is not on the list sees a lock in place
of the picture, in the player, among the evidence and in the small pictures; the head of the section lifts it (R-24);
of a state secret there is a sheet and nothing else (R-33)."""

import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import clips  # noqa: E402
import gi  # noqa: E402
from control import do, list_cases  # noqa: E402
from driver import copied, name_of, run, wait  # noqa: E402
from test_player import MOMENT, find_helpers, has_recording  # noqa: E402
from worker import Worker  # noqa: E402

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf  # noqa: E402

HANDLER = 'wu'
CASE = '某通餐饮管理有限公司'
FORM = '密级与阅看人'
NOT_LISTED = '您不在阅看人名单中'
EVIDENCE = {'evidence.items.number': '2', 'evidence.items.kind': 'scene_record', 'evidence.items.obtained_by': '吴某',
            'evidence.items.obtained_on': '2026-03-01', 'evidence.items.obtained_at': '某路1号',
            'evidence.items.is_original': True}
# A colour that no theme has.
COLOUR = (255, 0, 170)


class Files:
  """A copy of the demo store with files in one case."""

  def __init__(self, build, demo):
    self.build = build
    self.folder = tempfile.mkdtemp(prefix='jz-e2e-secrets-')
    self.store = copied(demo, build)
    self.case = next(case['id'] for case in list_cases(build, self.store) if CASE in case['party'])

  def __enter__(self):
    return self

  def __exit__(self, kind, value, trace):
    shutil.rmtree(self.folder, ignore_errors=True)

  def add(self, name, make):
    path = os.path.join(self.folder, name)
    make(path)
    return do(self.build, self.store, HANDLER, 'attachment.add', {'case': self.case, 'file': path})

  def open(self):
    worker = Worker(self.build, self.store)
    worker.case = CASE
    return worker


def make_photo(path):
  pixels = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 640, 480)
  pixels.fill(int('%02x%02x%02xff' % COLOUR, 16))
  pixels.savev(path, 'png', [], [])


def count_coloured(worker, folder):
  """How much of the screen has the colour of the photo."""
  path = os.path.join(folder, 'screen.png')
  worker.picture(path)
  pixels = GdkPixbuf.Pixbuf.new_from_file(path)
  data, stride, step = pixels.get_pixels(), pixels.get_rowstride(), pixels.get_n_channels()
  places = [y * stride + x * step for y in range(0, pixels.get_height(), 2) for x in range(0, pixels.get_width(), 2)]
  return sum(all(abs(data[place + i] - COLOUR[i]) < 16 for i in range(3)) for place in places)


def is_played(worker):
  return any(MOMENT.fullmatch(node.get_name() or '') for node in worker.all('label'))


def viewers(worker):
  """The names on the list of the form that is open, and those that are ticked."""
  group = wait(lambda: next((node for node in worker.all(None, '可以阅看的人员')
                             if node.get_role_name() != 'label'), None), 'the list')
  return [name_of(button) for button in worker.all('push button', None, group) +
          worker.all('toggle button', None, group)]


def test_locked_while_played(build, demo):
  with Files(build, demo) as files:
    files.add('现场.mp4', clips.make_h264)
    with files.open() as worker:
      worker.work_as(HANDLER)
      worker.tab('证据')
      worker.press('查看“现场.mp4”')
      wait(lambda: is_played(worker), 'the first picture')
      wait(lambda: any(has_recording(pid) for pid in find_helpers(worker)), 'the process that plays')
      worker.pick('“现场.mp4”的密级', '密级与阅看人…')
      worker.form(FORM)
      assert len(viewers(worker)) > 5, viewers(worker)
      # Somebody else alone: the player that shows it shows a lock.
      worker.finish(FORM, {'秘密类别': '个人隐私', '定密理由': '画面中有他人住所', '可以阅看的人员': ['孙某']})
      worker.sees(NOT_LISTED)
      worker.sees('由本案承办人或者承办机构负责人决定')
      assert not is_played(worker), 'the picture is still there'
      wait(lambda: not any(has_recording(pid) for pid in find_helpers(worker)), 'the recording to be closed')
      worker.keep_picture('secrecy-locked')
      # The row among the evidence has the badge and no way in.
      worker.press('返回本案证据')
      worker.sees('个人隐私')
      worker.sees(NOT_LISTED)
      assert not worker.has('push button', '查看“现场.mp4”')
      worker.keep_picture('secrecy-row')
      # Who is on the list sees it, and its class.
      worker.work_as('sun')
      worker.tab('证据')
      worker.press('查看“现场.mp4”')
      wait(lambda: is_played(worker), 'the first picture')
      worker.sees('个人隐私')
      # The head of the section is not on it either, and lifts it.
      worker.work_as('zhao')
      worker.tab('证据')
      worker.sees(NOT_LISTED)
      assert not worker.has('push button', '查看“现场.mp4”')
      worker.pick('“现场.mp4”的密级', '解除密级…')
      worker.finish('解除密级', {'解除密级的理由': '画面已经处理'})
      worker.press('查看“现场.mp4”')
      wait(lambda: is_played(worker), 'the first picture')


def test_small_picture(build, demo):
  """A photo that was seen in small is not seen any more, and is not kept anywhere to be shown again."""
  with Files(build, demo) as files:
    photo = files.add('现场照片.png', make_photo)
    # Among the first rows, which are seen without scrolling.
    do(build, files.store, HANDLER, 'evidence.add',
       dict(EVIDENCE, case=files.case, attachment=photo, title='配方照片'))
    with files.open() as worker:
      worker.work_as(HANDLER)
      worker.tab('证据')
      wait(lambda: count_coloured(worker, files.folder) > 100, 'the small picture')
      worker.pick('“配方照片”的密级', '密级与阅看人…')
      worker.finish(FORM, {'秘密类别': '商业秘密', '定密理由': '配方', '可以阅看的人员': ['孙某']})
      worker.sees(NOT_LISTED)
      wait(lambda: count_coloured(worker, files.folder) == 0, 'the small picture to be gone')
      worker.tab('概况')
      worker.tab('证据')
      worker.sees(NOT_LISTED)
      assert count_coloured(worker, files.folder) == 0


def test_placeholder(build, demo):
  with Files(build, demo) as files:
    with files.open() as worker:
      worker.work_as(HANDLER)
      worker.act('登记涉密材料', {
        '名称（不得写入涉密内容）': '某项目规划图', '证据种类': '书证', '取得地点': '某单位', '是原件原物': '否',
        '国家秘密的密级': '机密', '涉密载体编号': '某密字第0007号', '保管单位或者保管人': '本局保密室',
        '原件原物存放处': '密码文件柜二层'})
      worker.tab('证据')
      worker.sees('国家秘密（机密），不存入本程序：载体编号某密字第0007号，由本局保密室保管，存放于密码文件柜二层')
      worker.tab('卷宗')
      worker.sees('某项目规划图（国家秘密，机密，另行保管）')


def test_stays(build, demo):
  """What is classified no other program gets a copy of."""
  with Files(build, demo) as files:
    files.add('客户名册.txt', lambda path: open(path, 'w', encoding='utf-8').write('甲\n乙\n'))
    with files.open() as worker:
      worker.work_as(HANDLER)
      worker.tab('证据')
      worker.press('查看“客户名册.txt”')
      worker.find('push button', '用其他程序查看…')
      worker.pick('“客户名册.txt”的密级', '密级与阅看人…')
      worker.finish(FORM, {'秘密类别': '商业秘密', '定密理由': '客户名册'})
      worker.sees('商业秘密')
      worker.press('用其他程序查看…')
      worker.sees('不得单独导出')


if __name__ == '__main__':
  run(globals(), *sys.argv[1:3])
