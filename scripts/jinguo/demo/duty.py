"""值班台账.xlsx of the demo: four resident organisations take turns, and somebody was there every working day."""

import datetime

from jinguo.demo.settings import TODAY

_UNITS = [
    ("ZZ0001", ("周一", "周二", "周五"), 2),
    ("ZZ0006", ("周二", "周三", "周四"), 1),
    ("ZZ0007", ("周三", "周四", "周五"), 1),
    ("ZZ0008", (), 1),
]
_ROTA = {
    0: ["ZZ0001", "ZZ0008"],
    1: ["ZZ0006", "ZZ0001"],
    2: ["ZZ0007", "ZZ0006"],
    3: ["ZZ0008", "ZZ0007"],
    4: ["ZZ0001", "ZZ0007"],
}
_SWAPS = [
    ("2026-06-24", "ZZ0007", "ZZ0006", "参加市里培训"),
    ("2026-09-10", "ZZ0008", "ZZ0007", "律师开庭"),
    ("2026-10-21", "ZZ0006", "ZZ0008", "承办活动"),
    ("2026-10-27", "ZZ0001", "ZZ0006", "换届后首次理事会"),
]


def rows(so_far):
    people = {o["number"]: o["head"] for o in so_far["organisations"]}
    names = {p["number"]: p["name"] for p in so_far["people"]}
    return {
        "duty_units": [
            {"organisation": number, "from_date": datetime.date(2026, 1, 1), "weekdays": days, "person": names[people[number]],
             "phone": f"0574-627500{n:02d}", "weight": weight}
            for n, (number, days, weight) in enumerate(_UNITS, 1)
        ],
        "duty_absences": [
            {"organisation": "ZZ0008", "from_date": datetime.date(2026, 11, 9), "to_date": datetime.date(2026, 11, 13), "reason": "年度业务学习"},
            {"organisation": "ZZ0006", "from_date": datetime.date(2026, 12, 21), "to_date": datetime.date(2026, 12, 25), "reason": "集体婚礼活动"},
        ],
        "duty_swaps": [
            {"date": datetime.date.fromisoformat(day), "organisation": one, "substitute": other, "reason": reason} for day, one, other, reason in _SWAPS
        ],
        "duty_plan": [{"date": row["date"], "organisation": row["organisation"]} for row in _turns(so_far, datetime.date(2026, 10, 1), _PUBLISHED)],
        "duty_log": [
            row | {"present": "是", "visitors": (row["date"].toordinal() * 7) % 5}
            for row in _turns(so_far, datetime.date(2026, 1, 1), TODAY)
        ],
    }  # fmt: skip


#: The roster is published to the end of October.
_PUBLISHED = datetime.date(2026, 11, 1)


def _turns(so_far, day, end):
    """Every working day of a span: the unit whose turn it was, or the one that stood in for it."""
    kinds = {h["date"]: h["kind"] for h in so_far["holidays"]}
    swapped = {datetime.date.fromisoformat(day): other for day, _, other, _ in _SWAPS}
    rows = []
    while day < end:
        working = kinds.get(day) == "上班" or (day.weekday() < 5 and kinds.get(day) != "放假")
        if working:
            turn = _ROTA[min(day.weekday(), 4)]
            rows.append({"date": day, "organisation": swapped.get(day) or turn[day.isocalendar().week % 2]})
        day += datetime.timedelta(days=1)
    return rows
