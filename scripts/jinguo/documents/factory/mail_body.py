"""What a mail says, as staff first get it in templates/邮件正文.txt."""

from __future__ import annotations

from typing import Any

#: Where staff change them, among the templates.
FILE = "邮件正文.txt"
#: What the message says; staff change it in templates/邮件正文.txt.
BODY = """{{ 收件人 }}：

您好！现将{{ 单位名称 }}的材料{{ 件数 }}份发给您，请查收：
{% for 件 in 材料 %}
{{ loop.index }}. {{ 件.标题 }}{% endfor %}

如有疑问，请与我们联系（{{ 联系人 }}，{{ 联系电话 }}）。

{{ 单位名称 }}
{{ 成文日期 }}
"""


#: What the words of a mail may place, as `lint` tries them.
SAMPLE: dict[str, Any] = {
    **{name: f"〈{name}〉" for name in ("收件人", "单位名称", "件数", "联系人", "联系电话", "成文日期")}, "材料": [{"标题": "〈标题〉", "种类": "〈种类〉"}]
}  # fmt: skip
