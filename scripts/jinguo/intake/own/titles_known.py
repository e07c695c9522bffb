"""What offices call the columns of their registers: one place to add a name to."""

from __future__ import annotations

#: More names of our columns, by table.field.
ALSO = {
    "organisations.name": "社会组织、组织全称、机构名称、企业名称、社团名称、协会名称、社会组织全称、女性社会组织名称、团体名称、组织（单位）名称、名称（全称）、社会组织（单位）名称",
    "organisations.short_name": "组织简称、单位简称、名称简称、常用名",
    "organisations.former_name": "原名称、原名、更名前名称、旧名称",
    "organisations.status": "登记情况、登记备案、登记备案情况、登记或备案、注册情况、是否登记、登记状况、备案情况、登记（备案）情况、登记类型",
    "organisations.type": "类别、类型、组织类别、组织性质、性质、社会组织类型、社会组织类别、机构类型、单位性质",
    "organisations.credit_code": "登记证号、统一信用代码、统一代码、机构代码、社会信用代码证号、统一社会信用代码证号、登记证书号、登记证书编号、注册号",
    "organisations.registered_on": "登记（注册）时间、批准登记时间、登记注册时间、注册时间、注册登记时间、批准成立时间、登记注册日期、登记年月",
    "organisations.registered_with": "登记管理机关、发证机关、批准机关",
    "organisations.supervisor": "业务主管部门、主管单位、业务指导单位、主管部门",
    "organisations.tier": "层次、所属层级、圈层、层",
    "organisations.township": "乡镇、街道、所在乡镇街道、所属乡镇街道、区域、所在地、所在区域、属地、所属区域、乡镇（街道）名称、镇（街道、园区）、所在镇乡、镇乡街道、辖区、所属辖区、乡（镇、街道）",
    "organisations.head": "负责人姓名、主要负责人、会长、会长姓名、理事长、组织负责人、牵头人、带头人、队长、主要负责人姓名、现任负责人、负责人（会长）",
    "organisations.legal_representative": "法人、法人代表、法定代表人姓名、法人姓名、法人代表姓名、法定代表人（负责人）",
    "organisations.contact": "联系人姓名、联络员、联络人",
    "organisations.phone": "手机、手机号、手机号码、联系手机、负责人电话、联系人手机、负责人联系电话、负责人手机、办公电话、电话号码、联系方式（手机）、联系电话（手机）",
    "organisations.founded_on": "成立年月、建立时间、创建时间、组建时间、备案时间、成立（备案）时间、备案日期",
    "organisations.term_until": "届满时间、换届时间、任期届满、任届期满、到届时间、应换届时间、届满日期",
    "organisations.individual_members": "会员人数、会员数、人数、成员人数、成员数、会员总数、会员（人）、会员数量、现有会员、队员人数、规模、志愿者人数、成员总数",
    "organisations.unit_members": "团体会员数、单位会员（个）、单位会员数（家）、会员单位",
    "organisations.full_time_staff": "专职工作人员、工作人员数、从业人员、专职人员、专职人员数、从业人数",
    "organisations.funds": "活动资金、注册资金、开办资金、资金、注册资本、活动经费、注册资金（开办资金）、原始资金",
    "organisations.fields_of_service": "业务范围、服务内容、主要业务、服务类别、活动内容、主要活动内容",
    "organisations.party_organisation": "党组织情况、是否建立党组织、党建情况、是否有党组织、党支部、建立党组织情况、党组织建设、是否建党组织",
    "organisations.rating": "等级、评估情况、评估结果、社会组织等级、等级评估",
    "organisations.email": "电子邮件、邮件、邮箱地址",
    "organisations.remarks": "说明、其他、情况说明",
    "people.name": "名字、人员姓名、中文名、姓名（中文）、名单、干部姓名、骨干姓名、成员姓名",
    "people.number": "工号、学工号、工作证号、职工号、人员代码",
    "people.born": "出生时间、出生、生日、出生年、出生年份、出生（年月）",
    "people.id_number": "身份证件号、身份证件号码、证件号码、证件号、居民身份证号、公民身份证号、居民身份证号码、身份号码",
    "people.education": "最高学历、学历层次、文化水平、受教育程度、全日制学历、教育程度",
    "people.school": "毕业院校、毕业学校、毕业学校及专业、学校及专业、毕业院校专业",
    "people.title": "职称、专业技术资格、技术职称、专业技术职称",
    "people.politics": "党派、政治身份、政治面目、面貌",
    "people.mobile": "手机（短号）、电话号码、联系手机、移动电话、本人电话、联系号码、联系方式（手机）、手机号（短号）、手机/短号、联系电话（手机）",
    "people.residence": "居住地、现居住地、居住乡镇、居住乡镇街道、所在乡镇、所在镇街、乡镇街道、住址镇街、所属镇街、乡镇（街道）、镇街、家庭所在镇街",
    "people.nation": "民族成份、族别",
    "people.working_since": "参加工作年月、工作时间、参加工作日期、工作年月",
    "people.position": "工作单位、工作单位职务、所在单位及职务、单位职务、工作单位名称、所在单位、现工作单位及职务、单位和职务、现任职务、单位及岗位、工作单位和职务",
    "people.awards": "荣誉、获奖情况、所获荣誉、曾获荣誉",
    "people.deeds": "事迹、简要事迹、主要工作业绩",
    "people.resume": "工作简历、个人简历",
    "people.remarks": "说明、其他",
    "events.name": "活动、培训名称、培训班名称、活动主题、主题、班次、培训主题、培训项目、培训内容、会议名称、培训班次",
    "events.starts": "活动时间、活动日期、培训时间、举办时间、时间、日期、开班时间、培训日期、举办日期",
    "events.place": "活动地点、培训地点、举办地点、地址、会场",
    "events.hours": "培训学时、课时、学时数",
    "events.host": "主办、举办单位、组织单位、承办单位",
    "events.speaker": "授课老师、主讲、讲师、授课人、主讲老师、培训师资",
    "events.type": "活动类型、类别、活动类别、培训类型、形式",
    "attendance.presence": "签到、到会、签到情况、出勤情况、出席、参加情况、是否到会、到会情况、到场、签名、签字、本人签名、考勤、出勤、是否参加、是否签到、到课情况、实到、参会情况、到场情况、参训情况、签到（签名）、是否出席",
    "exam_entries.level": "报考级别、级别、考试级别、等级、报考等级、报考类别、报考层次、考试等级",
    "exam_entries.score": "分数、得分、考试成绩、卷面成绩、科目成绩",
    "exam_entries.subject": "考试科目、报考科目、科目名称",
    "exam_entries.year": "考试年份、年份、报考年度、考试年度",
    "exam_entries.admission_number": "考号、准考证号码",
    "exam_entries.remarks": "说明、备注说明",
    "certificates.level": "证书级别、证书等级、级别、职业资格、资格名称、证书名称、持证等级、持证级别、等级、证书类别、资格等级、证书种类",
    "certificates.number": "证书号、证书号码、管理号、证书管理号、资格证书编号、资格证书号",
    "certificates.obtained_on": "取得时间、获证时间、发证时间、批准日期、取证时间、取证日期、获得时间、取得年月、领证时间、发证日期、批准时间",
    "certificates.registered_on": "登记时间、注册登记时间",
    "certificates.registered_until": "有效期至、有效期、登记有效期限、有效期止、登记到期",
    "education_hours.hours": "继续教育学时、学时、课时",
    "education_hours.content": "培训内容、课程、课程名称",
    "projects.name": "项目、项目名",
    "projects.type": "类型、类别、项目类别、项目性质",
    "projects.buyer": "购买方、购买单位、资助方、资助单位、出资单位、出资方、采购人、委托方、委托单位、甲方",
    "projects.contractor": "承接单位、实施单位、承办组织、承接主体、执行单位、实施组织、承办单位、乙方、承接社会组织、项目承接单位、项目单位",
    "projects.agent": "代管单位、代管机构、代签单位",
    "projects.amount": "金额、项目资金、项目金额、资助金额、项目经费、资金、经费、签约金额、合同额、合同价、合同总额",
    "projects.starts": "开始时间、启动时间、起始时间、立项时间",
    "projects.ends": "结束时间、完成时间、截止时间、到期时间",
    "projects.status": "进展、项目进展、进展情况、项目状态、完成情况、进度、实施情况、项目进度、实施进展",
    "projects.beneficiaries": "服务人次、受益人数、受益人群数、服务人数、受益（人次）、受益对象数",
    "inspections.result": "年检结果、年检结论、年检情况、检查结论、检查结果",
    "inspections.year": "年检年度、年份、检查年度",
    "candidates.proposed_by": "推荐组织、提名单位、推荐部门",
    "candidates.reason": "推荐意见、推荐理由及主要事迹、理由、推荐原因",
    "candidates.remarks": "说明",
    "duty_log.date": "日期、值班日期、值班时间、时间",
    "duty_log.organisation": "值班单位、值班组织、轮值单位、坐值单位、轮值组织、单位",
    "duty_log.present": "到岗、到岗情况、是否到岗、在岗、在岗情况、签到",
    "duty_log.visitors": "来访人数、接待人数、接待人次、来访人次",
    "townships.name": "乡镇街道、乡镇（街道）、乡镇、街道、镇（街道）、单位、所属乡镇、镇街名称",
    "townships.contact": "姓名、妇联主席、主席、联系人姓名",
    "townships.phone": "手机、手机号码、手机号、联系手机",
    "townships.email": "电子邮箱、邮箱、邮箱地址、E-mail",
    "services.organisation": "组织名称、服务组织、单位名称、开展单位",
    "services.date": "服务日期、服务时间、活动时间、活动日期、时间",
    "services.beneficiaries": "服务人数、受益人次、服务对象人次、受益人数",
    "services.volunteers": "志愿者人数、参与志愿者、志愿者数",
    "visits.date": "来访日期、来访时间、接待日期、日期",
    "visits.visitor": "来访人姓名、来访者、咨询人",
    "visits.matter": "来访事由、咨询事项、事由、来访事项",
    "payments.amount": "拨付金额、拨款金额、支付金额",
    "payments.date": "拨付时间、拨款日期、拨款时间、拨付日期、支付日期",
    "posts.organisation": "所在组织、所在社会组织、社会组织名称、组织名称、所属组织、任职组织、所在组织名称、任职单位、所属社会组织、社会组织",
    "posts.post": "职务、担任职务、组织内职务、现任职务、社会组织职务、所任职务、任职职务、组织职务、在组织中职务",
    "posts.from_month": "任职时间、任职年月、开始任职时间、现任职时间、任职起始时间、任现职时间",
    "duty_units.person": "值班人员、值班员、值班人姓名",
    "duty_units.phone": "值班电话、值班人电话",
    "public_posts.post": "社会职务、社会任职、担任社会职务、社会兼职、任职情况",
}

#: Columns that give more than one thing, or whose title holds a value: fields | names (a leading ~ is an expression for
#: the whole title) | split | what must stand there.
COMPOSED = """
organisations.credit_code＋organisations.status＋organisations.remarks | 登记证号（备案号）、登记（备案）证号、登记（备案）号、登记证号/备案号、登记/备案号、登记备案号、登记（备案）编号、证号、登记证（备案）号、登记（备案）证号 | 登记证号或备案号 | registration
organisations.registered_on＋organisations.founded_on | 登记（备案）时间、登记（备案）日期、登记/备案时间、登记备案时间、登记（备案）年月、登记备案日期 | 登记或备案时间 | day
organisations.head＋posts.person＋posts.organisation＋posts.post | 姓名及职务、负责人及职务、负责人姓名及职务、负责人姓名职务、负责人（职务）、负责人/职务、姓名职务、姓名（职务）、姓名/职务、负责人职务 | 姓名＋职务 | person_post
organisations.head＋organisations.phone＋people.mobile | 负责人及电话、负责人及联系电话、负责人及联系方式、负责人（电话）、负责人姓名及电话、负责人/电话、负责人姓名电话、姓名及电话、姓名电话、负责人联系方式 | 姓名＋电话 | person_phone
organisations.phone＋people.mobile | 负责人电话、负责人联系电话、负责人手机、负责人手机号、负责人手机号码、负责人联系方式、会长电话、会长联系电话、负责人电话号码、负责人（电话）号码、理事长电话、队长电话 | 取第一个号码 | phone
organisations.contact＋organisations.phone | 联系人及电话、联系人及联系电话、联系人及联系方式、联系人（电话）、联系人/电话、联系人电话 | 姓名＋电话 | person_phone
posts.from_month＋organisations.term_until | 任职起止时间、任期、本届任期、任职时间、任期起止、任职期限、任职起止、届期起止、本届起止、任期时间、任期起止时间 | 起止 | span
organisations.individual_members＋organisations.unit_members | 会员人数、会员数、会员数量、会员情况、会员总数、会员、会员规模 | 会员数 | members
posts.organisation＋posts.post＋people.position | 单位及职务、单位职务、所在单位及职务、工作单位及职务、所在组织及职务、组织及职务、任职组织及职务、单位（职务）、单位/职务、所在社会组织及职务、社会组织及职务、组织（职务）、组织职务、现任职务、所在组织职务 | 单位＋职务 | org_post
posts.organisation＋posts.post | 原任职务、原单位及职务、原职务、曾任职务、原任单位及职务、离任前职务 | 单位＋职务 | org_post
posts.from_month＋posts.to_month | 任职起止时间、任期、任职时间、任职起止、任职期限、任期起止时间 | 起止 | span
people.education | ~(?:文化程度|学历|教育)(?:学位)?›(?:全日制|在职)(?:教育|学历)?$|^(?:全日制|在职)(?:教育)?学历$ | 全日制与在职 | degree
people.education＋people.degree | 学历学位、学历/学位、学历（学位）、学历及学位、文化程度（学位）、最高学历学位、最高学历及学位 | 学历＋学位 | degree
public_posts.post＋public_posts.level | 社会职务、社会任职、担任社会职务、社会兼职、人大政协妇联任职、担任代表委员情况、“两代表一委员”、两代表一委员、代表委员 | 社会职务 | public_post
exam_entries.subject＋exam_entries.score | ~^(?:.*›)?(?:社会工作)?(?:综合能力|实务|法规(?:与政策)?|法规政策|社会工作实务|社会工作综合能力|社会工作法规与政策)(?:[（(](?:初级|中级|高级)[）)])?(?:成绩|分数|得分)?$ | 栏目名作科目 | score
inspections.year＋inspections.result | ~^(?:.*›)?(?:19|20)\\d{2}(?:年度?)?(?:年?检(?:情况|结论|结果)?|检查(?:结论|结果)?|年度检查)?$ | 栏目名作年度 | inspection
education_hours.date＋education_hours.hours | ~^(?:.*(?:学时|继续教育|课时).*›)(?:19|20)\\d{2}(?:年度?)?$|^(?:19|20)\\d{2}年?度?(?:继续教育)?(?:学时|课时)$ | 栏目名作年度学时 | number
certificates.registered_on＋certificates.registered_until | 登记有效期、登记起止、登记有效期限、注册有效期、有效期、登记有效期起止、证书有效期、有效期限、有效期起止 | 起止 | span
payments.instalment＋payments.amount | ~^(?:.*(?:拨付|拨款|支付|到账|付款).*›).+$|^(?:首款|首付款|首期款?|预付款|中期款|尾款|末期款|第[一二三四]期款?|第[一二三四]次拨款|[一二三四]期款)(?:[（(]万?元[）)])?$ | 栏目名作期次 | number
projects.starts＋projects.ends | 起止时间、起止日期、实施时间、项目周期、实施周期、项目起止时间、服务期限、项目时间、实施期限、合同期限、服务周期、执行时间、项目起止、实施起止时间、合同起止、周期 | 起止 | span
projects.contractor＋projects.agent | 承接组织、承接单位、实施单位、承接主体、实施组织、承接社会组织、承办组织、执行单位 | 承接＋代管 | org
opinions.department＋opinions.opinion | ~^(?:.*(?:联审|征求意见|部门意见|会审|审查意见|审核意见).*›).+$|^(?:纪委|监委|纪检|纪检监察|公安|税务|法院|检察院|环保|生态环境|应急|人社|市场监管|信访|综治|政法委|卫健|银行|统战|组织部|计生|综合执法|自然资源|工商)(?:委|局|部|机关|部门)?(?:意见)?$ | 栏目名作部门 | opinion
duty_log.date | 月份、月 | 月 | month_number
duty_log.date | 日、日子、号 | 日 | day_number
duty_units.person＋duty_units.phone | 值班人（电话）、值班人及电话、值班人员及电话、值班人员（电话）、值班人（联系电话）、值班人及联系电话、值班人员电话、值班人/电话 | 姓名＋电话 | person_phone
duty_swaps.organisation＋duty_swaps.substitute | 备注、调换情况、换班情况、换班、调班、调换、调班情况 | 原…换 | swap
attendance.presence | ~^(?:.*›)?(?:上午|下午|晚上|第[一二三四]天|\\d{1,2}月\\d{1,2}日|\\d{1,2}[./]\\d{1,2})(?:(?:上午|下午|晚上))?(?:签到|签名)?$ | 几次合一 | presence
"""
