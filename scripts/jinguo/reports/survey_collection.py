"""A whole collection: every file read and compared, one plan of all that is proposed, and how far the survey has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinguo.amend.merge_result import Merge
from jinguo.amend.merging import merge
from jinguo.amend.proposal import IS, OPEN, TAKE, WHO, Proposal, following
from jinguo.amend.rewrite import worked_out
from jinguo.checks import check
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, Severity
from jinguo.intake.own.mapping import FILE
from jinguo.registry.tables import Registry
from jinguo.reports.merge_plan import (
    Decided,
    carried_over,
    decided_otherwise,
    figures_of,
    merge_plan,
    open_lines,
    ordered_proposals,
    read_merge_plan,
)
from jinguo.reports.returned_survey import OURS, Collecting, collected, files_of
from jinguo.reports.survey_folder import PLAN, latest
from jinguo.reports.survey_progress import UnitState, progress_report, states
from jinguo.schema import TABLES
from jinguo.survey.addressees import ALL, units_by
from jinguo.survey.asked import AskedTable, asked_tables, load_asked
from jinguo.survey.fresh_rows import decision_key
from jinguo.survey.proposing import Proposing
from jinguo.survey.recognising import Recognising
from jinguo.survey.returned import Return
from jinguo.survey.sent import Survey
from jinguo.survey.trial import what_it_brings

#: A plan is tried so often: each time what would bring an error is left to be decided.
_MOST_TRIALS = 4


@dataclass
class Collection:
    """What `collect` has found: the plan, the progress, the marked copies to send back with what each has to put right."""

    folder: str
    plan: bytes
    survey: Survey | None = None
    progress: bytes = b""
    returns: list[Return] = field(default_factory=list)
    states: list[UnitState] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    open_lines: list[str] = field(default_factory=list)
    carried: int = 0


def collect_survey(
    registry: Registry,
    findings: Sequence[Finding],
    output: Path,
    places: Sequence[Path],
    which: tuple[str, str],
    tick: Callable[[int], None] = lambda total: None,
) -> Collection:
    """Everything these files and folders return. `which` are the name of the survey (empty: the last one) and the sheet of a
    table where the files are no forms but a sheet of it; `findings` are those of the registry as it is."""
    name, sheet = which
    folder = None if sheet else latest(output, name)
    about = folder.about() if folder else {}
    survey = Survey(**about["survey"]) if about else None
    asked = _asked(registry, about, sheet, survey)
    table = next((s.name for s in TABLES.values() if s.sheet == sheet), "")
    units = [u for u in about.get("units", {}) if u != ALL] or [str(t) for t in registry["townships"]["name"] if t]
    own = [registry.folder / n for n in (TABLES["office"].workbook, FILE)]
    context = Collecting(
        asked,
        folder.kept if folder else None,
        registry.settings,
        registry.today,
        [p for p in own if p.is_file()],
        units,
        table,
        [place for place in places if place.is_dir()],
    )
    where = folder.path if folder else output / "调查" / (sheet or "回收")
    name_of_folder = where.relative_to(output).as_posix()
    files = files_of(places)
    before = _decided_before(where / PLAN)
    sources = (folder.unit_of, folder.sent_to) if folder else (lambda table, token: "", lambda unit: None)
    proposing = Proposing(Recognising(registry, asked, _identified(before), sources), survey.number if survey else "")
    returns = _take_all(files, context, proposing, lambda: tick(len(files)))
    proposals = _tried(registry, findings, proposing.proposals(), where.name)
    changed = decided_otherwise(before)
    proposals = ordered_proposals(carried_over(proposals, changed))
    found = states(returns, proposing.survey, {u: about.get("units", {}).get(u, 0) for u in units} if about else {})
    title = f"{survey.name if survey else sheet or '上报'}合并方案"
    office = registry.settings.office.get("单位名称") or ""
    plan = merge_plan(registry, title, proposals, office, _figures(registry, survey, asked, proposals))
    return Collection(
        name_of_folder, plan, survey,
        progress_report(found, returns, f"{survey.name if survey else '上报'}回收进度", office) if not sheet else b"",
        returns, found if not sheet else [],
        {r.file: [f"{f.sheet} {f.cell}：{f.message} {f.remedy}" for f in r.findings if f.severity is not Severity.HINT and f.cell] for r in returns},
        dict(Counter(p.kind for p in proposals)), open_lines(proposals),
        sum(p.decision != OPEN and p.identity in changed and changed[p.identity].decision == p.decision for p in proposals),
    )  # fmt: skip


def _identified(before: Sequence[Decided]) -> dict[tuple[str, str], str]:
    """Who returned rows are, as staff decided in the plan before: by table and what tells the row from others."""
    found = {}
    for _, p in before:
        if p.kind == WHO and p.decision == TAKE and p.suggested.startswith(IS):
            name = p.suggested.removeprefix(IS).strip()
            key = name.rpartition("（")[2].rstrip("）") if name.endswith("）") else name
            found[p.table, decision_key(p.values, TABLES[p.table])] = key
    return found


def _asked(registry: Registry, about: dict, sheet: str, survey: Survey | None) -> list[AskedTable]:
    if sheet:
        spec = next((s for s in TABLES.values() if s.sheet == sheet), None)
        if spec is None:
            raise JinguoError(f"没有“{sheet}”这张表", "", "写台账里的表名，如 --table 人员。")
        return [AskedTable(spec.name, tuple(f.name for f in spec.fields if f.name != spec.key))]
    if about:
        return load_asked(about["asked"])
    return asked_tables(registry, survey.name if survey else "")


def _decided_before(plan: Path) -> list[Decided]:
    """What staff have decided in the plan that is there."""
    return read_merge_plan(plan) if plan.is_file() else []


def _take_all(
    files: Sequence[Path], context: Collecting, proposing: Proposing, tick: Callable[[], None]
) -> list[Return]:
    """Every file read and taken in; a second copy of one is only told."""
    seen: dict[str, str] = {}
    returns = []
    for found in collected(files, context, tick):
        if found.trouble == OURS:
            continue
        if found.digest and found.digest in seen:
            found.trouble = f"与 {seen[found.digest]} 一模一样，只读了一份"
            found.rows, found.gone, found.marked = [], [], b""
        elif not found.trouble:
            seen[found.digest] = found.file
            proposing.take(found)
        returns.append(found)
    return returns


def _tried(registry: Registry, findings: Sequence[Finding], proposals: list[Proposal], basis: str) -> list[Proposal]:
    """The proposals, those left to be decided that could not be written or would bring an error."""
    for _ in range(_MOST_TRIALS):
        followed = following(proposals)
        merged = merge(registry, followed, {}, basis)
        doubtful = {id(p): trouble.paragraph().replace("\n", "；") for p, trouble in merged.refused}
        if not doubtful and any(merged.edits.values()):
            doubtful = _bring_errors(registry, findings, merged)
        if not doubtful:
            break
        proposals = [
            replace(p, decision=OPEN, reason="；".join(filter(None, (p.reason, doubtful[id(q)]))))
            if id(q) in doubtful
            else p
            for p, q in zip(proposals, followed, strict=True)
        ]
    return proposals


def _bring_errors(registry: Registry, findings: Sequence[Finding], merged: Merge) -> dict[int, str]:
    """The proposals that would bring a new error, with what it says."""
    try:
        contents = worked_out(merged.edits)
    except JinguoError:
        # The workbook is open, or cannot take rows: that is told when the plan is applied.
        return {}
    found: dict[int, str] = {}
    for error in what_it_brings(registry, contents, findings, check):
        if error.severity is not Severity.ERROR:
            continue
        for d in merged.done_at(error):
            found[id(d.proposal)] = f"采用会有新的错误：{error.message.partition('规定：')[0]}"
    return found


def _figures(
    registry: Registry, survey: Survey | None, asked: Sequence[AskedTable], proposals: Sequence[Proposal]
) -> list[list]:
    """The figures before and after by unit."""
    tables = [a.table for a in asked]
    try:
        units = units_by(registry, survey.by if survey and survey.by else "所属镇街", list(asked))
    except JinguoError:
        return []
    before = {unit.name: {t: len(unit.rows.get(t, ())) for t in tables} for unit in units}
    return figures_of(proposals, before, {table: len(registry[table]) for table in tables})
