#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_samples.py FOLDER: writes the samples of test-table-file.c with openpyxl; kept so that they
can be made again. The tests read the files that are committed."""

import datetime
import os
import sys

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

TIME = datetime.datetime(2026, 3, 2, 9, 30)
FORMATS = ['yyyy-mm-dd', 'yyyy"年"m"月"d"日"', 'm/d/yy', '[$-804]yyyy/m/d;@', 'yyyy-mm-dd hh:mm',
           'h:mm', '0.00', '"day" 0', '[Red]0']


def new_book():
  book = openpyxl.Workbook()
  book.properties.created = TIME
  book.properties.modified = TIME
  return book


def make_people(path):
  book = new_book()
  book.active.title = '说明'
  book.active['A1'] = '不应读到'
  book.active.sheet_state = 'hidden'
  sheet = book.create_sheet('人员')
  sheet.append(['执法人员名单'])
  sheet.append(['姓名', '用户名', '执法证号', '证件有效期起', '证件有效期止'])
  sheet.append(['张某', 'zhang', 34010000000001, datetime.date(2024, 1, 1),
                datetime.date(2027, 12, 31)])
  sheet.append([])
  sheet.append(['  李某 ', 'li', '34010000000002', '2024年1月1日', '长期'])
  sheet['D3'].number_format = 'yyyy"年"m"月"d"日"'
  sheet['F5'] = '=1+1'
  book.active = 1
  book.save(path)


def make_values(path):
  book = new_book()
  sheet = book.active
  for i, code in enumerate(FORMATS):
    sheet.cell(i + 1, 1, code)
    cell = sheet.cell(i + 1, 2, 45658.75 if 'h' not in code or 'y' in code else 0.75)
    cell.number_format = code
  sheet.append(['true', True])
  sheet.append(['long', 110101199003070012])
  sheet.append(['float', 12.5])
  sheet.append(['first', 1])
  sheet.cell(sheet.max_row, 2).number_format = 'yyyy-mm-dd'
  sheet.append(['leap', 60])
  sheet.cell(sheet.max_row, 2).number_format = 'yyyy-mm-dd'
  sheet.append(['march', 61])
  sheet.cell(sheet.max_row, 2).number_format = 'yyyy-mm-dd'
  sheet.append(['lines', '一\n二\t三'])
  sheet.append(['markup', '<b>&amp;'])
  sheet.append(['error', '#N/A'])
  book.save(path)


def make_1904(path):
  book = new_book()
  book.epoch = CALENDAR_MAC_1904
  book.active['B2'] = datetime.date(2026, 3, 2)
  book.active['B2'].number_format = 'yyyy-mm-dd'
  book.save(path)


os.makedirs(sys.argv[1], exist_ok=True)
make_people(os.path.join(sys.argv[1], 'people.xlsx'))
make_values(os.path.join(sys.argv[1], 'values.xlsx'))
make_1904(os.path.join(sys.argv[1], '1904.xlsx'))
