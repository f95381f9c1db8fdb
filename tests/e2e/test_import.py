#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_import.py BUILD STORE: lists of people as a workbook and as a table in GB18030 come in, and
what is refused says why and can be saved, put right and taken in again."""

import csv
import os
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
from driver import copied, run, wait  # noqa: E402
from worker import Worker  # noqa: E402

HEADS = ['姓名', '用户名', '科室', '角色', '执法证号', '发证机关', '有效期起', '有效期止']
N_ROWS = 30
PARTS = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                         '<Default Extension="xml" ContentType="application/xml"/>'
                         '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
                         '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                 '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                     '<sheets><sheet name="人员" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def make_people(surname, prefix):
  """Thirty rows; the last three cannot come in."""
  people = [[f'{surname}某{n}', f'{prefix}{n}', '城关执法中队', '承办人', f'{prefix}证{n:04}',
             '某某省人民政府', '2025-01-01', '2027-12-31'] for n in range(N_ROWS)]
  people[-3][0] = ''
  people[-2][3] = '船长'
  people[-1][7] = '2024-01-01'
  return people


def write_workbook(path, rows):
  lines = ''.join('<row>' + ''.join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) +
                  '</row>' for row in rows)
  with zipfile.ZipFile(path, 'w') as book:
    for name, text in PARTS.items():
      book.writestr(name, text)
    book.writestr('xl/worksheets/sheet1.xml',
                  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                  f'<sheetData>{lines}</sheetData></worksheet>')


def write_table(path, rows):
  with open(path, 'w', encoding='gb18030', newline='') as file:
    csv.writer(file).writerows(rows)


def show_people(office):
  office.key('alt+6')
  office.click('label', '执法人员')


def take_in(office, path):
  office.choose_file(office.find('push button', '选择文件…'), path)
  office.sees(f'可导入 {N_ROWS - 3} 行，已有 0 行，不能导入 3 行')
  office.press('导入')
  office.sees(f'已导入人员 {N_ROWS - 3} 名')


def save_refused(office, path):
  office.choose_file(office.find('push button', '导出不能导入的行…'), path, '保存')
  wait(lambda: os.path.exists(path), path)


def test_import(build, store):
  with tempfile.TemporaryDirectory(prefix='jz-e2e-import-') as folder:
    book, table = (os.path.join(folder, name) for name in ('人员.xlsx', '人员.csv'))
    write_workbook(book, [HEADS, *make_people('钱', 'q')])
    write_table(table, [HEADS, *make_people('施', 's')])
    with Worker(build, store) as office:
      office.work_as('wang')
      show_people(office)
      office.press('导入…')
      take_in(office, book)
      for reason in ('船长', '姓名'):
        office.sees(reason)
      save_refused(office, os.path.join(folder, '被拒绝.xlsx'))
      office.press('人员')
      office.press('导入…')
      take_in(office, table)


def test_found_after_restart(build, store):
  with Worker(build, store) as office:
    office.work_as('wang')
    show_people(office)
    for name in ('钱某0', '施某26'):
      office.find('label', name)


if __name__ == '__main__':
  run(globals(), os.path.abspath(sys.argv[1]), copied(sys.argv[2], os.path.abspath(sys.argv[1])))
