"""`jinguo nominate`: who is eligible, who is on the list, and the list in its order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.common.output import Output
    from jinguo.nominations.batch import BatchResult
    from jinguo.word.template import Template

#: So many things that are missing are listed for a batch.
_MOST_SHOWN = 8


@staff_command("nominate", 80, "审查推荐人选，生成推荐名单")
@click.argument("numbers", metavar="[批次编号]...", nargs=-1)
@click.option(
    "--stage",
    metavar="阶段",
    help="只生成这一阶段的材料：推荐、资格审查、征求意见、确定、公示、报送（不写时按推荐批次表的“阶段”）",
)
@click.option("--audit", is_flag=True, help="另写复核材料：给单位以外的人核对的公式、证明、来源和说明")
@click.option(
    "--json",
    "json_file",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="把每个人选的资格、理由、得分、结果另存为 JSON",
)
@click.pass_obj
def command(run: Run, numbers: tuple[str, ...], stage: str | None, audit: bool, json_file: Path | None) -> int:
    """按批次审查推荐人选的资格，在结构要求下选出得分最高的名单，写出名单、登记表、征求意见函、公示、报告、结构分析和选择说明。

    批次编号不写时全部生成。
    """
    from jinguo.documents.batch_papers import STAGES

    if stage and stage not in STAGES:
        raise JinguoError(f"没有“{stage}”这个阶段", remedy=f"可以写的：{'、'.join(STAGES)}。")
    written = _write(run, numbers, stage)
    results = [result for result, _ in written]
    if json_file:
        run.write_json(json_file, [_as_dict(r) for r in results])
    if audit:
        from jinguo.commands.auditing import audit_batches

        audit_batches(run, results)
    from jinguo.nominations.batch import skipped_batches

    skipped = skipped_batches(run.registry)
    _show(run, written, skipped, stage)
    code = run.exit_code(refused=any(not r.selected for r in results))
    return 2 if skipped else code


def write_nominations(run: Run) -> list[BatchResult]:
    """Write the papers that are due for every batch, and return what was worked out."""
    return [result for result, _ in _write(run, (), None)]


def _write(run: Run, numbers: tuple[str, ...], stage: str | None) -> list[tuple[BatchResult, list[str]]]:
    """Write the papers of these batches (all where none are named); what was worked out, and the kinds written."""
    from jinguo.documents.gate import nominations_withheld
    from jinguo.nominations.batch import skipped_batches
    from jinguo.nominations.nominate import nominate

    registry = run.registry
    if trouble := nominations_withheld(registry):
        raise trouble.error()
    results = nominate(registry)
    known = [r.batch.number for r in results]
    unknown = [n for n in numbers if n.upper() not in known]
    if unknown:
        raise JinguoError(
            f"没有批次“{'、'.join(unknown)}”", "推荐台账.xlsx › 推荐批次", f"现有批次：{'、'.join(known) or '无'}。"
        )
    chosen = [r for r in results if not numbers or r.batch.number in {n.upper() for n in numbers}]
    templates = _Templates(run)
    with run.output("nominate") as output:
        written = [(result, _write_batch(run, output, templates, result, stage)) for result in chosen]
        if written and not numbers and not skipped_batches(registry):
            # A batch that is not there any more leaves nothing. Where there is none at all the sheet may have been lost.
            folders = {_folder(result) for result, _ in written}
            output.clear(*(f"{folder}/" for folder in _folders(output.manifest) - folders))
    run.tell_lacking(templates.sound())
    return written


def _folder(result: BatchResult) -> str:
    from jinguo.common.writing import safe_name

    return f"推荐/{safe_name(f'{result.batch.number} {result.batch.office}')}"


class _Templates(dict[str, "Template | None"]):
    """The templates of the papers, each opened once; None, and told, where one is not sound."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run

    def __missing__(self, kind: str) -> Template | None:
        from jinguo.documents.gate import withheld_for
        from jinguo.documents.opening import open_template

        try:
            self[kind] = open_template(kind, self.run.templates, self.run.registry)
        except JinguoError as trouble:
            self.run.withheld.append(withheld_for(kind, trouble))
            self[kind] = None
        return self[kind]

    def sound(self) -> list[Template]:
        return [template for template in self.values() if template]


def _write_batch(run: Run, output: Output, templates: _Templates, result: BatchResult, stage: str | None) -> list[str]:
    """Write the papers of a batch that are due and may go out; the kinds written."""
    from jinguo.documents.batch_gate import WITH_REMARKS, held_back
    from jinguo.documents.batch_papers import due_kinds, fixed_day, papers
    from jinguo.documents.dating import Dating, dated, earlier_in
    from jinguo.documents.gate import withheld_for
    from jinguo.reports.eligibility_report import eligibility_report

    registry, folder = run.registry, _folder(result)
    kinds = due_kinds(registry, result, stage)
    not_out = held_back(registry, result, kinds)
    run.withheld += not_out.values()
    run.remarks += [f"{result.batch.number} {text}" for text in [*result.remarks, *result.gaps]]
    rows = [registry["candidates"].place(c.index, "person") for c in result.selected]
    made = dict.fromkeys(["资格审查表"] if "资格审查表" in kinds and "资格审查表" not in not_out else [])
    if made:
        report = eligibility_report(result, run.author)
        output.write(folder, f"{result.batch.name} 资格审查表.xlsx", report, rows, "资格审查表")
    kept = set(not_out)
    for paper in papers(registry, result, tuple(kind for kind in kinds if kind not in not_out)):
        template = templates[paper.kind]
        if template is None:
            kept.add(paper.kind)
            continue
        below = "/".join(filter(None, [folder, paper.folder]))
        remark = "；".join(result.remarks) if paper.kind in WITH_REMARKS else ""
        earlier = earlier_in(output, below, f"{paper.file}.docx")
        dating = Dating(registry.settings, registry.today, fixed_day(registry, result, paper), earlier)
        try:
            document, day = dated(template, paper.context, remark, dating)
        except JinguoError as trouble:
            run.withheld.append(withheld_for(f"{result.batch.number} {paper.file}", trouble))
            kept.add(paper.kind)
            continue
        made[paper.kind] = None
        output.write(below, f"{paper.file}.docx", document, rows, paper.kind, day.isoformat())
    # What is withheld is as it was, and so are the papers of another stage; and where something could not be counted or is
    # missing, what was made when it was there may be as good as ever.
    if not result.remarks and not result.gaps and not result.lacking and not result.unapplied:
        output.clear(f"{folder}/", kinds=[kind for kind in kinds if kind not in kept])
    return [kind for kind in kinds if kind in made]


def _folders(manifest: Iterable[str]) -> set[str]:
    """The folders of batches that have papers."""
    return {"/".join(path.split("/")[:2]) for path in manifest if path.startswith("推荐/") and path.count("/") > 1}


def _as_dict(result: BatchResult) -> dict[str, Any]:
    return {
        "batch": result.batch.number,
        "name": result.batch.name,
        "size": result.batch.size,
        "order": result.batch.order,
        "trouble": result.trouble,
        "gaps": result.gaps,
        "remarks": result.remarks,
        "hints": result.hints,
        "quotas": [
            {"quota": q.label, "least": q.least, "most": q.most, "achieved": q.achieved, "met": q.met}
            for q in result.quotas
        ],
        "candidates": [
            {
                "person": c.person,
                "name": c.name,
                "eligible": c.eligible,
                "reasons": c.reasons,
                "score": float(c.score),
                "rank": c.rank or None,
                "selected": c.selected,
            }
            for c in result.candidates
        ],
    }


def _show(run: Run, written: list[tuple[BatchResult, list[str]]], skipped: list[str], stage: str | None) -> None:
    from jinguo.documents.batch_papers import due_kinds, missing

    for result, made in written:
        eligible = sum(c.eligible for c in result.candidates)
        run.say(
            f"{result.batch.number} {result.batch.name}：人选 {len(result.candidates)} 人，合格 {eligible} 人，"
            f"名单 {len(result.selected)} 人（应 {result.batch.size} 人，以{result.batch.order}为序）"
        )
        if result.selected:
            run.say(f"    {'、'.join(c.name for c in result.selected)}")
        for text in [] if result.lacking else result.trouble:
            run.say(f"    注意：{text}", "bold red")
        for text in result.hints:
            run.say(f"    提示：{text}", "cyan")
        done = run.registry["batches"]["stage"][result.batch.index] == "办结" and not stage
        run.say(f"    生成：{'、'.join(made) or ('已经办结，不再生成' if done else '没有可以生成的')}")
        lacking = missing(run.registry, result, due_kinds(run.registry, result, stage))
        for text in lacking[:_MOST_SHOWN]:
            run.say(f"    还缺：{text}", "yellow")
        if len(lacking) > _MOST_SHOWN:
            run.say(f"    还缺的共 {len(lacking)} 项，这里列出前 {_MOST_SHOWN} 项。", "yellow")
    for place in skipped:
        run.say(f"注意：{place}，没有生成；先用“校验台账”看看。", "bold red")
    run.tell()
    if not written and not skipped:
        run.say("台账里没有推荐批次。下一步：在 推荐台账.xlsx › 推荐批次 里写一行。")
    elif written and all(result.selected for result, _ in written):
        run.say(
            f"下一步：打开 {run.shown('推荐')} 核对名单和资格审查表；要改由单位决定的，在 推荐台账.xlsx › 人选 的“人工确定”里填。"
        )
    else:
        run.say("下一步：按上面的“注意”调整人选、名额或结构要求，再运行一次。")
