"""Many returned forms of 300 rows each, some cells of each changed: a national survey in small."""

from __future__ import annotations

import datetime
import random
import time
from pathlib import Path
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.registry.tables import Registry
from jinguo.reports.survey_folder import SurveyFolder
from jinguo.reports.survey_forms import survey_form
from jinguo.survey.addressees import units_by
from jinguo.survey.asked import asked_tables
from jinguo.survey.sent import SentForm, sent_to, survey_on

_DAY = datetime.date(2026, 10, 15)
#: Rows of a form: organisations, people, posts.
_ORGANISATIONS, _PEOPLE = 60, 120
#: How many units: a city, a province, the nation.
UNITS = {"S": 60, "M": 400, "L": 2_800}
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵周吴", "秀丽华敏静燕秋月红霞雪梅佳琪雅芳玲文娟美"


def registry_of(units: int) -> Registry:
    """A registry of so many townships, 300 rows each."""
    townships = [f"第{n}镇" for n in range(units)]
    organisations, people, posts = [], [], []
    for t, township in enumerate(townships):
        for n in range(_ORGANISATIONS):
            number = t * _ORGANISATIONS + n
            organisations.append(
                [
                    f"ZZ{number:06d}",
                    f"{township}第{n}巧手队",
                    "未登记",
                    "其他",
                    "大众层",
                    "村社区",
                    township,
                    f"0574-6270{number % 10000:04d}",
                ]
            )
        for n in range(_PEOPLE):
            number = t * _PEOPLE + n
            name = _SURNAMES[number % 10] + _GIVEN[number // 10 % 20] + _GIVEN[number // 200 % 20]
            people.append(
                [f"RY{number:06d}", name, "女", f"19{60 + number % 40}.0{1 + number % 9}", f"139{number:08d}"]
            )
            posts.append(
                [
                    f"RY{number:06d}",
                    f"ZZ{t * _ORGANISATIONS + n % _ORGANISATIONS:06d}",
                    "负责人" if n < _ORGANISATIONS else "理事",
                    "2022.05",
                ]
            )
    sheets = {
        "社会组织台账.xlsx": [RawSheet("社会组织台账.xlsx", "社会组织", [["组织编号", "组织名称", "登记状态", "组织类型", "层级", "级别", "所属镇街", "联系电话"], *organisations])],
        "人员台账.xlsx": [
            RawSheet("人员台账.xlsx", "人员", [["人员编号", "姓名", "性别", "出生年月", "手机"], *people]),
            RawSheet("人员台账.xlsx", "任职", [["人员编号", "组织编号", "职务", "起始"], *posts]),
        ],
        "设置.xlsx": [
            RawSheet("设置.xlsx", "单位", [["项目", "内容"], ["单位名称", "某省妇女联合会"]]),
            RawSheet("设置.xlsx", "镇街", [["镇街"], *[[t] for t in townships]]),
        ],
    }  # fmt: skip
    return build_registry(sheets, _DAY)


def issued(registry: Registry, folder: Path) -> list[SentForm]:
    """The forms as they went out, each answered: five cells of a form are changed, one person is new."""
    survey = survey_on(registry, "摸底", None, "所属镇街")
    asked = asked_tables(registry, survey.name)
    sent = [sent_to(registry, survey, unit, asked) for unit in units_by(registry, "所属镇街", asked)]
    SurveyFolder(folder / "output", survey.name).keep(survey, sent)
    chance = random.Random(7)
    target = folder / "收到"
    target.mkdir(parents=True, exist_ok=True)
    for one in sent:
        answered = SentForm(one.survey, one.unit, {t: dict(rows) for t, rows in one.tables.items()}, one.asked)
        for token in chance.sample(list(one.tables["people"]), 5):
            row = one.tables["people"][token]
            answered.tables["people"][token] = type(row)(
                row.key, row.cells | {"mobile": f"138{chance.randrange(10**8):08d}"}
            )
        new = {"name": "新来的", "sex": "女", "mobile": f"137{chance.randrange(10**8):08d}"}
        answered.tables["people"][""] = type(row)("", new)
        data = survey_form(registry, answered)
        (target / f"{one.unit}.xlsx").write_bytes(_with_stamp(data, answered.dump(), one.dump()))
    return sent


def _with_stamp(data: bytes, answered: str, sent: str) -> bytes:
    """The form with what was sent in its hidden sheet, not what was answered."""
    from xml.sax.saxutils import escape

    from jinguo.common.ooxml import Package

    package = Package(data)
    part = "xl/sharedStrings.xml"
    pieces = [(text[:30_000], text[30_000:60_000], text[60_000:90_000]) for text in (answered, sent)]
    xml = package.read(part).decode()
    for old, new in zip(*pieces, strict=True):
        if old:
            assert escape(old) in xml
            xml = xml.replace(escape(old), escape(new))
    package.write(part, xml.encode())
    return package.to_bytes()


def collect(registry: Registry, folder: Path) -> tuple[float, Any]:
    """Seconds to read, compare and check all returns in two processes and propose what follows, and the proposals; writing the
    plan is another matter."""
    from jinguo.reports.returned_survey import Collecting, collected, files_of
    from jinguo.survey.proposing import Proposing
    from jinguo.survey.recognising import Recognising

    place = SurveyFolder(folder / "output", "摸底")
    survey = place.about()["survey"]
    asked = asked_tables(registry, "摸底")
    start = time.perf_counter()
    context = Collecting(asked, place.kept, registry.settings, registry.today, [], list(place.about()["units"]))
    proposing = Proposing(
        Recognising(registry, asked, {}, (lambda table, token: "", place.sent_to)),
        f"{survey['name']} {survey['issued']}",
    )
    for found in collected(files_of([folder / "收到"]), context):
        proposing.take(found)
    proposals = proposing.proposals()
    return time.perf_counter() - start, proposals


def read_with_pandas(folder: Path, most: int) -> int:
    """The peer: every sheet of so many files as a frame, through openpyxl."""
    import pandas

    return sum(
        len(frame)
        for path in sorted((folder / "收到").glob("*.xlsx"))[:most]
        for frame in pandas.read_excel(path, sheet_name=None, header=None).values()
    )


def read_with_calamine(folder: Path, most: int) -> int:
    """The floor: every sheet of so many files as lists, and nothing else."""
    from python_calamine import CalamineWorkbook

    books = map(CalamineWorkbook.from_path, sorted((folder / "收到").glob("*.xlsx"))[:most])
    return sum(len(book.get_sheet_by_name(name).to_python()) for book in books for name in book.sheet_names)


def compare_with_daff(sent: list[SentForm]) -> int:
    """The peer for the comparison alone: the three-way merge of the tables of each unit, as lists in memory."""
    import daff

    count = 0
    for one in sent:
        for table, rows in one.tables.items():
            names = next(a for a in one.asked if a.table == table).names
            base = [["token", *names], *([token, *(row.cells[n] for n in names)] for token, row in rows.items())]
            theirs = [list(row) for row in base]
            for row in theirs[1:6]:
                row[-1] = "changed"
            flags = daff.CompareFlags()
            flags.ids = ["token"]
            alignment = daff.Coopy.compareTables3(
                daff.PythonTableView(base),
                daff.PythonTableView([list(r) for r in base]),
                daff.PythonTableView(theirs),
                flags,
            ).align()
            output = daff.PythonTableView([])
            daff.TableDiff(alignment, flags).hilite(output)
            count += output.height
    return count


def compare_ours(sent: list[SentForm]) -> int:
    """The same comparison, of the same tables in memory."""
    from jinguo.registry.tables import Block, Table
    from jinguo.survey.comparing import compared

    count = 0
    for one in sent:
        tables = {}
        for a in one.asked:
            rows = one.tables[a.table]
            spec = a.reading
            columns: dict[str, list[Any]] = {f.name: [None] * len(rows) for f in spec.fields}
            columns["token"] = list(rows)
            for name in a.names:
                columns[name] = [row.cells[name] or None for row in rows.values()]
            columns[a.names[-1]][:5] = ["changed"] * min(5, len(rows))
            letters = {f.name: "A" for f in spec.fields}
            raw = {name: [v or "" for v in columns[name]] for name in ("token", *a.names)}
            tables[a.table] = Table(
                spec, list(range(2, len(rows) + 2)), columns, raw, blocks=[Block("x", "y", letters)], stops=[len(rows)]
            )
        count += len(compared("x", tables, one.asked, one, []).rows)
    return count
