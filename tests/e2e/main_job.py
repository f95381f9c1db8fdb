# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole case as people of an invented office do it in the window, one chapter after the other."""

import os
import re

import clips
from driver import do_action, name_of, text_of, wait, walk
from test_intake import on_clipboard
from test_player import Player, focus_main
from test_publicity import count_items
from test_review import Bench, conclude, judge_all

LAW = '某某市市容和环境卫生管理条例'
PARTY = '某某建材有限公司'
CAUSE = '擅自占用城市道路堆放物料'
PLACE = '某某县城关镇人民路18号'
FACTS = f'当事人在{PLACE}门前人行道堆放建材约4平方米，未办理占道许可。'
BROKEN = {'法律、法规、规章全称': LAW, '版本': '2024年', '条': '第十二条'}
PUNISHED = {'法律、法规、规章全称': LAW, '版本': '2024年', '条': '第四十五条'}
FINE = '1500'
# What only the court, the office and the party may read.
WITNESS = '欧阳小山'
MOBILE = '13912345678'
IDENTITY = '11010519491231002X'
SEEN = f'证人{WITNESS}（公民身份号码{IDENTITY}，联系电话{MOBILE}）看到堆放的经过。'
ELEMENT = '证明哪个构成要件，写规则中的编号'


def lead(office):
  """A patrol saw something; whoever registers it is the first handler."""
  office.work_as('wu')
  office.key('alt+2')
  office.find('push button', '新建')
  office.key('ctrl+n')
  office.find('menu item', '案源登记')
  office.key('Return')
  office.fill('登记案源', {
    '案件名称': PARTY + CAUSE + '案', '当事人；尚未查明时写“不明”': PARTY, '执法事项': CAUSE,
    '案源种类': '检查', '线索内容': '巡查发现店外堆放建材。', '举报人实名': '否'})
  office.case = PARTY[:4]
  office.find('push button', '添加')
  office.step('核查案源', {
    '管辖情况': '有管辖权', '其他机关已先行立案': '否', '行为地点': PLACE,
    '行为地在管辖区域内': '是', '处于连续或者继续状态': '否', '有危害后果': '否'})
  office.act('写明当事人', {
    '当事人种类': '法人', '证件种类': '统一社会信用代码', '证件号码': '91110000MA01ABCD52',
    '法定代表人或者负责人': '张某', '住址或者住所': PLACE, '联系电话': '0000-0000001'})


def pass_on(office, title, opinion):
  """The handler submits what is open, and the head of the unit agrees to it."""
  office.step('送审批', {'意见，与纸面一致': '请审批。'}, '提交审批')
  office.work_as('zhao')
  office.press_of(title, '审核同意文书')
  office.finish('审核同意文书', {'意见，与纸面一致': opinion})


def filing(office):
  """Two officers; the sheet is written, looked at by the head of the unit and approved."""
  office.work_as('zhao')
  office.step('指派人员…', {'人员': '孙某', '在案件中的职责': '承办人'}, '指派人员')
  office.work_as('wu')
  office.press('起草文书：立案审批表')
  office.write_document({
    '案件来源': '日常巡查发现', '发现时间': '2026-03-02 08:40', '案由': '涉嫌' + CAUSE,
    '案情摘要及立案理由': '2026年3月2日8时40分，执法人员巡查时发现' + FACTS,
    '承办人建议': '立案', '涉嫌违反': [BROKEN],
    '立案依据': [{'法律、法规、规章全称': '中华人民共和国行政处罚法', '条': '第五十四条',
                  '款': '第二款'}]})
  pass_on(office, '立案审批表', '同意立案，由吴某、孙某承办。')
  office.work_as('wu')
  office.step('立案：立案审批表', {
    '意见，与纸面一致': '同意立案。',
    '案由': '涉嫌' + CAUSE, '执法事项编码': '擅自占用城市道路', '执法领域': '住房和城乡建设',
    '行为当日事项在已公布的权责清单内': '是', '追责时效类别': '二年',
    '法律、法规规定须经法制审核': '否', '涉及资源配置或者重大建设项目': '否'}, '提请：立案')
  office.work_as('liu')
  office.step('确认…', {}, '确认：立案')


def investigation(office):
  """Inspection and inquiry with their notes, and what they prove."""
  office.work_as('wu')
  office.press_of('立案审批表', '编号成文')
  office.finish('编号成文', {})
  office.step('告知回避权', {})
  seen = {'向谁出示': '张某', '做了什么，发现了什么': '现场检查：' + FACTS, '实施地点': PLACE}
  office.refuse('登记现场检查', seen | {'是否出示了执法证件': '否'}, 'J-SHOWN', '不得执法')
  office.refuse('登记现场检查', seen | {'参加的执法人员': ['吴某'], '是否出示了执法证件': '是'}, 'G-01',
                '两名以上执法人员')
  office.act('登记现场检查', seen | {'是否出示了执法证件': '是'})


def make_clips(folder):
  """What a body-worn recorder, a newer one and a telephone give: no two are built alike."""
  made = {'记录仪.mp4': clips.make_h264, '记录仪2.mp4': clips.make_h265, '手机.mkv': clips.make_variable}
  for name, make in made.items():
    make(os.path.join(folder, name), 3)
  return list(made)


def recordings(office):
  """The inspection was recorded: what came of it is in the case, is looked at, and the record says
  where in it things are seen."""
  office.act('笔录定稿', {
    '被检查人或者被询问人是否签名': '已签名', '笔录内容': '检查情况：' + FACTS + '被检查人张某无异议。',
    '笔录种类': '检查', '记载出示执法证件': '是', '所记录的现场执法': '登记现场检查'})
  office.refuse('结案', {'结案理由': '想早点结案'}, 'G-63', '缺少应有的音像记录', ('push button', '说明原因…'))
  names = make_clips(office.folder)
  office.tab('证据')
  office.find('push button', '添加文件…')
  with on_clipboard(*[os.path.join(office.folder, name) for name in names]):
    office.key('ctrl+v')
    office.find('push button', '添加到本案')
    office.sees(f'{len(names)} 个文件中已存入 {len(names)} 个')
    office.keep_picture('adding')
    office.press('添加到本案')
    office.wait_alone()
  office.sees(f'已向本案添加 {len(names)} 个文件')
  look_at(office, names[0])
  office.tab('音像')
  office.find('push button', '✓ 出示执法证件，0:00:00')
  assert not office.has('push button', '说明原因…'), 'a recording that is there is still missing'
  office.keep_picture('coverage')
  tie_record(office, names[0])


def choose_kind(office, kind):
  """The list is longer than what is seen of it, so that its rows are counted anew once it was scrolled."""
  combo = office.find('combo box', '标记类别')

  def is_chosen():
    if any(name_of(node) == kind for node in walk(combo) if node.get_role_name() == 'label'):
      return True
    office.choose(combo, kind)
    return False
  wait(is_chosen, f'the kind {kind}')


def look_at(office, name):
  """Played, gone through picture by picture, and marked in words that are typed."""
  player = Player(office, name)
  player.wait_number(1)
  office.key('space')
  wait(lambda: (player.read() or (0, 0))[1] > 5, 'pictures that go by')
  office.key('space')
  office.find('push button', '播放')
  at = player.read()
  player.step('comma', at[1] - 1)
  player.step('period', at[1])
  choose_kind(office, '亮证')
  entry = office.find('text', '看到或听到什么')
  office.put_caret(entry)
  office.type('出示执法证件')
  wait(lambda: text_of(entry) == '出示执法证件', 'what is typed')
  office.key('Return')
  office.find('list item', f'0:00:{at[0] // 1000:02d}.{at[0] % 1000:03d} 亮证')
  office.keep_picture('marked')
  office.key('Escape', 'alt+Left')
  office.find('push button', f'查看“{name}”')


def tie_record(office, name):
  """A paragraph of the scene record is tied to the second that shows it."""
  office.tab('文书')
  office.press('新建现场检查（勘验）笔录')
  office.sees('草稿')
  office.key('F4')
  office.sees('打开录像')
  office.write(name, '按字词或者数字查找')
  office.key('Return')
  player = Player(office)
  player.wait_number(1)
  player.step('period', 2)
  focus_main(office)
  field = wait(lambda: next((node for node in office.all('label')
                             if (node.get_name() or '').startswith('现场情况')), None), 'a field of the record')
  do_action(field, 'field.edit')
  office.type('门前人行道堆放建材。')
  office.key('F4')
  office.sees('本段已关联到')
  office.keep_picture('tied')
  window = office.roots()[-1]
  office.press('关闭', within=window)
  office.wait_alone()
  office.key('alt+Left')
  office.find('push button', '添加')


def evidence(office):
  """The picture is a file of the case; each thing that must be proved has its proof."""
  office.pick('添加', '添加文件')
  office.choose_file(office.find('push button', '文件', office.form('添加文件')), office.photo)
  office.finish('添加文件', {'内容说明': '现场照片'})
  office.act('登记证据', {
    '内容说明': '现场照片', '证据种类': '勘验笔录', '取得地点': PLACE, '是原件原物': '是',
    '反映它的附件': '现场照片'})
  shown = {'哪一项证据': '现场照片', '该证据取得方式合法': '是', '该证据由电子技术监控设备取得': '否'}
  office.refuse('写明证明目的', shown | {ELEMENT: '违法行为', '该证据已经查证属实': '否'}, 'G-24',
                '未经查证', ('push button', '登记证据…'))
  for element in ('违法主体', '违法行为', '行为地点', '危害后果'):
    office.act('写明证明目的', shown | {ELEMENT: element, '该证据已经查证属实': '是'})
  office.act('评定案情', {
    '当事人数量（人）': '1', '情节复杂': '否', '违法行为重大': '否', '涉及重大公共利益': '是',
    '可能造成重大社会影响或者引发社会风险': '否', '与其他机关联合执法': '否',
    '直接关系当事人或者第三人重大权益': '否'})
  office.act('写明违法事实', {'违法面积（平方米）': '4', '已及时改正': '是'})


def report(office):
  """What came out, and what is proposed."""
  office.step('提交调查终结报告', {'调查终结处理建议': '建议处以罚款一千五百元。',
                                   '裁量理由': '违法行为属较轻情形，在该档幅度内确定罚款数额。'})
  office.act('拟定处罚意见', {
    '处罚种类': '罚款', '载明的救济途径': '可以复议也可以诉讼', '复议机关': '某某县人民政府',
    '有管辖权的法院': '某某县人民法院', '裁量方向': '一般', '拟定或者决定的罚款数额': FINE,
    '裁量阶次': '较轻'})


def notice(office):
  """The party is told before it is decided, and gives up in writing what it could answer."""
  office.press('起草文书：行政处罚事先告知书')
  office.write_document({
    '违法事实': FACTS, '证据': [{'序号': '1', '证据': '现场照片', '证明内容': '违法行为的状况'}],
    '违反的规定': [BROKEN], '处罚依据': [PUNISHED], '裁量理由': '违法行为属较轻情形。',
    '拟作出的处罚': [{'序号': '1', '处罚种类': '罚款', '内容': '处以罚款', '数额': FINE,
                      '履行方式和期限': '十五日内缴纳'}],
    '数额合计': FINE, '陈述申辩期限（日）': '5', '听证权利': '不属于听证范围',
    '联系地址': '某某县城关镇人民路1号', '联系电话': '0000-0000000'})
  pass_on(office, '行政处罚事先告知书', '同意。')
  office.work_as('wu')
  office.step('批准告知：行政处罚事先告知书', {  # mark
    '告知的事实、理由、依据和拟处罚内容': '拟处以罚款一千五百元。', '告知的罚款数额': FINE,
    '已告知听证权利': '否', '告知的陈述申辩期限（日）': '5'}, '提请：批准告知')
  office.work_as('liu')
  office.step('确认…', {}, '确认：批准告知')
  office.work_as('wu')
  office.press_of('行政处罚事先告知书', '编号成文')
  office.finish('编号成文', {})
  office.refuse('登记告知送达', {'据以办理的文书': '立案审批表'}, 'J-DOCUMENT', '立案审批表')
  seal(office, '行政处罚事先告知书')
  office.press_of('行政处罚事先告知书', '登记告知送达')
  office.finish('登记告知送达', {})


def seal(office, title):
  """Printed, sealed in two copies, and that is written down."""
  office.press_of(title, '登记签字用印')
  office.finish('登记签字用印', {'已盖章、已签名，还是拒绝签名': '已用印', '盖章份数': '2'})


def review(office):
  """Nobody decides before a reviewer has passed what is to be decided."""
  office.tab('文书')
  office.press('新建行政处罚决定书')
  office.write_document({
    '调查经过': '立案后进行了现场检查。', '违法事实': FACTS + SEEN,
    '证据': [{'序号': '1', '证据': '现场照片', '证明内容': '违法行为的状况', '来源': '本机关制作'}],
    '事先告知书': {'文书名称': '行政处罚事先告知书'}, '是否陈述申辩': '未提出', '违法行为': CAUSE,
    '违反的规定': [BROKEN], '处罚依据': [PUNISHED],
    '处罚决定': [{'处罚种类': '罚款', '内容': '处以罚款', '数额': FINE,
                  '履行方式和期限': '十五日内缴纳'}],
    '代收银行': '某某银行某某支行', '代收银行地址': '某某县城关镇人民路2号', '逾期加处罚款': '加处',
    '救济方式': '复议或者诉讼', '强制执行方式': '申请人民法院强制执行', '份数': '3'})
  pass_on(office, '行政处罚决定书', '同意。')
  office.work_as('wu')
  approve(office)
  office.expect_refusal('G-26', '陈述申辩期限')
  office.act('登记放弃陈述申辩', {'当事人书面放弃陈述申辩': '是'})
  approve(office)
  office.expect_refusal('G-32', '法制审核未通过', ('push button', '提交送审…'))
  office.actions = 0
  office.step('提交送审…', {}, '提交送审')
  assert office.actions == 2, f'{office.actions} actions to submit a case that is open'
  office.work_as('hu')
  office.tab('法制审核')
  office.step('指定审核人员…', {'审核人': '郭某', '首次从事法制审核': '否'}, '指定审核人员')
  office.work_as('guo')
  office.tab('法制审核')
  office.press('打开审核')
  bench = Bench(office)
  refer_to(office, '记录仪.mp4')
  judge_all(bench)
  conclude(office)
  office.write_document({'承办机构': '城关执法中队'})
  office.make_final(is_ready=False)
  office.expect_refusal('FC-42', '送审材料页数', ('panel', '字段'))
  office.write_document({'送审材料页数': '10'})
  office.make_final()


def refer_to(office, name):
  """The reviewer looks at a recording beside the points, and links an item to what it shows."""
  office.click('combo box', '材料')
  office.click_found(lambda: next((node for node in office.seek('list item') if name in name_of(node)), None),
                     f'{name} among the materials')
  player = Player(office)
  player.wait_number(1)
  for number in (2, 3, 4):
    player.step('period', number)
  office.key('l')
  wait(lambda: next((node for node in office.all('label')
                     if re.search(r'引用.*0:00:00\.120|0:00:00\.120.*引用', node.get_name() or '')), None),
       'a link to the second')
  office.keep_picture('bench')


def approve(office):
  office.press_of('行政处罚决定书', '签发决定')
  office.fill('提请：签发决定', {})


def decide(office):
  """The head looks at the result; the decision is approved, gets its number and is sealed."""
  office.work_as('chen')
  office.act('审查调查结果', {'负责人审查或者集体讨论结果': '给予行政处罚'})
  office.work_as('wu')
  approve(office)
  office.wait_gone('form')
  office.work_as('liu')
  office.step('确认…', {}, '确认：签发决定')
  office.work_as('wu')
  office.press_of('行政处罚决定书', '作出决定')
  office.finish('作出决定', {'已加盖印章': '是'})
  seal(office, '行政处罚决定书')


def serve(office):
  """Served and paid."""
  office.press_of('行政处罚决定书', '登记决定送达')
  office.finish('登记决定送达', {})
  office.act('登记缴款', {'缴纳方式': '银行缴纳', '已缴数额': FINE})


def open_publication(office, button):
  """The workplace by its key, and the row of the decision; what can be done with it is then there."""
  office.key('alt+4')

  def try_it():
    row = next(office.seek('label', PARTY), None)
    if row is not None:
      office.click_at(row, 2)
    try:
      return office.find('push button', button, seconds=5)
    except AssertionError:
      return None  # the list was just laid out anew
  wait(try_it, f'{button} for what is to be published')


def publish(office):
  """The decision came by itself; three people see to it that the public gets all of it but what is
  nobody's business."""
  office.key('alt+4')
  # Seven working days after the day of the decision, which is that of the invented office.
  office.find('label', PARTY)
  office.find('label', '3月11日')
  open_publication(office, '送审核')
  office.keep_picture('found')
  n_items, n_open = count_items(office)
  assert n_items >= 3 and n_open == n_items, (n_items, n_open)
  for left in range(n_items, 0, -1):
    office.key('y')
    wait(lambda left=left: count_items(office)[1] == left - 1, 'an item to be decided')
  office.keep_picture('covered')
  office.press('送审核')
  office.sees('已送审核')
  office.work_as('lin')
  open_publication(office, '通过')
  office.press('通过')
  office.wait_gone('push button', '通过')
  office.work_as('gao')
  open_publication(office, '发布…')
  office.press('发布…')
  office.press('发布', within=office.find('dialog'))
  office.wait_alone()
  office.sees('网页表单')
  office.keep_picture('carriers')
  office.key('alt+4')
  before = len(office.roots())
  office.press('制作公示包…')
  office.press('制作')
  office.bundle = os.path.join(office.folder, '公示.zip')
  office.type_place(before, office.bundle, '导出')
  wait(lambda: os.path.exists(office.bundle), 'the bundle')


def finish(office):
  """Closed, bound and archived."""
  office.work_as('wu')
  # The record as it was signed is the one of the inspection; the draft that was tied is given up.
  office.tab('文书')
  office.pick('现场检查（勘验）笔录的更多操作', '作废文书')
  office.finish('作废文书', {'原因': '以已签名的笔录为准'})
  office.act('写明结案理由', {'结案理由': '已履行完毕'})
  office.tab('卷宗')
  office.step('结案…', {'结案理由': '行政处罚决定执行完毕'}, '结案')
  office.work_as('luo')
  office.tab('卷宗')
  office.step('组卷…', {}, '组卷')
  office.step('归档…', {'档案保管类别': '短期（10年）'}, '归档')
