"""What Jinja finds wrong with a template, in the words of those who edit it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinguo.common.nearest import nearest


def syntax_words(message: str) -> str:
    """What Jinja found wrong, in Chinese; the tag or sign it names is kept."""
    unknown = re.search(r"unknown tag '([^']+)'", message)
    if unknown:
        return f"不认识标记“{unknown[1]}”"
    missing = re.search(r"looking for the following tags: '([^']+)'", message)
    if missing:
        return f"缺少 {{% {missing[1].split(chr(39))[0]} %}}"
    sign = re.search(r"unexpected (?:char )?'([^']+)'", message)
    return f"多了或放错了“{sign[1]}”" if sign else "括号不成对，或里面不是一个名称"


def undefined_words(error: Exception, context: Mapping[str, Any]) -> str:
    match = re.search(r"'([^']+)' is undefined|has no (?:attribute|element) '?([^']+)'?", str(error))
    asked = (match[1] or match[2]) if match else "某个名称"
    asked = re.sub(r"_([\u4e00-\u9fff]{1,4})$", r"(\1)", asked)
    guess = nearest(asked, known_names(context))
    return f"模板里的“{asked}”没有对应的内容" + (f"，是不是“{guess}”？" if guess and guess != asked else "")


def known_names(context: Mapping[str, Any]) -> list[str]:
    """Every name a template may use: those of the values, and those of the rows of a list."""
    names = list(context)
    for value in context.values():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            names += value[0]
    return names
