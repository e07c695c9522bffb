"""Surnames, and the posts people hold in organisations: by these a cell is seen to hold a person, or a person with a post."""

from __future__ import annotations

import re

#: The commonest surnames (Ministry of Public Security, 2020), and those of two characters.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
    "康易乔赖文施洪季葛伍庞颜庄聂章鲁岳翟殷申欧耿关兰焦俞左柳甘祝包宁符阮尚舒纪梅童凌毕单裴霍成苗谷盛曲翁冉路游辛靳管柴鲍华喻柯解邢屈饶房焦滕牟卫应竺楼裘励虞茅宓傅连骆倪褚娄池娅隋边卞岑项齐吉甄卓车宣双诸景苟储冷蓝鄢艾占桂祁臧闵蒲乐屠戚麻水计席闻明"
)
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "夏侯", "东方", "令狐", "慕容", "司徒", "端木")
#: Posts; a longer one before one it ends with does not matter, as the longest is looked for first.
POSTS = [
    "常务副会长", "副会长兼秘书长", "会长兼秘书长", "会长", "副会长", "秘书长", "副秘书长", "理事长", "副理事长", "常务理事", "理事", "监事长", "监事", "主任",
    "副主任", "负责人", "队长", "副队长", "团长", "副团长", "社长", "副社长", "站长", "副站长", "法定代表人", "法人", "工作人员", "社工", "干事", "创始人",
    "发起人", "园长", "校长", "院长", "馆长", "总干事", "主席", "副主席", "书记", "副书记", "经理", "总经理", "董事长", "召集人", "组长", "副组长",
    "站员", "队员", "会员", "志愿者", "骨干", "合伙人", "委员", "教师", "老师", "名誉会长", "执行会长", "轮值会长", "专职副主席", "妇联主席", "妇联干部",
    "联络员", "主理人", "召集人", "所长", "部长", "主管", "财务", "会计", "出纳", "顾问", "代表",
]  # fmt: skip


def township_stem(town: str) -> str:
    """The name people leave a township at: 阳明 of 阳明街道."""
    return re.sub("街道$|镇$|乡$", "", town)
