"""The demo registry: it reproduces the facts of the seed report by counting rows, and has no errors."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from jinguo import demo
from jinguo.checks import check
from jinguo.common.findings import Severity, count_by_severity
from jinguo.documents.templates import TEMPLATES, build_template
from jinguo.exams.results import qualifications
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.loading import load_registry
from jinguo.registry.tables import Registry
from jinguo.schema import WORKBOOKS
from jinguo.schema.codes import birth_day, id_sex
from jinguo.schema.dates import month_of
from tests.helpers import ROOT, places

YEAR = 2026


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(ROOT / "workbooks")


def numbers(registry: Registry, **wanted: object) -> list[str]:
    """The numbers of the organisations whose fields have these values."""
    table = registry["organisations"]
    return [table["number"][i] for i in range(len(table)) if all(table[f][i] == v for f, v in wanted.items())]


def names(registry: Registry, **wanted: object) -> set[str]:
    return {registry.name_of("organisations", number) for number in numbers(registry, **wanted)}


class TestSeed:
    """documents.md, The seed as a check: each figure of the report, by counting rows."""

    def test_26_centres_over_three_levels(self, registry):
        assert len(registry["centres"]) == 26
        assert Counter(registry["centres"]["level"]) == {"市级": 1, "乡镇街道": 21, "村社区": 4}
        assert "余姚市女性社会组织服务中心" in registry["centres"]["name"]

    def test_the_four_resident_organisations(self, registry):
        assert names(registry, resident="是") == {
            "余姚市四叶草婚恋中心",
            "幸福驿站婚调室",
            "余姚市巾帼志愿者帮扶协会",
            "金石榴女律师服务站余姚分站",
        }

    def test_the_residents_are_the_duty_units(self, registry):
        assert set(registry["duty_units"]["organisation"]) == set(numbers(registry, resident="是"))

    def test_somebody_was_there_every_working_day(self, registry):
        kinds = registry.settings.holidays
        day, working = datetime.date(YEAR, 1, 1), set()
        while day < registry.today:
            if kinds.get(day) == "上班" or (day.weekday() < 5 and kinds.get(day) != "放假"):
                working.add(day)
            day += datetime.timedelta(days=1)
        log = registry["duty_log"]
        assert {d for _, d, present in log.each("date", "present") if present == "是"} == working
        assert len(log) == len(working)

    def test_hub_was_reorganised_in_mid_august(self, registry):
        hub = numbers(registry, name="余姚市巾帼志愿者帮扶协会")[0]
        changes = registry["changes"]
        found = [(d, basis) for _, o, d, basis in changes.each("organisation", "date", "basis") if o == hub]
        assert len(found) == 1
        assert found[0][0] == datetime.date(YEAR, 8, 15)
        assert "重组" in found[0][1]

    def test_hub_has_group_members_below_it(self, registry):
        hub = numbers(registry, name="余姚市巾帼志愿者帮扶协会")[0]
        assert len(numbers(registry, hub=hub)) >= 20
        assert registry["organisations"].value(hub, "unit_members") == 42

    def test_four_heads_qualified_at_the_first_level(self, registry):
        heads = set(registry["organisations"]["head"])
        qualified = [q for q in qualifications(registry) if (q.level, q.year) == ("初级", YEAR)]
        assert sum(q.person in heads for q in qualified) == 4
        assert len(qualified) > 4

    def test_one_organisation_with_the_care_centre(self, registry):
        projects = registry["projects"]
        found = [(n, c) for _, n, b, c in projects.each("name", "buyer", "contractor") if b == "余姚市养老中心"]
        assert [name for name, _ in found] == ["“乐善行知，合力惠老”项目"]

    def test_three_organisations_with_the_ningbo_federation(self, registry):
        """Organisations and projects are counted apart: three each, by different organisations."""
        projects = registry["projects"]
        found = [(n, c) for _, n, b, c in projects.each("name", "buyer", "contractor") if b == "宁波市妇女联合会"]
        assert [name for name, _ in found] == [
            "“老妇代会主任关爱”项目",
            "“公益红娘工作室扶持”项目",
            "“区县（市）枢纽型女性社会组织建设”项目",
        ]
        assert len({contractor for _, contractor in found}) == 3

    def test_several_with_the_union_and_the_civil_affairs_bureau(self, registry):
        buyers = Counter(registry["projects"]["buyer"])
        assert buyers["余姚市总工会"] >= 2
        assert buyers["余姚市民政局"] >= 3

    def test_micro_projects_on_reading_and_business(self, registry):
        projects = registry["projects"]
        micro = [n for _, n, kind in projects.each("name", "type") if kind == "微项目"]
        assert sum("亲子阅读" in name for name in micro) == 2
        assert sum("女性创业" in name for name in micro) == 2

    def test_core_organisations(self, registry):
        assert names(registry, tier="核心层") == {
            "余姚市巾帼志愿者帮扶协会",
            "余姚市旗袍协会",
            "余姚市家庭教育协会",
            "余姚市双学双比女能手协会",
            "余姚市千年渡公益红娘服务中心",
        }

    def test_close_organisations_named_in_the_report(self, registry):
        assert {"东江妈妈帮", "花仙子美域协会"} <= names(registry, tier="紧密层")

    def test_five_groups_on_wechat_and_qq(self, registry):
        assert Counter(registry["groups"]["platform"]) == {"微信": 3, "QQ": 2}
        assert "注册女性社会组织负责人微信群" in registry["groups"]["name"]
        assert "备案女性社会组织负责人微信群" in registry["groups"]["name"]

    def test_kinds_of_training(self, registry):
        assert {"主题沙龙", "业务培训", "外出参观学习", "考前辅导", "项目大赛", "风采展示"} == set(
            registry["events"]["type"]
        )

    def test_think_tank(self, registry):
        assert Counter(registry["experts"]["category"]) == {"专家顾问": 4, "女性公益": 4, "专业社工": 4}

    def test_service_themes(self, registry):
        assert {"五水共治", "共建美丽家园", "为老服务", "助残服务", "救助帮扶"} <= set(registry["services"]["theme"])


class TestSize:
    """A believable year: about what the issue asks for."""

    def test_organisations_over_tiers_and_levels(self, registry):
        table = registry["organisations"]
        assert len(table) == 60
        assert set(table["tier"]) == {"核心层", "紧密层", "大众层"}
        assert set(table["level"]) == {"市级", "乡镇街道", "村社区"}
        assert set(table["status"]) == {"已登记", "已备案", "未登记", "已注销"}

    def test_people_events_and_attendance(self, registry):
        assert len(registry["people"]) == 150
        assert len(registry["events"]) == 20
        assert len(registry["attendance"]) >= 600

    def test_three_exam_years_with_every_kind_of_result(self, registry):
        entries = registry["exam_entries"]
        assert set(entries["year"]) == {2024, 2025, 2026}
        assert {mark.status for mark in entries["score"] if mark} == {"有成绩", "缺考", "违纪"}
        years: dict[tuple[str, str], set[int]] = {}
        for _, person, level, year in entries.each("person", "level", "year"):
            years.setdefault((person, level), set()).add(year)
        assert any(len(y) == 1 for y in years.values()), "first-time candidates"
        assert any(len(y) > 1 for (_, level), y in years.items() if level == "初级"), "repeat candidates"
        assert any(len(y) > 1 for (_, level), y in years.items() if level == "中级"), "the rolling window"

    def test_the_rolling_window_matters(self, registry):
        """RY0061 passed one subject in 2024, one in 2025 and two in 2026: only 2025 and 2026 count together."""
        found = {(q.person, q.year) for q in qualifications(registry) if q.level == "中级"}
        assert found == {("RY0011", 2025), ("RY0062", 2025), ("RY0061", 2026)}

    def test_duty_has_absences_and_swaps(self, registry):
        assert len(registry["duty_absences"]) == 2
        assert len(registry["duty_swaps"]) == 4

    def test_three_batches_with_more_candidates_than_seats(self, registry):
        batches = registry["batches"]
        assert batches["office"] == ["人大代表", "政协委员", "妇联执委"]
        for number, seats, extra in zip(batches["number"], batches["seats"], batches["extra"], strict=True):
            candidates = [p for _, b, p in registry["candidates"].each("batch", "person") if b == number]
            assert len(candidates) > seats + (extra or 0)
            for table in ("requirements", "quotas", "weights"):
                assert number in registry[table]["batch"], (number, table)
        assert {"同意", "不同意", "待复"} == set(registry["opinions"]["opinion"])

    def test_every_table_has_rows(self, registry):
        assert [name for name, table in registry.tables.items() if len(table) == 0] == []


class TestHonesty:
    def test_no_errors_and_a_few_warnings_and_hints(self, registry):
        found = check(registry)
        counts = count_by_severity(found)
        assert counts[Severity.ERROR] == 0
        assert places(found) == [
            ("PEO-006", "人员", "B142"),
            ("CER-005", "证书", "A15"),
            ("CER-004", "证书", "F15"),
            ("CER-005", "证书", "A17"),
            ("CER-004", "证书", "F17"),
            ("NOM-003", "人选", "B5"),
            ("NOM-003", "人选", "B21"),
            ("ORG-009", "社会组织", "Y5"),
            ("PRJ-012", "项目", "L6"),
            ("PRJ-004", "项目", "K7"),
            ("PRJ-012", "项目", "L10"),
        ]

    def test_identity_numbers_agree_with_birth_and_sex(self, registry):
        people = registry["people"]
        for _, number, born, sex in people.each("id_number", "born", "sex"):
            assert month_of(birth_day(number)) == born
            assert id_sex(number) == sex

    def test_what_the_seed_does_not_say_is_marked(self, registry):
        organisations = registry["organisations"]
        unmarked = [n for _, n, remarks in organisations.each("number", "remarks") if remarks is None]
        assert unmarked == [f"ZZ{n:04d}" for n in range(1, 11)]
        assert set(registry["people"]["remarks"]) == {"演示数据"}

    def test_demo_sets_the_day(self, registry):
        assert registry.today == datetime.date(2026, 10, 15)


class TestCommitted:
    """What lies in workbooks/ and templates/ is what the package makes: scripts/maintenance/make_demo.py was run."""

    @pytest.mark.parametrize("book", WORKBOOKS, ids=lambda book: book.file)
    def test_workbooks_are_fresh(self, book, tmp_path_factory):
        folder = _fresh(tmp_path_factory)
        made = {s.name: s.rows for s in read_workbook(folder / book.file)}
        committed = {s.name: s.rows for s in read_workbook(ROOT / "workbooks" / book.file)}
        assert made == committed

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_templates_are_fresh(self, name):
        from jinguo.common.ooxml import read_parts

        assert read_parts(build_template(name)) == read_parts((ROOT / "templates" / name).read_bytes())

    def test_generator_is_deterministic(self):
        assert demo.build() == demo.build()

    def test_nothing_else_lies_there(self):
        assert {p.name for p in (ROOT / "workbooks").iterdir()} == {book.file for book in WORKBOOKS}
        assert {p.name for p in (ROOT / "templates").iterdir()} == {*TEMPLATES, "邮件正文.txt"}


_made: list[Path] = []


def _fresh(factory: pytest.TempPathFactory) -> Path:
    """The demo written once for all comparisons."""
    if not _made:
        _made.append(factory.mktemp("demo"))
        demo.write(_made[0])
    return _made[0]
