# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats of Juanzong, read from their description alone (format/README.md; "§" means its
sections): canonical JSON, entries, the tree and its proofs, checkpoints, chunk lists, signatures.
Nothing here knows what a store on disk looks like; read_store.py does.
"""

import base64
import collections
import concurrent.futures
import datetime
import hashlib
import json
import os
import re
import subprocess

CHUNK = 1048576
IDENTITY = 'distid:1234567812345678'
SM2_PUBLIC_KEY = bytes.fromhex('3059301306072a8648ce3d020106082a811ccf5501822d03420004')
INSTANT = r'[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\+08:00'
NUMBER = '[1-9][0-9]*'
STORE = '[0-9a-f]{16}'


class Wrong(Exception):
  """Something that the format does not allow; its text says what."""


def require(condition, what):
  if not condition:
    raise Wrong(what)


def sha256(data):
  return hashlib.sha256(data).digest()


# §2: canonical JSON. The parser knows only the canonical spelling of strings and numbers; printing
# what it read must give the same bytes again, which also settles order of names and white space.

TOKEN = re.compile(r'[{}\[\],:]|true|false|null|-?(?:0|[1-9][0-9]*)'
                   r'|"(?:[^"\\\x00-\x1f]|\\(?:["\\bfnrt]|u00[01][0-9a-f]))*"')
ESCAPES = {'"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r',
           '\t': '\\t'}


def print_string(text):
  return '"' + re.sub(r'["\\\x00-\x1f]',
                      lambda m: ESCAPES.get(m[0], '\\u%04x' % ord(m[0])), text) + '"'


def print_json(value):
  if isinstance(value, dict):
    names = sorted(value, key=lambda name: name.encode('utf-16-be'))
    return '{' + ','.join(print_string(n) + ':' + print_json(value[n]) for n in names) + '}'
  if isinstance(value, list):
    return '[' + ','.join(map(print_json, value)) + ']'
  if isinstance(value, str):
    return print_string(value)
  return {True: 'true', False: 'false', None: 'null'}[value] if not is_integer(value) \
    else str(value)


def is_integer(value):
  return isinstance(value, int) and not isinstance(value, bool)


def parse_json(data):
  """The value of a canonical text; Wrong for any other."""
  require(len(data) <= 1048576, 'is longer than 1,048,576 bytes')
  try:
    text = data.decode('utf-8')
  except UnicodeDecodeError as error:
    raise Wrong('is not UTF-8') from error
  require('\ufeff' not in text[:1], 'begins with a byte order mark')
  place = 0

  def token():
    nonlocal place
    match = TOKEN.match(text, place)
    require(match, 'is not canonical JSON at character %d' % place)
    place = match.end()
    return match[0]

  def string(spelling):
    require(spelling[0] == '"', 'has a name that is no string')
    value = json.loads(spelling)
    require('\0' not in value, 'has a U+0000')
    return value

  def value_of(spelling, depth):
    if spelling in ('{', '['):
      require(depth <= 16, 'is deeper than 16')
      return (an_object if spelling == '{' else an_array)(depth)
    if spelling[0] == '"':
      return string(spelling)
    if spelling in ('true', 'false', 'null'):
      return {'true': True, 'false': False, 'null': None}[spelling]
    require(re.fullmatch('-?[0-9]{1,16}', spelling), 'has no value where one must stand')
    require(abs(int(spelling)) <= 2 ** 53 - 1, 'has a number over 2^53 - 1')
    return int(spelling)

  def an_object(depth):
    value = {}
    spelling = token()
    while spelling != '}':
      if value:
        require(spelling == ',', 'lacks a comma')
        spelling = token()
      name = string(spelling)
      require(name not in value, 'has the name %r twice' % name)
      require(token() == ':', 'lacks a colon')
      value[name] = value_of(token(), depth + 1)
      spelling = token()
    return value

  def an_array(depth):
    value = []
    spelling = token()
    while spelling != ']':
      if value:
        require(spelling == ',', 'lacks a comma')
        spelling = token()
      value.append(value_of(spelling, depth + 1))
      spelling = token()
    return value

  require(text[:1] == '{', 'is not an object')
  value = value_of(token(), 1)
  require(print_json(value) == text, 'is not in canonical form')
  return value


# §4: the tree of RFC 9162 §2.1.

def node(left, right):
  return sha256(b'\x01' + left + right)


def root_of(leaves):
  """The root over leaf hashes: pairs are joined level by level, an odd last one is carried up."""
  level = list(leaves)
  while len(level) > 1:
    joined = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    level = joined + level[len(joined) * 2:]
  return level[0] if level else sha256(b'')


def inclusion_holds(leaf, index, size, path, root):
  """RFC 9162 §2.1.3.2."""
  if index >= size:
    return False
  fn, sn, r = index, size - 1, leaf
  for p in path:
    if sn == 0:
      return False
    if fn & 1 or fn == sn:
      r = node(p, r)
      while not fn & 1 and fn:
        fn, sn = fn >> 1, sn >> 1
    else:
      r = node(r, p)
    fn, sn = fn >> 1, sn >> 1
  return sn == 0 and r == root


def consistency_holds(first, second, first_root, second_root, path):
  """RFC 9162 §2.1.4.2; two trees of one size are consistent when they are the same."""
  if not 0 < first <= second:
    return False
  if first == second:
    return not path and first_root == second_root
  path = list(path)
  if first & (first - 1) == 0:
    path.insert(0, first_root)
  if not path:
    return False
  fn, sn = first - 1, second - 1
  while fn & 1:
    fn, sn = fn >> 1, sn >> 1
  fr = sr = path[0]
  for c in path[1:]:
    if sn == 0:
      return False
    if fn & 1 or fn == sn:
      fr, sr = node(c, fr), node(c, sr)
      while not fn & 1 and fn:
        fn, sn = fn >> 1, sn >> 1
    else:
      sr = node(sr, c)
    fn, sn = fn >> 1, sn >> 1
  return sn == 0 and fr == first_root and sr == second_root


# §3: entries. A row has the names of the table `entry`; nothing is an empty text or blob.

Row = collections.namedtuple(
  'Row', 'arrival store seq store_prev case_id case_prev clock time actor role act act_version'
  ' batch rulebook program payload_hash cert sig hash')
NTH = '(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])'
THING = '%s-%s-%s' % (STORE, NUMBER, NTH)
PAPER_CODE = 'JZ1/%s/%s-%s/%s/%s/[0-9a-f]{8}' % (STORE, NUMBER, NTH, NUMBER, NUMBER)
FORMS = {
  'store': STORE, 'case_id': 'bureau|' + THING, 'time': INSTANT, 'actor': THING,
  'role': '[a-z]+([_-][a-z]+)*', 'act': r'[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+',
  'batch': '(%s-%s)?' % (STORE, NUMBER), 'program': r'juanzong [0-9A-Za-z.~-]+(\+[0-9a-f]{12})?',
}


def field(value):
  return len(value).to_bytes(4, 'big') + value


def body_of(row):
  def written(value):
    return value if isinstance(value, bytes) else str(value).encode()
  return field(b'JZ1') + b''.join(field(written(value)) for value in row[1:17])


def leaf_data_of(row):
  return body_of(row) + field(row.sig)


def leaf_hash(leaf_data):
  return sha256(b'\x00' + leaf_data)


def split_fields(data):
  fields = []
  while data:
    length = int.from_bytes(data[:4], 'big')
    require(len(data) >= 4 + length, 'ends inside a field')
    fields.append(data[4:4 + length])
    data = data[4 + length:]
  return fields


def check_time(text):
  require(re.fullmatch(INSTANT, text), 'the time %r is no instant' % text)
  try:
    return datetime.datetime.fromisoformat(text)
  except ValueError as error:
    raise Wrong('the time %r does not exist' % text) from error


def check_row_form(row):
  for name, pattern in FORMS.items():
    require(re.fullmatch(pattern, getattr(row, name)),
            'the field %s has not the right form: %r' % (name, getattr(row, name)))
  check_time(row.time)
  for name in ('arrival', 'seq', 'clock', 'act_version'):
    require(getattr(row, name) > 0, 'the field %s is not over 0' % name)
  for name in ('store_prev', 'case_prev', 'rulebook', 'cert', 'payload_hash', 'hash'):
    lengths = (32,) if name in ('payload_hash', 'hash') else (0, 32)
    require(len(getattr(row, name)) in lengths, 'the field %s is no hash' % name)
  require(bool(row.cert) == bool(row.sig), 'certificate and signature do not come together')
  require(not row.sig or is_minimal_signature(row.sig), 'the signature is not minimal DER')


def is_minimal_signature(der):
  """SEQUENCE of two INTEGERs of a curve of 256 bits, shortest form."""
  def integer(rest):
    length = rest[1] if len(rest) > 2 and rest[0] == 2 else 0
    value = rest[2:2 + length]
    good = 1 <= length <= 33 and len(value) == length and value[0] < 0x80 and any(value) \
      and not (length > 1 and value[0] == 0 and value[1] < 0x80)
    return rest[2 + length:] if good else None
  if len(der) < 2 or der[0] != 0x30 or der[1] != len(der) - 2 or der[1] > 0x7f:
    return False
  rest = integer(der[2:])
  return rest is not None and integer(rest) == b''


# §4: notes and proof files; §5: chunk lists; the code on paper.

def parse_base64(text):
  try:
    data = base64.b64decode(text, validate=True)
  except ValueError as error:
    raise Wrong('%r is no base64' % text) from error
  require(base64.b64encode(data).decode() == text, '%r is no canonical base64' % text)
  return data


Note = collections.namedtuple('Note', 'store size root time text key_id sig')


def parse_note(note):
  match = re.fullmatch(r'(juanzong/(%s)\n(%s)\n([A-Za-z0-9+/=]+)\ntime (%s)\n)\n'
                       r'\u2014 juanzong/(%s) ([A-Za-z0-9+/=]+)\n'
                       % (STORE, NUMBER, INSTANT, STORE), note)
  require(match, 'is not in the form of a checkpoint')
  text, store, size, root, time, signer, signature = match.groups()
  root, signature = parse_base64(root), parse_base64(signature)
  check_time(time)
  require(len(root) == 32 and store == signer, 'is not in the form of a checkpoint')
  require(is_minimal_signature(signature[4:]), 'has a signature that is not minimal DER')
  return Note(store, int(size), root, time, text, signature[:4], signature[4:])


def key_id_of(store, public_key_der):
  return sha256(('juanzong/%s\n' % store).encode() + b'\xffSM2-SM3' + public_key_der)[:4]


def check_proof_file(text):
  """Checks what a proof file proves; its checkpoint's signature is left to the caller."""
  head, _, note = text.partition('\n\n')
  note, lines = parse_note(note), head.split('\n')
  if lines[0] == 'c2sp.org/tlog-proof@v1':
    match = re.fullmatch(r'extra (\S+)\nindex (0|%s)' % NUMBER, '\n'.join(lines[1:3]))
    require(match, 'names no entry')
    extra, index = match.groups()
    leaf_data = parse_base64(extra)
    fields = split_fields(leaf_data)
    require(len(fields) == 18 and fields[0] == b'JZ1', 'holds no entry')
    require(fields[1].decode() == note.store, 'holds an entry of another store')
    require(int(fields[2]) == int(index) + 1, 'has not the index of its entry')
    require(inclusion_holds(leaf_hash(leaf_data), int(index), note.size,
                            [parse_base64(line) for line in lines[3:]], note.root),
            'does not lead to the root')
  else:
    require(lines[0] == 'juanzong/consistency@v1', 'is no proof')
    match = re.fullmatch(r'from (%s)\nroot (\S+)' % NUMBER, '\n'.join(lines[1:3]))
    require(match, 'names no earlier tree')
    size, root = match.groups()
    require(consistency_holds(int(size), note.size, parse_base64(root), note.root,
                              [parse_base64(line) for line in lines[3:]]),
            'does not lead from one root to the other')
  return note


def chunk_list_of(stream):
  """The chunk list that an object must have; pieces are read one by one, films are large."""
  whole, pieces, size = hashlib.sha256(), b'', 0
  while piece := stream.read(CHUNK):
    whole.update(piece)
    pieces += sha256(piece)
    size += len(piece)
  return b'JZS1' + size.to_bytes(8, 'big') + whole.digest() + pieces


# §6: signatures and certificates, by the openssl command.

def openssl(*arguments, data=None):
  return subprocess.run(('openssl',) + arguments, input=data, capture_output=True, check=False)


class Signatures:
  """Signature checks wait here and are then run side by side."""

  def __init__(self, folder):
    self.folder = folder
    self.jobs = []

  def file(self, name, data):
    path = os.path.join(self.folder, name)
    with open(path, 'wb') as out:
      out.write(data)
    return path

  def add(self, name, public_key_pem, body, sig):
    self.jobs.append((name, len(self.jobs), public_key_pem, body, sig))

  def verify(self, job):
    _, number, public_key_pem, body, sig = job
    paths = [self.file('%d.%s' % (number, kind), data)
             for kind, data in (('key', public_key_pem), ('body', body), ('sig', sig))]
    result = openssl('pkeyutl', '-verify', '-pubin', '-inkey', paths[0], '-rawin', '-digest', 'sm3',
                     '-pkeyopt', IDENTITY, '-in', paths[1], '-sigfile', paths[2])
    for path in paths:
      os.unlink(path)
    return result.returncode == 0

  def bad(self):
    """The names of those that do not hold."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
      return [job[0] for job, good in zip(self.jobs, pool.map(self.verify, self.jobs)) if not good]


def key_der(pem):
  return base64.b64decode(b''.join(pem.split(b'\n')[1:-2]))
