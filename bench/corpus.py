#!/usr/bin/env python3
"""A deterministic corpus of department budget disclosures, in our own form and in those of the peers.

A DISCLOSURE is one department in one year and always has 46 pages:
     9 budget tables            t01 .. t09   (kind "table")
    11 narrative sections       n01 .. n11   (kind "narrative", Markdown)
    26 project target tables    p01 .. p26   (kind "target": key/value block + indicator table)
Five years make a department (years 2021..2025; --years says another number, the last is 2025), so N disclosures =
ceil(N/5) departments.

Everything is modelled on two real disclosure documents (row labels of the nine statutory tables, the 11 section
headings, classification codes, the indicator table's six columns, document-number-style project names), but places,
bodies and amounts are invented.  Amounts are drawn in yuan and shown in 10,000 yuan rounded half-up to two decimals,
each cell on its own: as in the real documents, a shown total may differ from the sum of its shown parts by 0.01.
Every sum, roll-up and tie-out of the built-in Hebei form holds but for that rounding, the figures of the text are
those of the tables, and what the text says was gained or lost since the year before was.  Codes and decimals are always
strings ("67.90" keeps its zero, "" is an empty cell).  Two of the nine tables are mostly empty (header + note), as in
the originals.

Usage
    corpus.py FORM OUTDIR [--disclosures N] [--seed S] [--years Y]

FORM
    mingbai          a portal of ours: mingbai.yaml, profiles/bench/department-budget.yaml (extends the Hebei form of
                     2025), content/<dept>/<year>-budget/{disclosure.yaml,tables,projects,narrative}
    neutral          one JSON file per disclosure:  OUTDIR/<dept>/<year>.json  (+ site.json)
    yaml             one YAML file per table + one .md per narrative
                     OUTDIR/<dept>/<year>/{disclosure.yaml,t01.yaml..,n01.md..,p01.yaml..}
    hugo             Hugo site, one .md per page, tables in YAML front matter
    hugo-adapter     Hugo site, data/budget/<dept>/<year>.yaml + content/_content.gotmpl
    zola             Zola site, one .md per page, tables in TOML front matter [extra]
    zola-load        Zola site, one .md stub per page, table in data/*.json through load_data
    eleventy         Eleventy site, YAML data files + pagination (Nunjucks)
    eleventy-js      the same with a JavaScript (11ty.js) page template
    eleventy-md      Eleventy site, one .md per page, tables in YAML front matter
  "-min" appended to a site form switches on that peer's HTML minification in its config
  (Hugo: pass --minify on the command line instead).
  A figure of the text that is bound to its cell in our form is a plain link to that table in the others.

Sizes used in the measurements:  1 -> 46 pages, 22 -> 1,012, 218 -> 10,028, 1087 -> 50,002
(plus one index page per disclosure, one per department and the site index).

Neutral JSON of one disclosure
    {"dept": {"id","code","name","region"}, "year": 2025, "unit": "万元",
     "pages": [ {"kind":"table","slug":"t01","no":1,"title",..,
                 "columns":[{"key","label","group"|null,"type":"seq|code|text|decimal"}],
                 "row_header": <column index>, "rows":[[str,..],..], "note": str|null},
                {"kind":"narrative","slug":"n01","no":10,"title","markdown"},
                {"kind":"target","slug":"p01","no":21,"title","code","name","budget","fiscal",
                 "other","purpose","plan":[q1,q2,q3,q4],"goals":[..],
                 "indicators":[[level1,level2,level3,description,value,basis],..]} ] }

Same arguments + same seed = same bytes.  Standard library only.
"""
import argparse, json, os, random, re, sys

YEARS = [2021, 2022, 2023, 2024, 2025]
PER_DEPT = len(YEARS)

# ---------------------------------------------------------------- word banks (fictional places)
REGIONS = ["云岚市", "云岚市东川区", "云岚市西川区", "云岚市宁化区", "云岚市下园区", "云岚市万宁区",
           "云岚市北岭县", "云岚市安保县", "云岚市沽水县", "云岚市尚礼县", "云岚市蔚原县", "云岚市阳川县",
           "云岚市怀宁县", "云岚市怀清县", "云岚市涿水县", "云岚市赤岭县"]
BODIES = ["科学技术协会", "财政局", "教育局", "卫生健康委员会", "农业农村局", "水务局", "交通运输局",
          "文化广电和旅游局", "人力资源和社会保障局", "民政局", "司法局", "公安局", "生态环境局",
          "住房和城乡建设局", "自然资源和规划局", "应急管理局", "审计局", "统计局", "市场监督管理局",
          "退役军人事务局", "医疗保障局", "体育局", "林业和草原局", "乡村振兴局", "城市管理综合行政执法局",
          "发展和改革委员会", "工业和信息化局", "商务局", "行政审批局", "信访局", "总工会", "妇女联合会",
          "残疾人联合会", "文学艺术界联合会", "红十字会", "图书馆", "博物馆", "疾病预防控制中心", "职业技术学院",
          "第一中学", "气象灾害防御中心", "供销合作社联合社"]

SPEND = ["一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出",
         "文化旅游体育与传媒支出", "社会保障和就业支出", "社会保险基金支出", "卫生健康支出", "节能环保支出",
         "城乡社区支出", "农林水支出", "交通运输支出", "资源勘探工业信息等支出", "商业服务业等支出", "金融支出",
         "援助其他地区支出", "自然资源海洋气象等支出", "住房保障支出", "粮油物资储备支出", "国有资本经营预算支出",
         "灾害防治及应急管理支出", "预备费", "其他支出", "转移性支出", "债务还本支出", "债务付息支出",
         "债务发行费用支出", "抗疫特别国债安排的支出", "人行科目"]
CN = "一二三四五六七八九十"


def of_years(count):
    """Departments have so many years from now on."""
    global YEARS, PER_DEPT
    YEARS = list(range(2026 - count, 2026))
    PER_DEPT = count


def cn_num(n):
    if n <= 10:
        return CN[n - 1]
    if n < 20:
        return "十" + CN[n - 11]
    return CN[n // 10 - 1] + "十" + (CN[n % 10 - 1] if n % 10 else "")


# class -> [(code, name, [(code, name, [(code, name)..])..])]
FUNC = {
    "201": ("一般公共服务支出", [
        ("20103", "政府办公厅（室）及相关机构事务", [("2010301", "行政运行"), ("2010302", "一般行政管理事务"),
                                        ("2010306", "政务公开审批"), ("2010350", "事业运行"),
                                        ("2010399", "其他政府办公厅（室）及相关机构事务支出")]),
        ("20106", "财政事务", [("2010601", "行政运行"), ("2010604", "预算改革业务"), ("2010605", "财政国库业务"),
                           ("2010607", "信息化建设"), ("2010699", "其他财政事务支出")]),
        ("20129", "群众团体事务", [("2012901", "行政运行"), ("2012902", "一般行政管理事务"), ("2012999", "其他群众团体事务支出")]),
        ("20131", "党委办公厅（室）及相关机构事务", [("2013101", "行政运行"), ("2013105", "专项业务")])]),
    "204": ("公共安全支出", [
        ("20402", "公安", [("2040201", "行政运行"), ("2040219", "信息化建设"), ("2040220", "执法办案"), ("2040299", "其他公安支出")]),
        ("20406", "司法", [("2040601", "行政运行"), ("2040604", "基层司法业务"), ("2040605", "普法宣传"), ("2040607", "公共法律服务")])]),
    "205": ("教育支出", [
        ("20502", "普通教育", [("2050201", "学前教育"), ("2050202", "小学教育"), ("2050203", "初中教育"), ("2050204", "高中教育"),
                           ("2050205", "高等教育"), ("2050299", "其他普通教育支出")]),
        ("20503", "职业教育", [("2050302", "中等职业教育"), ("2050305", "高等职业教育"), ("2050399", "其他职业教育支出")]),
        ("20508", "进修及培训", [("2050802", "干部教育"), ("2050803", "培训支出")])]),
    "206": ("科学技术支出", [
        ("20604", "技术研究与开发", [("2060404", "科技成果转化与扩散"), ("2060499", "其他技术研究与开发支出")]),
        ("20607", "科学技术普及", [("2060701", "机构运行"), ("2060702", "科普活动"), ("2060705", "科技馆站"),
                             ("2060799", "其他科学技术普及支出")])]),
    "207": ("文化旅游体育与传媒支出", [
        ("20701", "文化和旅游", [("2070101", "行政运行"), ("2070104", "图书馆"), ("2070109", "群众文化"), ("2070113", "旅游宣传"),
                            ("2070199", "其他文化和旅游支出")]),
        ("20702", "文物", [("2070204", "文物保护"), ("2070205", "博物馆")]),
        ("20703", "体育", [("2070305", "体育竞赛"), ("2070307", "体育场馆"), ("2070308", "群众体育")])]),
    "208": ("社会保障和就业支出", [
        ("20805", "行政事业单位养老支出", [("2080501", "行政单位离退休"), ("2080502", "事业单位离退休"),
                                 ("2080505", "机关事业单位基本养老保险缴费支出"), ("2080506", "机关事业单位职业年金缴费支出")]),
        ("20808", "抚恤", [("2080801", "死亡抚恤"), ("2080899", "其他优抚支出")]),
        ("20827", "财政对其他社会保险基金的补助", [("2082701", "财政对失业保险基金的补助"), ("2082702", "财政对工伤保险基金的补助")])]),
    "210": ("卫生健康支出", [
        ("21004", "公共卫生", [("2100401", "疾病预防控制机构"), ("2100408", "基本公共卫生服务"), ("2100410", "突发公共卫生事件应急处置")]),
        ("21011", "行政事业单位医疗", [("2101101", "行政单位医疗"), ("2101102", "事业单位医疗"), ("2101103", "公务员医疗补助"),
                               ("2101199", "其他行政事业单位医疗支出")])]),
    "211": ("节能环保支出", [
        ("21101", "环境保护管理事务", [("2110101", "行政运行"), ("2110104", "生态环境保护宣传")]),
        ("21103", "污染防治", [("2110301", "大气"), ("2110302", "水体"), ("2110304", "固体废弃物与化学品")])]),
    "212": ("城乡社区支出", [
        ("21201", "城乡社区管理事务", [("2120101", "行政运行"), ("2120104", "城管执法"), ("2120199", "其他城乡社区管理事务支出")]),
        ("21203", "城乡社区公共设施", [("2120303", "小城镇基础设施建设"), ("2120399", "其他城乡社区公共设施支出")]),
        ("21205", "城乡社区环境卫生", [("2120501", "城乡社区环境卫生")])]),
    "213": ("农林水支出", [
        ("21301", "农业农村", [("2130101", "行政运行"), ("2130104", "事业运行"), ("2130106", "科技转化与推广服务"),
                           ("2130108", "病虫害控制"), ("2130122", "农业生产发展")]),
        ("21302", "林业和草原", [("2130205", "森林资源培育"), ("2130207", "森林资源管理"), ("2130234", "林业草原防灾减灾")]),
        ("21303", "水利", [("2130304", "水利行业业务管理"), ("2130305", "水利工程建设"), ("2130314", "防汛")]),
        ("21305", "巩固脱贫攻坚成果衔接乡村振兴", [("2130504", "农村基础设施建设"), ("2130505", "生产发展")])]),
    "214": ("交通运输支出", [
        ("21401", "公路水路运输", [("2140101", "行政运行"), ("2140104", "公路建设"), ("2140106", "公路养护"), ("2140112", "公路运输管理")])]),
    "221": ("住房保障支出", [
        ("22102", "住房改革支出", [("2210201", "住房公积金"), ("2210202", "提租补贴"), ("2210203", "购房补贴")])]),
    "224": ("灾害防治及应急管理支出", [
        ("22401", "应急管理事务", [("2240101", "行政运行"), ("2240106", "安全监管"), ("2240109", "应急管理")]),
        ("22406", "自然灾害防治", [("2240601", "地质灾害防治"), ("2240602", "森林草原防灾减灾")])]),
}
MAIN = ["201", "204", "205", "206", "207", "211", "212", "213", "214", "224"]
COMMON = ["205", "208", "210", "221"]

ECON = [("301", "工资福利支出", "p", [
    ("30101", "基本工资"), ("30102", "津贴补贴"), ("30103", "奖金"), ("30107", "绩效工资"),
    ("30108", "机关事业单位基本养老保险缴费"), ("30109", "职业年金缴费"), ("30110", "职工基本医疗保险缴费"),
    ("30111", "公务员医疗补助缴费"), ("30112", "其他社会保障缴费"), ("30113", "住房公积金"), ("30199", "其他工资福利支出")]),
    ("302", "商品和服务支出", "o", [
        ("30201", "办公费"), ("30202", "印刷费"), ("30203", "咨询费"), ("30204", "手续费"), ("30205", "水费"), ("30206", "电费"),
        ("30207", "邮电费"), ("30208", "取暖费"), ("30209", "物业管理费"), ("30211", "差旅费"), ("30213", "维修(护)费"),
        ("30214", "租赁费"), ("30215", "会议费"), ("30216", "培训费"), ("30217", "公务接待费"), ("30218", "专用材料费"),
        ("30226", "劳务费"), ("30227", "委托业务费"), ("30228", "工会经费"), ("30229", "福利费"), ("30231", "公务用车运行维护费"),
        ("30239", "其他交通费用"), ("30240", "税金及附加费用"), ("30299", "其他商品和服务支出")]),
    ("303", "对个人和家庭的补助", "p", [
        ("30301", "离休费"), ("30302", "退休费"), ("30304", "抚恤金"), ("30305", "生活补助"), ("30309", "奖励金"),
        ("30399", "其他对个人和家庭的补助")]),
    ("310", "资本性支出", "o", [("31002", "办公设备购置"), ("31003", "专用设备购置"), ("31007", "信息网络及软件购置更新")])]

TOPICS = ["科普活动", "全民素质行动计划", "科技工作者助力乡村振兴", "信息化建设", "办公大楼采暖", "常设展览", "大篷车巡展",
          "场馆免费开放", "基层能力提升", "人才引进培养", "安全生产专项检查", "政务云租赁", "档案数字化", "执法装备购置",
          "农村环境整治", "防汛物资储备", "高标准农田建设", "校园安全防护", "职业技能竞赛", "公共文化服务体系建设",
          "重点流域水质监测", "公路日常养护", "老旧小区改造", "基本公共卫生服务", "疾病监测与应急处置", "法律援助",
          "退役军人就业培训", "残疾儿童康复救助", "文物保护修缮", "全民健身赛事", "统计抽样调查", "审计业务外聘",
          "市场监管抽检", "招商推介", "物业管理服务", "业务系统运行维护", "驻村帮扶工作", "专家工作站建设", "专题宣传片制作", "干部教育培训"]
ISSUER = ["财教", "财农", "财社", "财建", "财行"]
UNITS = ["次", "场", "个", "人", "条", "户", "套", "平方米", "公里", "万人"]
L3 = {
    "数量指标": ["活动次数", "会议次数", "走访点位数量", "培训人次", "设备购置数量", "信息宣传量", "覆盖单位数量", "调研报告数量",
             "抽检批次", "服务对象数量", "巡展站点数量", "维护系统数量"],
    "质量指标": ["活动达标率", "会议达标率", "验收合格率", "展品完好率", "设备故障率", "资料归档完整率", "培训合格率", "政策知晓率"],
    "时效指标": ["活动开展时间", "工作完成及时率", "资金拨付及时率", "任务按期完成率"],
    "成本指标": ["预算总成本", "项目预算成本", "单位成本控制数", "人均成本"],
    "社会效益指标": ["提升公民科学素质", "助力乡村振兴", "扩大社会影响力", "保障工作正常开展", "受益群众数量", "公共服务水平提升"],
    "经济效益指标": ["节约财政资金", "带动产业增收", "费用节约率"],
    "生态效益指标": ["改善区域水环境质量", "绿化覆盖率提升"],
    "可持续影响指标": ["长效机制健全情况", "设施持续使用年限"],
    "服务对象满意度指标": ["群众满意度", "受益群体满意度", "参训人员满意度", "使用部门满意度"],
}
BASIS = ["年初工作安排", "上年度工作经验", "预算测算", "满意度调查", "行业标准", "相关管理办法", "工作计划", "历史数据", "问卷调查",
         "三定方案及年度重点任务分解表"]
GOALS = ["围绕年度重点任务，组织开展{t}相关工作，切实提升服务能力和管理水平，确保各项任务如期完成。",
         "通过{t}，进一步健全工作机制，扩大社会覆盖面，增强群众获得感、幸福感和满意度。",
         "严格执行预算管理规定，加强资金使用全过程监督，保证专款专用，提高财政资金使用效益。",
         "完善基础设施和装备条件，保障{t}正常运转，故障率控制在合理范围内。",
         "组织业务培训和经验交流，培养一批骨干力量，为后续工作提供人才支撑。",
         "推动{t}与地方产业发展相结合，形成可复制可推广的经验做法。",
         "及时公开工作进展情况，主动接受社会监督，进一步提升工作透明度。"]
SENT = ["紧紧围绕全市中心工作，以政治建设为统领，主动担当、认真履职，不断加强自身建设，圆满完成全年目标任务。",
        "坚持以人民为中心的发展思想，聚焦群众急难愁盼问题，推动公共服务资源向基层延伸、向农村覆盖、向薄弱环节倾斜。",
        "健全预算绩效管理制度，将绩效理念和方法深度融入预算编制、执行、监督全过程，做到花钱必问效、无效必问责。",
        "积极对接上级部门争取政策和资金支持，统筹整合各类专项资金，集中财力办大事，提高资金使用的精准性和有效性。",
        "加强与高等院校、科研院所和重点企业的合作，搭建交流平台，促进成果转化，服务地方经济社会高质量发展。",
        "严格落实过紧日子要求，大力压减一般性支出，从严控制“三公”经费，把更多财政资源用于保障和改善民生。",
        "建立项目库动态管理机制，按照轻重缓急合理排序，成熟一批、实施一批、储备一批，确保项目资金及时形成实物工作量。",
        "深入基层开展调查研究，广泛听取意见建议，形成专题报告，为党委政府科学决策提供参考。",
        "强化安全生产责任落实，常态化开展隐患排查整治，牢牢守住不发生重特大事故的底线。",
        "加快信息化建设步伐，推进业务协同和数据共享，实现更多事项网上办、掌上办、一次办。",
        "完善内部控制制度，对重大事项、资产处置及其他重要经济业务事项决策和执行进行监督，定期开展财务内部审计。",
        "举办报告会、培训班、研讨班、座谈会，组织干部职工深入学习，不断提高政治判断力、政治领悟力、政治执行力。"]
DUTIES = ["贯彻执行国家、省、市有关方针政策和法律法规，拟订本行业发展规划和年度计划并组织实施；",
          "负责本系统业务指导和监督检查，规范工作流程，提高服务质量；",
          "组织开展宣传教育、学术交流和业务培训，提升从业人员能力素质；",
          "承担有关行政许可、行政确认和公共服务事项的办理；",
          "负责专项资金的申报、分配、使用和绩效管理；",
          "负责突发事件的监测预警、应急处置和信息报送；",
          "指导县区业务工作，协调解决跨区域、跨部门的重大问题；",
          "推进行业信用体系建设，依法查处违法违规行为；",
          "负责统计调查、信息发布和档案管理工作；",
          "开展对外合作与交流，引进先进技术和管理经验；",
          "承担市委、市政府交办的其他事项。"]
TERMS = [("财政拨款收入", "指本级财政当年拨付的资金，包括一般公共预算拨款、政府性基金预算拨款、国有资本经营预算拨款。"),
         ("财政专户管理资金收入", "缴入财政专户、实行专项管理的教育收费收入。"),
         ("单位资金收入", "指除财政拨款收入和财政专户管理资金以外的收入，包括事业收入（不含教育收费）、上级补助收入、附属单位上缴收入、事业单位经营收入及其他收入。"),
         ("事业收入", "指事业单位开展专业业务活动及辅助活动所取得的收入。"),
         ("事业单位经营收入", "指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动取得的收入。"),
         ("上年结转", "指以前年度安排、结转到本年仍按原规定用途继续使用的资金。"),
         ("部门预算支出", "包括人员类项目支出、运转类项目支出和特定目标类项目支出。其中人员类项目支出和运转类项目中的公用经费项目支出对应部门预算中的基本支出。"),
         ("事业单位经营支出", "指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动发生的支出。"),
         ("“三公”经费", "纳入财政预算管理的“三公”经费，是指预算部门（单位）用财政拨款安排的因公出国（境）费、公务用车购置及运维费和公务接待费。"),
         ("机关运行经费", "是指各部门（单位）的公用经费，包括办公及印刷费、邮电费、差旅费、会议费、福利费、日常维修费、专用材料及一般设备购置费、办公用房水电费、办公用房取暖费、办公用房物业管理费、公务用车运行维护费以及其他费用。")]
NARR = ["部门职责及机构设置情况", "部门预算安排的总体情况", "机关运行经费安排情况", "财政拨款“三公”经费预算情况及增减变化原因",
        "部门整体绩效目标", "部门主管专项资金预算安排情况及绩效目标", "部门项目预算安排情况及绩效目标", "政府采购预算情况",
        "国有资产信息", "名词解释", "其他需要说明的事项"]


def wy(yuan):
    """yuan -> 10,000 yuan, two decimals, half up, integer arithmetic; 0 -> empty cell."""
    if not yuan:
        return ""
    q = (abs(yuan) + 50) // 100
    return ("-" if yuan < 0 else "") + "%d.%02d" % (q // 100, q % 100)


def cents(yuan):
    """The figure wy0 prints, in hundredths."""
    return ((abs(yuan) + 50) // 100) * (-1 if yuan < 0 else 1)


def wy0(yuan):
    return wy(yuan) or "0.00"


# ------------------------------------------------------------------------- one disclosure
def make_dept(i):
    region = REGIONS[(i // len(BODIES)) % len(REGIONS)]
    gen = i // (len(BODIES) * len(REGIONS))
    name = region + BODIES[i % len(BODIES)] + ("" if gen == 0 else "第%s分局" % cn_num(gen))
    return {"id": "d%04d" % (i + 1), "code": "%03d" % (301 + i % 600), "name": name, "region": region,
            "region_code": "9907%02d" % ((i // len(BODIES)) % len(REGIONS))}


def col(key, label, typ, group=None):
    return {"key": key, "label": label, "group": group, "type": typ}


FUND = ("212", "城乡社区支出", "21208", "国有土地使用权出让收入安排的支出", "2120803", "城市建设支出")
STATE = ("223", "国有资本经营预算支出", "22301", "解决历史遗留问题及改革成本支出", "2230105", "国有企业退休人员社会化管理补助支出")


def make_disclosure(seed, i, year, prior=None):
    """One disclosure; `prior` is the one of the year before, which its stated changes are counted from."""
    d = make_dept(i)
    r = random.Random("%s/%d/%d" % (seed, i, year))
    fixed = random.Random("%s/%d" % (seed, i))          # the same in every year of a department
    main = fixed.sample(MAIN, fixed.choice([1, 1, 2, 3]))
    scale = 10 ** fixed.uniform(4.2, 6.2)               # yuan, of a typical line

    def amount(k=1.0):
        return int(scale * k * 10 ** r.uniform(-0.9, 0.7)) + r.randrange(100)

    # function lines: leaf -> (basic, project, carried over)
    leaves, tree = {}, []
    for cls in sorted(set(main + COMMON)):
        cname, subs = FUNC[cls]
        pick = subs if cls in main else [s for s in subs if s[0] in ("20508", "20805", "20827", "21011", "22102")]
        t = []
        for sc, sn, items in pick:
            its = [x for x in items if cls not in main or fixed.random() < 0.85] or items[:1]
            for c, _ in its:
                basic = amount() if (cls not in main or r.random() < 0.5) else 0
                proj = amount(2.0) if cls in main and (not basic or r.random() < 0.5) else 0
                carry = (proj // r.randrange(3, 9)) if proj and r.random() < 0.6 else 0
                leaves[c] = (basic, proj, carry)
            t.append((sc, sn, its))
        tree.append((cls, cname, t))

    def s(codes, k):
        return sum(leaves[c][k] for c in codes)
    gtree, allg = [(a, b, list(c)) for a, b, c in tree], list(leaves)
    basic, carry = s(allg, 0), s(allg, 2)
    general = basic + s(allg, 1)
    # now and then a government fund, a state-capital budget: projects alone, nothing carried over
    extra = []
    for cls, cname, sc, sn, c, nm in (FUND, STATE):
        v = amount() if fixed.random() < 0.2 else 0
        extra.append(v)
        if v:
            leaves[c] = (0, v, 0)
            same = [t for a, _, t in tree if a == cls]
            if same:
                same[0].append((sc, sn, [(c, nm)]))
            else:
                tree.append((cls, cname, [(sc, sn, [(c, nm)])]))
    tree.sort(key=lambda x: x[0])
    allc = list(leaves)
    fund, state = extra
    proj = s(allc, 1)
    total = basic + proj
    income = total - carry

    def func_rows(cells, tree=tree, allc=allc):
        """cells: list of codes -> list of strings; yields the three-level listing with totals."""
        rows = [["1", "", "合计"] + cells(allc)]
        n = 1
        for cls, cname, subs in tree:
            codes = [c for _, _, its in subs for c, _ in its]
            n += 1
            rows.append([str(n), cls, cname] + cells(codes))
            for sc, sn, its in subs:
                n += 1
                rows.append([str(n), sc, sn] + cells([c for c, _ in its]))
                for c, nm in its:
                    n += 1
                    rows.append([str(n), c, nm] + cells([c]))
        return rows

    def classes(tree):
        return {cname: s([c for _, _, its in subs for c, _ in its], 0) + s([c for _, _, its in subs for c, _ in its], 1)
                for cls, cname, subs in tree}
    by_class, by_general = classes(tree), classes(gtree)
    incomes = [general - carry, fund, state, 0, 0]
    seq = col("seq", "序号", "seq")
    code, name = col("code", "科目编码", "code", "功能分类科目"), col("name", "科目名称", "text", "功能分类科目")
    pages = []

    def table(title, columns, rows, rh, note=None):
        n = len(pages) + 1
        pages.append({"kind": "table", "slug": "t%02d" % n, "no": n, "title": title, "columns": columns,
                      "row_header": rh, "rows": rows, "note": note})

    # t01
    inc = ["一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "财政专户管理资金收入", "单位资金"]
    rows = []
    for k, sp in enumerate(SPEND):
        li = "%s、%s" % (cn_num(k + 1), inc[k]) if k < len(inc) else ""
        rows.append([str(k + 1), li, wy(incomes[k]) if li else "", "%s、%s" % (cn_num(k + 1), sp), wy(by_class.get(sp, 0))])
    for a, av, b, bv in [("本年收入合计", income, "本年支出合计", total), ("上年结转结余", carry, "年终结转结余", 0),
                         ("收入总计", total, "支出总计", total)]:
        rows.append([str(len(rows) + 1), a, wy(av), b, wy(bv)])
    table("部门预算收支总表", [seq, col("in_item", "项目", "text", "收入"), col("in_amt", "预算数", "decimal", "收入"),
                        col("out_item", "项目", "text", "支出"), col("out_amt", "预算数", "decimal", "支出")], rows, 1)
    # t02
    this = ["小计", "财政拨款收入", "财政专户收入", "事业收入", "经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"]
    table("部门预算收入总表", [seq, code, name, col("total", "合计", "decimal")]
          + [col("y%d" % k, x, "decimal", "本年收入") for k, x in enumerate(this)] + [col("carry", "上年结转", "decimal")],
          func_rows(lambda cs: [wy(s(cs, 0) + s(cs, 1))] + [wy(s(cs, 0) + s(cs, 1) - s(cs, 2))] * 2 + [""] * 6 + [wy(s(cs, 2))]), 2)
    # t03
    table("部门预算支出总表", [seq, code, name, col("total", "合计", "decimal"), col("basic", "基本支出", "decimal"),
                        col("proj", "项目支出", "decimal"), col("biz", "经营支出", "decimal"),
                        col("up", "上解上级支出", "decimal"), col("sub", "对附属单位补助支出", "decimal")],
          func_rows(lambda cs: [wy(s(cs, 0) + s(cs, 1)), wy(s(cs, 0)), wy(s(cs, 1)), "", "", ""]), 2)
    # t04
    rows = []
    for k, sp in enumerate(SPEND):
        li = "%s、%s" % (cn_num(k + 1), inc[k][:-2]) if k < 3 else ""
        rows.append([str(k + 1), li, wy(incomes[k]) if li else "", "%s、%s" % (cn_num(k + 1), sp)]
                    + [wy(x) for x in (by_class.get(sp, 0), by_general.get(sp, 0), fund if sp == FUND[1] else 0, state if sp == STATE[1] else 0)])
    whole, none = (total, general, fund, state), (0, 0, 0, 0)
    for a, av, b, bv in [("本年收入合计", income, "本年支出合计", whole), ("年初财政拨款结转和结余", carry, "年末财政拨款结转和结余", none),
                         ("一、一般公共预算拨款", carry, "", none), ("二、政府性基金预算拨款", 0, "", none),
                         ("三、国有资本经营预算拨款", 0, "", none), ("收入总计", total, "支出总计", whole)]:
        rows.append([str(len(rows) + 1), a, wy(av), b] + [wy(x) for x in bv])
    table("部门预算财政拨款收支总表",
          [seq, col("in_item", "项目", "text", "收入"), col("in_amt", "金额", "decimal", "收入"), col("out_item", "项目", "text", "支出"),
           col("out_amt", "合计", "decimal", "支出"), col("out_gen", "一般公共预算财政拨款", "decimal", "支出"),
           col("out_fund", "政府性基金预算财政拨款", "decimal", "支出"), col("out_cap", "国有资本经营预算财政拨款", "decimal", "支出")], rows, 1)
    # t05
    three = [col("total", "合计", "decimal"), col("basic", "基本支出", "decimal"), col("proj", "项目支出", "decimal")]
    table("部门预算一般公共预算财政拨款支出表", [seq, code, name] + three,
          func_rows(lambda cs: [wy(s(cs, 0) + s(cs, 1)), wy(s(cs, 0)), wy(s(cs, 1))], gtree, allg), 2)
    # t06: basic spending by economic class; the lines share out `basic`
    lines = [(c, nm, kind, [it for it in items if fixed.random() < 0.9] or items[:1]) for c, nm, kind, items in ECON if c != "310" or fixed.random() < 0.5]
    n_items = sum(len(its) for *_, its in lines)
    w = [r.uniform(0.2, 5.0) * (3 if k == "p" else 0.5) for _, _, k, its in lines for _ in its]
    vals = [int(basic * x / sum(w)) for x in w]
    vals[0] += basic - sum(vals)
    body, k, per, off = [], 0, 0, 0
    for c, nm, kind, its in lines:
        sub = vals[k:k + len(its)]
        k += len(its)
        if kind == "p":
            per += sum(sub)
        else:
            off += sum(sub)
        for cc, nn, v in [(c, nm, sum(sub))] + [(a, b, v) for (a, b), v in zip(its, sub)]:
            body.append([cc, nn, wy(v)] + ([wy(v), ""] if kind == "p" else ["", wy(v)]))
    rows = [["1", "", "合计", wy(basic), wy(per), wy(off)]] + [[str(j + 2)] + x for j, x in enumerate(body)]
    table("部门预算一般公共预算财政拨款基本支出表",
          [seq, col("code", "科目编码", "code", "支出部门经济分类科目"), col("name", "科目名称", "text", "支出部门经济分类科目"),
           col("total", "合计", "decimal", "一般公共预算基本支出"), col("per", "人员经费", "decimal", "一般公共预算基本支出"),
           col("off", "公用经费", "decimal", "一般公共预算基本支出")], rows, 2)
    # t07, t08: mostly empty
    for title, nm, v, (cls, cname, sc, sn, c, leaf) in (
            ("部门预算政府性基金预算财政拨款支出表", "政府性基金预算", fund, FUND),
            ("部门预算国有资本经营预算财政拨款支出表", "国有资本经营预算", state, STATE)):
        rows, note = [], "注：无%s财政拨款预算，空表列示。" % nm
        if v:
            rows, note = [[str(k + 1), a, b, wy(v), "", wy(v)] for k, (a, b) in enumerate([("", "合计"), (cls, cname), (sc, sn), (c, leaf)])], None
        table(title, [seq, code, name] + three, rows, 2, note)
    # t09
    car, host = amount(0.1), amount(0.02)
    items = [("“三公”经费小计", car + host), ("一、因公出国（境）费", 0), ("其中：教学科研人员因公出国（境）费", 0), ("其他因公出国（境）费", 0),
             ("二、公务用车购置及运维费", car), ("其中：公务用车购置费", 0), ("公务用车运行维护费", car), ("三、公务接待费", host)]
    g = "资金性质"
    table("部门预算财政拨款“三公”经费支出表",
          [seq, col("item", "项目", "text"), col("total", "合计", "decimal", g), col("gen", "一般公共预算财政拨款", "decimal", g),
           col("fund", "政府性基金预算拨款", "decimal", g), col("cap", "国有资本经营预算财政拨款", "decimal", g)],
          [[str(j + 1), a, wy(v), wy(v), "", ""] for j, (a, v) in enumerate(items)], 1)

    # projects (before the narratives, which list them)
    projects, left = [], proj
    topics = r.sample(TOPICS, 26)
    for j in range(26):
        t = topics[j]
        y = year if r.random() < 0.6 else year - 1
        if r.random() < 0.4:
            nm = "云%s【%d】%d号%s下达%d年%s补助资金" % (r.choice(ISSUER), y - 1, r.randrange(10, 150), r.choice(["提前", "", "第二批"]), y, t)
        else:
            nm = "%d%s经费" % (y, t)
        v = left if j == 25 else int(left * r.uniform(0.01, 0.12))
        left -= v
        ind = []
        for l1, l2s in (("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
                        ("效益指标", r.choice([["社会效益指标"], ["社会效益指标", "经济效益指标"], ["社会效益指标", "可持续影响指标"],
                                           ["经济效益指标", "社会效益指标", "生态效益指标"]])),
                        ("满意度指标", ["服务对象满意度指标"])):
            for l2 in l2s:
                n = {"数量指标": r.randrange(1, 7), "质量指标": r.randrange(1, 4)}.get(l2, r.choice([1, 1, 1, 2]))
                for l3 in r.sample(L3[l2], min(n, len(L3[l2]))):
                    if l2 == "数量指标":
                        val = "≥%d%s" % (r.randrange(1, 200), r.choice(UNITS))
                    elif l2 == "时效指标":
                        val = r.choice(["%d年1月-12月" % year, "100%", "≥95%"])
                    elif l2 == "成本指标":
                        val = "≤%s万元" % wy0(v)
                    elif l2 in ("质量指标", "服务对象满意度指标"):
                        val = r.choice(["≥90%", "≥95%", "100%", "≥98%"])
                    elif l3.endswith("率"):
                        val = r.choice(["≥1%", "≥2.5%"])
                    else:
                        val = r.choice(["进一步提升", "较上年度提升", "明显改善", "≥1.5万人", "持续增强"])
                    desc = l3 if r.random() < 0.5 else "%s%s，%s" % (t, l3, r.choice(["全年累计完成情况", "占年度计划的比例", "按照年度计划完成", "达到规定标准"]))
                    ind.append([l1, l2, l3, desc, val, r.choice(BASIS)])
        plan = r.choice([["25%", "50%", "75%", "100%"], ["40%", "80%", "100%", ""], ["30%", "60%", "100%", ""], ["", "", "", "100%"]])
        goals = ["%d.%s" % (a + 1, x.format(t=t)) for a, x in enumerate(r.sample(GOALS, r.choice([1, 1, 2, 3, 4, 5])))]
        purpose = "项目预算总额%s万元，均为财政资金。主要用于：%s" % (
            wy0(v), "".join("%d、%s相关支出；" % (a + 1, x) for a, x in enumerate(r.sample(TOPICS, r.randrange(1, 5)))))
        projects.append({"kind": "target", "title": "%s绩效目标表" % nm,
                         "code": "%s%02dP%011d%s" % (d["region_code"], y % 100, r.randrange(10 ** 11), r.choice("ABCDEFGHJKLMNPRSTUVWXYZ")),
                         "name": nm, "budget": wy0(v), "fiscal": wy0(v), "other": "", "purpose": purpose, "plan": plan,
                         "goals": goals, "indicators": ind})

    # narratives
    nm = d["name"]
    units = [nm + "本级"] + ["%s%s" % (d["region"], x) for x in r.sample(["信息中心", "培训中心", "服务中心", "执法支队", "监测站", "展览馆", "档案馆"], r.randrange(2, 5))]
    pool = r.sample(range(len(TOPICS) * len(SENT)), 80)   # no sentence stands twice in a section

    def para(n):
        return "".join("围绕%s，%s" % (TOPICS[k % len(TOPICS)], SENT[k // len(TOPICS)]) for k in (pool.pop() for _ in range(n)))

    # A figure of the text is a link to the cell it was taken from: [12.34 万元](=table/row/column).
    def fig(yuan, at):
        return "[%s 万元](=%s)" % (wy0(yuan), at)

    shown = {"grand": total, "basic": basic, "project": proj, "three": car + host}

    def change(key, at):
        """What a figure gained or lost since the year before, counted from the figures as they are printed."""
        if not prior:   # nothing to compare with: the check counts it as one that could not run
            return "%s[%s 万元](<=%s - prior:%s>)" % ("增加" if r.random() < 0.5 else "减少", wy0(amount(0.1)), at, at)
        c = cents(shown[key]) - cents(prior["shown"][key])
        return "%s[%s 万元](<=%s - prior:%s>)" % ("减少" if c < 0 else "增加", "%d.%02d" % divmod(abs(c), 100), at, at)

    delta = lambda: ("增加" if r.random() < 0.5 else "减少") + wy0(amount(0.1)) + "万元"
    md = []
    md.append("按照《预算法》、《地方预决算公开操作规程》和《关于进一步推进预算公开工作的实施意见》规定，现将%s %d 年部门预算公开如下。\n\n### 部门职责\n\n" % (nm, year)
              + "".join("%d. %s\n" % (a + 1, x) for a, x in enumerate(r.sample(DUTIES, r.randrange(6, 11))))
              + "\n### 机构设置\n\n| 单位名称 | 单位性质 | 单位规格 | 经费保障形式 |\n|---|---|---|---|\n"
              + "".join("| %s | %s | %s | %s |\n" % (u, "行政" if a == 0 else "事业", "正处（县）级" if a == 0 else "正科级",
                                                    r.choice(["财政拨款", "财政基本保证", "财政定额补助"])) for a, u in enumerate(units)))
    chg = "".join("%s比去年%s%s" % (p["name"], delta(), "、" if r.random() < 0.8 else "；") for p in r.sample(projects, r.randrange(6, 16)))
    md.append("按照预算管理有关规定，目前部门预算的编制实行综合预算管理，即全部收入和支出都反映在预算中。%s机关及所属事业单位的收支包含在部门预算中。\n\n### 1、收入说明\n\n反映本部门当年全部收入。%d 年预算收入%s，其中：一般公共预算收入%s，基金预算收入%s，上年结转结余%s。\n\n### 2、支出说明\n\n收支预算总表支出栏、基本支出表、项目支出表按经济分类和支出功能分类科目编制。%d 年支出预算%s，其中**基本支出**%s，包括人员经费%s和日常公用经费%s；**项目支出**%s。\n\n### 3、比上年增减情况\n\n%d 年预算收支安排%s，较 %d 年预算%s，其中：基本支出%s，主要原因：人员变动及工资调整；项目支出%s，主要为%s等项目变动。\n"
              % (nm, year, fig(total, "overview/income.grand/amount"), fig(general - carry, "overview/income.general/amount"),
                 fig(fund, "overview/income.funds/amount"), fig(carry, "overview/income.carryover/amount"),
                 year, fig(total, "overview/expenditure.grand/amount"), fig(basic, "expenditure/合计/basic"),
                 fig(per, "basic/合计/personnel"), fig(off, "basic/合计/public"), fig(proj, "expenditure/合计/project"),
                 year, fig(total, "overview/income.grand/amount"), year - 1, change("grand", "overview/income.grand/amount"),
                 change("basic", "expenditure/合计/basic"), change("project", "expenditure/合计/project"), chg.rstrip("、；")))
    md.append("%d 年，我部门机关运行经费共计安排%s，主要用于日常维修、办公用房水电费、办公用房取暖费、办公用房物业管理费等日常运行支出。\n" % (year, fig(off, "basic/合计/public")))
    md.append("%d 年，我部门财政拨款“三公”经费预算安排%s，其中因公出国（境）费%s；公务用车购置及运维费%s；公务接待费%s。与 %d 年相比%s，增减变化的主要原因是公务活动安排不同。\n"
              % (year, fig(car + host, "three-public/subtotal/total"), fig(0, "three-public/abroad/total"),
                 fig(car, "three-public/vehicles/total"), fig(host, "three-public/reception/total"), year - 1,
                 change("three", "three-public/subtotal/total")))
    md.append("### （一）总体绩效目标\n\n" + "\n\n".join(para(r.randrange(2, 6)) for _ in range(r.randrange(2, 14)))
              + "\n\n### （二）分项绩效目标\n\n#### 1、部门管理\n\n绩效目标：职责明确、活动合规合理。\n\n绩效指标：职责设定符合“三定”方案中所赋予的职责，工作目的性和计划性强。\n\n#### 2、部门决策\n\n绩效目标：资金使用合规、基础信息完善。\n\n### （三）工作保障措施\n\n"
              + "".join("- **%s**。%s\n" % (a, para(1)) for a in ["加强制度建设", "规范财务管理", "加强内部控制", "加强绩效监控", "做好绩效自评", "加强宣传培训"]))
    md.append("无。\n" if r.random() < 0.7 else para(4) + "\n")
    md.append("%d 年，我部门共安排项目 26 个，预算%s。\n\n" % (year, fig(proj, "expenditure/合计/project"))
              + "".join("%d. [%s](../p%02d/)（[%s 万元](=projects/p%02d/budget)）\n" % (a + 1, p["name"], a + 1, p["budget"], a + 1) for a, p in enumerate(projects)))
    buy = [(r.choice(["财产保险服务", "车辆维修和保养服务", "车辆加油服务", "物业管理服务", "复印纸", "台式计算机", "信息系统运维服务"]),
            "C%08d" % r.randrange(10 ** 8), r.choice(["元", "次", "升", "台", "包"]), r.randrange(1, 300), amount(0.02)) for _ in range(r.randrange(3, 20))]
    md.append("%d 年，%s安排政府采购预算 %s 万元。具体内容见下表。\n\n| 采购物品名称 | 政府采购目录序号 | 计量单位 | 数量 | 金额（万元） |\n|---|---|---|--:|--:|\n| 合计 | | | | %s |\n" % (year, nm, wy0(sum(b[4] for b in buy)), wy0(sum(b[4] for b in buy)))
              + "".join("| %s | %s | %s | %d | %s |\n" % (b[0], b[1], b[2], b[3], wy0(b[4])) for b in buy)
              + "\n注：同一采购目录序号的物品，其单价值会因配置规格不同而变动，均符合资产配置标准。\n")
    house, veh, oth = amount(3), amount(), amount(4)
    md.append("%s（含所属单位）上年末固定资产金额为 %s 万元（详见下表）。本年度无购置计划。\n\n| 项目 | 数量 | 价值（万元） |\n|---|--:|--:|\n| 资产总额 | | %s |\n| 1、房屋（平方米） | %d | %s |\n| 2、车辆（台、辆） | %d | %s |\n| 3、单价在20万元以上的设备 | | |\n| 4、其他固定资产 | %d | %s |\n"
              % (nm, wy0(house + veh + oth), wy0(house + veh + oth), r.randrange(300, 9000), wy0(house), r.randrange(1, 30), wy0(veh), r.randrange(50, 3000), wy0(oth)))
    md.append("\n".join("%d、**%s**：%s\n" % (a + 1, x, y) for a, (x, y) in enumerate(TERMS)))
    md.append("我部门无其他需要说明的事项。\n")
    for j, (h, m) in enumerate(zip(NARR, md)):
        pages.append({"kind": "narrative", "slug": "n%02d" % (j + 1), "no": len(pages) + 1, "title": "%s、%s" % (cn_num(j + 1), h), "markdown": m})
    for j, p in enumerate(projects):
        pages.append(dict(p, slug="p%02d" % (j + 1), no=len(pages) + 1))
    assert len(pages) == 46
    return {"dept": d, "year": year, "unit": "万元", "pages": pages, "shown": shown}


def disclosures(seed, n):
    prior = None
    for k in range(n):
        prior = make_disclosure(seed, k // PER_DEPT, YEARS[k % PER_DEPT], prior if k % PER_DEPT else None)
        yield prior


# --------------------------------------------------------------- flat page form for the peers
def header_rows(columns):
    """columns with groups -> one or two header rows of {t, cs, rs}."""
    if not any(c["group"] for c in columns):
        return [[{"t": c["label"], "cs": 1, "rs": 1} for c in columns]]
    top, sub, k = [], [], 0
    while k < len(columns):
        g = columns[k]["group"]
        if not g:
            top.append({"t": columns[k]["label"], "cs": 1, "rs": 2})
            k += 1
            continue
        n = 0
        while k < len(columns) and columns[k]["group"] == g:
            sub.append({"t": columns[k]["label"], "cs": 1, "rs": 1})
            k += 1
            n += 1
        top.append({"t": g, "cs": n, "rs": 1})
    return [top, sub]


TABLES = ["overview", "revenue", "expenditure", "fiscal-overview", "general", "basic", "funds", "capital", "three-public"]
SLUGS = {t: "t%02d" % (k + 1) for k, t in enumerate(TABLES)}


def linked(markdown, before, after):
    """The text for a peer: a figure bound to a cell becomes a plain link to the table it stands in."""
    def link(m):
        return "](%s%s%s)" % (before, m[2] if m[1] == "projects" else SLUGS[m[1]], after)
    return re.sub(r"\]\(<?=([a-z-]+)/(\w+)[^)>]*>?\)", link, markdown)


def flat(dis, p):
    """What a peer's page gets: title, no, slug, kind, dept, deptname, year, kv, head, types, rh, rows, note, body."""
    o = {"title": p["title"], "no": p["no"], "slug": p["slug"], "kind": p["kind"], "dept": dis["dept"]["id"],
         "deptname": dis["dept"]["name"], "deptcode": dis["dept"]["code"], "year": dis["year"],
         "lead": "", "kv": [], "head": [], "types": [], "rh": 0, "rows": [], "note": "", "body": ""}
    if p["kind"] == "table":
        o["lead"] = "%s %s 预算年度：%d 单位：万元" % (dis["dept"]["code"], dis["dept"]["name"], dis["year"])
        o.update(head=header_rows(p["columns"]), types=["n" if c["type"] == "decimal" else "t" for c in p["columns"]],
                 rh=p["row_header"], rows=p["rows"], note=p["note"] or "")
    elif p["kind"] == "target":
        o["lead"] = "%s %d年 单位：万元" % (dis["dept"]["name"], dis["year"])
        kv = [["项目名称", p["name"]], ["项目编码", p["code"]], ["预算数", p["budget"]], ["其中：财政资金", p["fiscal"]],
              ["其他资金", p["other"]], ["资金用途", p["purpose"]]]
        kv += [["资金支出计划（%s）" % q, v] for q, v in zip(["3月底", "6月底", "10月底", "12月底"], p["plan"])]
        kv += [["绩效目标", "".join(p["goals"])]]
        o.update(kv=kv, head=[[{"t": t, "cs": 1, "rs": 1} for t in ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]]],
                 types=["t"] * 6, rh=2, rows=p["indicators"])
    else:
        o["body"] = linked(p["markdown"], "../", "/")
    return o


# ------------------------------------------------------------------------------ serialising
def J(x):
    return json.dumps(x, ensure_ascii=False)


def yaml_page(o, ind="", body=True):
    """Front-matter style YAML: scalars plain-quoted, one table row a line (flow)."""
    L = []
    for k in ("title", "slug", "kind", "dept", "deptname", "deptcode", "lead", "note"):
        L.append("%s%s: %s" % (ind, k, J(o[k])))
    L.append("%sno: %d" % (ind, o["no"]))
    L.append("%syear: %d" % (ind, o["year"]))
    L.append("%srh: %d" % (ind, o["rh"]))
    L.append("%stypes: %s" % (ind, J(o["types"])))
    for k in ("kv", "head", "rows"):
        if o[k]:
            L.append("%s%s:" % (ind, k))
            L += ["%s  - %s" % (ind, J(x)) for x in o[k]]
        else:
            L.append("%s%s: []" % (ind, k))
    if body and o["body"]:
        L.append("%sbody: |" % ind)
        L += [("%s  %s" % (ind, x)).rstrip() for x in o["body"].rstrip("\n").split("\n")]
    elif body:
        L.append('%sbody: ""' % ind)
    return "\n".join(L) + "\n"


def toml_val(x):
    if isinstance(x, dict):
        return "{ " + ", ".join("%s = %s" % (k, toml_val(v)) for k, v in x.items()) + " }"
    if isinstance(x, list):
        return "[" + ", ".join(toml_val(v) for v in x) + "]"
    return J(x)


def toml_page(o):
    L = ["title = %s" % J(o["title"]), "weight = %d" % o["no"], "[extra]"]
    for k in ("kind", "dept", "deptname", "deptcode", "lead", "note", "year", "rh", "types"):
        L.append("%s = %s" % (k, toml_val(o[k])))
    for k in ("kv", "head", "rows"):
        L.append("%s = [" % k)
        L += ["  %s," % toml_val(x) for x in o[k]]
        L.append("]")
    return "\n".join(L) + "\n"


_made = set()


def put(path, text):
    d = os.path.dirname(path)
    if d not in _made:
        os.makedirs(d, exist_ok=True)
        _made.add(d)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


CSS = """:root{color-scheme:light dark}body{margin:0 auto;max-width:72rem;padding:0 1rem;font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header,footer{padding:1rem 0}nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0}nav li+li::before{content:"/";margin-right:.5rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{font-weight:700;text-align:left}th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}thead th{background:#eee}footer{border-top:1px solid #999;font-size:.875rem}
@media(prefers-color-scheme:dark){thead th{background:#333}}@media print{header,nav,footer{display:none}}
"""
SITE = "云岚市预算公开平台"
FOOT = "本页由部门预算公开数据生成，数据以财政部门批复为准。"

# --- the same page in three template languages ------------------------------------------------
HUGO_BASE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ block "title" . }}%(site)s{{ end }}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">%(site)s</a></header>
<main>
{{ block "main" . }}{{ end }}
</main>
<footer><p>%(foot)s</p></footer>
</body>
</html>
"""
HUGO_PAGE = """{{ define "title" }}{{ .Title }} - {{ .Params.deptname }} {{ .Params.year }}年{{ end }}
{{ define "main" }}{{ $p := .Params }}<nav aria-label="面包屑"><ol><li><a href="/">首页</a></li><li><a href="/{{ $p.dept }}/">{{ $p.deptname }}</a></li><li><a href="/{{ $p.dept }}/{{ $p.year }}/">{{ $p.year }}年</a></li><li aria-current="page">{{ .Title }}</li></ol></nav>
<h1>{{ .Title }}</h1>
{{ if eq $p.kind "narrative" }}{{ .Content }}{{ else }}<p>{{ $p.lead }}</p>
{{ with $p.kv }}<table><caption>{{ $.Title }}：基本信息</caption><tbody>
{{ range . }}<tr><th scope="row">{{ index . 0 }}</th><td>{{ index . 1 }}</td></tr>
{{ end }}</tbody></table>
{{ end }}<table><caption>{{ .Title }}</caption>
<thead>
{{ range $p.head }}<tr>{{ range . }}<th scope="col"{{ if gt .cs 1 }} colspan="{{ .cs }}"{{ end }}{{ if gt .rs 1 }} rowspan="{{ .rs }}"{{ end }}>{{ .t }}</th>{{ end }}</tr>
{{ end }}</thead>
<tbody>
{{ $rh := $p.rh }}{{ $types := $p.types }}{{ range $p.rows }}<tr>{{ range $i, $c := . }}{{ if eq $i $rh }}<th scope="row">{{ $c }}</th>{{ else if eq (index $types $i) "n" }}<td class="n">{{ $c }}</td>{{ else }}<td>{{ $c }}</td>{{ end }}{{ end }}</tr>
{{ end }}</tbody></table>
{{ with $p.note }}<p>{{ . }}</p>{{ end }}{{ end }}{{ end }}
"""
HUGO_LIST = """{{ define "title" }}{{ .Title }}{{ end }}
{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>
{{ range .Pages.ByWeight }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
"""
HUGO_HOME = """{{ define "main" }}<h1>%(site)s</h1>
<ul>
{{ range .Site.Sections.ByWeight }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><ul>{{ range .Sections.ByWeight }}<li><a href="{{ .RelPermalink }}">{{ .Params.year }}年</a></li>{{ end }}</ul></li>
{{ end }}</ul>{{ end }}
"""
HUGO_CONF = """baseURL = 'https://example.org/'
locale = 'zh-CN'
title = '%(site)s'
disableKinds = ['taxonomy', 'term', 'rss', 'sitemap', '404', 'robotstxt']
"""
HUGO_ADAPTER = """{{ range $dept, $years := %(data)s.budget }}
  {{ $first := true }}
  {{ range $y, $d := $years }}
    {{ if $first }}{{ $first = false }}
      {{ $.AddPage (dict "kind" "section" "path" $dept "title" $d.deptname "weight" $d.weight) }}
    {{ end }}
    {{ $base := printf "%%s/%%v" $dept $d.year }}
    {{ $.AddPage (dict "kind" "section" "path" $base "title" $d.title "weight" $d.year "params" (dict "year" $d.year)) }}
    {{ range $d.pages }}
      {{ $.AddPage (dict "path" (printf "%%s/%%s" $base .slug) "title" .title "weight" .no
          "params" (dict "kind" .kind "dept" .dept "deptname" .deptname "deptcode" .deptcode "lead" .lead "year" .year "kv" .kv "head" .head "types" .types "rh" .rh "rows" .rows "note" .note)
          "content" (dict "mediaType" "text/markdown" "value" .body)) }}
    {{ end }}
  {{ end }}
{{ end }}
"""

ZOLA_BASE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%% block title %%}%(site)s{%% endblock title %%}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">%(site)s</a></header>
<main>
{%% block main %%}{%% endblock main %%}
</main>
<footer><p>%(foot)s</p></footer>
</body>
</html>
"""
ZOLA_PAGE = """{% extends "base.html" %}
{% block title %}{{ page.title }} - {{ page.extra.deptname }} {{ page.extra.year }}年{% endblock title %}
{% block main %}{% set p = PSOURCE %}<nav aria-label="面包屑"><ol><li><a href="/">首页</a></li><li><a href="/{{ p.dept }}/">{{ p.deptname }}</a></li><li><a href="/{{ p.dept }}/{{ p.year }}/">{{ p.year }}年</a></li><li aria-current="page">{{ page.title }}</li></ol></nav>
<h1>{{ page.title }}</h1>
{% if p.kind == "narrative" %}{{ page.content | safe }}{% else %}<p>{{ p.lead }}</p>
{% if p.kv %}<table><caption>{{ page.title }}：基本信息</caption><tbody>
{% for q in p.kv %}<tr><th scope="row">{{ q[0] }}</th><td>{{ q[1] }}</td></tr>
{% endfor %}</tbody></table>
{% endif %}<table><caption>{{ page.title }}</caption>
<thead>
{% for hr in p.head %}<tr>{% for h in hr %}<th scope="col"{% if h.cs > 1 %} colspan="{{ h.cs }}"{% endif %}{% if h.rs > 1 %} rowspan="{{ h.rs }}"{% endif %}>{{ h.t }}</th>{% endfor %}</tr>
{% endfor %}</thead>
<tbody>
{% set rh = p.rh %}{% set types = p.types %}{% for row in p.rows %}<tr>{% for c in row %}{% if loop.index0 == rh %}<th scope="row">{{ c }}</th>{% elif types[loop.index0] == "n" %}<td class="n">{{ c }}</td>{% else %}<td>{{ c }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody></table>
{% if p.note %}<p>{{ p.note }}</p>{% endif %}{% endif %}{% endblock main %}
"""
ZOLA_SECTION = """{% extends "base.html" %}
{% block title %}{{ section.title }}{% endblock title %}
{% block main %}<h1>{{ section.title }}</h1>
<ul>
{% for s in section.subsections %}{% set c = get_section(path=s, metadata_only=true) %}<li><a href="{{ c.path }}">{{ c.title }}</a></li>
{% endfor %}{% for c in section.pages %}<li><a href="{{ c.path }}">{{ c.title }}</a></li>
{% endfor %}</ul>{% endblock main %}
"""
ZOLA_HOME = """{%% extends "base.html" %%}
{%% block main %%}<h1>%(site)s</h1>
<ul>
{%% for s in section.subsections %%}{%% set c = get_section(path=s, metadata_only=true) %%}<li><a href="{{ c.path }}">{{ c.title }}</a><ul>{%% for t in c.subsections %%}{%% set y = get_section(path=t, metadata_only=true) %%}<li><a href="{{ y.path }}">{{ y.extra.year }}年</a></li>{%% endfor %%}</ul></li>
{%% endfor %%}</ul>{%% endblock main %%}
"""
ZOLA_CONF = """base_url = "https://example.org"
title = "%(site)s"
default_language = "zh"
compile_sass = false
build_search_index = false
generate_feeds = false
generate_sitemap = false
generate_robots_txt = false
minify_html = %(min)s
"""

NJK_BASE = ZOLA_BASE.replace("{%% block title %%}%(site)s{%% endblock title %%}", "{{ doctitle }}") \
    .replace("{%% block main %%}{%% endblock main %%}", "{{ content | safe }}")
NJK_PAGE = ZOLA_PAGE.split("{% block main %}")[1].split("{% endblock main %}")[0] \
    .replace("page.title", "p.title") \
    .replace("{{ page.content | safe }}", "{{ BODY | safe }}").replace("{% if p.kv %}", "{% if p.kv.length %}")

JS_BASE = r"""
export const esc = (s) => { s = String(s); return /[&<>"]/.test(s) ? s.replace(/[&<>"]/g, (c) => ({"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;"})[c]) : s; };
export const base = (title, main) => `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">%(site)s</a></header>
<main>
${main}
</main>
<footer><p>%(foot)s</p></footer>
</body>
</html>
`;
"""
JS_PAGE = r"""
import { esc, base } from "./_base.js";
import markdownIt from "markdown-it";
const md = markdownIt({ html: true });
export const data = { pagination: { data: "pages", size: 1, alias: "p" }, permalink: (d) => `/${d.p.dept}/${d.p.year}/${d.p.slug}/index.html` };
export function render({ p }) {
  const nav = `<nav aria-label="面包屑"><ol><li><a href="/">首页</a></li><li><a href="/${p.dept}/">${esc(p.deptname)}</a></li><li><a href="/${p.dept}/${p.year}/">${p.year}年</a></li><li aria-current="page">${esc(p.title)}</li></ol></nav>\n<h1>${esc(p.title)}</h1>\n`;
  let m;
  if (p.kind === "narrative") m = md.render(p.body);
  else {
    m = `<p>${esc(p.lead)}</p>\n`;
    if (p.kv.length) m += `<table><caption>${esc(p.title)}：基本信息</caption><tbody>\n` + p.kv.map((kv) => `<tr><th scope="row">${esc(kv[0])}</th><td>${esc(kv[1])}</td></tr>\n`).join("") + `</tbody></table>\n`;
    m += `<table><caption>${esc(p.title)}</caption>\n<thead>\n` + p.head.map((r) => "<tr>" + r.map((h) => `<th scope="col"${h.cs > 1 ? ` colspan="${h.cs}"` : ""}${h.rs > 1 ? ` rowspan="${h.rs}"` : ""}>${esc(h.t)}</th>`).join("") + "</tr>\n").join("") + "</thead>\n<tbody>\n";
    m += p.rows.map((r) => "<tr>" + r.map((c, i) => i === p.rh ? `<th scope="row">${esc(c)}</th>` : p.types[i] === "n" ? `<td class="n">${esc(c)}</td>` : `<td>${esc(c)}</td>`).join("") + "</tr>\n").join("") + "</tbody></table>\n";
    if (p.note) m += `<p>${esc(p.note)}</p>`;
  }
  return base(`${esc(p.title)} - ${esc(p.deptname)} ${p.year}年`, nav + m);
}
"""
E11_DATA = r"""
import fs from "node:fs"; import path from "node:path"; import yaml from "js-yaml";
const root = path.join(import.meta.dirname, "..", "..", "data");
export default function () {
  const out = [];
  for (const d of fs.readdirSync(root).sort()) for (const y of fs.readdirSync(path.join(root, d)).sort())
    out.push(yaml.load(fs.readFileSync(path.join(root, d, y), "utf8")));
  return out;
}
"""
E11_CONF = r"""
import markdownIt from "markdown-it";
%(min_import)s
const md = markdownIt({ html: true });
export default function (cfg) {
  cfg.addFilter("md", (s) => md.render(s));
  cfg.addPassthroughCopy({ "src/style.css": "style.css" });
  cfg.setQuietMode(true);
%(min_use)s
  return { dir: { input: "src", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
"""
E11_MIN_IMPORT = 'import { minify } from "html-minifier-terser";'
E11_MIN_USE = '  cfg.addTransform("min", (c, p) => p && p.endsWith(".html") ? minify(c, { collapseWhitespace: true, removeComments: true, removeOptionalTags: true, removeAttributeQuotes: true }) : c);'


# ------------------------------------------------------------------- our own form: a portal
PORTAL = """title: %s
language: zh-CN
base_url: https://budget.example.org
publisher: 云岚市财政局
footer:
  - %s
""" % (SITE, FOOT)
# The same content as pages like the peers' and nothing else: the configuration of the HTML-only comparison.
HTML_ONLY = """theme: bench
pages: [home, region, organisation, disclosure, projects, table, project, section]
outputs: []
"""
# What the generated numbers do not obey is taken out; what they obey beyond the form is added.
PROFILE = """# 生成的部门预算：河北省 2025 年的表式。正文里的附表写在情况说明里，不另成表。
# Generated department budgets: the form of Hebei 2025. Tables within the narrative are written there.
extends: hebei/department-budget/2025

# 生成的数互不相干的，不核对 / Figures that are drawn apart from each other are not compared.
tie_outs:
  vehicle-running: ~
  reception: ~
  housing-fund: ~
  pension-contributions: ~
  annuity-contributions: ~
  procurement-within-budget: ~
  fiscal-is-all:
    equation: overview/income.grand/amount = fiscal-overview/income.grand/amount
    because: 全部收入都是财政拨款
  three-public-general:
    equation: three-public/subtotal/total = three-public/subtotal/general
    because: “三公”经费都由一般公共预算安排
  project-plans:
    equation: projects/*/budget = projects/*/fiscal
    because: 项目资金都是财政资金

tables:
  units: ~
  procurement: ~
  assets: ~
  three-public:
    rows:
      abroad:          { role: subtotal, sum_of: [abroad-teaching, abroad-other] }
      abroad-teaching: { name: 其中：教学科研人员因公出国（境）费, level: 2, after: abroad }
      abroad-other:    { name: 其他因公出国（境）费, level: 2, after: abroad-teaching }
duties:
  units: ~
sections:
  procurement: { figures: ~ }
  assets: { figures: ~ }
search:
  intents: { procurement: ~, assets: ~ }
"""
KEYS = [None,
        ["name", "total", "current", "fiscal", "special", "business", "operating", "superior", "affiliated", "other", "carryover"],
        ["name", "total", "basic", "project", "operating", "upward", "subsidy"], None,
        ["name", "total", "basic", "project"], ["name", "total", "personnel", "public"],
        ["name", "total", "basic", "project"], ["name", "total", "basic", "project"], ["name", "total", "general", "funds", "capital"]]
PLAN = ["mar", "jun", "oct", "dec"]


def scalar(text):
    """A YAML scalar that stands unquoted within braces where it may."""
    plain = text and text == text.strip() and not re.search(r"[,\[\]{}#&*!|>'\"%@`:\n]", text) and not text.startswith(("-", "?"))
    return text if plain else J(text)


def flow(pairs):
    return "{ %s }" % ", ".join("%s: %s" % (k, scalar(v)) for k, v in pairs if v)


def table_yaml(no, p):
    def row(values, keys):
        return "  - %s\n" % flow(zip(keys, values))
    keys = KEYS[no - 1]
    if not p["rows"]:
        text = "rows: []\n"
    elif keys is None:
        left = [x[1:3] for x in p["rows"] if x[1]]
        right = [x[3:] for x in p["rows"] if x[3]]
        names = ["name", "amount"] if no == 1 else ["name", "total", "general", "funds", "capital"]
        text = "panels:\n  income:\n" + "".join("  " + row(x, ["name", "amount"]) for x in left)
        text += "  expenditure:\n" + "".join("  " + row(x, names) for x in right)
    else:
        text = "rows:\n" + "".join(row(x[1:], keys if no == 9 else ["code"] + keys) for x in p["rows"])
    return text + ("note: %s\n" % scalar(p["note"]) if p["note"] else "")


def project_yaml(p):
    text = "".join("%s: %s\n" % (k, scalar(p[k])) for k in ("name", "code", "budget", "fiscal", "other", "purpose") if p[k])
    text += "payment_plan: %s\n" % flow(zip(PLAN, p["plan"]))
    text += "goals:\n" + "".join("  - %s\n" % scalar(x) for x in p["goals"])
    names = ["level1", "level2", "name", "description", "value", "basis"]
    return text + "indicators:\n" + "".join("  - %s\n" % flow(zip(names, x)) for x in p["indicators"])


SECTIONS = ["duties", "overall", "operating", "three-public", "performance", "special-funds", "projects", "procurement", "assets",
            "glossary", "other"]


def portal(P, dis):
    """One disclosure as files of a portal of ours."""
    d, y = dis["dept"], dis["year"]
    if y == YEARS[0]:
        put(P("content", d["id"], "organisation.yaml"), "code: %s\nname: %s\nregion: { code: %s, name: %s }\n" % (
            d["code"], d["name"], d["region_code"], d["region"]))
    home = P("content", d["id"], "%d-budget" % y)
    put(home + "/disclosure.yaml", "fiscal_year: %d\nstage: budget\nprofile: bench/department-budget\ntitle: %s%d年部门预算信息公开\n"
        "approved: %d-02-10\npublished: %d-02-20 09:30\nsecrecy_review: { by: 办公室, on: %d-02-18 }\n" % (y, d["name"], y, y, y, y))
    for p in dis["pages"]:
        no = int(p["slug"][1:])
        if p["kind"] == "table":
            put("%s/tables/%s.yaml" % (home, TABLES[no - 1]), table_yaml(no, p))
        elif p["kind"] == "target":
            put("%s/projects/%s.yaml" % (home, p["slug"]), project_yaml(p))
        else:
            text = re.sub(r"\]\(\.\./(p\d\d)/\)", r"](../projects/\1.html)", p["markdown"])
            put("%s/narrative/%02d-%s.md" % (home, no, SECTIONS[no - 1]), "# %s\n\n%s" % (p["title"], text))


# --------------------------------------------------------------------------------- the forms
def emit(form, out, seed, n):
    minify = form.endswith("-min")
    form = form[:-4] if minify else form
    v = {"site": SITE, "foot": FOOT, "min": "true" if minify else "false", "data": "hugo.Data"}
    P = lambda *a: os.path.join(out, *a)
    npages = src = 0
    alld = []
    for dis in disclosures(seed, n):
        d, y = dis["dept"], dis["year"]
        title = "%s%d年部门预算信息公开" % (d["name"], y)
        new_dept = y == YEARS[0]
        w = int(d["id"][1:])
        alld.append((d, y, title))
        npages += len(dis["pages"])
        if form == "neutral":
            put(P(d["id"], "%d.json" % y), json.dumps({k: v for k, v in dis.items() if k != "shown"}, ensure_ascii=False, indent=0) + "\n")
            continue
        if form == "mingbai":
            portal(P, dis)
            continue
        if form == "yaml":
            b = P(d["id"], str(y))
            put(b + "/disclosure.yaml", "dept: %s\ncode: %s\nname: %s\nyear: %d\nunit: 万元\n" % (d["id"], J(d["code"]), d["name"], y))
            for p in dis["pages"]:
                if p["kind"] == "narrative":
                    put("%s/%s.md" % (b, p["slug"]), "# %s\n\n%s" % (p["title"], p["markdown"]))
                elif p["kind"] == "table":
                    t = "title: %s\nunit: 万元\nrow_header: %s\ncolumns:\n" % (J(p["title"]), p["columns"][p["row_header"]]["key"])
                    t += "".join("  - %s\n" % J({k: x for k, x in c.items() if x}) for c in p["columns"])
                    t += "rows:\n" + "".join("  - %s\n" % J(x) for x in p["rows"]) if p["rows"] else "rows: []\n"
                    put("%s/%s.yaml" % (b, p["slug"]), t + ("note: %s\n" % J(p["note"]) if p["note"] else ""))
                else:
                    t = "".join("%s: %s\n" % (k, J(p[k])) for k in ("title", "code", "name", "budget", "fiscal", "other", "purpose", "plan"))
                    t += "goals:\n" + "".join("  - %s\n" % J(x) for x in p["goals"])
                    t += "indicators:\n" + "".join("  - %s\n" % J(x) for x in p["indicators"])
                    put("%s/%s.yaml" % (b, p["slug"]), t)
            continue
        pages = [flat(dis, p) for p in dis["pages"]]
        if form == "hugo":
            if new_dept:
                put(P("content", d["id"], "_index.md"), "---\ntitle: %s\nweight: %d\n---\n" % (J(d["name"]), w))
            put(P("content", d["id"], str(y), "_index.md"), "---\ntitle: %s\nweight: %d\nparams:\n  year: %d\n---\n" % (J(title), y, y))
            for o in pages:
                fm = yaml_page(o, "  ", body=False)
                fm = "".join(x + "\n" for x in fm.splitlines() if not x.startswith(("  title:", "  slug:", "  no:")))
                put(P("content", d["id"], str(y), o["slug"] + ".md"),
                    "---\ntitle: %s\nweight: %d\nparams:\n%s---\n%s" % (J(o["title"]), o["no"], fm, o["body"]))
        elif form in ("hugo-adapter", "eleventy", "eleventy-js"):
            base = P("data", "budget", d["id"]) if form == "hugo-adapter" else P("data", d["id"])
            t = "dept: %s\ndeptname: %s\nweight: %d\nyear: %d\ntitle: %s\npages:\n" % (d["id"], J(d["name"]), w, y, J(title))
            for o in pages:
                q = yaml_page(o, "    ")
                t += "  - " + q[4:]
            put(os.path.join(base, "%d.yaml" % y), t)
        elif form in ("zola", "zola-load"):
            if new_dept:
                put(P("content", d["id"], "_index.md"), "+++\ntitle = %s\nweight = %d\nsort_by = \"weight\"\n+++\n" % (J(d["name"]), w))
            put(P("content", d["id"], str(y), "_index.md"),
                "+++\ntitle = %s\nweight = %d\nsort_by = \"weight\"\n[extra]\nyear = %d\n+++\n" % (J(title), y, y))
            for o in pages:
                if form == "zola" or o["kind"] == "narrative":
                    fm = toml_page(o)
                else:
                    f = "data/%s/%d/%s.json" % (d["id"], y, o["slug"])
                    put(P(f), J({k: x for k, x in o.items() if k != "body"}) + "\n")
                    fm = "title = %s\nweight = %d\n[extra]\ndeptname = %s\nyear = %d\nkind = %s\nfile = %s\n" % (
                        J(o["title"]), o["no"], J(o["deptname"]), y, J(o["kind"]), J(f))
                put(P("content", d["id"], str(y), o["slug"] + ".md"), "+++\n%s+++\n%s" % (fm, o["body"]))
        elif form == "eleventy-md":
            for o in pages:
                fm = yaml_page(o, "", body=False)
                fm = "layout: page.njk\n" + "".join(x + "\n" for x in fm.splitlines() if not x.startswith("slug:"))
                put(P("src", d["id"], str(y), o["slug"] + ".md"), "---\n%s---\n%s" % (fm, o["body"]))
        else:
            sys.exit("unknown form " + form)

    # site-wide files
    if form == "neutral":
        put(P("site.json"), J({"title": SITE, "disclosures": [{"dept": d, "year": y, "title": t} for d, y, t in alld]}) + "\n")
    elif form == "yaml":
        put(P("site.yaml"), "title: %s\n" % SITE)
    elif form == "mingbai":
        put(P("mingbai.yaml"), PORTAL)
        put(P("mingbai-html.yaml"), PORTAL + HTML_ONLY)
        theme = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site", "themes", "bench")
        for name in sorted(os.listdir(theme)):
            if name.endswith(".html"):
                with open(os.path.join(theme, name), encoding="utf-8") as f:
                    put(P("themes", "bench", name), f.read())
        put(P("themes", "bench", "static", "style.css"), CSS)
        put(P("profiles", "bench", "department-budget.yaml"), PROFILE)
    elif form.startswith("hugo"):
        put(P("hugo.toml"), HUGO_CONF % v)
        put(P("layouts", "baseof.html"), HUGO_BASE % v)
        put(P("layouts", "page.html"), HUGO_PAGE)
        put(P("layouts", "section.html"), HUGO_LIST)
        put(P("layouts", "home.html"), HUGO_HOME % v)
        put(P("static", "style.css"), CSS)
        if form == "hugo-adapter":
            put(P("content", "_content.gotmpl"), HUGO_ADAPTER % v)
    elif form.startswith("zola"):
        put(P("config.toml"), ZOLA_CONF % v)
        put(P("content", "_index.md"), '+++\ntitle = "%s"\nsort_by = "weight"\ntemplate = "home.html"\n+++\n' % SITE)
        put(P("templates", "base.html"), ZOLA_BASE % v)
        page = ZOLA_PAGE.replace("{% set p = PSOURCE %}", "{% set p = page.extra %}" if form == "zola" else
                                 '{% if page.extra.file %}{% set p = load_data(path=page.extra.file, format="json") %}{% else %}{% set p = page.extra %}{% endif %}')
        put(P("templates", "page.html"), page)
        put(P("templates", "section.html"), ZOLA_SECTION)
        put(P("templates", "home.html"), ZOLA_HOME % v)
        put(P("static", "style.css"), CSS)
    else:
        v.update(min_import=E11_MIN_IMPORT if minify else "", min_use=E11_MIN_USE if minify else "")
        put(P("package.json"), '{"name":"site","private":true,"type":"module"}\n')
        put(P("eleventy.config.js"), E11_CONF % v)
        put(P("src", "style.css"), CSS)
        depts = "---json\n{\"pagination\":{\"data\":\"deptlist\",\"size\":1,\"alias\":\"d\"},\"permalink\":\"/{{ d.id }}/index.html\",\"layout\":\"base.njk\",\"eleventyComputed\":{\"doctitle\":\"{{ d.name }}\"}}\n---\n<h1>{{ d.name }}</h1>\n<ul>\n{% for y in d.years %}<li><a href=\"/{{ d.id }}/{{ y.year }}/\">{{ y.title }}</a></li>\n{% endfor %}</ul>"
        years = "---json\n{\"pagination\":{\"data\":\"yearlist\",\"size\":1,\"alias\":\"y\"},\"permalink\":\"/{{ y.dept }}/{{ y.year }}/index.html\",\"layout\":\"base.njk\",\"eleventyComputed\":{\"doctitle\":\"{{ y.title }}\"}}\n---\n<h1>{{ y.title }}</h1>\n<ul>\n{% for p in y.pages %}<li><a href=\"/{{ y.dept }}/{{ y.year }}/{{ p.slug }}/\">{{ p.title }}</a></li>\n{% endfor %}</ul>"
        home = "---\nlayout: base.njk\npermalink: /index.html\ndoctitle: %s\n---\n<h1>%s</h1>\n<ul>\n{%% for d in deptlist %%}<li><a href=\"/{{ d.id }}/\">{{ d.name }}</a><ul>{%% for y in d.years %%}<li><a href=\"/{{ d.id }}/{{ y.year }}/\">{{ y.year }}年</a></li>{%% endfor %%}</ul></li>\n{%% endfor %%}</ul>" % (SITE, SITE)
        put(P("src", "depts.njk"), depts)
        put(P("src", "years.njk"), years)
        put(P("src", "index.njk"), home)
        put(P("src", "_includes", "base.njk"), NJK_BASE % v)
        if form == "eleventy-md":
            put(P("src", "_includes", "page.njk"),
                "---\nlayout: base.njk\n---\n"
                + re.sub(r"\bp\.", "", NJK_PAGE.replace("{% set p = PSOURCE %}", "").replace("{% set rh = p.rh %}{% set types = p.types %}", "").replace("BODY", "content")))
            put(P("src", "_includes", "base.njk"), (NJK_BASE % v).replace("{{ doctitle }}", "{{ doctitle or (title + ' - ' + deptname + ' ' + year + '年') }}"))
            idx = {}
            for d, y, t in alld:
                idx.setdefault(d["id"], {"id": d["id"], "name": d["name"], "years": []})["years"].append({"year": y, "title": t})
            put(P("src", "_data", "deptlist.json"), J(list(idx.values())))
            yl = [{"dept": d["id"], "year": y, "title": t} for d, y, t in alld]
            put(P("src", "_data", "rawyears.json"), J(yl))
            put(P("src", "years.njk"), "---json\n{\"pagination\":{\"data\":\"rawyears\",\"size\":1,\"alias\":\"y\"},\"permalink\":\"/{{ y.dept }}/{{ y.year }}/index.html\",\"layout\":\"base.njk\",\"eleventyComputed\":{\"doctitle\":\"{{ y.title }}\"}}\n---\n{% set key = y.dept + '/' + y.year %}<h1>{{ y.title }}</h1>\n<ul>\n{% for q in collections.byyear[key] %}<li><a href=\"{{ q.url }}\">{{ q.data.title }}</a></li>\n{% endfor %}</ul>")
            conf = (E11_CONF % v).replace('cfg.setQuietMode(true);', 'cfg.setQuietMode(true);\n  cfg.addCollection("byyear", (api) => { const m = {}; for (const it of api.getFilteredByGlob("src/*/*/*.md")) (m[it.data.dept + "/" + it.data.year] ||= []).push(it); for (const k in m) m[k].sort((a, b) => a.data.no - b.data.no); return m; });')
            put(P("eleventy.config.js"), conf)
        else:
            put(P("src", "_data", "deptlist.js"), 'import { cached } from "../../load.js";\nexport default function () { const m = new Map(); for (const d of cached()) { if (!m.has(d.dept)) m.set(d.dept, { id: d.dept, name: d.deptname, years: [] }); m.get(d.dept).years.push({ year: d.year, title: d.title }); } return [...m.values()]; }\n')
            put(P("src", "_data", "pages.js"), 'import { cached } from "../../load.js";\nexport default () => cached().flatMap((d) => d.pages);\n')
            put(P("src", "_data", "yearlist.js"), 'import { cached } from "../../load.js";\nexport default () => cached();\n')
            put(P("load.js"), E11_DATA.replace('import.meta.dirname, "..", "..", "data"', 'import.meta.dirname, "data"').replace("export default function () {", "let memo;\nexport function cached() {\n  if (memo) return memo;").replace("return out;", "return (memo = out);")
                + "export function reset() { memo = undefined; }\n")
            conf = (E11_CONF % v).replace("export default function (cfg) {", 'import { reset } from "./load.js";\nexport default function (cfg) {\n  cfg.on("eleventy.before", () => reset());\n  cfg.addWatchTarget("./data/");')
            put(P("eleventy.config.js"), conf)
            if form == "eleventy":
                put(P("src", "page.njk"), "---json\n{\"pagination\":{\"data\":\"pages\",\"size\":1,\"alias\":\"p\"},\"permalink\":\"/{{ p.dept }}/{{ p.year }}/{{ p.slug }}/index.html\",\"layout\":\"base.njk\",\"eleventyComputed\":{\"doctitle\":\"{{ p.title }} - {{ p.deptname }} {{ p.year }}年\"}}\n---\n"
                    + NJK_PAGE.replace("{% set p = PSOURCE %}", "").replace("{{ BODY | safe }}", "{{ p.body | md | safe }}"))
            else:
                put(P("src", "_base.js"), JS_BASE % v)
                put(P("src", "page.11ty.js"), JS_PAGE)
    return npages, len(alld), len({d["id"] for d, _, _ in alld})


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("form")
    ap.add_argument("outdir")
    ap.add_argument("--disclosures", type=int, default=1)
    ap.add_argument("--seed", default="1")
    ap.add_argument("--years", type=int, default=PER_DEPT, help="years of a department, the last of them 2025")
    a = ap.parse_args()
    of_years(a.years)
    p, n, d = emit(a.form, a.outdir, a.seed, a.disclosures)
    print("%s: %d pages, %d disclosures, %d departments, seed %s -> %s" % (a.form, p, n, d, a.seed, a.outdir))


if __name__ == "__main__":
    main()
