"""Figures that differ from place to place: each with its meaning, unit, default and source; staff change them in
设置.xlsx."""

from __future__ import annotations

from dataclasses import dataclass

from jinguo.schema.dates import Date
from jinguo.schema.numbers import Number
from jinguo.schema.parameter_types import MonthDay, Pairs, is_iso_day
from jinguo.schema.types import Choice, FieldType, MultiChoice, Text


@dataclass(frozen=True)
class Parameter:
    """One row of 设置.xlsx › 参数. `default` is written as staff would write it."""

    name: str
    type: FieldType
    default: str
    unit: str
    meaning: str
    source: str


PARAMETERS = {
    p.name: p
    for p in (
        Parameter("基准日期", Date(), "", "", "当作今天的日期；空着就用电脑的日期", "演示台账填写，正式使用时空着"),
        Parameter("通知提前天数", Number(1, 365, whole=True), "15", "天", "活动开始前多少天之内生成培训通知", "本单位惯例"),
        Parameter("到期提醒月数", Number(0, 60, whole=True), "3", "个月", "届期、证书、等级到期前几个月开始提示", "本单位惯例"),
        Parameter("发文有效天数", Number(1, 365, whole=True), "30", "天", "通报、批复发出（或批准、评出）以后还生成几天", "本单位惯例"),
        Parameter("值班日", Choice(("工作日", "每天")), "工作日", "", "服务中心哪些日子有人坐值", "本单位惯例"),
        Parameter("值班安排提前天数", Number(1, 31, whole=True), "20", "天", "下个月开始前多少天之内生成值班安排", "本单位惯例"),
        Parameter("伴考提前天数", Number(1, 365, whole=True), "60", "天", "考试前多少天之内生成伴考通知", "本单位惯例"),
        Parameter("考试日期", Pairs(is_iso_day, "2026=2026-06-14"), "", "", "各年度考综合能力、实务的那一天，如 2026=2026-06-14；法规与政策在前一天下午", "当年考试通知；没有填的不生成伴考通知"),
        Parameter("登记指导最多缺几项", Number(0, 10, whole=True), "2", "项", "没有登记的组织离登记条件还缺几项以内时生成指导意见书", "本单位惯例"),
        Parameter("民办非企业单位开办资金", Number(0, 10000), "3", "万元", "民办非企业单位登记要有的开办资金", "条例没有规定，各地不同（二手来源）"),
        Parameter("默认满分", Number(1, 1000), "100", "分", "合格标准表没有写到的科目的满分", "人力资源社会保障部历年合格标准通知"),
        Parameter("默认合格线", Number(0, 1000), "60", "分", "合格标准表没有写到的科目的合格线", "2022 年起为试卷满分的 60%（二手来源，以当年通知为准）"),
        Parameter("年检不合格年数", Number(1, 10, whole=True), "2", "年", "连续几年未参检或不合格时警告（可能被撤销登记）", "各地年检通告（二手来源）"),
        Parameter("不得同时担任", Text(), "人大代表、政协委员", "", "同一人同时担任时警告、推荐时不合格的社会职务", "各地推荐工作通知（二手来源），以本地组织、统战部门口径为准"),
        Parameter("不得两地担任", Text(), "人大代表", "", "不得同时在两个没有隶属关系的地区担任的社会职务（看社会职务表同一级别的“地区”）", "《选举法》第四十八条"),
        Parameter("上级行政区", Text(), "宁波市、浙江省", "", "本地所属的地级市、省；担任这些地方的人大代表不算两地任职", "《选举法》第四十八条"),
        Parameter("政协中共党员最多比例", Number(0, 100, unit="%"), "40", "%", "推荐政协委员，名单里中共党员多于这个比例时提示", "政协章程、各地推荐工作通知（二手来源）"),
        Parameter("政协女委员最少比例", Number(0, 100, unit="%"), "30", "%", "推荐政协委员，名单里女性少于这个比例时提示", "各地推荐工作通知（二手来源）"),
        Parameter("最多届数", Pairs(lambda text: text.removesuffix("届").isdigit(), "政协委员=3"), "", "", "同一级别的职务最多担任几届（含这一届），如 政协委员=3、妇联执委=3；空着不限", "各地推荐工作通知（二手来源），县级没有查到"),
        Parameter("联审部门", Text(), "纪委监委、公安局、税务局、市场监管局、法院", "", "联审意见表还没有填时，向哪些部门征求意见", "没有查到文件，以本地要求为准"),
        Parameter("联审待复可入选", Choice(("是", "否")), "否", "", "部门意见还是“待复”的人能否进入名单", "本单位惯例"),
        Parameter("名称相似度", Number(50, 100, whole=True, unit="%"), "88", "%", "两个组织名称多像时提示可能重复", "本程序试验值"),
        Parameter("登记机关区划代码", Pairs(lambda text: len(text) == 6 and text.isdigit(), "余姚市民政局=330281"), "余姚市民政局=330281、宁波市民政局=330200", "", "登记机关与信用代码第 3～8 位的对应", "GB/T 2260；宁波市 330200 未核实"),
        Parameter("届期最长年数", Number(1, 20, whole=True), "5", "年", "章程规定的届期超过几年时提示", "各地章程示范文本（二手来源）"),
        Parameter("负责人最高年龄", Number(30, 120, whole=True), "70", "岁", "负责人超过多少周岁时提示", "章程示范文本的常见条款（未核实）"),
        Parameter("法定代表人职务", Text(), "会长、理事长、主任、负责人、法定代表人、副会长、秘书长", "", "法定代表人一般在组织里担任的职务", "各地章程示范文本（二手来源）"),
        Parameter("一人担任的职务", Text(), "会长、理事长、秘书长、法定代表人", "", "同一时间一个组织只有一人的职务", "惯例"),
        Parameter("孵化停滞月数", Number(1, 60, whole=True), "6", "个月", "登记孵化几个月没有进展时提示", "本单位惯例"),
        Parameter("年检截止月", Number(1, 12, whole=True), "5", "月", "上一年度的年检到几月底应有结论", "《社会团体登记管理条例》第二十八条；各年通告有延期的，以通告为准"),
        Parameter("一学时分钟数", Number(1, 120, whole=True), "45", "分钟", "一学时按多少分钟折算", "惯例（未核实）"),
        Parameter("报考年限截止", MonthDay(), "12-31", "", "从业年数算到报考当年的几月几日，如 12-31", "浙江 2025 年算到年底；各地各年不一，以当年通知为准"),
        Parameter("证书首次登记月数", Number(1, 120, whole=True), "12", "个月", "证书取得后几个月内要登记", "民发〔2009〕44 号（二手来源）"),
        Parameter("证书登记年数", Number(1, 20, whole=True), "3", "年", "证书登记一次有效几年", "民发〔2009〕44 号（二手来源）"),
        Parameter("高级合格证明年数", Number(1, 10, whole=True), "3", "年", "高级考试成绩合格证明几年内有效", "高级社会工作师评价办法（二手来源）"),
        Parameter("初级继续教育学时", Number(0, 1000), "72", "学时", "助理社会工作师再登记前要有的学时", "继续教育办法（二手来源）"),
        Parameter("中高级继续教育学时", Number(0, 1000), "90", "学时", "社会工作师、高级社会工作师再登记前要有的学时", "继续教育办法（二手来源）"),
        Parameter("中期评估进度", Number(0, 100, whole=True, unit="%"), "60", "%", "项目过了工期的多少还没有中期评估时提示", "本单位惯例"),
        Parameter("合同最长年数", Number(1, 30, whole=True), "3", "年", "合同期超过几年时提示", "《政府购买服务管理办法》（条文未核）"),
        Parameter("大赛最少评委", Number(1, 50, whole=True), "5", "人", "打分的评委少于几人时提示", "惯例（二手来源）"),
        Parameter("大赛同分规则", Choice(("全部评委平均分", "最高分", "并列")), "全部评委平均分", "", "最后得分相同时先比什么；再相同的并列", "没有通行的规定，以主办单位的办法为准"),
        Parameter("来访办结天数", Number(0, 365, whole=True), "15", "天", "来访多少天没有办结时提示", "本单位惯例"),
        Parameter("公布最少人数", Number(1, 1000, whole=True), "3", "人", "人数少于几人的组，在发给各镇街的通报里不单列", "本单位惯例（从人数少的组看得出是谁）"),
        Parameter("提醒办理工作日", Number(1, 60, whole=True), "10", "工作日", "项目提醒函要求在几个工作日内报送材料", "惯例"),
        Parameter("公示最少工作日", Number(1, 60, whole=True), "5", "工作日", "公示少于几个工作日时警告", "《党政领导干部选拔任用工作条例》；妇联参照"),
        Parameter("有法人资格的登记状态", MultiChoice(("未登记", "已备案", "已登记", "已注销")), "已登记", "", "有信用代码、登记证书、法定代表人，参加年检，可以签约，可以作市团体会员的登记状态", "《社会团体登记管理条例》第三条；备案的没有法人资格（未核实）"),
        Parameter("不宜承接项目的年检结论", MultiChoice(("合格", "基本合格", "不合格", "未参检", "免检", "年报")), "不合格、未参检", "", "上次年检是这些结论的组织承接项目时提示", "《政府购买服务管理办法》（条文未核）"),
        Parameter("生僻字笔画", Pairs(lambda text: len(text) == 1 or text.isdigit(), "㛃=姐"), "", "", "笔画表没有的字排在哪里：字=排在它后面的字，或 字=笔画数，如 㛃=姐、䶮=20", "基本区的 20992 字都在表里；其余由本单位查字典"),
        Parameter("代表最低年龄", Number(0, 100, whole=True), "18", "岁", "推荐人选在截止日期应满多少周岁", "《选举法》第四条"),
    )
}  # fmt: skip
