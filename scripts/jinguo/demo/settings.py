"""设置.xlsx of the demo."""

import datetime

from jinguo.reports.blank_workbooks import first_rows

TODAY = datetime.date(2026, 10, 15)

TOWNSHIPS = {
    "街道": ["梨洲街道", "凤山街道", "兰江街道", "阳明街道", "低塘街道", "朗霞街道"],
    "镇": [
        "临山镇", "黄家埠镇", "小曹娥镇", "泗门镇", "马渚镇", "牟山镇", "丈亭镇", "三七市镇", "河姆渡镇", "大隐镇", "陆埠镇",
        "梁弄镇", "大岚镇", "四明山镇",
    ],
    "乡": ["鹿亭乡"],
}  # fmt: skip

_OFFICE = {
    "单位名称": "余姚市妇女联合会",
    "行政区划": "余姚市",
    "发文机关标志": "余姚市妇女联合会文件",
    "发文机关代字": "余妇",
    "地区": "浙江",
    "联系人": "陈晓",
    "电话": "0574-62700001",
    "邮箱": "fulian@example.org",
    "是否用印": "是",
}

#: 国务院办公厅关于 2026 年部分节假日安排的通知 (2025-11-04).
_OFF_2026 = [("01-01", 3), ("02-15", 9), ("04-04", 3), ("05-01", 5), ("06-19", 3), ("09-25", 3), ("10-01", 7)]
_WORK_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def rows(_):
    begin = first_rows()
    own = {"基准日期": f"{TODAY}", "联审部门": "余姚市纪委市监委、余姚市公安局、余姚市税务局"}
    townships = [(kind, name) for kind, names in TOWNSHIPS.items() for name in names]
    holidays = [
        (datetime.date.fromisoformat(f"2026-{start}") + datetime.timedelta(days=n), "放假")
        for start, days in _OFF_2026
        for n in range(days)
    ] + [(datetime.date.fromisoformat(f"2026-{day}"), "上班") for day in _WORK_2026]
    return {
        "office": [row | {"content": _OFFICE.get(row["item"], row["content"])} for row in begin["office"]],
        "townships": [
            {"name": name, "kind": kind, "contact": f"{name}妇联", "phone": f"0574-627001{n:02d}", "email": f"zj{n:02d}@example.org"}
            for n, (kind, name) in enumerate(townships, 1)
        ],
        "letters": [
            {"number": f"余妇〔2026〕{n}号", "date": datetime.date.fromisoformat(day), "title": title}
            for n, (day, title) in enumerate(_LETTERS, 1)
        ],
        "done": [
            {"item": "2026-04-20 余姚市紫藤心理关爱中心 年检提醒函", "day": datetime.date(2026, 4, 24), "note": "已经报送"},
        ],
        "entry_conditions": begin["entry_conditions"],
        "vocabularies": [{"vocabulary": "服务领域", "word": "五水共治"}, {"vocabulary": "服务领域", "word": "共建美丽家园"}],
        "holidays": [{"date": day, "kind": kind} for day, kind in sorted(holidays)],
        "parameters": [row | {"value": own.get(row["name"], "")} for row in begin["parameters"]],
        "format_rules": begin["format_rules"],
        "survey_items": [
            {"sheet": sheet, "item": item, "note": note}
            for sheet, items in _ASKED.items()
            for item, note in items.items()
        ],
    }  # fmt: skip


#: What the demo's surveys ask; 微信号 is a column the registry does not have yet.
_ASKED = {
    "社会组织": {"登记状态": "", "层级": "", "负责人": "", "联系人": "", "联系电话": "座机带区号", "个人会员数": "", "专职人数": "", "服务领域": "", "备注": ""},
    "人员": {"性别": "", "出生年月": "", "身份证号": "", "政治面貌": "", "学历": "", "手机": "", "工作单位及职务": "", "微信号": "没有的空着", "备注": ""},
    "任职": {"职务": "", "起始": "", "结束": "还在任的空着"},
}  # fmt: skip

_LETTERS = [
    ("2026-01-12", "关于做好2026年女性社会组织培育工作的通知"),
    ("2026-02-26", "关于开展纪念“三八”国际妇女节系列活动的通知"),
    ("2026-03-20", "关于举办公益项目创意设计大赛的通知"),
    ("2026-08-05", "关于市巾帼志愿者帮扶协会换届重组的批复"),
    ("2026-09-08", "关于推荐出席市妇女代表大会执委人选的通知"),
]
