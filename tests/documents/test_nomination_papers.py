"""The papers of a batch: what is due at which stage, what each says, what is missing; and that nothing private is in
any part."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.documents.batch_papers import KINDS, STAGES, departments, due_kinds, missing, papers
from jinguo.documents.nomination_papers import opinion_letters
from jinguo.documents.register import DOCUMENTS
from jinguo.nominations.batch import Points
from jinguo.nominations.grouped import GroupedProblem
from jinguo.nominations.limits import Limit
from jinguo.nominations.nominate import nominate
from jinguo.nominations.resume import resume_gaps
from tests.helpers import (
    TODAY,
    change_cell,
    docx_text,
    examples,
    find_cell,
    jinguo,
    office,
    registry,
    template_of,
    workbook_rows,
)

PEOPLE = """
    人员编号 | 姓名   | 性别 | 民族 | 出生年月 | 政治面貌 | 学历 | 身份证号           | 手机        | 备注         | 简历
    RY0001   | 王小红 | 女   | 汉族 | 1980.05  | 中共党员 | 本科 | 330281198005010028 | 13812345671 | 私下的话一   | 1998.08—2003.06 某厂职工
    RY0002   | 李静   | 女   | 回族 | 1990.01  | 群众     | 大专 | 330281199001010024 | 13812345672 | 私下的话二   | 2008.09-2012.06 上学
    RY0003   | 陈晨   | 男   | 汉族 | 1970.12  | 群众     | 本科 | 330281197012010015 | 13812345673 | 私下的话三   |
"""
SHEETS = {
    "单位": "项目 | 内容\n单位名称 | 余姚市妇女联合会\n联系人 | 陈晓\n电话 | 0574-62700001\n邮箱 | fl@example.org\n发文机关代字 | 余妇\n发文机关标志 | 余姚市妇女联合会文件",
    "人员": PEOPLE,
    "推荐批次": "批次编号 | 名称 | 推荐职务 | 名额 | 送达单位 | 公示起始 | 公示工作日数\nTJ2601 | 某届执委推荐人选 | 妇联执委 | 2 | 市委组织部 | 2026-09-28 | 5",
    "人选": "批次编号 | 人员编号 | 推荐单位 | 推荐理由 | 考察评分 | 备注\nTJ2601 | RY0001 | 甲协会 | 热心 | 90 | 内部记的\nTJ2601 | RY0002 | 乙社 | 能干 | 80 |\nTJ2601 | RY0003 | 丙社 | | 70 |",
    "评分指标": "批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100",
    "结构要求": "批次编号 | 维度 | 取值 | 最少 | 最多\nTJ2601 | 民族 | 回族 | 1 |",
    "联审意见": "批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0001 | 公安局 | 同意\nTJ2601 | RY0002 | 公安局 | 同意\nTJ2601 | RY0001 | 税务局 | 同意\nTJ2601 | RY0002 | 税务局 | 待复\nTJ2601 | RY0003 | 公安局 | 同意\nTJ2601 | RY0003 | 税务局 | 同意",
    "资格条件": "批次编号 | 条件 | 比较 | 值\nTJ2601 | 年龄 | 不多于 | 60",
    "参数": "参数 | 值\n联审待复可入选 | 是",
    "家庭成员": "人员编号 | 称谓 | 姓名\nRY0001 | 丈夫 | 张三",
}  # fmt: skip


def written(kind: str, **sheets: str) -> list[tuple[str, dict]]:
    """(file, what the template may place) of the papers of this kind; each is filled as the command does."""
    book = registry(TODAY, **(SHEETS | sheets))
    (result,) = nominate(book)
    found = papers(book, result, (kind,))
    for paper in found:
        known = DOCUMENTS[kind].known(book)
        assert set(paper.context) <= set(known.names), set(paper.context) - set(known.names)
        assert set(DOCUMENTS[kind].words.split()) <= set(paper.context)
        assert template_of(kind, book, TODAY).render(paper.context)
    return [(paper.file, dict(paper.context)) for paper in found]


def test_every_kind_but_the_workbook_has_a_template():
    assert set(KINDS) - {"资格审查表"} <= set(DOCUMENTS)


@pytest.mark.parametrize(
    ("stage", "asked", "kinds"),
    [("", None, KINDS), ("公示", None, STAGES["公示"]), ("公示", "报送", STAGES["报送"]), ("", "推荐", STAGES["推荐"])],
)
def test_the_stage_decides_what_is_due(stage, asked, kinds):
    book = registry(
        TODAY,
        **(SHEETS | {"推荐批次": SHEETS["推荐批次"].replace("公示工作日数", "公示工作日数 | 阶段") + f" | {stage}"}),
    )
    (result,) = nominate(book)
    assert due_kinds(book, result, asked) == kinds


def test_the_public_notice_counts_working_days_with_both_ends():
    """From Monday 28 September over the National Day to Friday 9 October; Saturday the 10th would be worked, too."""
    ((file, said),) = written("公示")
    assert (file, said["起"], said["止"], said["工作日数"]) == (
        "某届执委推荐人选公示",
        "2026年9月28日",
        "2026年10月9日",
        "5",
    )
    assert [row["姓名"] for row in said["人选"]] == ["王小红", "李\u3000静"]
    assert said["联系电话"] == "0574-62700001"


def test_without_a_first_day_there_is_no_public_notice_and_it_is_said():
    sheets = {"推荐批次": SHEETS["推荐批次"].replace("2026-09-28", "")}
    assert written("公示", **sheets) == []
    book = registry(TODAY, **(SHEETS | sheets))
    (result,) = nominate(book)
    assert missing(book, result, ("公示",)) == [
        "公示：没有填公示起始，没有生成（推荐台账.xlsx › 推荐批次 › F2）",
        "联审：税务局的意见是“待复”（李静）",
    ]  # fmt: skip


def test_each_department_gets_its_letter_and_only_of_those_who_answered_the_report_speaks():
    letters = dict(written("征求意见函"))
    assert list(letters) == ["公安局 征求意见函", "税务局 征求意见函"]
    assert letters["公安局 征求意见函"]["主送机关"] == "市公安局" and letters["公安局 征求意见函"]["人数"] == "3"
    ((_, report),) = written("推荐报告")
    assert (report["部门"], report["提名人数"], report["人数"]) == ("公安局", "3", "2")
    assert report["名单"] == "王小红、李静（回族）"
    ((_, none),) = written("推荐报告", 联审意见="批次编号 | 人员编号 | 部门 | 意见")
    assert none["部门"] == ""


def test_departments_are_those_of_the_parameter_before_anybody_was_asked():
    book = registry(
        TODAY,
        **(SHEETS | {"联审意见": "批次编号 | 人员编号 | 部门 | 意见", "参数": "参数 | 值\n联审部门 | 公安局、法院"}),
    )
    assert departments(book, nominate(book)[0]) == ["公安局", "法院"]


@pytest.mark.parametrize(
    ("office", "department", "to"),
    [
        ("余姚市妇女联合会", "公安局", "市公安局"),
        ("云浦县妇女联合会", "税务局", "县税务局"),
        ("云浦县妇女联合会", "组织部", "县委组织部"),
        ("余姚市妇女联合会", "市公安局", "市公安局"),
        ("余姚市妇女联合会", "余姚市公安局", "余姚市公安局"),
        ("妇女儿童活动中心", "公安局", "公安局"),
    ],
)
def test_a_department_is_written_to_with_where_it_is(office, department, to):
    book = registry(
        TODAY,
        **(
            SHEETS
            | {
                "联审意见": "批次编号 | 人员编号 | 部门 | 意见",
                "单位": f"项目 | 内容\n单位名称 | {office}",
                "参数": f"参数 | 值\n联审部门 | {department}",
            }
        ),
    )
    (letter, *_) = opinion_letters(book, nominate(book)[0])
    assert letter.context["主送机关"] == to


def test_who_fails_a_requirement_is_not_sent_out_for_opinions():
    requirement = "批次编号 | 条件 | 比较 | 值\nTJ2601 | 性别 | 等于 | 女"
    assert written("征求意见函", 资格条件=requirement)[0][1]["人数"] == "2"


def test_the_form_has_family_posts_and_leaves_what_is_private_to_be_written_by_hand():
    forms = dict(
        written(
            "推荐人选登记表",
            任职="人员编号 | 组织编号 | 职务 | 起始 | 结束\nRY0001 | ZZ0001 | 会长 | 2020.01 |\nRY0001 | ZZ0001 | 理事 | 2015.01 | 2019.12",
            社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会",
        )
    )
    said = forms["王小红 RY0001 推荐人选登记表"]
    assert (said["出生年月"], said["社会组织任职"], said["家庭成员"][0]["姓名"]) == (
        "1980.05\n（46岁）",
        "甲协会会长",
        "张　三",
    )
    assert not {"身份证号", "手机", "备注"} & set(said)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("1998.08—2003.06 某厂\n2003.07—今 某公司", []),
        ("1998.08—2003.06 某厂\n2003.06—至今 某公司", []),
        ("1998.08—2003.06 某厂\n2004.01—今 某公司", ["2003.07—2003.12"]),
        ("2004.01—今 某公司\n1998.08—2003.06 某厂", ["2003.07—2003.12"]),
        ("1998年8月至2003年6月 某厂\n2003年7月至今 某公司", []),
        ("1998.08-2003.06 某厂", ["2003.07—今"]),
        ("1998.08—2010.06 某厂\n2000.01—2002.01 进修\n2010.07— 某公司", []),
        ("热心公益", []),
        ("", []),
    ],
)
def test_gaps_of_a_resume(text, gaps):
    assert resume_gaps(text, datetime.date(2026, 10, 15)) == gaps


def test_the_analysis_has_what_was_asked_and_what_was_reached():
    ((_, said),) = written("结构分析")
    assert said["要求"] == [{"结构要求": "民族：回族", "最少": "1", "最多": "—", "实际": "1", "结果": "符合"}]
    shares = {(row["项目"], row["类别"]): row["人数"] for row in said["分布"]}
    assert (shares["民族", "汉族"], shares["民族", "回族"], shares["年龄", "36—45岁"], shares["年龄", "46—55岁"]) == (
        "1",
        "1",
        "1",
        "1",
    )
    assert said["结构图"].workbook


def test_contradictory_quotas_are_explained_in_words():
    """At least one 回族, and at most none born after 1985: the only one is both."""
    quotas = SHEETS["结构要求"] + "\nTJ2601 | 年龄 | 不多于40 | | 0"
    ((_, said),) = written("选择说明", 结构要求=quotas)
    (note,) = said["注意"]
    assert note.startswith("1.结构要求不能同时满足。改动最少的办法之一：")
    assert "把“民族：回族”的最少由 1 人改为 0 人" in note or "把“年龄：不多于40”的最多由 0 人改为 1 人" in note
    assert {row["结果"] for row in said["人选"]} == {"未入选"}
    assert written("推荐人选名单", 结构要求=quotas) == written("公示", 结构要求=quotas) == []


# privacy --------------------------------------------------------------------------------------------------------------


def every_text(data: bytes) -> str:
    """The text of every part of a package, those of packages inside it too."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            found.append(
                every_text(part)
                if part[:2] == b"PK"
                else re.sub(r"<[^>]*>", "", part.decode("utf-8", "ignore")) + part.decode("utf-8", "ignore")
            )
    return "\n".join(found)


def test_nothing_private_of_a_candidate_is_in_any_part_of_any_paper(tmp_path):
    """Identity numbers, phones, notes about people and candidates: planted in the workbooks, looked for in all that
    is written."""
    folder = office(tmp_path)
    for book, sheet_name, key in (("人员台账.xlsx", "人员", "RY0002"), ("推荐台账.xlsx", "人选", "TJ2601")):
        change_cell(
            folder / "workbooks" / book,
            sheet_name,
            find_cell(folder / "workbooks" / book, sheet_name, "备注", key),
            f"私密备注{key}",
        )
    assert jinguo(folder, "nominate").returncode == 0
    rows = workbook_rows(folder / "workbooks" / "人员台账.xlsx", "人员")
    secret = {str(row[rows[0].index(h)]) for row in rows[1:] for h in ("身份证号", "手机")} - {"None"} | {"私密备注"}
    files = [p for p in (folder / "output" / "推荐").rglob("*") if p.is_file()]
    assert len(files) > 40 and len(secret) > 200
    for path in files:
        text = every_text(path.read_bytes())
        assert [s for s in secret if s in text] == [], path.name
        assert not any(s in path.name for s in secret)


def test_no_mail_carries_what_is_private(tmp_path):
    """Every draft with everything attached to it: notices, letters, reports with names."""
    import email
    import email.policy

    folder = office(tmp_path)
    assert jinguo(folder, "notices").returncode == 0
    jinguo(folder, "mail")
    rows = workbook_rows(folder / "workbooks" / "人员台账.xlsx", "人员")
    secret = {str(row[rows[0].index(h)]) for row in rows[1:] for h in ("身份证号", "手机")} - {"None"}
    drafts = list((folder / "output" / "邮件").glob("*.eml"))
    assert len(drafts) > 20
    for path in drafts:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        texts = [
            str(message),
            message.get_body().get_content(),
            *(every_text(part.get_content()) for part in message.iter_attachments()),
        ]
        assert [s for s in secret if any(s in text for text in texts)] == [], path.name


def test_the_public_notice_and_lists_carry_the_office_s_name_alone(tmp_path):
    folder = office(tmp_path)
    jinguo(folder, "nominate", "TJ2601")
    for path in (folder / "output").rglob("*.docx"):
        core = zipfile.ZipFile(path).read("docProps/core.xml").decode()
        assert re.findall("<(?:dc:creator|cp:lastModifiedBy)>(.*?)<", core) == ["余姚市妇女联合会"] * 2
        assert not [name for name in zipfile.ZipFile(path).namelist() if "comment" in name or "custom" in name]


def test_the_command_s_stages(tmp_path):
    folder = office(tmp_path)
    done = jinguo(folder, "nominate", "TJ2602", "--stage", "公示")
    assert "生成：公示" in done.stdout
    assert [p.name for p in (folder / "output" / "推荐").rglob("*.*")] == [
        "政协余姚市第十五届委员会委员推荐人选公示.docx"
    ]
    text = "".join(docx_text(next((folder / "output").rglob("*公示.docx"))))
    assert "公示时间：2026年12月7日至2026年12月11日（5个工作日）。" in text
    wrong = jinguo(folder, "nominate", "--stage", "公布")
    assert (wrong.returncode, "没有“公布”这个阶段" in wrong.stderr) == (2, True)


# what a place costs, against every list there is ----------------------------------------------------------------------


@given(st.lists(st.integers(0, 20), min_size=4, max_size=8), st.integers(1, 3), st.data())
@settings(max_examples=examples(40), deadline=None)
def test_forcing_somebody_in_costs_what_the_best_of_all_lists_with_her_says(points, size, data):
    scores = sorted((Decimal(p) for p in points), reverse=True)
    members = frozenset(data.draw(st.sets(st.integers(0, len(scores) - 1), min_size=1)))
    limit = Limit("某类", members, data.draw(st.integers(0, 2)), data.draw(st.integers(1, 3)))
    forced = data.draw(st.integers(0, len(scores) - 1))
    problem = GroupedProblem(scores, size, [limit])
    problem.fix(forced, 1)
    found = problem.best_total()
    lists = [
        c
        for c in combinations(range(len(scores)), size)
        if forced in c and limit.least <= len(members & set(c)) <= limit.most
    ]
    best = max((sum(scores[p] for p in c) for c in lists), default=None)
    assert found == best
    problem.free(forced)
    everything = [
        c for c in combinations(range(len(scores)), size) if limit.least <= len(members & set(c)) <= limit.most
    ]
    assert problem.best_total() == max((sum(scores[p] for p in c) for c in everything), default=None)


# what a second look found ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("condition", ["身份证号 | 包含 | 0028", "手机 | 包含 | 5671", "备注 | 包含 | 话一"])
def test_a_condition_on_what_is_private_is_never_quoted(condition):
    book = registry(
        TODAY,
        **(
            SHEETS
            | {
                "资格条件": f"批次编号 | 条件 | 比较 | 值 | 性质\nTJ2601 | {condition} | 必备\nTJ2601 | {condition} | 优先"
            }
        ),
    )
    (result,) = nominate(book)
    said = " ".join(f"{v.requirement} {v.reason}" for c in result.candidates for v in c.verdicts) + " ".join(
        r for c in result.candidates for r in c.reasons
    )
    assert [c.eligible for c in result.candidates].count(True) <= 1
    assert not re.search("330281|138123|私下|0028|5671|话一", said)


def test_without_a_list_the_explanation_claims_none():
    ((_, said),) = written("选择说明", 结构要求=SHEETS["结构要求"].replace("| 1 |", "| 2 |"))
    assert (said["有名单"], said["人工"]) == ("", "")


def test_a_notice_speaks_of_opinions_only_where_they_were_given():
    assert written("公示")[0][1]["部门"] == "公安局"
    assert written("公示", 联审意见="批次编号 | 人员编号 | 部门 | 意见")[0][1]["部门"] == ""


def test_dates_that_cannot_be_are_told():
    sheets = {
        "推荐批次": SHEETS["推荐批次"]
        .replace("2026-09-28", "2026-10-18")
        .replace("公示工作日数", "公示工作日数 | 截止日期")
        + " | 2026-10-01"
    }
    book = registry(TODAY, **(SHEETS | sheets))
    found = missing(book, nominate(book)[0], ("公示", "征求意见函"))
    assert [text.split("（")[0] for text in found if "核对" in text] == [
        "公示：公示起始 2026-10-18 不是工作日，请核对",
        "征求意见函：截止日期 2026-10-01 已经过了，请核对回复的期限",
    ]


def test_rows_of_nobody_and_people_without_a_name_are_told():
    book = registry(
        TODAY,
        **(
            SHEETS | {"人员": PEOPLE.replace("李静  ", "      "), "人选": SHEETS["人选"] + "\nTJ2601 | RY0099 | 丁社 |"}
        ),
    )
    (result,) = nominate(book)
    assert any("RY0002在人员表里没有姓名" in text for text in result.trouble)
    assert any("的人员编号空着或不在人员表" in text for text in result.trouble)


def test_ages_of_the_analysis_are_those_of_the_quotas():
    """Born on 1 May 1980: 46 on the closing day, though the month alone would say so only at its end."""
    quotas = "批次编号 | 维度 | 取值 | 最少 | 最多\nTJ2601 | 年龄 | 不少于46 | 1 |"
    sheets = {
        "推荐批次": SHEETS["推荐批次"].replace("公示工作日数", "公示工作日数 | 截止日期") + " | 2026-05-15",
        "结构要求": quotas,
    }
    ((_, said),) = written("结构分析", **sheets)
    assert said["要求"][0]["实际"] == next(row["人数"] for row in said["分布"] if row["类别"] == "46—55岁")


@given(st.lists(st.integers(0, 12), min_size=4, max_size=7), st.integers(1, 3), st.data())
@settings(max_examples=examples(60), deadline=None)
def test_what_an_explanation_names_is_what_decides(points, size, data):
    """Without the quota it names, some best list would have her; refuted by brute force where it were not so."""
    from jinguo.nominations.batch import Candidate
    from jinguo.nominations.explain import Places, explain_places
    from jinguo.nominations.selection import select

    scores = sorted((Decimal(p) for p in points), reverse=True)
    limits = [
        Limit(
            f"Q{n}",
            frozenset(data.draw(st.sets(st.integers(0, len(scores) - 1), min_size=1))),
            data.draw(st.integers(0, 2)),
            data.draw(st.integers(1, 3)),
        )
        for n in range(2)
    ]
    ranked = []
    for rank, score in enumerate(scores, 1):
        candidate = Candidate(rank, f"RY{rank}", f"某{rank}", None, rank=rank)
        candidate.points.append(Points("考察评分", score, score, score, score))
        ranked.append(candidate)
    choice = select(scores, size, limits, frozenset())
    if not choice.chosen:
        return
    explain_places(ranked, Places(ranked, size, limits, frozenset()), choice.chosen)

    def best_lists(quotas) -> list[set[int]]:
        lists = [
            set(c)
            for c in combinations(range(len(scores)), size)
            if all(q.least <= len(q.members & set(c)) <= q.most for q in quotas)
        ]
        top = max((sum(scores[p] for p in c) for c in lists), default=None)
        return [c for c in lists if sum(scores[p] for p in c) == top]

    for position, candidate in enumerate(ranked):
        named = re.search("“(Q\\d)”", candidate.notes[0])
        if not named:
            continue
        others = best_lists([q for q in limits if q.label != named[1]])
        if position in choice.chosen:
            assert not any(position in c for c in others)
        else:
            assert any(position in c for c in others)
