#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dump_xlsx.py FILE: what another program finds in a book: its name, head, page and cells."""

import sys

try:
  import openpyxl
except ImportError:
  sys.exit(77)

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
print('sheet', sheet.title)
print('title', book.properties.title)
print('created', book.properties.created.isoformat())
print('frozen', sheet.freeze_panes)
print('filter', sheet.auto_filter.ref)
print('heading', sheet.oddHeader.center.text)
print('width', round(sheet.column_dimensions['A'].width))
for row in sheet.iter_rows():
  for cell in row:
    if cell.value is not None:
      print(cell.coordinate, cell.data_type, cell.number_format, repr(cell.value), sep='\t')
