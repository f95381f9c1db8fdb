#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_main_job.py JUANZONGCTL LOCALES: a whole case from the lead to the archive by `do` alone (requirements, the main job). Prints TAP."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
import main_job as words  # noqa: E402  (a module of this test)
from main_job import ACCOUNT, CREDENTIALS, PEOPLE, Job  # noqa: E402
from tap import Tap  # noqa: E402

DRAFT = {'decision.kinds': [{'kind': 'fine'}], 'decision.basis': words.cited(), 'decision.remedy': 'review_or_suit',
         'decision.review_organ': '某某市人民政府', 'decision.court': '某某市城东区人民法院', 'discretion.tier': 'grave',
         'discretion.direction': 'general'}


def set_up(job):
  """People with roles and certificates, credentials of which one runs out, and what the bureau works by."""
  job.run('init', job.store, '--bureau', words.BUREAU, '--admin', 'admin', '--demo')
  ids = job.batch('admin', 'person.add', [{'user': user, 'name': name} for user, (name, _) in PEOPLE.items()])
  job.persons = dict(zip(PEOPLE, ids))
  roles = [{'person': job.persons[user], 'role': role} for user, (_, role) in PEOPLE.items()]
  job.batch('admin', 'role.grant', roles[:1])
  job.by_two('admin', 'head', 'store.accept', person=job.persons['head'])
  job.batch('admin', 'role.grant', roles[1:])
  first = [{'person': person, 'reason': 'first'} for user, person in job.persons.items() if user != 'head']
  proposals = [entry['hash'] for entry in job.perform('admin', 'certificate.issue.propose', first, 0)['entries']]
  job.batch('head', 'certificate.issue', [{'proposal': proposal} for proposal in proposals])
  job.batch('admin', 'credential.add',
            [{'person': job.persons[user], 'number': number, 'issuer': '某某市人民政府', 'valid_from': '2022-01-01', 'valid_to': last}
             for user, (number, last) in CREDENTIALS.items()])
  for act, book in (('rulebook.adopt', {'book': 'demo'}), ('forms.adopt', {}), ('calendar.adopt', {})):
    job.by_two('section', 'head', act, in_force='2025-01-01', reason='启用', **book)


def lead(job):
  job.at('2025-03-03', '08:50')
  job.refuse('J-CLOCK', 'wang', 'session.sign_in')  # two months after the last entry
  job.do('admin', 'clock.confirm', reason='演示库的时间')
  job.at('2025-03-03', '09:00')
  job.case = job.make('wang', 'lead.register', title=words.COMPANY + words.CAUSE + '案', party=words.COMPANY, matter=words.CAUSE,
                      found='2025-03-03', **{'case.source': 'inspection', 'case.lead_text': '巡查发现墙面新设广告设施',
                                             'case.is_reporter_named': False})
  job.do('wang', 'lead.check', **{
    'case.jurisdiction': 'own', 'case.jurisdiction_checked_on': '2025-03-03', 'case.is_filed_elsewhere': False,
    'conduct.began_on': '2025-02-10', 'conduct.ended_on': '2025-03-03', 'conduct.found_on': '2025-03-03', 'conduct.place': words.PLACE,
    'conduct.is_in_area': True, 'conduct.is_continuing': False, 'conduct.has_harm': False})
  stated = {'party.' + name: value for name, value in words.PARTY.items()} | {'party.capacity': 'full'}
  job.refuse('J-CODE', 'wang', 'party.state', **(stated | {'party.id_number': '91110000MA01ABCD53'}))
  job.do('wang', 'party.state', **stated)


def filing(job):
  """On paper: the approver signs, one registers it, another confirms it."""
  job.sheet = job.draft('wang', 'case_filing_approval', **words.FILING)
  args = {'document': job.sheet, 'opinion': '同意立案。', 'case.filed_on': '2025-03-03', 'case.cause': '涉嫌' + words.CAUSE,
          'case.procedure': 'ordinary', 'matter.id': 'MT-CS-002', 'matter.field': 'HR', 'matter.is_listed': True,
          'matter.limitation': 'ordinary', 'matter.needs_review_by_law': False, 'matter.is_enterprise_resource': False}
  paper = args | {'way': 'paper', 'approver': job.persons['approver'], 'source': '立案审批表原件，存办公室'}
  job.refuse('FC-04', 'wang', 'document.submit', document=job.sheet, opinion='请审批。')
  job.refuse('G-01', 'wang', 'case.file.propose', **{name: value for name, value in paper.items() if name != 'document'})
  job.do('section', 'case.assign', person=job.persons['zhao'], duty='handler')
  job.do('wang', 'document.revise', document=job.sheet, values=words.FILING)  # the second officer stands in it now
  job.refuse('J-DOCUMENT', 'wang', 'case.file.propose', **paper)
  job.pass_on(job.sheet, '同意立案，由王某、赵某承办。')
  job.refuse('J-APPROVAL', 'wang', 'case.file.propose', **(args | {'way': 'paper'}))
  job.refuse('J-APPROVAL', 'wang', 'case.file.propose', **{name: value for name, value in paper.items() if name != 'opinion'})
  job.by_two('wang', 'section', 'case.file', **paper)
  job.finalise('wang', job.sheet, '2025-03-03')
  characterise(job, False)


def characterise(job, is_major):
  job.do('wang', 'case.characterise', **{
    'case.n_parties': 1, 'case.is_complex': False, 'case.is_major': is_major, 'case.touches_public_interest': True,
    'case.has_social_risk': False, 'case.has_joint_organs': False, 'case.concerns_major_rights': False})


def inspection(job):
  """The credential of one officer ran out the day before; the party refuses to sign."""
  job.at('2025-03-04', '10:45')
  visit = {'shown': True, 'shown_to': '张某', 'text': '现场检查，测量并拍照。', 'act.happened_on': '2025-03-04', 'act.place': words.PLACE}
  both = [job.persons['wang'], job.persons['zhao']]
  refusal = job.refuse('G-02', 'wang', 'field.inspect', officers=[both[0], job.persons['zhou']], **visit)
  assert '周某' in refusal['sentence'] and '2025年3月4日' in refusal['sentence'], refusal
  job.refuse('J-SHOWN', 'wang', 'field.inspect', officers=both, **(visit | {'shown': False}))
  act = job.make('wang', 'field.inspect', officers=both, **visit)
  job.scene = job.draft('wang', 'scene_record', **words.SCENE)
  job.finalise('wang', job.scene, '2025-03-04')
  job.refuse('FC-43', 'wang', 'document.sign', document=job.scene, how='refused', on='2025-03-04')
  job.do('wang', 'document.sign', document=job.scene, how='refused', on='2025-03-04',
         reason='张某看过笔录后拒绝签名，见证人孔某在场签名，录像编号V20250304-01。')
  note = {'act': act, 'signed': 'refused', 'text': '现场检查笔录', 'record.kind': 'inspection'}
  job.refuse('G-04', 'wang', 'record.finalise', **(note | {'record.shows_credential': False}))
  job.do('wang', 'record.finalise', **(note | {'record.shows_credential': True}))


def preservation(job):
  """Approved by telephone; the notice bears a number that was kept back, and one number is spoiled."""
  job.at('2025-03-04', '11:00')
  kept = {'officers': [job.persons['wang'], job.persons['zhao']], 'items': ['喷绘广告布一幅', '角钢支架十二根'],
          'preservation.made_at': '2025-03-04T10:50:00.000+08:00', 'preservation.made_on': '2025-03-04', 'preservation.list_signed': True}
  job.refuse('G-14', 'wang', 'preservation.make', **kept)
  spoiled = job.draft('wang', 'preserve_notice', **words.PRESERVE)
  job.pass_on(spoiled)
  call = {'way': 'telephone', 'approver': job.persons['approver'], 'source': '3月4日10时46分致电郑某', 'opinion': '同意先行登记保存。',
          'preservation.approved_at': '2025-03-04T10:46:00.000+08:00', 'preservation.reason': '设施可能被拆除灭失'}
  job.by_two('wang', 'zhao', 'preservation.approve', document=spoiled, **call)
  job.do('wang', 'preservation.make', **kept)
  job.do('section', 'number.reserve', series='登保', count=3, reason='王某外出当场使用')
  job.do('wang', 'number.void', number='登保〔2025〕1号', reason='现场写坏')
  job.refuse('J-NUMBER', 'wang', 'document.finalise', document=spoiled, **{'document.number': '登保〔2025〕1号', 'document.date': '2025-03-04'})
  job.finalise('wang', spoiled, '2025-03-04', **{'document.number': '登保〔2025〕2号'})
  job.do('wang', 'document.void', document=spoiled, reason='打印时污损')
  job.notice = job.draft('wang', 'preserve_notice', **words.PRESERVE)
  job.pass_on(job.notice)
  job.by_two('wang', 'zhao', 'preservation.approve', document=job.notice, **call)
  job.refuse('J-NUMBER', 'wang', 'document.finalise', document=job.notice,
             **{'document.number': '登保〔2025〕2号', 'document.date': '2025-03-04'})
  job.finalise('wang', job.notice, '2025-03-04', **{'document.number': '登保〔2025〕3号'})
  job.do('wang', 'document.sign', document=job.notice, how='sealed', on='2025-03-04', copies=3)
  served(job, job.notice, '先行登记保存证据通知书', 'direct', '2025-03-04')


def served(job, document, title, method, day, result='served', **more):
  return job.make('wang', 'document.serve', document=document, result=result, **{
    'service.document': title, 'service.method': method, 'service.served_on': day, 'service.receipt': result == 'served'}, **more)


def inquiry(job):
  job.at('2025-03-05', '10:30')
  job.do('wang', 'field.inquire', officers=[job.persons['wang'], job.persons['zhao']], shown=True, shown_to='张某', text='询问张某。',
         **{'act.happened_on': '2025-03-05', 'act.place': words.BUREAU + '询问室'})
  job.inquiry = job.draft('wang', 'inquiry_record', **words.INQUIRY)
  job.finalise('wang', job.inquiry, '2025-03-05')
  job.do('wang', 'document.sign', document=job.inquiry, how='signed', on='2025-03-05')
  kinds = {'record': 'scene_record', 'document': 'document', 'statement': 'party_statement'}
  items = job.batch('wang', 'evidence.add', [
    {'title': name, 'evidence.items.number': str(n + 1), 'evidence.items.kind': kinds[kind], 'evidence.items.obtained_by': '王某',
     'evidence.items.obtained_on': '2025-03-05', 'evidence.items.obtained_at': words.PLACE, 'evidence.items.is_original': True}
    for n, (name, kind, _) in enumerate(words.EVIDENCE)])
  bound = {'evidence.is_lawful': True, 'evidence.is_verified': True, 'evidence.is_by_device': False}
  job.refuse('G-24', 'wang', 'evidence.bind', evidence=items[0], element='conduct', **(bound | {'evidence.is_verified': False}))
  job.batch('wang', 'evidence.bind', [{'evidence': item, 'element': element} | bound
                                      for item, element in zip(items, ('conduct', 'place', 'result', 'subject'))])
  job.do('wang', 'conduct.state', **{'conduct.area': 60, 'conduct.is_corrected': False})


def report(job):
  job.at('2025-03-11', '15:00')
  job.by_two('wang', 'approver', 'preservation.handle', **ACCOUNT, result='return',
             **{'preservation.handled_on': '2025-03-11', 'preservation.is_kept': False})
  job.do('wang', 'report.make', **{'case.report_on': '2025-03-11', 'case.report_proposal': '罚款五万元'})
  number = job.documents()[job.sheet]['number']
  job.report = job.draft('wang', 'investigation_report', **words.report(number))
  job.pass_on(job.report)
  job.finalise('wang', job.report, '2025-03-11')
  job.do('wang', 'decision.draft', **{'decision.fine': 5000000}, **DRAFT)


def notice(job):
  """Told by account; sent by mail it comes back, then it is left in the presence of a witness."""
  job.at('2025-03-13', '09:00')
  told = {'notice.approved_on': '2025-03-13', 'notice.content': '拟罚款五万元', 'notice.fine': 5000000, 'notice.hearing_right_told': True}
  job.told = job.draft('wang', 'penalty_notice', **words.NOTICE)
  job.pass_on(job.told)
  proposal = job.propose('wang', 'notice.approve', document=job.told, opinion='同意告知。', **ACCOUNT, **told)
  job.refuse('J-APPROVAL', 'section', 'notice.approve', proposal=proposal)
  job.do('approver', 'notice.approve', proposal=proposal)
  job.finalise('wang', job.told, '2025-03-13')
  job.do('wang', 'document.sign', document=job.told, how='sealed', on='2025-03-13', copies=2)
  job.at('2025-03-17', '16:00')
  served(job, job.told, '行政处罚事先告知书', 'mail', '2025-03-17', 'returned', reason='查无此人，退回')
  assert job.documents()[job.told]['state'] == 'signed'
  job.at('2025-03-18', '11:00')
  job.do('wang', 'notice.serve', document=job.told, **{'notice.served_on': '2025-03-18', 'notice.hearing_right_served_on': '2025-03-18'})
  row = job.documents()[job.told]
  assert row['state'] == 'served', row
  values = words.receipt(row['number'], row['title'], '某某市城东区人民路18号', '2025-03-18T10:20', 2, method='left', witness='孔某',
                         witness_address='某某社区居民委员会', video='V20250318-01', refuse_reason='张某拒绝签收，将文书留在其经营场所，全程录像。')
  wrong = job.draft('wang', 'service_receipt', **(values | {'place': '某某市城东区人民路81号'}))
  job.finalise('wang', wrong, '2025-03-18')
  job.refuse('J-DOCUMENT', 'wang', 'document.revise', document=wrong, values=values)
  job.corrected = job.make('wang', 'document.correct', corrects=wrong, reason='送达地点写错', values=values)
  job.finalise('wang', job.corrected, '2025-03-18')
  assert job.documents()[wrong]['state'] == 'corrected'


def hearing(job):
  job.at('2025-03-19', '09:30')
  job.do('wang', 'defence.receive', **{'defence.received_on': '2025-03-19'})
  job.do('wang', 'hearing.ask', **{'hearing.requested_on': '2025-03-19'})
  job.refuse('G-13', 'head', 'hearing.appoint', host=job.persons['zhao'], **{'hearing.clerk_name': '李某'})
  job.do('head', 'hearing.appoint', host=job.persons['host'], **{'hearing.clerk_name': '李某'})
  job.do('section', 'hearing.notify', **{'hearing.planned_on': '2025-04-01', 'hearing.notice_served_on': '2025-03-19',
                                         'hearing.is_public': True})
  job.at('2025-04-01', '17:00')
  job.do('section', 'hearing.hold', **{'hearing.closed_on': '2025-04-01', 'hearing.record_signed': True})
  job.do('section', 'hearing.report', **{'hearing.report_on': '2025-04-01'})
  job.do('wang', 'defence.recheck', **{'defence.rechecked_on': '2025-04-01', 'defence.is_accepted': True, 'defence.reply': '采纳从轻的意见'})


def judge(job, seen, failed=None):
  """All ten points in one batch, each with where it is seen; one of them may fail."""
  job.batch('reviewer', 'review.judge', [
    {'point': f'AP-{n:02}', 'verdict': 'fail' if n == failed else 'pass', 'links': [seen + '#page=1'],
     **({'reason': '没有说明裁量的理由'} if n == failed else {})} for n in range(1, 11)])


def conclude(job, outcome):
  return {'text': '审核意见', 'review.opinion_on': job.time[:10], 'review.outcome': outcome, 'review.finds_facts_unclear': False}


def name(job, document):
  row = job.documents()[document]
  return {'title': row['title'], 'number': row['number'], 'date': row['date']}


def early(job, rule):
  """No way leads to the decision: not for the handler, not for the approver, not in a batch (L-29)."""
  approve = {'document': job.decision, 'opinion': '同意。'} | ACCOUNT
  final = {'document': job.decision, 'decision.decided_on': job.time[:10], 'document.date': job.time[:10], 'decision.is_sealed': True}
  job.refuse(rule, 'wang', 'decision.approve.propose', **approve)
  job.refuse('J-ROLE', 'approver', 'decision.approve.propose', **approve)
  job.refuse('J-APPROVAL', 'wang', 'decision.finalise', **final)
  job.refuse('J-APPROVAL', 'approver', 'decision.finalise', **final)
  refused = job.perform('wang', 'decision.approve.propose', [approve, approve], 3)
  assert refused['refusal']['rule'] == rule, refused
  job.refuse('J-DOCUMENT', 'wang', 'document.finalise', document=job.decision, **{'document.date': job.time[:10]})
  job.refuse('J-OVERRIDE', 'head', 'gate.override', act='decision.approve', rules=[rule], reason='着急')


def review(job):
  """The first opinion does not pass; nobody decides before one does."""
  job.at('2025-04-02', '09:00')
  values = words.decision(5000000, name(job, job.told), None)
  job.decision = job.draft('wang', 'penalty_decision', **values)
  job.pass_on(job.decision)
  early(job, 'G-32')
  job.do('wang', 'review.submit', **{'review.submitted_on': '2025-04-02'})
  first = {'assignment.is_first_time': True}
  job.do('admin', 'role.grant', person=job.persons['zhao'], role='reviewer')
  job.refuse('G-09', 'legal', 'review.assign', person=job.persons['zhao'], **{'assignment.is_first_time': False})
  job.refuse('G-10', 'legal', 'review.assign', person=job.persons['reviewer'], **first)
  job.do('legal', 'review.assign', person=job.persons['reviewer'], **first, **{'assignment.qualification': 'A20190000000000'})
  judge(job, job.decision, 7)
  job.refuse('J-POINT', 'reviewer', 'review.conclude', **conclude(job, 'pass'))
  job.do('reviewer', 'review.conclude', **conclude(job, 'not_pass'))
  job.failed = job.draft('reviewer', 'legal_review_opinion', **words.opinion(6, '写明裁量的理由后再送审。', 7))
  job.finalise('reviewer', job.failed, '2025-04-02')
  early(job, 'G-32')


def lapse(job):
  """Submitted again it passes; then the amount is changed, and the opinion holds no more."""
  job.at('2025-04-07', '10:00')
  job.do('wang', 'decision.draft', **{'decision.fine': 5000000, 'case.discretion_reason': '设施面积六十平方米，情节严重。'}, **DRAFT)
  job.do('wang', 'review.submit', **{'review.submitted_on': '2025-04-07'})
  job.refuse('J-POINT', 'reviewer', 'review.conclude', **conclude(job, 'pass'))
  judge(job, job.decision)
  job.do('reviewer', 'review.conclude', **conclude(job, 'pass'))
  proposal = job.propose('wang', 'decision.approve', document=job.decision, opinion='同意。', **ACCOUNT)
  job.at('2025-04-09', '10:00')
  characterise(job, True)
  job.do('wang', 'decision.draft', **{'decision.fine': 3600000, 'case.discretion_reason': '听证后当事人自行拆除并恢复墙面。'}, **DRAFT)
  job.refuse('J-TWO', 'approver', 'decision.approve', proposal=proposal)
  early(job, 'G-33')


def resubmit(job):
  """A short new review on the amount as it is now; an approval that was proposed before is of no use."""
  values = words.decision(3600000, name(job, job.told), None)
  job.do('wang', 'document.revise', document=job.decision, values=values)
  job.pass_on(job.decision)
  job.do('wang', 'review.submit', **{'review.submitted_on': '2025-04-09'})
  early(job, 'G-32')
  judge(job, job.decision)
  job.do('reviewer', 'review.conclude', **conclude(job, 'pass'))
  job.passed = job.draft('reviewer', 'legal_review_opinion', **words.opinion(None, '无需修改，同意按三万六千元处罚。', 8))
  job.finalise('reviewer', job.passed, '2025-04-09')


def discuss(job):
  job.at('2025-04-11', '16:00')
  job.refuse('G-34', 'wang', 'decision.approve.propose', document=job.decision, **ACCOUNT)
  job.talk = job.draft('wang', 'collective_discussion', **words.discussion(name(job, job.passed), name(job, job.told)))
  job.finalise('wang', job.talk, '2025-04-11')
  job.do('wang', 'document.sign', document=job.talk, how='signed', on='2025-04-11')
  said = [{'name': name, 'opinion': '同意罚款三万六千元', 'signature': 'signed'} for name in ('孙某', '郑某', '褚某')]
  job.refuse('J-MEETING', 'wang', 'collective.hold', conclusion='罚款三万六千元',
             **{'collective.held_on': '2025-04-11', 'collective.participants': said[:1]})
  job.do('wang', 'collective.hold', conclusion='罚款三万六千元', **{'collective.held_on': '2025-04-11', 'collective.participants': said})
  job.do('head', 'case.examine', **{'case.head_reviewed_on': '2025-04-11', 'case.outcome': 'penalise'})


def decide(job):
  """The fine is outside its tier: the head lets approval and decision through, once each, and says why."""
  job.at('2025-04-14', '09:00')
  values = words.decision(3600000, name(job, job.told), name(job, job.passed))
  job.do('wang', 'document.revise', document=job.decision, values=values)
  job.pass_on(job.decision)
  approve = {'document': job.decision, 'opinion': '同意，按集体讨论意见办理。'} | ACCOUNT
  job.refuse('G-36', 'wang', 'decision.approve.propose', **approve)
  job.refuse('J-ROLE', 'approver', 'gate.override', act='decision.approve', rules=['G-36'], reason='当事人已拆除')
  reason = '当事人在听证后自行拆除并恢复墙面，经集体讨论低于裁量档次处罚。'
  job.do('head', 'gate.override', act='decision.approve', rules=['G-36'], reason=reason)
  job.by_two('wang', 'approver', 'decision.approve', **approve)
  final = {'document': job.decision, 'decision.decided_on': '2025-04-14', 'document.date': '2025-04-14', 'decision.is_sealed': True}
  job.refuse('G-36', 'wang', 'decision.finalise', **final)
  job.do('head', 'gate.override', act='decision.finalise', rules=['G-36'], reason=reason)
  job.do('wang', 'decision.finalise', **final)
  job.do('wang', 'document.sign', document=job.decision, how='sealed', on='2025-04-14', copies=3)


def serve(job):
  job.at('2025-04-15', '11:00')
  job.do('wang', 'decision.serve', document=job.decision, **{'decision.served_on': '2025-04-15'})
  row = job.documents()[job.decision]
  job.receipt = job.draft('wang', 'service_receipt', **words.receipt(
    row['number'], row['title'], words.BUREAU, '2025-04-15T10:00', 4, method='direct'))
  job.finalise('wang', job.receipt, '2025-04-15')
  job.do('wang', 'document.sign', document=job.receipt, how='signed', on='2025-04-15')
  job.at('2025-04-28', '09:00')
  job.do('wang', 'payment.record', **{'payment.route': 'bank', 'payment.paid': 3600000, 'payment.paid_on': '2025-04-25'})


def close(job):
  """Nothing half done goes into the dossier; what is closed changes no more."""
  job.do('wang', 'closing.state', **{'case.closing_ground': 'performed', 'case.closing_ground_on': '2025-04-25'})
  left = job.draft('wang', 'inquiry_record', **words.INQUIRY)
  job.refuse('FC-49', 'wang', 'dossier.bind')
  job.do('wang', 'document.void', document=left, reason='重复起草')
  ground = {'happened': '2025-04-28', 'ground': '罚款已缴纳，处罚决定履行完毕'}
  job.refuse('G-63', 'wang', 'case.close', **ground)
  video = os.path.join(job.folder, 'V20250304-01.mp4')
  with open(video, 'wb') as file:
    file.write(bytes(range(256)) * 400)
  recorded = {'field.inspect', 'field.inquire', 'preservation.make', 'hearing.appoint'}
  inspected, *others = [(row['act'], row['entry'] + '-1') for row in job.show()['entries'] if row['act'] in recorded]
  job.do('wang', 'recording.bind', of=inspected[1], attachment=job.make('wang', 'attachment.add', file=video))
  for act, step in others:
    # Of a hearing the full course must be recorded; it cannot be left to text.
    if act == 'hearing.appoint':
      job.refuse('J-RECORDING', 'wang', 'recording.excuse', of=step, reason='有笔录', suitability='配合', timeliness='及时')
      reason = job.make('wang', 'recording.explain_gap', of=step, cause='fault', text='记录仪故障，书面说明已附卷')
    else:
      reason = job.make('wang', 'recording.excuse', of=step, reason='笔录已全面记录', suitability='当事人配合', timeliness='设备送修')
    job.do('section', 'recording.approve', statement=reason, approved=True)
  job.do('wang', 'case.close', **ground)
  job.refuse('J-STAGE', 'wang', 'document.draft', form='inquiry_record')
  job.do('archivist', 'dossier.bind')
  job.do('archivist', 'case.archive', happened='2025-04-28', **{'class': '行政处罚', 'keep_until': '2055-04-28'})
  job.refuse('J-STAGE', 'wang', 'case.note', text='补记')


def read_pdf(path, *options):
  """What stands on the pages, without the spaces between its parts."""
  done = subprocess.run(['pdftotext', *options, path, '-'], capture_output=True, text=True, check=True)
  return ''.join(done.stdout.split())


def papers(job):
  """Each document bears its number and its words; what is no document yet says so on every page."""
  said = {job.sheet: '立案审批表', job.scene: '15.0', job.notice: '角钢支架', job.inquiry: '张某', job.report: '关于' + words.COMPANY,
          job.told: '50,000.00元', job.corrected: '人民路18号', job.failed: '写明裁量的理由', job.passed: '同意按三万六千元处罚',
          job.talk: '褚某', job.decision: '叁万陆仟元整', job.receipt: '行政处罚决定书'}
  rows = job.documents()
  for document, text in said.items():
    page = read_pdf(job.write('render', document, rows[document]['form'] + document[-6:] + '.pdf'))
    for wanted in (text, words.BUREAU, rows[document].get('number', '')):
      assert ''.join(wanted.split()) in page, (rows[document], wanted, page)
    assert '草稿' not in page and 'draft' not in page, page
  drafts = [row['id'] for row in rows.values() if 'object' not in row]
  assert len(drafts) == 1, drafts
  draft = read_pdf(job.write('render', drafts[0], 'draft.pdf'))
  assert '草稿' in draft or 'draft' in draft, draft


# What these say stays in the bureau: the secondary volume.
INTERNAL = {'investigation_report', 'legal_review_opinion', 'collective_discussion'}


def read_outline(path):
  done = subprocess.run(['qpdf', '--json', '--json-key=outlines', '--json-key=pagelabels', path], capture_output=True, text=True, check=True)
  outline = [part['title'] for part in json.loads(done.stdout)['outlines']]
  assert len(json.loads(done.stdout)['pagelabels']) == len(outline), done.stdout
  return outline


def describe(rows):
  return [(row['title'], row.get('number'), row['date']) for row in rows]


def dossier(job):
  """The index of each volume lists what became final and is not void, in the order of its days; outline and page labels lead to it."""
  path = job.write('dossier', job.case, 'dossier.pdf')
  subprocess.run(['qpdf', '--check', path], check=True, capture_output=True)
  outline = read_outline(path)
  bound = sorted((row for row in job.show()['documents'] if 'object' in row and row['state'] != 'void'), key=lambda row: row['date'])
  main = [row for row in bound if row['form'] not in INTERNAL]
  secondary = [row for row in bound if row['form'] in INTERNAL]
  assert main and secondary, bound
  assert outline[1:len(main) + 1] == [row['title'] for row in main], (outline, main)
  assert outline[len(main) + 2:-1] == [row['title'] for row in secondary], (outline, secondary)
  connection = sqlite3.connect(os.path.join(job.store, 'juanzong.db'))
  (payload,), = connection.execute("SELECT text FROM payload JOIN entry ON arrival = payload.entry WHERE act = 'dossier.bind'")
  connection.close()
  listed = json.loads(payload)['args']['index']
  assert describe(listed['rows']) == describe(main), listed
  assert describe(listed['secondary']['rows']) == describe(secondary), listed
  index = read_pdf(path, '-l', '1')
  assert f"共{len(main)}件{listed['n_pages']}页" in index and '先行登记保存证据通知' in index, index
  court = job.write('dossier', job.case, 'court.pdf', '--for', 'court')
  assert read_outline(court)[1:] == [row['title'] for row in main], read_outline(court)


def search(job):
  def found(text):
    return {(row['case'], row['kind']) for row in json.loads(job.run('search', job.store, '--json', '--', text).stdout)}

  number = job.documents()[job.decision]['number']
  for text in (words.COMPANY, number, '角钢支架', '自行拆除', '查无此人'):
    assert found(text), text
    assert {case for case, _ in found(text)} == {job.case}, text
  assert not found('没有写过的话')


def look(job):
  """What an inspector sees: states, numbers, who let what through and why, and what was refused to whom."""
  case = job.show()
  states = {row['id']: row['state'] for row in case['documents']}
  assert states[job.decision] == 'served' and states[job.scene] == 'signed' and case['stage'] == 'archived', case
  assert sorted(set(states.values())) == ['corrected', 'final', 'served', 'signed', 'void'], states
  lifted = case['overrides']
  assert [(row['act'], row['rules'], row['name']) for row in lifted] == [('decision.approve', ['G-36'], '孙某'),
                                                                        ('decision.finalise', ['G-36'], '孙某')], lifted
  used = {row['entry']: row['act'] for row in case['entries']}
  assert all('听证' in row['reason'] and used[row['used']] == row['act'] for row in lifted), lifted
  refused = {(row['user'], row['act'], row['rule']) for row in case['attempts']}
  assert {('wang', 'decision.approve', 'G-32'), ('wang', 'decision.approve', 'G-33'), ('approver', 'decision.finalise', 'J-APPROVAL'),
          ('head', 'gate.override', 'J-OVERRIDE')} <= refused, refused
  text = job.run('case', 'show', job.store, job.case).stdout
  assert lifted[0]['reason'] in text and 'G-36' in text and 'J-OVERRIDE' in text, text


def dump(job):
  """Every table that is not one of the search index; that is compared by the program itself."""
  connection = sqlite3.connect('file:' + os.path.join(job.store, 'juanzong.db') + '?mode=ro', uri=True)
  names = [name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
                                                "AND name NOT LIKE 'text_%' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
  rows = {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}
  connection.close()
  assert len(rows) > 25 and rows['fact'] and rows['gate_override'], list(rows)
  return rows


def verify(job):
  report = json.loads(job.run('verify', job.store, '--json').stdout)
  assert report['ok'] and report['entries'] > 150, report
  before = dump(job)
  job.run('rebuild', job.store)
  after = dump(job)
  assert before == after, [name for name in before if before[name] != after.get(name)]
  job.run('verify', job.store)


def forged(job):
  """In a copy somebody makes the fine smaller, or takes away that it was let through: verify finds each."""
  for place, script in (
      ('fact', "UPDATE fact SET value = '3500000' WHERE name = 'decision.fine' AND value = '3600000'"),
      ('gate_override', 'DELETE FROM gate_override WHERE act = \'decision.finalise\''),
      ('payload', "UPDATE payload SET text = replace (text, '3600000', '3500000') WHERE text LIKE '%decision.fine%'")):
    copy = os.path.join(job.folder, 'copy-' + place)
    shutil.copytree(job.store, copy)
    connection = sqlite3.connect(os.path.join(copy, 'juanzong.db'))
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (place,)).fetchall()
    for trigger, _ in triggers:
      connection.execute('DROP TRIGGER ' + trigger)
    assert connection.execute(script).rowcount > 0, script
    for _, made in triggers:
      connection.execute(made)
    connection.commit()
    connection.close()
    found = json.loads(job.run('verify', copy, '--json', status=4).stdout)
    assert not found['ok'] and found['faults'], found
    shutil.rmtree(copy)


CHAPTERS = [set_up, lead, filing, inspection, preservation, inquiry, report, notice, hearing, review, lapse, resubmit, discuss, decide,
            serve, close, papers, dossier, search, look, verify, forged]


def main():
  tap = Tap()
  failed = False
  with tempfile.TemporaryDirectory(prefix='juanzong-job-') as folder:
    job = Job(sys.argv[1], sys.argv[2], folder)
    for chapter in CHAPTERS:
      if failed:
        tap.skip(chapter.__name__, 'what it goes on from did not work')
        continue
      problems = []
      try:
        chapter(job)
      except (AssertionError, KeyError, ValueError, sqlite3.Error, subprocess.SubprocessError) as error:
        problems.append(f'{type(error).__name__}: {str(error)[:3000]!r}')
        failed = True
      tap.check(chapter.__name__, problems)
  spent = resource.getrusage(resource.RUSAGE_CHILDREN)
  print(f'# {job.n_acts} commands of acts, {spent.ru_utime + spent.ru_stime:.0f} seconds of the processor')
  tap.end()


if __name__ == '__main__':
  main()
