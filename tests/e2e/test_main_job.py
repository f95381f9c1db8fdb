#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_main_job.py BUILD STORE: a whole case from the lead to the archive, in the window alone."""

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'structure'))
import bundle_check  # noqa: E402
import main_job  # noqa: E402
from control import ask, control  # noqa: E402
from driver import GLib, copied  # noqa: E402
from tap import Tap  # noqa: E402
from worker import Worker  # noqa: E402

CHAPTERS = [main_job.lead, main_job.filing, main_job.investigation, main_job.recordings, main_job.evidence,
            main_job.report, main_job.notice, main_job.review, main_job.decide, main_job.serve, main_job.publish,
            main_job.finish]


def read_pdf(path):
  done = subprocess.run(['pdftotext', path, '-'], capture_output=True, text=True, check=True)
  return ''.join(done.stdout.split())


def look(build, store, folder):
  """The office is sound, the case is archived, and its papers say what was decided."""
  assert ask(build, 'verify', store)['ok']
  case, = [one for one in ask(build, 'case', 'list', store)
           if one['party'] == main_job.PARTY]
  assert case['stage'] == 'archived', case
  shown = ask(build, 'case', 'show', store, case['id'])
  said = {'case_filing_approval': '同意立案', 'penalty_notice': '1,500.00元',
          'penalty_decision': '壹仟伍佰元整', 'legal_review_opinion': '城关执法中队'}
  final = {row['form']: row for row in shown['documents'] if 'object' in row}
  assert final.keys() >= said.keys(), list(final)
  for form, words in said.items():
    path = os.path.join(folder, form + '.pdf')
    control(build, 'render', store, final[form]['id'], '-o', path)
    page = read_pdf(path)
    assert words in page and '草稿' not in page, (form, words, page)
  assert final['penalty_decision']['state'] == 'served', final
  path = os.path.join(folder, 'dossier.pdf')
  control(build, 'dossier', store, case['id'], '-o', path)
  page = read_pdf(path)
  assert '行政处罚决定书' in page and main_job.PARTY in page, page[:500]
  refused = {row['rule'] for row in shown['attempts']}
  assert refused >= {'G-26', 'G-32', 'FC-42'}, refused
  look_at_public(build, shown, final['penalty_decision'], folder)


def look_at_public(build, shown, decision, folder):
  """It is public, checked by another than who covered it; what is public tells of nobody who only saw it."""
  publication, = (one for one in shown['publications'] if one['document'] == decision['id'])
  assert publication['state'] == 'released', publication
  done = {entry['act']: entry['actor'] for entry in shown['entries'] if entry['act'].startswith('publication.')}
  assert done['publication.collect'] != done['publication.check'], done
  for name, count in (('recording.bind', 3), ('recording.tie', 1), ('recording.mark', 1)):
    assert sum(entry['act'] == name for entry in shown['entries']) == count, name
  # A witness's name is covered as well as his numbers; the party, an organisation, is named.
  bundle_check.check_bundle(build, os.path.join(folder, '公示.zip'), folder,
                            [main_job.PARTY, publication['number']],
                            [main_job.WITNESS, main_job.MOBILE, main_job.IDENTITY])


def main():
  build, demo = (os.path.abspath(path) for path in sys.argv[1:3])
  store = copied(demo, build)
  tap = Tap()
  problem = None
  with tempfile.TemporaryDirectory(prefix='jz-e2e-job-') as folder:
    with Worker(build, store) as office:
      office.folder = folder
      office.photo = os.path.join(folder, '现场照片.txt')
      with open(office.photo, 'w', encoding='utf-8') as file:
        file.write('照片的说明\n')
      for chapter in CHAPTERS:
        if problem is not None:
          tap.skip(chapter.__name__, 'what it goes on from did not work')
          continue
        try:
          chapter(office)
        except (AssertionError, GLib.Error) as error:
          problem = str(error)
          if os.environ.get('JZ_PICTURES'):
            office.picture(os.path.join(os.environ['JZ_PICTURES'], 'failed.png'))
        if problem is None:
          office.keep_picture(f'chapter {CHAPTERS.index(chapter) + 1:02d} {chapter.__name__}')
        tap.check(chapter.__name__, [problem] if problem is not None else [])
    if problem is None:
      try:
        look(build, store, folder)
      except (AssertionError, KeyError, ValueError) as error:
        problem = str(error)
      tap.check('look', [problem] if problem is not None else [])
  tap.end()


if __name__ == '__main__':
  main()
