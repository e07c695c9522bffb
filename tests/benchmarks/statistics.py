"""All figures of training and exams from the typed tables, and the same tables by plain pandas groupby, as an
analyst writes it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

GROUPS = ("层级", "组织级别", "镇街", "组织")


def bench(folder: Path) -> None:
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.intake.loading import collection_paused, load_registry

    with collection_paused():
        registry = load_registry(folder)
        all_figures(registry)
        registry._known.clear()
        start = time.process_time()
        figures = all_figures(registry)
        ours = time.process_time() - start
        start = time.process_time()
        totals, tables = plain_pandas(registry)
        theirs = time.process_time() - start
    mine = {
        int(f.dimensions["年度"]): f.value for f in figures if f.name == "参训人次" and list(f.dimensions) == ["年度"]
    }
    assert mine == totals, (mine, totals)
    print(f"统计：{len(figures)} 个数字，{ours:.2f} s")
    print(f"    pandas groupby（{tables} 张同样的表）：{theirs:.2f} s，是它的 {theirs / ours:.1f} 倍")


def plain_pandas(registry: Any) -> tuple[dict[int, int], int]:
    """Person-times by year, and how many tables of counts were made: total, type, month, tier, level, township,
    organisation; exams by year, level, subject."""
    import pandas

    events = registry["events"].frame()[["number", "starts", "type", "hours"]].dropna(subset=["number", "starts"])
    events["starts"] = pandas.to_datetime(events["starts"])
    rows = (
        registry["attendance"]
        .frame()[["event", "person", "presence", "hours"]]
        .merge(events, left_on="event", right_on="number", suffixes=("_own", ""))
    )
    rows = (
        rows[rows["starts"].dt.date <= registry.today]
        .dropna(subset=["person", "presence"])
        .drop_duplicates(["event", "person"])
    )
    rows["year"], rows["month"], rows["present"] = (
        rows["starts"].dt.year,
        rows["starts"].dt.month,
        rows["presence"] == "出席",
    )
    rows["earned"] = rows["hours_own"].fillna(rows["hours"]).astype(float).where(rows["present"], 0)
    organisations = registry["organisations"].frame()[["number", "name", "tier", "level", "township", "head"]]
    organisations.columns = ["number", "组织", "层级", "组织级别", "镇街", "head"]
    spread = rows.merge(
        organisations.dropna(subset=["head"]), left_on="person", right_on="head", suffixes=("", "_organisation")
    )
    tables = [_counts(rows, ["year"]), _counts(rows, ["year", "type"]), _counts(rows, ["year", "month"])]
    tables += [_counts(spread.drop_duplicates(["event", "person", "year", label]), ["year", label]) for label in GROUPS]
    entries = (
        registry["exam_entries"]
        .frame()[["year", "level", "person", "subject", "score"]]
        .dropna(subset=["year", "level", "person", "subject"])
    )
    entries["points"] = [mark.points if mark is not None else None for mark in entries["score"]]
    papers = entries.drop_duplicates(["year", "level", "person", "subject"])
    papers = papers.assign(passed=papers["points"].astype(float) >= 60)
    tables.append(
        papers.groupby(["year", "level", "subject"]).agg(entered=("person", "size"), passed=("passed", "sum"))
    )
    tables.append(papers.groupby(["year", "level"]).agg(people=("person", "nunique")))
    both = papers[papers["passed"]].groupby(["year", "level", "person"])["subject"].nunique()
    tables.append(both[both >= 2].groupby(["year", "level"]).size())
    return {int(year): int(count) for year, count in tables[0]["present"].items()}, len(tables)


def _counts(rows: Any, keys: list[str]) -> Any:
    present = rows[rows["present"]].groupby(keys)
    counted = present.agg(
        events=("event", "nunique"), people=("person", "nunique"), hours=("earned", "sum"), present=("event", "size")
    )
    return counted.join(rows.groupby(keys).size().rename("listed"), how="outer")
