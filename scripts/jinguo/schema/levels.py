"""What several tables of different workbooks choose from."""

from jinguo.schema.types import Choice

LEVEL = Choice(
    ("初级", "中级", "高级"),
    synonyms={
        "助理社会工作师": "初级",
        "助理社工师": "初级",
        "社会工作师": "中级",
        "社工师": "中级",
        "高级社会工作师": "高级",
    },
)
YES_NO = Choice(("是", "否"))
