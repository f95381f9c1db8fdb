# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading catalogues of translations (PO), and what the sources have for them."""

import collections
import os
import re
import subprocess
import tempfile

# What meson's preset glib has xgettext look for; po/meson.build chooses that preset.
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3', 'ngettext:1,2')
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? "(.*)"')
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\'}

# `context` tells two messages of one wording apart; `files` is where the message stands.
Message = collections.namedtuple('Message', 'context id plural strings flags files')


def unescape(text):
  return re.sub(r'\\(.)', lambda match: ESCAPES[match.group(1)], text)


def parse_block(block):
  """One message of a catalogue, or None: what the block says of one that is obsolete is left out."""
  parts = collections.defaultdict(list)
  flags, files, current = set(), [], None
  for line in block.split('\n'):
    match = LINE.fullmatch(line)
    if match:
      current = match.group(1)
      parts[current].append(match.group(2))
    elif line.startswith('"'):
      parts[current][-1] += line[1:-1]
    elif line.startswith('#,'):
      flags.update(line[2:].replace(' ', '').split(','))
    elif line.startswith('#:'):
      files += [place.partition(':')[0] for place in line[2:].split()]
  if 'msgid' not in parts:
    return None
  context, plural = (unescape(parts[name][0]) if name in parts else None
                     for name in ('msgctxt', 'msgid_plural'))
  return Message(context, unescape(parts['msgid'][0]), plural,
                 [unescape(text) for text in parts['msgstr']], flags, files)


def parse(text):
  """The messages of a catalogue, without its header: that is the message of the empty id."""
  messages = [parse_block(block) for block in re.split(r'\n\s*\n', text)]
  return [message for message in messages if message and message.id]


def extract(root, files, keywords=KEYWORDS):
  """The messages of sources, as a catalogue of today would have them.

  Of files that are no C (templates, the desktop file) xgettext knows by itself what is to be
  translated, unless it is told to forget the keywords that it knows.
  """
  told = ['--keyword', *('--keyword=' + k for k in keywords)] if keywords else []
  command = ['xgettext', '--from-code=UTF-8', *told,
             '--add-location=file', '--output=-', '--directory=' + root, *files]
  run = subprocess.run(command, capture_output=True, encoding='utf-8')
  assert run.returncode == 0 and not run.stderr, run.stderr
  return parse(run.stdout)


def extract_from_text(source, keywords=KEYWORDS):
  with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, 'a.c'), 'w', encoding='utf-8') as file:
      file.write(source)
    return extract(folder, ['a.c'], keywords)
