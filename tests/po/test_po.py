#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_po.py ROOT: nothing that is to be translated is missed, and its Chinese is fit for print."""

import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
from catalogue import Message, extract, extract_from_text, parse
from tap import Tap, read_files

MARKED = re.compile(r'(?<!\w)(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) \(')
# What a template, or a file for the desktop, has to be translated.
MARKED_XML = re.compile(r'translatable="(?:yes|true|1)"|<(?:summary|caption)>|^(?:Name|Comment)=', re.MULTILINE)
XML_ENDINGS = ('.ui', '.desktop.in', '.gschema.xml', '.metainfo.xml.in')
# A string of a message that goes on in a macro: xgettext does not know what that stands for.
CUT = re.compile(r'(?<!\w)N?_ \(\s*(?:"(?:[^"\\\n]|\\.)*"\s*)+(?=[A-Za-z_])(\w+)')
DIRECTIVE = re.compile(r'%(?:(\d+)\$)?[-+ #0\']*(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|z|j|t)?(.?)',
                       re.DOTALL)
CONVERSIONS = 'diouxXeEfFgGcs'
HAN = re.compile('[\u3400-\u9fff]')
# Half-width signs between Chinese characters, where full-width ones belong.
HALF_WIDTH = re.compile('[\u3400-\u9fff][,;:?!]|[,;:?!][\u3400-\u9fff]')

# Words that people of an office do not use, with those that they do (design, "Words").
FORBIDDEN = {'哈希': '校验码', '快照': '送审版本', '检查点': '存证凭据', '行为': '记录'}
# A term of the law that has one of them in it.
TERMS = re.compile('违法行为')

# Begin with a small letter and do not end like a sentence, and may: what stands in a column or
# behind a name, not in the middle of a sentence. What arguments of acts mean is such without being
# listed here.
COLUMNS = {
  'unknown', 'absent', 'not needed', 'true', 'false',
  'a condition', 'a whole number', 'an amount of money', 'a date', 'a point in time', 'a text',
  'a choice', 'a list',
  'everybody', 'who: %s', 'proposed by: %s, as %s.propose',
  'list|show STORE [CASE]', 'list|show|check [ID|FILE]', 'list|show|check|test [ID]',
  'uscc|id|amount VALUE',
  'the event; not counted', 'counted', 'rest day', 'not counted', 'moved on', 'the last day',
  'from entry %u on: %s', 'entry %u: %s: %s', 'table %s', 'table %s, row %s', 'entry number %lld',
  'checkpoint %s %lld', 'draft %s',
  'case;dossier;enforcement;penalty;document;review;archive;',
}
# What stands alone in a cell, on a badge or beside a label of the window.
CELLS = {
  'a court', 'a key was proposed and is to be confirmed', 'a lawyer',
  'a scene that must not be recorded', 'administrative reconsideration',
  'adopted on %1$s, confirmed by %2$s: %3$s', 'another act', 'another cause',
  'approved by telephone', 'approved on paper', "approved with the approver's own account",
  'are enough', 'asked already', 'backed up today', 'begun', 'being withdrawn',
  'business secret', 'came back', 'can be published',
  'can sign in and look; the certificate ran out on %s, so nothing can be signed',
  'can sign in; certificate until %s', 'cannot sign in: has no key', 'chosen already',
  'closed, left out', 'confiscated', 'corrected', 'day off', 'days',
  'did not see the planted text, and nothing hidden', 'document', 'does not apply',
  'does not meet it', 'done', 'dossier', 'dossier for the party', 'dropped', 'elsewhere',
  'enclosed', 'enclosed %u', 'enclosed-%1$u%2$s', 'ended %d day ago', 'fast by',
  'fault of the device', 'file', 'first setting up of the office', 'for a court',
  'for administrative reconsideration', 'for the archive', 'for the evaluation of case files',
  'found in the bureau itself', 'found the planted text and nothing hidden', 'gaps: %s',
  'given back', 'handed to another organ', 'handed to the secrecy office', 'hidden',
  'hidden, added by hand', 'in force from %s', 'in order', 'in place of another',
  'installed: %s', 'it is not known from when to when it runs',
  'it is not said from when to when it lasted', 'kept as a sample', 'last backup %d day ago',
  'later', 'left out', 'left the office', 'locked', 'look again on %s', 'made final',
  'material that it is about', 'meets it', 'met', 'minutes', 'must be taken down',
  'never backed up', 'no address was written down', 'no error', 'no longer',
  'no recording, and no reason why', 'no recording; the reason waits to be approved',
  'no recording; the reason was not accepted', 'no role', 'nobody was there to sign',
  'nobody yet', 'none', 'none yet', 'not adopted yet', 'not asked for', 'not given yet',
  'not installed; %s stands in for it', 'not opened yet', 'not published', 'not set',
  'not shown', 'not shown yet', 'not signed', 'not stated', 'obstruction by others', 'of %u',
  'officers who take part', 'offline', 'on %1$02d-%2$02d %3$s', 'online', 'over for %d day',
  'overdue by %d day', 'p. %lld', 'page %u', 'passed', 'persons', 'pieces', 'privacy',
  'proposed by %1$s on %2$s; can be confirmed until %3$s', 'proves: %s', 'published',
  'read it here', 'recorded, though it must not be; nothing is decided of that',
  'recording, left out', 'released on %s',
  'released: it does not show what must not be recorded', 'restored', 'right', 'saved', 'sealed',
  'sealed off', 'seconds', 'seen', 'sent to be tested', 'shown since %1$s, %2$s',
  'shown since %s', 'shows no step yet', 'signed', 'signing was refused', 'since %s', 'slow by',
  'somebody whom the party sends', 'square metres', 'state secret', 'stays public',
  'stays sealed off', 'stays unpublished', 'store', 'stored %1$lld hours after it ended (%2$s)',
  'stored %lld hours after it ended, no reason given', 'taken down on %1$s, %2$s',
  'taken down on %s', 'taken from a recording', 'the adopted one', 'the bureau itself',
  'the case stands here', 'the document that the public gets to see', 'the earlier one ran out',
  'the first one', 'the law as a whole', 'the legal representative', 'the organ above',
  'the other organ still has %d day', "the other organ's time ended %d day ago",
  'the party still has %d day', "the party's time ended %d day ago",
  'the password was forgotten', 'the same act', 'the same matter', 'the shipped one', 'times',
  'to be checked', 'to be collected', 'to be corrected', 'to be released',
  'to be seen by the party', 'today', 'told by a carrier', 'told by an organ above',
  'told by somebody of the public', 'told by the party', 'took a copy', 'waits for the carriers',
  'was not run', 'weather', 'who may view it', 'withdrawn', 'years', 'yuan',
  'zip, tar.gz or tar.zst; otherwise as the name ends',
}


def show(message):
  return repr(message.id if len(message.id) <= 70 else message.id[:69] + '…')


def find_unlisted(sources, listed):
  """Path -> text of sources; the lines of POTFILES.in."""
  marked = {path for path, text in sources.items()
            if (MARKED_XML if path.endswith(XML_ENDINGS) else MARKED).search(text)}
  problems = [f'{path} has messages and is not in POTFILES.in' for path in sorted(marked - set(listed))]
  problems += [f'{path} is in POTFILES.in and has no messages' for path in listed if path not in marked]
  if listed != sorted(set(listed)):
    problems.append('POTFILES.in is not sorted, or names a file twice')
  return problems


def find_cut(sources):
  return [f'{path}: a message is cut by {match.group(1)}; write %llu, %lld or %zu'
          for path, text in sources.items() for match in CUT.finditer(text)]


def find_missing(fresh, kept):
  """Messages of the sources against those of the catalogue."""
  fresh, kept = ({(m.context, m.id, m.plural): m for m in messages} for messages in (fresh, kept))
  problems = [f'{show(m)} ({m.files[0]}) is not in the catalogue'
              for key, m in fresh.items() if key not in kept]
  return problems + [f'{show(m)} is in no source' for key, m in kept.items() if key not in fresh]


def find_unfinished(messages, text):
  problems = [f'{show(m)} is fuzzy' for m in messages if 'fuzzy' in m.flags]
  problems += [f'{show(m)} is not translated' for m in messages if not all(m.strings)]
  problems += ['an obsolete message is kept: ' + line for line in re.findall('^#~ msgid.*', text, re.MULTILINE)]
  return problems


def list_directives(text):
  """Number of the argument -> length and conversion; what cannot be printed raises ValueError."""
  found, n_plain = {}, 0
  for number, width, precision, length, conversion in DIRECTIVE.findall(text):
    if conversion == '%':
      continue
    if conversion not in CONVERSIONS or not conversion or '*' in (width, precision):
      raise ValueError('a directive is cut or unknown')
    n_plain += not number
    found[int(number or n_plain)] = (precision, length, conversion)
  if n_plain not in (0, len(found)):
    raise ValueError('some directives are numbered and some not')
  return found


def find_wrong_directives(messages):
  """Directives of the translation against those of the message, or of its plural."""
  problems = []
  for message in messages:
    try:
      wanted = list_directives(message.plural or message.id)
      if any(list_directives(text) != wanted for text in message.strings):
        problems.append(f'{show(message)} has other directives than its translation')
    except ValueError as error:
      problems.append(f'{show(message)}: {error}')
  return problems


def find_fragments(messages, columns):
  """Messages that look like pieces of which a sentence is built."""
  problems = []
  for message in messages:
    text = message.id.strip()
    if re.match('[a-z]', text) and text[-1] not in '.:!?…' and text not in columns:
      problems.append(f'{show(message)} ({message.files[0]}) looks like a piece of a sentence')
  return problems


def list_kept_words(text):
  """What is the same in every language: options, names of acts, files, and commands with them."""
  return sorted(re.findall(r'(?<![\w-])--[a-z][a-z-]*|\b[a-z_]+\.[a-z_]+\b(?!\()', text))


def find_bad_chinese(messages):
  problems = []
  for message in messages:
    for text in message.strings:
      problems += [f'{show(message)}: “{word}” is written; say {better}'
                   for word, better in FORBIDDEN.items() if word in TERMS.sub('', text)]
      if list_kept_words(message.id) != list_kept_words(text):
        problems.append(f'{show(message)}: options or names differ')
      # A list of the desktop file is parted so in every language.
      if HALF_WIDTH.search(text) and not message.id.endswith(';'):
        problems.append(f'{show(message)}: a half-width sign stands beside Chinese: {text!r}')
      if message.id.strip().endswith('.') and not re.search(r'[。：…]$|%\d?\$?s$', text.strip()):
        problems.append(f'{show(message)}: the sentence has no end: {text!r}')
      if re.search('[A-Za-z]{4}', message.id) and len(message.id.split()) > 2 and not HAN.search(text):
        problems.append(f'{show(message)} is not in Chinese')
  return problems


def check_with_msgfmt(path):
  run = subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', path], capture_output=True,
                       encoding='utf-8')
  return [] if run.returncode == 0 and not run.stderr.strip() else run.stderr.strip().split('\n')


PLANTED = '''
#: src/a.c
#, fuzzy, c-format
msgid "Store %s has %d entries."
msgstr "%2$d 条记录，案卷库 %1$s。"

#: src/a.c
msgctxt "list"
msgid "a \\\\ \\"b\\"\\n"
msgstr ""

#~ msgid "old"
#~ msgstr "旧"
'''


def make(text, *strings, plural=None):
  return Message(None, text, plural, list(strings), set(), ['src/a.c'])


def check_planted_sources(tap):
  sources = {'src/a.c': 'f (_ ("A."));', 'src/b.c': 'f (C_ ("list", ", "));', 'src/c.c': 'g__ ("A.")'}
  tap.check('planted/listed', find_unlisted(sources, ['src/a.c', 'src/b.c']))
  templates = {'ui/a.ui': '<property name="label" translatable="yes">A</property>', 'ui/b.ui': '<b>_ ("A")</b>'}
  tap.check('planted/template', find_unlisted(templates, ['ui/a.ui']))
  tap.check_found('planted/not-listed', find_unlisted(sources, ['src/b.c']))
  tap.check_found('planted/listed-for-nothing', find_unlisted(sources, ['src/a.c', 'src/b.c', 'src/c.c']))
  tap.check_found('planted/unsorted', find_unlisted(sources, ['src/b.c', 'src/a.c']))
  cut = 'f (_ ("first %" G_GUINT64_FORMAT\n " entries.")); N_ ("a" "b %"\n  PRIu64 "c")'
  tap.check_found('planted/cut', find_cut({'a.c': cut, 'b.c': 'f (_ ("a \\" b"\n  "c"), d (e));'}), 2)


def check_planted_catalogues(tap):
  messages = parse(PLANTED)
  tap.check('planted/parsed', [] if [m.id for m in messages] == ['Store %s has %d entries.', 'a \\ "b"\n']
            and messages[1].context == 'list' else [repr(messages)])
  tap.check_found('planted/unfinished', find_unfinished(messages, PLANTED), 3)
  fresh = extract_from_text('f (_ ("One."), C_ ("list", ", "), N_ ("Two."));')
  tap.check('planted/fresh', [] if [m.id for m in fresh] == ['One.', ', ', 'Two.'] else [repr(fresh)])
  tap.check_found('planted/missing', find_missing(fresh, fresh[1:] + [make('Three.', '三。')]), 2)
  tap.check('planted/none-missing', find_missing(fresh, fresh))


def check_planted_words(tap):
  right = [make('%s is %d.', '%2$d 是 %1$s。'), make('100 %% of %.2s', '%.2s 的 100%%'),
           make('%u entry', '%u 项', plural='%u entries')]
  wrong = [make('%s', '无'), make('%d', '%s'), make('%s %d', '%d %s'), make('%ld', '%d'),
           make('first %', '前 %'), make('%s %s', '%1$s %s'), make('%u entry', '项', plural='%u entries')]
  tap.check('planted/directives', find_wrong_directives(right))
  tap.check_found('planted/wrong-directives', find_wrong_directives(wrong), len(wrong))
  fragments = [make('of the store'), make('  was altered'), make('who')]
  tap.check_found('planted/fragments', find_fragments(fragments + [make('give a date.'), make('N')], {'who'}), 2)
  good = [make('Use --as in case.open.', '请在 case.open 中用 --as。'), make('at limit(x).due', '在 limit(x).due')]
  bad = [make('Hash.', '哈希。'), make('Use --as.', '请用 --作为。'), make('A is b.', '甲,乙。'), make('Done.', '完成'),
         make('Nothing was done here', 'Nothing was done')]
  tap.check('planted/chinese', find_bad_chinese(good))
  tap.check_found('planted/bad-chinese', find_bad_chinese(bad), len(bad))


def check_tree(tap, root):
  sources = read_files(root, 'src', endings=('.c', '.h'))
  others = read_files(root, 'data', 'ui', endings=XML_ENDINGS)
  with open(os.path.join(root, 'po', 'POTFILES.in'), encoding='utf-8') as file:
    listed = file.read().split()
  tap.check('there are messages', [] if len(listed) > 50 else [f'{len(listed)} files'])
  tap.check('POTFILES.in names the sources that have messages', find_unlisted({**sources, **others}, listed))
  tap.check('no message is cut by a macro', find_cut(sources))
  return extract(root, sorted(sources)) + extract(root, sorted(others), keywords=())


def list_meanings(root):
  """What stands in the tables of arguments and settings: a column of its own in lists."""
  folder = os.path.join('src', 'office')
  tables = [os.path.join(folder, name) for name in os.listdir(os.path.join(root, folder))
            if re.fullmatch(r'acts_\w+\.c|(case_check|discretion|document_step|documents)\.h|'
                            r'recording_step\.h|documents\.c|fact_arguments\.c', name)]
  return {message.id for message in extract(root, sorted(tables), ['N_'])}


def main(root):
  tap = Tap()
  check_planted_sources(tap)
  check_planted_catalogues(tap)
  check_planted_words(tap)
  fresh = check_tree(tap, root)
  tap.check('no message is a piece of a sentence', find_fragments(
    fresh, COLUMNS | CELLS | list_meanings(root)))
  with open(os.path.join(root, 'po', 'LINGUAS'), encoding='utf-8') as file:
    for language in file.read().split():
      path = os.path.join(root, 'po', language + '.po')
      with open(path, encoding='utf-8') as catalogue:
        text = catalogue.read()
      messages = parse(text)
      tap.check(f'{language}: every message is there', find_missing(fresh, messages))
      tap.check(f'{language}: everything is translated', find_unfinished(messages, text))
      tap.check(f'{language}: the directives agree', find_wrong_directives(messages))
      tap.check(f'{language}: msgfmt has no complaint', check_with_msgfmt(path))
      tap.check(f'{language}: words and signs', find_bad_chinese(messages))
  tap.end()


main(sys.argv[1])
