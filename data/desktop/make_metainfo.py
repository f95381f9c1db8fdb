#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_metainfo.py BASE INPUT OUTPUT: metainfo whose pictures lie below BASE, an address of the web.

The format takes addresses of the web only. Whoever publishes the program says where its pictures
lie (meson option pictures_url); without that the file names none rather than some that do not exist.
"""

import re
import sys

SCREENSHOTS = re.compile(r' *<screenshots>.*?</screenshots>\n', re.DOTALL)


def main(base, source, target):
  with open(source, encoding='utf-8') as file:
    text = file.read()
  if base:
    text = text.replace('@pictures@', base.rstrip('/'))
  else:
    text = SCREENSHOTS.sub('', text)
  with open(target, 'w', encoding='utf-8') as file:
    file.write(text)


main(*sys.argv[1:])
