"""One county worked out: read, checked, counted, its lists drawn up; whatever is wrong with it stays with it."""

from __future__ import annotations

import datetime
from pathlib import Path

from jinguo.common.addresses import split_address
from jinguo.common.errors import JinguoError
from jinguo.common.figures import Figure
from jinguo.common.findings import Finding, Severity
from jinguo.common.writing import file_digest
from jinguo.documents.gate import nominations_withheld, statistics_withheld, year_withheld
from jinguo.documents.statistics_figures import figures_by_family
from jinguo.registry.tables import Registry
from jinguo.rollup.counties import County, fetched
from jinguo.rollup.county_result import LISTS, CountyResult, FoundPlace, Listed, PlacedFigure
from jinguo.schema import TABLES
from jinguo.summary.facts import places_in_words, rows_in_words
from jinguo.summary.year_figures import AREAS, counted_areas

#: The table without which a family of figures has nothing to count.
_FAMILIES = {"培训": "events", "考试": "exam_entries", "考前辅导": "exam_entries"}
#: So many findings of a county are kept with their cells; the report of the county itself has them all.
_MOST_FOUND = 5_000


def work_out_whole(county: County, today: datetime.date, below: Path, author: str) -> CountyResult:
    """A county worked out, with its workbook, which will stand in the folder `below`: its links lead from there to the registers."""
    from jinguo.excel.writing.report import relative
    from jinguo.rollup.workbooks import county_workbook

    result = work_out(county, today)
    names = () if county.is_remote else result.inputs
    result.detail = county_workbook(
        result, {name: relative(Path(county.place) / name, below) for name in names}, author
    )
    return result


def work_out(county: County, today: datetime.date) -> CountyResult:
    """What a county comes to; one that cannot be read says why, and nothing that is wrong with it is raised."""
    from jinguo.intake.loading import load_registry

    result = CountyResult(county)
    try:
        with fetched(county) as folder:
            registry = load_registry(folder, today)
            result.inputs = {path.name: file_digest(path) for path in registry.files}
            _fill(result, registry)
    except JinguoError as error:
        # What was being read is named by the county; a path may hold somebody's name.
        result.trouble = f"{error.what.rstrip('。')}。{error.remedy}"
    except Exception as error:
        result.trouble = f"处理时出错（{type(error).__name__}），请单独校验这个县的台账。"
    return result


def _fill(result: CountyResult, registry: Registry) -> None:
    from jinguo.checks import check

    result.office = registry.settings.item("单位名称")
    result.told += [f"{name} 打不开，没有读" for name in registry.refused]
    result.told += [f"{name} 不是认得的登记表，没有读" for name in registry.strangers]
    found = [f for f in check(registry) if f.severity is not Severity.HINT]
    result.found = [_placed(f) for f in found[:_MOST_FOUND]]
    if len(found) > _MOST_FOUND:
        result.noted.append(f"校验发现 {len(found)} 处，只列出前 {_MOST_FOUND} 处")
    _count_training(result, registry)
    _count_year(result, registry)
    _list(result, registry)


def _placed(f: Finding) -> FoundPlace:
    return FoundPlace(f.code, f.severity.value, f.rule, f.workbook, f.sheet, f.cell)


def _count_training(result: CountyResult, registry: Registry) -> None:
    if trouble := statistics_withheld(registry):
        result.missing |= dict.fromkeys(_FAMILIES, "；".join(trouble.reasons))
        return
    rows = _training_rows(registry)
    for family, figures in figures_by_family(registry).items():
        table = _FAMILIES[family]
        if not registry[table].present:
            result.absent[family] = f"没有“{TABLES[table].sheet}”表"
        else:
            result.figures += [PlacedFigure(family, figure, rows.get(_key(figure), "")) for figure in figures]


def _key(figure: Figure) -> tuple[tuple[str, str], ...]:
    return tuple(figure.dimensions.items())


def _training_rows(registry: Registry) -> dict[tuple[tuple[str, str], ...], str]:
    """Where the rows of each group of attendance and of papers stand, in words."""
    from jinguo.reports.figure_rows import exam_details, training_details

    found = {}
    for detail in (*training_details(registry), *exam_details(registry)):
        for key, (first, last) in detail.blocks.items():
            places = (row[-1] for row in detail.rows[first : last + 1])
            found[key] = places_in_words((book, sheet, split_address(cell)[1]) for book, sheet, cell in places)
    return found


def _count_year(result: CountyResult, registry: Registry) -> None:
    if trouble := year_withheld(registry):
        result.missing |= dict.fromkeys((area_of(registry).name for area_of in AREAS), "；".join(trouble.reasons))
        return
    for area_of in AREAS:
        area = area_of(registry)
        if not registry[area.table].present:
            result.absent[area.name] = f"没有“{TABLES[area.table].sheet}”表"
    for counted in counted_areas(registry):
        table = registry[counted.area.table]
        for figure in counted.figures:
            rows = rows_in_words(table, counted.groups.get(_key(figure), ()))
            result.figures.append(PlacedFigure(counted.area.name, figure, rows))


def _list(result: CountyResult, registry: Registry) -> None:
    """The recommendation lists: who is on them, in their order."""
    from jinguo.nominations.nominate import nominate

    if trouble := nominations_withheld(registry):
        result.missing[LISTS] = "；".join(trouble.reasons)
        return
    if not registry["batches"].present:
        return
    candidates = registry["candidates"]
    for made in nominate(registry):
        batch = made.batch
        if not made.selected:
            result.noted.append(f"{batch.number} {batch.name}还没有名单：{'；'.join(made.warnings[:1]) or '人选不够'}")
        for place, candidate in enumerate(made.selected, 1):
            where = " › ".join(candidates.row_start(candidate.index))
            result.lists.append(Listed(batch.number, batch.list_title, batch.size, place, candidate.name, where))
