"""`jinguo summary`: the year's report, its short version, and the article for the website."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.summary.year_work import YearWork

#: The article has no more characters than these; its lists give way first.
_LONGEST = 800
_EXAMPLES = (5, 3, 2, 1)


@staff_command("summary", 55, "工作总结：按台账写，每个数字都有口径和来源")
@click.option("--year", type=int, metavar="年度", help="哪一年；不写是基准日期的那一年")
@click.option("--audit", is_flag=True, help="另写复核材料：给单位以外的人核对的公式、证明、来源和说明")
@click.option("--compare", is_flag=True, help="与上年（没有过完的一年，与上年同期）比较")
@click.pass_obj
def command(run: Run, year: int | None, audit: bool, compare: bool) -> int:
    """工作总结（三个部分，附项目、组织和口径表）、两页的简版、800 字以内的信息稿。

    数字都从台账算出，台账里没有的不写；句子的说法在 templates 里的 工作总结.docx 等模板里改。
    """
    work = write_summary(run, year, compare)
    if work and audit:
        from jinguo.commands.auditing import audit_summary

        audit_summary(run, work)
    if work:
        run.say(f"工作总结写了 {sum(1 for _ in work.ledger.said())} 个数字，每个的口径和来源在最后的附件里。")
    run.tell()
    run.say(f"下一步：打开 {run.shown('总结')} 里的文件核对，润色以后报送。")
    return run.exit_code()


def write_summary(run: Run, year: int | None = None, compare: bool = False) -> YearWork | None:
    """Write the report, the short version and the article; None where they do not go out."""
    from jinguo.common.figures import each_once
    from jinguo.documents.gate import summary_withheld, withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.documents.summary_report import KINDS, summary_context
    from jinguo.summary.facts import period_of
    from jinguo.summary.year_figures import all_year_figures, counted_areas
    from jinguo.summary.year_work import year_work

    registry = run.registry
    period = period_of(year or registry.today.year, registry.today)
    if trouble := summary_withheld(registry):
        run.withheld.append(trouble)
        return None
    areas, figures = registry.once(counted_areas), registry.once(all_figures)
    remarks = each_once([*figures, *all_year_figures(areas)])
    run.remarks += remarks
    work = year_work(registry, period, figures, areas, compare)
    with run.output("summary") as output:
        for kind in KINDS:
            try:
                if kind == "信息稿":
                    document = _article(run, work, "；".join(remarks))
                else:
                    document = write_document(
                        kind, run.templates, summary_context(work, kind), registry, "；".join(remarks)
                    )
            except JinguoError as error:
                run.withheld.append(withheld_for(kind, error))
            else:
                output.write("总结", f"{period.year}年女性社会组织{kind}.docx", document)
    return work


def _article(run: Run, work: YearWork, remark: str) -> bytes:
    """The article with as many examples as it has room for."""
    from jinguo.documents.opening import open_template
    from jinguo.documents.summary_report import summary_context
    from jinguo.word.placeholders import character_count

    template = open_template("信息稿", run.templates, run.registry)
    document = b""
    for examples in _EXAMPLES:
        document = template.finish(summary_context(work, "信息稿", examples), remark)
        if character_count(document) <= _LONGEST:
            return document
    run.say(f"信息稿有 {character_count(document)} 字，超过 {_LONGEST} 字，发出前请删减。", "yellow")
    return document
