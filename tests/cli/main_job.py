# SPDX-License-Identifier: GPL-3.0-or-later
"""An invented office at work by `juanzongctl do` alone, in the time of a demo store; and what the documents of its case say."""

import json
import os
import subprocess

BUREAU = '某某市城市管理局'
COMPANY = '某某商贸有限公司'
CAUSE = '擅自设置户外广告设施'
PLACE = '某某市城东区人民路18号临街墙面'
REGULATION = {'law': '某某市市容和环境卫生管理条例', 'version': '2024年'}
ACCOUNT = {'way': 'account'}
PARTY = {'kind': 'company', 'name': COMPANY, 'id_kind': 'uscc', 'id_number': '91110000MA01ABCD52',
         'representative': '张某', 'address': '某某市城东区人民路18号', 'phone': '010-00000000'}
# user: name, role
PEOPLE = {
  'head': ('孙某', 'head'), 'approver': ('郑某', 'approver'), 'section': ('钱某', 'section_head'),
  'legal': ('冯某', 'review_head'), 'reviewer': ('吴某', 'reviewer'), 'wang': ('王某', 'handler'),
  'zhao': ('赵某', 'handler'), 'zhou': ('周某', 'handler'), 'host': ('陈某', 'secretary'),
  'inspector': ('何某', 'inspector'), 'archivist': ('韩某', 'archivist'),
}
# The third one is good until the day before the inspection.
CREDENTIALS = {'wang': ('A0000001', '2027-12-31'), 'zhao': ('A0000002', '2027-12-31'),
               'zhou': ('A0000003', '2025-03-03')}


class Job:
  """Acts in one store; the time is that of the last call of at()."""

  def __init__(self, program, locales, folder):
    self.program = os.path.abspath(program)
    self.folder = folder
    self.store = os.path.join(folder, 'store')
    self.environment = dict(os.environ, JUANZONG_LOCALEDIR=os.path.abspath(locales), LANGUAGE='zh_CN', LC_ALL='C.UTF-8')
    self.time = None
    self.persons = {}
    self.case = None
    self.n_acts = 0

  def run(self, *words, status=0, stdin=None):
    done = subprocess.run([self.program, *map(str, words)], input=stdin, capture_output=True, text=True,
                          env=self.environment, timeout=300)
    assert done.returncode == status, (words[:6], done.returncode, done.stdout[:500], done.stderr)
    assert 'CRITICAL' not in done.stderr and 'WARNING' not in done.stderr, done.stderr
    return done

  def at(self, day, time):
    self.time = f'{day}T{time}:00.000+08:00'

  def perform(self, user, act, args, status):
    """One entry of the case for each of `args`, all of them or none."""
    named = args if isinstance(args, list) else [args]
    if self.case and not act.startswith(('number.', 'role.')):
      named = [{'case': self.case} | one for one in named]
    text = json.dumps(named if isinstance(args, list) else named[0], ensure_ascii=False)
    words = ['do', self.store, '--as', user, '--json', act, '-']
    words += ['--clock', self.time] if self.time else []
    self.n_acts += 1
    return json.loads(self.run(*words, status=status, stdin=text).stdout)

  def do(self, user, act, /, **args):
    return self.perform(user, act, args, 0)['entries'][0]

  def batch(self, user, act, args):
    return [entry['id'] for entry in self.perform(user, act, args, 0)['entries']]

  def make(self, user, act, /, **args):
    return self.do(user, act, **args)['id']

  def refuse(self, rule, user, act, /, **args):
    """It is refused by this rule, with a sentence."""
    refusal = self.perform(user, act, args, 3)['refusal']
    assert refusal['rule'] == rule, (act, rule, refusal)
    assert refusal['sentence'], refusal
    return refusal

  def propose(self, user, act, /, **args):
    return self.do(user, act + '.propose', **args)['hash']

  def by_two(self, user, other, act, /, **args):
    return self.do(other, act, proposal=self.propose(user, act, **args))

  def draft(self, user, form, /, **values):
    return self.make(user, 'document.draft', form=form, values=values)

  def pass_on(self, document, opinion='同意承办人意见。'):
    """The handler submits a document and the head of the unit agrees to it."""
    self.do('wang', 'document.submit', document=document, opinion='请审批。')
    self.do('section', 'document.examine', document=document, opinion=opinion)

  def finalise(self, user, document, day, **more):
    return self.do(user, 'document.finalise', document=document, **{'document.date': day}, **more)

  def show(self):
    return json.loads(self.run('case', 'show', self.store, self.case, '--json').stdout)

  def documents(self):
    return {row['id']: row for row in self.show()['documents']}

  def write(self, command, name, file, *options):
    path = os.path.join(self.folder, file)
    self.run(command, self.store, name, '-o', path, *options)
    return path


def law(article):
  return REGULATION | {'article': article}


def cited():
  return [{'title': REGULATION['law'], 'article': article, 'level': 'local_regulation', 'version': REGULATION['version']}
          for article in ('23', '52')]


EVIDENCE = [('现场检查笔录', 'record', '设施的位置、面积和状况'), ('现场照片六张', 'document', '设施的外观'),
            ('张某询问笔录', 'statement', '设置的时间、目的和经过'), ('营业执照复印件', 'document', '当事人的主体资格')]
FACTS = ('当事人自2025年2月10日起，未经批准在人民路18号临街墙面设置户外广告设施一处，'
         '面积六十平方米（证据1、2、3）。')

FILING = {
  'source': '日常巡查发现', 'found_at': '2025-03-03T08:40', 'proposal': 'file', 'cause': '涉嫌' + CAUSE,
  'facts': '2025年3月3日8时40分，执法人员巡查至人民路18号，发现该处临街墙面新设户外广告设施一处，当事人未能出示设置批准文件。现场拍照六张。',
  'suspected_law': [law('第二十三条')],
  'basis_filing': [{'law': '中华人民共和国行政处罚法', 'article': '第五十四条', 'paragraph': '第二款'}],
}
SCENE = {
  'round': 1, 'start': '2025-03-04T09:30', 'end': '2025-03-04T10:40', 'place': PLACE, 'site_person': '张某',
  'relation': '法定代表人', 'witness': '孔某', 'witness_address': '某某社区居民委员会', 'recorder': '李某', 'cards': 'seen', 'recusal': 'no',
  'scene': '（一）设施位于人民路18号临街墙面，二楼窗下，正面向北。\n（二）用编号T-07的钢卷尺测量，长15.0米，高4.0米。\n（三）在场人张某称设施自2025年2月10日起设置，没有办理手续。',
  'measures': [{'item': '长度', 'value': '15.0', 'unit': '米', 'tool': '钢卷尺T-07'},
               {'item': '高度', 'value': '4.0', 'unit': '米', 'tool': '钢卷尺T-07'}],
  'n_photos': 6, 'n_videos': 1, 'media': [{'no': 1, 'name': 'V20250304-01'}], 'opinion': 'agreed',
}
PRESERVE = {
  'start': '2025-03-04T10:50', 'end': '2025-03-13', 'place': BUREAU + '物品仓库', 'way': 'elsewhere',
  'keeper': '许某', 'statement_days': 3, 'contact': '王某', 'phone': '010-00000002',
  'goods': [{'no': 1, 'name': '喷绘广告布', 'model': '15米×4米', 'unit': '幅', 'n': 1, 'state': '完好'},
            {'no': 2, 'name': '角钢支架', 'unit': '根', 'n': 12, 'state': '完好', 'note': '已拆'}],
  'n_kinds': 2, 'total': 13, 'copies': 3,
}
INQUIRY = {
  'round': 1, 'start': '2025-03-05T09:05', 'end': '2025-03-05T10:10', 'place': BUREAU + '询问室', 'recorder': '李某', 'person': '张某',
  'sex': 'male', 'born_on': '1990-03-07', 'id_kind': '居民身份证', 'id_number': '110101199003078881',
  'address': '某某市城东区解放路5号3单元201室', 'work': COMPANY + ' 经理', 'phone': '010-00000001', 'relation': 'representative',
  'matter': CAUSE + '一案', 'a_cert': '看清楚了。', 'a_rights': '听明白了，不申请回避。',
  'a_identity': '我是' + COMPANY + '的法定代表人，本次陈述代表公司。',
  'qa': [{'q': '请说一下人民路18号墙面广告设施的情况。', 'a': '是我们公司设置的，长十五米，高四米。'},
         {'q': '什么时候设置的，是否办理过批准手续？', 'a': '2025年2月10日设置的，没有办理，不知道要办。'}],
  'a_end': '没有补充，以上属实。',
}


def report(filing_number):
  return {
    'source': '日常巡查发现', 'filing_no': filing_number,
    'steps': '2025年3月3日立案；3月4日现场检查并先行登记保存；3月5日询问当事人法定代表人张某；3月11日对登记保存的物品作出退还处理。',
    'measures': '对广告布和支架先行登记保存，已于2025年3月11日退还。', 'facts': FACTS,
    'evidence': [{'no': n + 1, 'name': name, 'kind': kind, 'source': '本机关制作' if n < 3 else '当事人提供', 'proves': proves,
                  'pages': str(n + 6)} for n, (name, kind, proves) in enumerate(EVIDENCE)],
    'evidence_reason': '证据1至3相互印证，证据4证明主体资格；没有相互矛盾的证据。', 'nature': '当事人的行为属于' + CAUSE + '。',
    'violated_law': [law('第二十三条')], 'basis_law': [law('第五十二条')],
    'factors': [{'factor': '设施面积', 'fact': '六十平方米', 'clause': '裁量基准第二项严重档', 'effect': 'ordinary'}],
    'discretion_base': {'law': '某某市城市管理行政处罚裁量基准', 'version': '2024年版', 'article': '第二项'},
    'proposal': [{'kind': '罚款', 'content': '处以罚款', 'amount': 5000000, 'term': '十五日内缴纳'}], 'fine': 5000000,
    'correction': '三日内拆除设施，恢复墙面原状。', 'issues': '本机关有管辖权；无人申请回避；不涉嫌犯罪。',
    'needs_hearing': 'yes', 'needs_review': 'yes', 'needs_discussion': 'yes',
  }


NOTICE = {
  'facts': FACTS,
  'evidence': [{'no': n + 1, 'name': name, 'proves': proves} for n, (name, _, proves) in enumerate(EVIDENCE)],
  'violated_law': [law('第二十三条')], 'basis_law': [law('第五十二条')], 'discretion_base': '《某某市城市管理行政处罚裁量基准》第二项',
  'reason': '设施面积六十平方米，超过五十平方米，属于情节严重。',
  'planned': [{'no': 1, 'kind': '罚款', 'content': '处以罚款', 'amount': 5000000, 'method': '十五日内到代收银行缴纳'}],
  'fine': 5000000, 'statement_days': 5, 'hearing': 'told', 'contact_address': '某某市城东区建设路1号', 'phone': '010-00000002',
}
POINTS = ['主体和权限', '执法人员', '事实', '证据', '程序', '法律适用', '裁量', '文书', '移送、听证、集体讨论', '公示']


def opinion(failed, advice, n_materials):
  points = [{'point': point, 'conclusion': 'meets'} for point in POINTS]
  if failed is not None:
    points[failed] |= {'conclusion': 'fails', 'problem': '没有说明裁量的理由', 'advice': '补充裁量理由'}
  return {'unit': '城东执法中队', 'n_materials': n_materials, 'n_pages': 18, 'points': points,
          'overall': 'agree' if failed is None else 'disagree', 'advice': advice, 'qualification': 'A20190000000000'}


def discussion(review, notice):
  members = [('孙某', '局长', True), ('郑某', '副局长', True), ('褚某', '副局长', True), ('卫某', '副局长', False)]
  return {
    'round': 1, 'start': '2025-04-11T14:30', 'end': '2025-04-11T15:40', 'place': BUREAU + '三楼会议室', 'chair': '孙某',
    'chair_post': '局长', 'recorder': '李某', 'absence': '卫某出差。',
    'members': [{'name': name, 'post': post, 'is_head': True, 'is_present': there, 'votes': True} for name, post, there in members],
    'briefed_by': '王某', 'brief': '当事人设置户外广告设施六十平方米，听证后主动拆除；中队建议罚款三万六千元。', 'review': review, 'notice': notice,
    'speeches': [{'name': '郑某', 'opinion': '事实清楚，同意。'}, {'name': '孙某', 'opinion': '当事人已拆除，同意减少数额，理由要写明。'}],
    'way': 'unanimous', 'conclusion': '对' + COMPANY + '处以罚款三万六千元。',
    'ballot': [{'vote': 'yes', 'n': 3, 'names': '孙某、郑某、褚某'}, {'vote': 'no', 'n': 0}, {'vote': 'abstain', 'n': 0}], 'n_votes': 3,
  }


def decision(fine, notice, review):
  return {
    'process': '立案后进行了现场检查、先行登记保存和询问。', 'facts': FACTS,
    'evidence': [{'no': n + 1, 'name': name, 'proves': proves, 'source': '本机关制作' if n < 3 else '当事人提供'}
                 for n, (name, _, proves) in enumerate(EVIDENCE)],
    'notice': notice, 'statement_made': 'made', 'statement_answer': '当事人请求从轻处罚。经复核，当事人已自行拆除设施，本机关予以采纳。',
    'hearing_text': '应当事人要求，本机关于2025年4月1日公开举行听证。', 'behaviour': CAUSE,
    'violated_law': [law('第二十三条')], 'basis_law': [law('第五十二条')],
    'discretion': '设施面积六十平方米，属于情节严重；听证后当事人自行拆除并恢复墙面。',
    'decision': [{'kind': '罚款', 'content': '处以罚款', 'amount': fine, 'method': '十五日内到代收银行缴纳'}], 'fine': fine,
    'bank': '某某银行城东支行', 'bank_address': '某某市城东区建设路9号', 'surcharge': 'yes', 'remedy_kind': 'ordinary',
    'enforcement': 'court', 'is_published': True, 'copies': 3,
  } | ({'review': review} if review else {})


def receipt(number, title, place, served_at, pages, **more):
  return {'place': place, 'served_at': served_at, 'documents': [{'title': title, 'number': number, 'copies': 1, 'pages': pages}]} | more
