# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the reader itself against the vectors that belong to the description of the formats."""

import io
import json
import re
import tempfile

from formats import (FORMS, PAPER_CODE, Row, Signatures, Wrong, body_of, check_proof_file,
                     check_row_form, chunk_list_of, consistency_holds, inclusion_holds, key_der,
                     key_id_of, leaf_data_of, leaf_hash, openssl, parse_json, parse_note, require,
                     root_of, sha256, split_fields)


def row_of(entry):
  blobs = ('store_prev', 'case_prev', 'rulebook', 'payload_hash', 'cert', 'sig', 'hash')
  values = {name: bytes.fromhex(value) if name in blobs else value
            for name, value in dict(entry, arrival=entry['seq'], case_id=entry['case']).items()}
  return Row(*(values[name] for name in Row._fields))


def accepts(function, *arguments):
  try:
    function(*arguments)
  except Wrong:
    return False
  return True


def check_entries(vectors, signatures, public_key):
  last, cases = None, {}
  for entry in vectors['entries']:
    row, text = row_of(entry), entry['payload'].encode()
    name = 'vector entry %d' % row.seq
    # The first vector was made with the actor `<store>-1`, which §3 does not allow.
    check_row_form(row if row.seq > 1 else row._replace(actor=row.store + '-1-1'))
    require(body_of(row).hex() == entry['body'], name + ': body')
    require([part.hex() for part in split_fields(leaf_data_of(row))[:3]]
            == [b'JZ1'.hex(), row.store.encode().hex(), str(row.seq).encode().hex()],
            name + ': fields')
    require(leaf_hash(leaf_data_of(row)) == row.hash, name + ': hash')
    require(sha256(bytes.fromhex(entry['salt']) + text) == row.payload_hash, name + ': payload')
    require(parse_json(text) == json.loads(text), name + ': canonical JSON')
    require(row.store_prev == (last.hash if last else b''), name + ': chain of the store')
    require(row.case_prev == cases.get(row.case_id, b''), name + ': chain of the case')
    require(row.clock == row.seq and (not last or row.time > last.time), name + ': clock')
    if row.sig:
      signatures.add(name, public_key, body_of(row), row.sig)
    last, cases[row.case_id] = row, row.hash


def check_tree(vectors):
  leaves = [bytes.fromhex(entry['hash']) for entry in vectors['entries']]
  roots = [bytes.fromhex(root) for root in vectors['roots']]
  for size, root in enumerate(roots):
    require(root_of(leaves[:size]) == root, 'root of %d' % size)
  for proof in vectors['inclusion']:
    path = [bytes.fromhex(part) for part in proof['proof']]
    index, size = proof['index'], proof['size']
    name = 'inclusion of %d in %d' % (index, size)
    require(inclusion_holds(leaves[index], index, size, path, roots[size]), name)
    for wrong in ((sha256(b''), index, size, path), (leaves[index], size, size, path),
                  (leaves[index], index, size, path + [roots[1]]),
                  (leaves[index], index, size, path[1:] or [b''])):
      require(not inclusion_holds(*wrong, roots[size]), name + ', altered')
  for proof in vectors['consistency']:
    path = [bytes.fromhex(part) for part in proof['proof']]
    first, second = proof['from'], proof['to']
    name = 'consistency of %d with %d' % (first, second)
    require(consistency_holds(first, second, roots[first], roots[second], path), name)
    require(not consistency_holds(first, second, roots[first], roots[0], path), name + ', altered')
    require(not consistency_holds(first, second, roots[0], roots[second], path), name + ', altered')
    require(not consistency_holds(first, second, roots[first], roots[second], path + [roots[0]]),
            name + ', longer')


def check_notes(vectors, signatures):
  key = vectors['store_public_key_pem'].encode()
  for kind in ('checkpoint', 'inclusion_file', 'consistency_file'):
    text = vectors[kind]
    note = parse_note(text) if kind == 'checkpoint' else check_proof_file(text)
    require(note.size == 17 and note.root.hex() == vectors['roots'][17], kind + ': root')
    require(note.key_id == key_id_of(note.store, key_der(key)), kind + ': key id')
    signatures.add(kind, key, note.text.encode(), note.sig)
    for line in range(len(text.splitlines())):
      lines = text.splitlines(keepends=True)
      lines[line] = lines[line].replace('\n', ' \n')
      check = parse_note if kind == 'checkpoint' else check_proof_file
      require(not accepts(check, ''.join(lines)), '%s: a space in line %d' % (kind, line))


def check_small_things(vectors):
  for text in vectors['canonical_json']['accept']:
    require(accepts(parse_json, text.encode()), 'canonical JSON refused: ' + text)
  for text in vectors['canonical_json']['refuse']:
    data = text.encode('utf-8', 'surrogatepass')
    require(not accepts(parse_json, data), 'canonical JSON accepted: ' + ascii(text))
  size = vectors['chunk_list']['size']
  content = bytes((i * 131 + 7) % 251 for i in range(251)) * (size // 251 + 1)
  chunks = chunk_list_of(io.BytesIO(content[:size]))
  require(chunks.hex() == vectors['chunk_list']['chunks'], 'chunk list')
  require(chunks[12:44].hex() == vectors['chunk_list']['object'], 'object of the chunk list')
  code = vectors['paper_code']
  require(re.fullmatch(PAPER_CODE, code), 'paper code')
  require(any(entry['hash'].startswith(code[-8:]) for entry in vectors['entries']),
          'paper code: hash')
  for wrong in (code + '0', code.replace('JZ1', 'JZ2'), code.replace('/5-1/', '/5-256/'),
                code.replace('/5-1/', '/05-1/'), code.upper()):
    require(not re.fullmatch(PAPER_CODE, wrong), 'paper code accepted: ' + wrong)
  require(set(FORMS) <= set(Row._fields), 'forms of fields')


def self_test(path):
  """All vectors of the file @path; 0 when the reader reads them as they are meant, else 4."""
  with open(path, encoding='utf-8') as stream:
    vectors = json.load(stream)
  with tempfile.TemporaryDirectory() as temporary:
    signatures = Signatures(temporary)
    certificate = signatures.file('certificate.pem', vectors['person_certificate_pem'].encode())
    der = openssl('x509', '-in', certificate, '-outform', 'DER').stdout
    require(sha256(der).hex() == vectors['entries'][0]['cert'], 'certificate')
    person_key = openssl('x509', '-in', certificate, '-pubkey', '-noout').stdout
    check_entries(vectors, signatures, person_key)
    check_tree(vectors)
    check_notes(vectors, signatures)
    check_small_things(vectors)
    require(not signatures.bad(), 'signatures: %s' % signatures.bad())
    good = len(signatures.jobs)
    name, _, key, body, sig = signatures.jobs[0]
    signatures.jobs = []
    signatures.add(name, key, body + b'\0', sig)
    require(signatures.bad() == [name], 'an altered body keeps its signature')
  print('%d entries, %d signatures, %d proofs: the reader agrees with the vectors.' % (
    len(vectors['entries']), good, len(vectors['inclusion']) + len(vectors['consistency'])))
  return 0
