/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sentences of invented decisions. What stands in braces is made anew each time; a word with a star
 * is personal and planted, one without must stay. */

static const char *const processes[] = {
  "{date}，本机关接到{informant*}举报，称当事人在{biz}擅自搭建。执法人员{officer1}、{officer2}"
  "（执法证号{credential}"
  "）到场检查，并对{witness*}进行询问。",
  "巡查中发现上述行为。经询问现场人员{other*}（身份证号：{id*}，联系电话：{phone*}"
  "），调取合同一份，编号{order}。",
  "本机关于{date}向{neighbour*}了解情况，其家住{home*}，电话{landline*}。经核实，{informant*}"
  "所述属实。",
  "立案后，执法人员询问了当事人，调取了转账记录（账号{bank*}）和施工合同（合同号{order}）。",
  "{date}，{witness*}向本机关提供照片六张，其邮箱为{email*}，微信号：{wechat*}。执法人员{officer1}"
  "作了登记。",
  "根据市民热线第{order}号工单，投诉人{informant*}（{phone*}）反映噪声扰民。执法人员现场检查并拍照{"
  "count}张。",
  "执法人员{officer1}、{officer2}在{biz}检查时，驾驶员{other*}驾驶车牌号为{plate*}"
  "的货车正在倾倒渣土。",
  "经查，该处房屋登记在{spouse*}名下（{property*}），建筑面积{area}平方米。",
  "{date}，我局收到群众来信，落款{informant*}，信中附有{home*}的照片两张，并留电话{phone*}。",
  "经依法传唤，{other*}于{date}到我局接受调查，出示居民身份证（{id*}）。",
  "我局执法人员会同社区工作人员{other*}对该址进行现场勘查，制作勘验笔录{count}页。",
  "案件办理中，{spouse*}以家属身份递交情况说明一份，载明其手机号为{phone*}，愿意配合调查。",
  "{date}，物业公司经理{other*}向我局移交监控视频{count}段，时长共{area}分钟。",
  "因当事人外出，由同住成年家属{spouse*}签收文书，签收人证件号{id*}。",
  "{date}，本局根据平台转来的投诉单（编号{order}）对网店进行核查，店铺注册人{other*}，注册手机{"
  "phone*}。",
  "执法人员向收银员{other*}出示证件并说明来意，{other*}对检查过程全程陪同。",
  "本局委托检验机构检验，报告由{date}签收，签收人{spouse*}。",
  "消防检查时，值班人员{other*}（联系方式：{phone*}）无法提供培训记录。",
};

static const char *const facts[] = {
  "经查，{date}，当事人在{biz}占用城市道路{area}平方米堆放建材，未取得许可（证据1）。",
  "当事人雇用{other*}（公民身份号码{id*}）驾驶{plate*}号自卸货车运输渣土，途中撒漏污染路面约{area}"
  "平方米。",
  "{witness*}陈述，其住址为{home*}，当日目睹当事人施工，联系方式{phone*}。",
  "当事人之女{minor*}（未成年人，就读于附近学校）在场，执法人员未对其询问。",
  "被侵害人{victim*}因坠物受伤，经诊断{health*}，住院{count}日。",
  "货款汇入户名{spouse*}、账号{bank*}的账户，共计{amount}元。",
  "当事人自述{money*}，请求分期缴纳；经核，其提供的证明由{other*}出具。",
  "{neighbour*}反映夜间施工影响休息，且其{health*}，多次通过QQ号{qq*}与当事人交涉未果。",
  "涉案商品条码{barcode}，批次{order}，货值{amount}元，供货方统一社会信用代码{uscc}。",
  "当事人出示驾驶证（证号{licence*}）和行驶证，车辆号牌{plate*}，核定载质量与实际不符。",
  "房屋权属证明为{property*}，产权人{other*}，户籍地址{home*}。",
  "{date}，{witness*}与{neighbour*}一同到本机关说明情况，二人均表示愿意作证。",
  "当事人提供的护照（号码{passport*}）与其陈述一致。{other*}在笔录上签字。",
  "租赁合同由{other*}与当事人签订，约定租金{amount}元，合同编号{order}。",
  "{minor*}系在校学生，其监护人{spouse*}到场，电话{phone*}，老身份证号{old*}。",
  "当事人{faith*}，称场所用于日常活动；执法人员{officer2}告知其应当先取得许可。",
  "监控显示{victim*}{where*}，当日经过该路段时摔倒。",
  "住在{homeplain*}的{neighbour*}提供了监控录像，时长{count}分钟。",
  "{date}上午，{victim*}途经该路段时被掉落的广告牌砸中，{health*}，经{other*}拨打急救电话送医。",
  "上述货物由{other*}（住{home*}）负责运输，车号{plate*}，运费通过微信账号{wechat*}结算。",
  "当事人丈夫{spouse*}的工资卡（{bank*}）在案发期间收到转账{amount}元。",
  "据{neighbour*}和{witness*}所述，当事人自{date}起每晚十时后施工。",
  "现场负责人{other*}（男，电话{phone*}）未能出示许可证件，仅提供了合同复印件，编号{order}。",
  "该房产（{property*}）系{other*}于{date}购得，后出租给当事人，月租金{amount}元。",
  "订单显示收货人为{other*}，收货地址为{home*}，收货电话{phone*}。",
  "当事人之子{minor*}年仅九岁，事发时在店内写作业。",
  "{victim*}因误食该食品{health*}，先后两次住院，花费{amount}元。",
  "我局调取了{other*}名下尾号车辆{plate*}的通行记录，显示该车于{date}进入工地。",
  "顾客{victim*}在店内就餐后{health*}，遂向本局投诉，留存电话{phone*}、住址{home*}。",
  "厨师{other*}未取得健康证明从事食品加工，其身份证号为{id*}。",
  "网店客服{other*}的支付宝账号{email*}共收款{amount}元，订单号{order}。",
  "出租屋房主{other*}将位于{home*}的房屋隔成{count}间出租。",
  "{minor*}（系{spouse*}之女，在读小学生）于{date}购买涉案商品。",
  "物流单号{order}显示，寄件人{other*}，电话{landline*}，寄出{count}件。",
  "当事人自行委托{other*}作为代理人，委托书载明代理人身份证号{id*}、手机{phone*}。",
  "摊主{other*}所驾三轮车悬挂{plate*}号牌，车上装载水果约{area}公斤。",
};

static const char *const proofs[] = {
  "{witness*}的询问笔录|证明当事人施工的时间和经过，{phone*}|本机关制作",
  "身份证复印件（{id*}）|证明身份|当事人提供",
  "现场检查笔录及照片{count}张|证明占道面积{area}平方米|本机关制作",
  "{neighbour*}的证言|证明夜间施工|{neighbour*}提供",
  "银行流水（{bank*}）|证明货款{amount}元|当事人提供",
  "营业执照复印件|证明主体资格，代码{uscc}|当事人提供",
  "{plate*}号车行驶证复印件|证明车辆归{other*}所有|{other*}提供",
  "不动产登记查询结果|证明{property*}的权利人|登记机构出具",
  "举报材料一份|{informant*}反映的情况|{informant*}提交",
  "医院诊断证明|证明{victim*}{health*}|{victim*}提供",
  "施工合同（{order}）|证明工程价款{amount}元|当事人提供",
  "{other*}提供的情况说明|证明施工由{other*}组织|{other*}提供",
  "证人{witness*}询问笔录及身份证（{id*}）|证明占道经营的事实|本机关制作",
  "微信聊天记录|证明{other*}（{wechat*}）与当事人约定价格{amount}元|当事人提供",
  "检验报告（编号{order}）|证明样品不合格|检验机构出具",
  "{victim*}的就诊记录|证明{victim*}{health*}|{victim*}提供",
  "对{other*}的询问笔录|证明{other*}负责进货，电话{phone*}|本机关制作",
};

static const char *const reasons[] = {
  "上述证据来源合法，相互印证。{witness*}与当事人无利害关系，其陈述可以采信。",
  "{neighbour*}的陈述与监控录像一致，本机关予以采信；当事人所称由{spouse*}代为办理，没有证据。",
  "以上证据形成完整链条，能够证明{date}当事人实施的行为。",
  "本机关认为，{informant*}虽系举报人，但其提供的视频经鉴定未经剪辑，可以作为定案依据。",
};

static const char *const answers[] = {
  "当事人称{money*}，{spouse*}{health*}，请求从轻处罚。经复核，本机关部分采纳其意见。",
  "当事人提出其经营面积只有{area}平方米，可拨打{phone*}核实。经核实不成立，不予采纳。",
  "当事人提交了{witness*}的书面说明，附身份证号码{id*}。经复核，该说明与监控录像不符。",
  "当事人书面申辩称，其母{other*}{health*}，家中{money*}，请求免予处罚。本机关认为理由不成立。",
};

static const char *const discretions[] = {
  "当事人首次违法，面积{area}平方米，情节较轻，参照裁量基准第{count}项，予以从轻处罚。",
  "考虑到当事人{money*}，且已与{victim*}达成和解，决定从轻处罚。",
};

static const char *const files[] = {
  "{other*}身份证正面.jpg",      "询问笔录_{witness*}_{phone*}.pdf",
  "{plate*}行驶证.png",          "现场照片{count}.jpg",
  "银行流水{bank*}.xlsx",        "合同{order}.pdf",
  "{neighbour*}证言录音.mp3",    "{id*}.jpg",
  "关于{other*}的情况说明.docx", "{date}{witness*}笔录.pdf",
  "微信截图_{wechat*}.png",      "{other*}健康证.jpg",
  "送达回证-{spouse*}.pdf",      "对{witness*}的询问笔录.docx",
};

static const char *const companies[] = {
  "某某商贸有限公司", "云栖建材销售部",       "北湖渣土运输有限公司", "宏图装饰工程有限公司",
  "清泉餐饮管理中心", "同心物业服务有限公司", "金穗粮油店",           "永固脚手架租赁有限公司",
};

static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵",   "吴",   "周",   "徐",
  "孙", "马", "朱", "胡", "郭", "何", "高", "林",   "罗",   "郑",   "梁",
  "谢", "宋", "唐", "许", "韩", "冯", "邓", "欧阳", "司马", "诸葛",
};

static const char *const given_names[] = {
  "伟",   "芳",   "小敏", "建国", "秀英", "志强", "丽华", "文静", "海涛", "雪梅", "俊杰", "玉兰",
  "振东", "晓燕", "国庆", "桂香", "子涵", "浩然", "若曦", "德福", "春生", "明月", "向东", "佳怡",
};

static const char *const counties[] = {
  "河阳省云州市北湖区", "江渝市南岸县", "青原省宁川市", "临海省东港市石桥镇", "岭西自治区柳河县",
};

static const char *const tails[] = {
  "人民路18号3单元502室", "解放大街66弄7号",         "幸福里小区12栋1201", "大王庄村四组25号",
  "和平新村5幢乙单元301", "青年路甲9号院2号楼403室", "胜利胡同31号",
};

static const char *const streets[] = {
  "城东区人民路18号门前人行道",
  "高新区科技大道与创业路交叉口",
  "老城区十字街临街商铺",
};

static const char *const illnesses[] = {
  "患有乙型肝炎", "患高血压三级", "确诊为抑郁症", "右腿骨折构成伤残", "怀孕六个月", "视力残疾二级",
};

static const char *const beliefs[] = { "信仰佛教", "系基督教徒", "信奉伊斯兰教" };

static const char *const moves[] = {
  "每日早上七时从家中步行至单位",
  "当日乘坐G1234次列车到达",
  "当晚入住云栖宾馆302房间",
};

static const char *const means[] = {
  "月收入约3200元", "系低保户", "银行存款仅八千元", "家庭负债二十万元", "每月工资2800元",
};

G_END_DECLS
