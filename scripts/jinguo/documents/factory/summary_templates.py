"""The year's report in three parts, its short version for leaders, and the article for the website.

Every sentence stands only where the registry has its facts; the wording is the office's to change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinguo.word.blocks import attachment, blank, figure_chart, paragraph, signature
from jinguo.word.table_blocks import columns_like_heads, table

_OPENING = (
    "{{ 年度 }}年，{{ 单位名称 }}按照凝聚成熟的社会组织、培育发展中的社会组织、孵化拟成立的社会组织的工作思路，推进女性社会组织创新发展。"
    "{% if 在册组织数 %}截至{{ 截至日期 }}，在册女性社会组织{{ 在册组织数 }}个"
    "{% if 已登记组织数 %}，其中已登记{{ 已登记组织数 }}个{% endif %}{% if 已备案组织数 %}，已备案{{ 已备案组织数 }}个{% endif %}"
    "{% if 未登记组织数 %}，未登记{{ 未登记组织数 }}个{% endif %}。{% endif %}"
)
_BASE = (
    "{% if 进驻组织 %}{{ 市中心 }}吸纳{{ 进驻组织 }}{{ 进驻组织数 }}个女性社会组织进驻。{% endif %}"
    "{% if 值班天数 %}实行轮流坐值制，{{ 年度 }}年值班{{ 值班天数 }}天{{ 值班天数比上年 }}，"
    "{% if 无人值班天数 %}有{{ 无人值班天数 }}天没有到岗记录{% else %}每个值班日都有人负责来访接待{% endif %}"
    "{% if 值班来访人数 %}，接待来访{{ 值班来访人数 }}人{{ 值班来访人数比上年 }}{% endif %}。{% endif %}"
)
_HUB = (
    "以{{ 枢.名称 }}为枢纽，带动、指导女性社会组织{{ 枢.带动数 }}个{% if 枢.单位会员数 %}，有单位会员{{ 枢.单位会员数 }}个{% endif %}。"
    "{% if 枢.项目 %}{{ 年度 }}年承接{{ 枢.项目 }}。{% endif %}{% if 枢.变动 %}{{ 枢.变动 }}。{% endif %}"
)
_SYSTEM = (
    "依托已建成的{{ 服务中心数 }}个社会组织培育发展服务中心{% if 中心构成 %}（{{ 中心构成 }}）{% endif %}，构建市、乡镇街道、村社区三级联动的培育体系，"
    "同步开展女性社会组织的孵化培育。"
)
_TRAINING = (
    "{% if 活动场次 %}{{ 年度 }}年举办{{ 培训构成 }}，共{{ 活动场次 }}场{{ 活动场次比上年 }}"
    "{% if 参训人次 %}，参训{{ 参训人次 }}人次{{ 参训人次比上年 }}、{{ 参训人数 }}人，累计{{ 学时 }}学时，出勤率{{ 出勤率 }}{% endif %}。{% endif %}"
    "{% if 参训组织数 %}有人员参训的组织{{ 参训组织数 }}个，占组织总数的{{ 组织覆盖率 }}。{% endif %}"
    "{% if 大赛名称 %}举办{{ 大赛名称 }}，{{ 参赛组织数 }}个组织的{{ 大赛作品数 }}件作品参赛。{% endif %}"
    "{% if 风采展示场次 %}开展女性社会组织风采展示{{ 风采展示场次 }}场。{% endif %}"
)
_EXAMS = (
    "动员女性社会组织负责人及工作人员参加社会工作师考试，提供伴考服务{% if 考前辅导场次 %}，举办考前辅导{{ 考前辅导场次 }}场{% endif %}。"
    "{% for 考 in 考试 %}{{ 考.级别 }}报考{{ 考.报考 }}人{% if 考.实考 %}，实考{{ 考.实考 }}人{% endif %}"
    "{% if 考.合格 %}，{{ 考.合格 }}人取得{{ 考.资格 }}{{ 考.比上年 }}{% if 考.负责人合格 %}，其中女性社会组织负责人{{ 考.负责人合格 }}人{% endif %}{% endif %}。{% endfor %}"
)
_SUPPORT = (
    "{% if 正在孵化的 %}引导符合条件的组织登记、备案，{{ 正在孵化的 }}个组织正在登记孵化。{% endif %}"
    "{% if 孵化成功数 %}{{ 年度 }}年准予登记、备案{{ 孵化成功数 }}个{{ 孵化成功数比上年 }}，是{{ 孵化成功组织 }}。{% endif %}"
    "{% if 智库人数 %}专家智库在聘{{ 智库人数 }}人{% if 智库构成 %}，其中{{ 智库构成 }}{% endif %}。{% endif %}"
    "{% if 来访件数 %}提供专业咨询{{ 来访件数 }}件{{ 来访件数比上年 }}{% if 来访构成 %}，其中{{ 来访构成 }}{% endif %}"
    "{% if 办结率 %}，办结率{{ 办结率 }}{% endif %}{% if 平均办结天数 %}，平均{{ 平均办结天数 }}天办结{% endif %}。{% endif %}"
    "{% if 推介篇数 %}宣传推介{{ 推介篇数 }}篇{{ 推介篇数比上年 }}{% if 推介构成 %}，其中{{ 推介构成 }}{% endif %}，推介组织{{ 被推介的组织数 }}个"
    "{% if 阅读量 %}，阅读{{ 阅读量 }}次{% endif %}。{% endif %}"
)
_PROJECTS = (
    "{{ 年度 }}年{{ 承接组织数 }}个女性社会组织承接项目{{ 项目数 }}个{{ 项目数比上年 }}{% if 合同金额万元 %}，合同金额{{ 合同金额万元 }}万元{% endif %}"
    "{% if 受益人次 %}，受益{{ 受益人次 }}人次{{ 受益人次比上年 }}{% endif %}。"
    "{% for 主 in 购买主体 %}{{ 主.组织数 }}个女性社会组织承接了{{ 主.名称 }}的{{ 主.项目 }}{{ 主.几个 }}。{% endfor %}"
    "{% if 本会项目数 %}{{ 单位名称 }}推出{% if 本会项目领域 %}{{ 本会项目领域 }}等方面的{% endif %}{{ 本会项目类型 }}{{ 本会项目数 }}个。{% endif %}"
)
_TIERS = (
    "{% if 核心层组织数 %}核心层{{ 核心层组织数 }}个，是{{ 核心层组织 }}。{% endif %}{% if 紧密层组织数 %}紧密层{{ 紧密层组织数 }}个，是{{ 紧密层组织 }}。{% endif %}"
    "{% if 大众层组织数 %}大众层{{ 大众层组织数 }}个。{% endif %}{% if 提升组织 %}{{ 年度 }}年层级提升的有{{ 提升组织 }}{{ 层级提升的组织数 }}个。{% endif %}"
)
_PLATFORMS = (
    "{% if 联络群数 %}建立联络群{{ 联络群数 }}个{% if 群构成 %}，其中{{ 群构成 }}{% endif %}{% if 群人数 %}，群内{{ 群人数 }}人{% endif %}。{% endif %}"
    "{% if 主题沙龙场次 %}开展主题沙龙{{ 主题沙龙场次 }}场，促进组织之间学习交流。{% endif %}{% if 女主播场次 %}女主播推介{{ 女主播场次 }}场。{% endif %}"
)
_ROLE = (
    "{% if 团体会员数 %}吸纳女性社会组织为妇联团体会员，现有{{ 团体会员数 }}个，其中{{ 团体会员构成 }}{% if 入会同意数 %}，{{ 年度 }}年批准入会{{ 入会同意数 }}件{% endif %}。{% endif %}"
    "{% if 担任社会职务人数 %}{{ 担任社会职务人数 }}位女性社会组织人员担任社会职务{% if 职务构成 %}，其中{{ 职务构成 }}{% endif %}。{% endif %}"
    "{% if 推荐批次 %}开展{{ 推荐批次 }}的推荐工作。{% endif %}"
    "{% if 服务活动数 %}{{ 参与服务的组织数 }}个组织{% if 服务主题 %}围绕{{ 服务主题 }}{% endif %}开展服务活动{{ 服务活动数 }}场{{ 服务活动数比上年 }}"
    "{% if 志愿者人次 %}，志愿者{{ 志愿者人次 }}人次{{ 志愿者人次比上年 }}{% endif %}{% if 服务人次 %}，服务{{ 服务人次 }}人次{{ 服务人次比上年 }}{% endif %}。{% endif %}"
)
#: The parts: the name of its number, its heading, and its sections (number, heading, text).
_PARTS = (
    (
        "第一部分序", "以点带面，“基地+组织”全网构建女性社会组织枢纽",
        (("基地序", "打造孵化培育基地", _BASE), ("枢纽序", "发挥枢纽组织力量", _HUB), ("体系序", "构建三级培育体系", _SYSTEM)),
    ),
    (
        "第二部分序", "强化服务，“培训+项目”全面提增女性社会组织活力",
        (("培训序", "教育培训提升专业能力", _TRAINING), ("保障序", "服务支持保障规范发展", _SUPPORT), ("项目序", "项目实践促进经验积累", _PROJECTS)),
    ),
    (
        "第三部分序", "创新机制，“培育+平台”全力推进女性社会组织成长",
        (("分层序", "创新孵化培育机制", _TIERS), ("联络序", "搭建联络交流平台", _PLATFORMS), ("作用序", "完善作用发挥机制", _ROLE)),
    ),
)  # fmt: skip
#: The charts, each behind the section whose figures it shows.
_CHARTS = {"培训序": "培训图", "作用序": "服务图"}


def year_report(document: Any) -> None:
    _opening(document)
    _parts(document, _PARTS, lambda section: _section(document, *section))
    blank(document)
    paragraph(document, "公文正文", "{%p for 行 in 附件 %}")
    paragraph(document, "附件说明", "{{ 行.说明 }}")
    paragraph(document, "公文正文", "{%p endfor %}")
    signature(document)
    _attached_table(
        document,
        "项目附件",
        ["序号", "项目名称", "购买主体", "承接组织", "合同金额", "状态"],
        [15, 52, 42, 44, 24, 16],
        "项目表",
    )
    _attached_table(
        document, "组织附件", ["序号", "组织名称", "层级", "登记状态", "所属镇街"], [14, 74, 24, 26, 30], "组织表"
    )
    _attached_table(document, "口径附件", ["序号", "指标", "数值", "口径", "来源"], [15, 36, 27, 58, 56], "口径表")


def _section(document: Any, number: str, title: str, text: str) -> None:
    """A section with its heading, where it has anything to say."""
    paragraph(document, "公文正文", f"{{%p if {number} %}}")
    paragraph(document, "二级标题", f"{{{{ {number} }}}}{title}")
    if number == "枢纽序":
        paragraph(document, "公文正文", "{%p for 枢 in 枢纽 %}")
        paragraph(document, "公文正文", text)
        paragraph(document, "公文正文", "{%p endfor %}")
    else:
        paragraph(document, "公文正文", text)
    if number == "培训序":
        paragraph(document, "公文正文", "{%p if 考试 %}")
        paragraph(document, "公文正文", _EXAMS)
        paragraph(document, "公文正文", "{%p endif %}")
    if number in _CHARTS:
        figure_chart(document, _CHARTS[number])
    paragraph(document, "公文正文", "{%p endif %}")


def _attached_table(document: Any, mark: str, heads: list[str], shares: list[int], rows: str) -> None:
    """An attachment that is one table, where it has rows."""
    paragraph(document, "公文正文", f"{{%p if {mark} %}}")
    attachment(document, f"{{{{ {mark}.标记 }}}}", f"{{{{ {mark}.名称 }}}}")
    if rows == "口径表":
        paragraph(document, "公文正文", "{%p if 口径说明 %}")
        paragraph(document, "公文正文", "{{ 口径说明 }}")
        paragraph(document, "公文正文", "{%p endif %}")
    left = [
        n
        for n, head in enumerate(heads)
        if head in ("项目名称", "购买主体", "组织名称", "承接组织", "指标", "口径", "来源")
    ]
    table(document, columns_like_heads(heads, shares, left=left), f"行 in {rows}")
    paragraph(document, "公文正文", "{%p endif %}")


def short_report(document: Any) -> None:
    """What leaders read: one paragraph a part, without tables or charts, on two pages."""
    _opening(document)
    _parts(document, _SHORT, lambda section: _where_it_says_anything(document, *section))
    signature(document)


def _opening(document: Any) -> None:
    """The title, and the paragraph every version begins with."""
    paragraph(document, "公文标题", "{{ 标题 }}")
    blank(document)
    paragraph(document, "公文正文", _OPENING)


def _parts(document: Any, parts: Sequence[tuple[str, str, Sequence[Any]]], section: Callable[[Any], None]) -> None:
    """The parts that have anything to say, each with its number, its heading and its sections."""
    for part, heading, sections in parts:
        paragraph(document, "公文正文", f"{{%p if {part} %}}")
        paragraph(document, "一级标题", f"{{{{ {part} }}}}{heading}")
        for one in sections:
            section(one)
        paragraph(document, "公文正文", "{%p endif %}")


def _where_it_says_anything(document: Any, condition: str, text: str) -> None:
    """A paragraph that stands where its condition has something to say."""
    paragraph(document, "公文正文", f"{{%p if {condition} %}}")
    paragraph(document, "公文正文", text)
    paragraph(document, "公文正文", "{%p endif %}")


_SHORT_TRAINING = (
    "{% if 活动场次 %}举办{{ 培训构成 }}，共{{ 活动场次 }}场{{ 活动场次比上年 }}{% if 参训人次 %}，参训{{ 参训人次 }}人次{{ 参训人次比上年 }}{% endif %}。{% endif %}"
    "{% for 考 in 考试 %}{% if 考.合格 %}{{ 考.合格 }}人取得{{ 考.资格 }}{{ 考.比上年 }}{% if 考.负责人合格 %}，其中负责人{{ 考.负责人合格 }}人{% endif %}。{% endif %}{% endfor %}"
    "{% if 大赛名称 %}{{ 大赛名称 }}有{{ 大赛作品数 }}件作品参赛。{% endif %}"
)
_SHORT_SUPPORT = (
    "{% if 正在孵化的 %}{{ 正在孵化的 }}个组织正在登记孵化。{% endif %}{% if 孵化成功数 %}准予登记、备案{{ 孵化成功数 }}个。{% endif %}"
    "{% if 智库人数 %}专家智库在聘{{ 智库人数 }}人。{% endif %}{% if 来访件数 %}提供专业咨询{{ 来访件数 }}件{% if 办结率 %}，办结率{{ 办结率 }}{% endif %}。{% endif %}"
    "{% if 推介篇数 %}宣传推介{{ 推介篇数 }}篇{% if 阅读量 %}，阅读{{ 阅读量 }}次{% endif %}。{% endif %}"
)
_SHORT_PROJECTS = (
    "{{ 承接组织数 }}个组织承接项目{{ 项目数 }}个{{ 项目数比上年 }}{% if 合同金额万元 %}，合同金额{{ 合同金额万元 }}万元{% endif %}{% if 受益人次 %}，受益{{ 受益人次 }}人次{% endif %}。"
    "{% for 主 in 购买主体 %}{{ 主.名称 }}{{ 主.项目数 }}个{% if not loop.last %}、{% endif %}{% endfor %}{% if 购买主体 and 本会项目数 %}，{% endif %}"
    "{% if 本会项目数 %}{{ 单位名称 }}{{ 本会项目类型 }}{{ 本会项目数 }}个{% endif %}{% if 购买主体 or 本会项目数 %}。{% endif %}"
)
_SHORT_TIERS = (
    "{% if 核心层组织数 %}核心层{{ 核心层组织数 }}个。{% endif %}{% if 紧密层组织数 %}紧密层{{ 紧密层组织数 }}个。{% endif %}{% if 大众层组织数 %}大众层{{ 大众层组织数 }}个。{% endif %}"
    "{% if 联络群数 %}联络群{{ 联络群数 }}个。{% endif %}"
)
_SHORT = (
    ("第一部分序", "枢纽和阵地", (("基地序", _BASE), ("体系序", "建成社会组织培育发展服务中心{{ 服务中心数 }}个{% if 中心构成 %}，其中{{ 中心构成 }}{% endif %}。"))),
    ("第二部分序", "培训和项目", (("培训序", _SHORT_TRAINING), ("保障序", _SHORT_SUPPORT), ("项目序", _SHORT_PROJECTS))),
    ("第三部分序", "分层和作用", (("分层序", _SHORT_TIERS), ("作用序", _ROLE))),
)  # fmt: skip


def article(document: Any) -> None:
    """For the website and the account on WeChat: no more than 800 characters, with examples instead of lists."""
    _opening(document)
    for condition, text in (
        ("第一部分序", "{% if 进驻组织数 %}{{ 进驻组织数 }}个组织进驻{{ 市中心 }}{% if 值班天数 %}，轮流值班{{ 值班天数 }}天{% endif %}。{% endif %}{% if 服务中心数 %}社会组织培育发展服务中心已建成{{ 服务中心数 }}个。{% endif %}"),
        ("第二部分序", "{% if 活动场次 %}{{ 年度 }}年举办{{ 培训举例 }}共{{ 活动场次 }}场活动{% if 参训人次 %}，参训{{ 参训人次 }}人次{% endif %}。{% endif %}{% for 考 in 考试 %}{% if 考.合格 %}{{ 考.合格 }}人取得{{ 考.资格 }}{% if 考.负责人合格 %}，其中负责人{{ 考.负责人合格 }}人{% endif %}。{% endif %}{% endfor %}"),
        ("项目序", "{{ 承接组织数 }}个组织承接项目{{ 项目数 }}个{% if 项目举例 %}，有{{ 项目举例 }}{% endif %}{% if 受益人次 %}，受益{{ 受益人次 }}人次{% endif %}。"),
        ("分层序", "{% if 核心层举例 %}以{{ 核心层举例 }}为核心，{% endif %}{% if 紧密层组织数 %}紧密联系{{ 紧密层组织数 }}个组织，{% endif %}{% if 大众层组织数 %}带动大众层组织{{ 大众层组织数 }}个，{% endif %}分层培育女性社会组织。"),
        ("作用序", "{% if 服务活动数 %}{{ 参与服务的组织数 }}个组织{% if 主题举例 %}围绕{{ 主题举例 }}{% endif %}开展服务活动{{ 服务活动数 }}场{% if 服务人次 %}，服务{{ 服务人次 }}人次{% endif %}。{% endif %}{% if 团体会员数 %}{{ 团体会员数 }}个组织成为妇联团体会员。{% endif %}"),
    ):  # fmt: skip
        _where_it_says_anything(document, condition, text)
    paragraph(document, "成文日期", "（{{ 单位名称 }}供稿）")
