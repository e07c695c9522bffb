"""What the law asks of a registered social organisation, by what it is: the yearly inspection or report, and the audit and
the vote when a term ends. A letter that cites another kind's law is put aside by who reads it."""

from __future__ import annotations

from typing import NamedTuple


class Law(NamedTuple):
    """The rules for one kind of organisation: on what the yearly duty rests, on what the audit at the end of a term, and who
    chooses the new board."""

    yearly: str
    audit: str
    vote: str


_SOCIETY = Law(
    "《社会团体登记管理条例》第二十八条",
    "根据《社会团体登记管理条例》第二十七条，换届或者更换法定代表人之前要进行财务审计",
    "召开会员（代表）大会，审议工作报告和财务报告，选举产生新一届理事会和负责人",
)
_SERVICE = Law(
    "《民办非企业单位登记管理暂行条例》第二十三条",
    "根据《民办非企业单位登记管理暂行条例》第二十二条，变更法定代表人或者负责人要进行财务审计",
    "召开理事会，审议工作报告和财务报告，产生新一届理事会和负责人",
)
_FOUNDATION = Law(
    "《基金会管理条例》第三十六条",
    "根据《基金会管理条例》第三十七条，换届和更换法定代表人之前要进行财务审计",
    "召开理事会，审议工作报告和财务报告，选举产生新一届理事会和负责人",
)
_OTHER = Law(
    "登记管理的有关规定",
    "换届或者更换负责人之前，宜先进行财务审计",
    "召开成员会议，审议工作和财务情况，产生新一届负责人",
)
_BY_TYPE = {"社会团体": _SOCIETY, "民办非企业单位": _SERVICE, "基金会": _FOUNDATION}
#: Charities report and are not inspected (慈善法 第十三条).
_CHARITY = "《中华人民共和国慈善法》第十三条"


def law_of(kind: str | None, charity: bool | None = False) -> Law:
    """The rules for an organisation of this 组织类型; a charity's yearly duty is its report."""
    law = _BY_TYPE.get(kind or "", _OTHER)
    return law._replace(yearly=_CHARITY) if charity else law
