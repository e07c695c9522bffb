"""复核.py：不装巾帼台账，核对一份推荐名单是不是总分最高、同分时先后有没有排错。

用法：把 复核.py、证书.json（和 复核表.xlsx）放在一个文件夹里，运行 python 复核.py。
只用 Python 自带的功能，不联网，不改任何文件。全部对得上，打印“核对无误”；对不上，打印第一处不对的地方。
道理：给每项结构要求定一个“价”，每个人的得分加上（最少的要求）或减去（最多的要求）她计入的各项的价，叫折算分。
任何一份满足要求的名单，总分都不会超过“折算分最高的若干人之和，减去各项要求的人数乘价”，这就是上界。
上界不到名单总分再加 0.01 分，就没有更好的名单。一次定不下来的，按某一群人入选多少分成两种情形，各自再定价。
"""

import hashlib
import json
import re
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

#: 得分以 0.01 分为 1，价以它的百万分之一为 1，都是整数，没有舍入。
UNIT = 1_000_000


class Wrong(Exception):
    """对不上的地方。"""


def need(holds, what):
    if not holds:
        raise Wrong(what)


# ---- 第一步：证书没有被改过 ------------------------------------------------------------------------------------------


def digest(certificate):
    """证书除校验码以外的全部内容的 SHA-256。"""
    content = {key: value for key, value in certificate.items() if key != "校验码"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


# ---- 第二步：名单合乎人数、人工确定和各项结构要求 --------------------------------------------------------------------


def requirements(certificate):
    """各项要求：编号、最少还是最多、几人、计入的人。"""
    found = []
    for number, quota in enumerate(certificate["结构要求"], 1):
        found += [(number, kind, quota[kind], quota["计入"]) for kind in ("最少", "最多") if quota[kind] is not None]
    return found


def missed(kind, bound, members, chosen):
    """一份名单离一项要求差几人。"""
    count = len(set(members) & set(chosen))
    return max(bound - count if kind == "最少" else count - bound, 0)


def check_list(certificate, chosen, what):
    """一份名单：人数、不重复、人工确定入选的都在、每项要求都满足；返回总分（0.01 分）。"""
    people = certificate["人选"]
    need(len(set(chosen)) == len(chosen) == certificate["名单人数"], f"{what}的人数不是 {certificate['名单人数']}")
    need(all(1 <= n <= len(people) for n in chosen), f"{what}里有没有的人")
    need(set(pinned(certificate)) <= set(chosen), f"{what}里缺了人工确定入选的人")
    for number, kind, bound, members in requirements(certificate):
        name = certificate["结构要求"][number - 1]["名称"]
        need(not missed(kind, bound, members, chosen), f"{what}不满足“{name}”{kind} {bound} 人")
    return sum(people[n - 1]["得分"] for n in chosen)


def pinned(certificate):
    return [n for n, person in enumerate(certificate["人选"], 1) if person["人工确定"] == "入选"]


# ---- 第三步：名次没有排错：得分、考察评分、笔画 ----------------------------------------------------------------------


def check_order(people):
    keys = [(-p["得分"], -Decimal(p["考察"]), p["笔画序"]) for p in people]
    for n in range(1, len(keys)):
        need(keys[n - 1] < keys[n], f"第 {n} 名“{people[n - 1]['姓名']}”和第 {n + 1} 名“{people[n]['姓名']}”的先后不对")


# ---- 第四步：上界，和由上界得出的“没有更好的名单” --------------------------------------------------------------------


def upper_bound(size, scores, priced, inside, outside):
    """含有 inside、不含 outside 的名单，总分最多是多少；这样的名单连人数都凑不齐的，返回 None。

    priced 的每一项是：价、最少还是最多、几人、计入的人。
    """
    values, constant = [score * UNIT for score in scores], 0
    for price, kind, bound, members in priced:
        need(isinstance(price, int) and price >= 0, "价不能是负数")
        change = price if kind == "最少" else -price
        constant += change * bound
        for n in members:
            values[n - 1] += change
    free = sorted((v for n, v in enumerate(values, 1) if n not in inside and n not in outside), reverse=True)
    places = size - len(inside)
    if places < 0 or len(free) < places or inside & outside:
        return None
    return sum(values[n - 1] for n in inside) + sum(free[:places]) - constant


def check_proof(certificate, proof, below, inside=(), outside=(), cases=(), scores=None, shortfall=False):
    """证明：含有 inside、不含 outside、合乎 cases 的名单，总分都小于 below；shortfall 时是“差的人数合起来的负数”都小于 below。"""
    if "至多" in proof:
        people, most = proof["人"], proof["至多"]
        for key, case in (("少", ("最多", most, people)), ("多", ("最少", most + 1, people))):
            check_proof(certificate, proof[key], below, inside, outside, (*cases, case), scores, shortfall)
        return
    known = {(number, kind): (bound, members) for number, kind, bound, members in requirements(certificate)}
    priced = [(price, kind, *known[number, kind]) for number, kind, price in proof["价"]]
    need(len(proof["情形价"]) == len(cases), "证明里的情形和价对不上")
    # 算差几人的时候，差一人就是一人，价不能更高。
    need(not shortfall or all(price <= UNIT for price, *_ in priced), "证明里的价超过了差一人算一人")
    priced += [(price, *case) for price, case in zip(proof["情形价"], cases)]  # noqa: B905
    scores = scores if scores is not None else [person["得分"] for person in certificate["人选"]]
    inside = set(inside) | set(pinned(certificate))
    bound = upper_bound(certificate["名单人数"], scores, priced, inside, set(outside))
    need(proof["上界"] == bound, "证明里写的上界不是算出来的上界")
    need(bound is None or bound < below * UNIT, "证明里的上界不够低，说明不了没有更好的名单")


# ---- 第五步：总分相同的名单里，这一份的名次最靠前 --------------------------------------------------------------------


def signature(certificate, n):
    """一个人计入哪几项要求；计入的一样的人，可以互相替换。"""
    return tuple(number for number, quota in enumerate(certificate["结构要求"], 1) if n in quota["计入"])


def check_ties(certificate):
    """名单里最后一名以前没有入选的每一位：选上她、前面的人不动，总分就低于名单。计入的要求相同、名次更前的人证明过的，她不必再证。"""
    chosen, best, done = set(certificate["名单"]), certificate["总分"], set()
    proofs = {item["名次"]: item["证明"] for item in certificate["同分"]}
    for n in range(1, max(chosen) + 1):
        if n in chosen or (mark := signature(certificate, n)) in done:
            continue
        need(n in proofs, f"缺第 {n} 名“{certificate['人选'][n - 1]['姓名']}”没有入选的证明")
        before = set(range(1, n))
        check_proof(certificate, proofs.pop(n), best, (before & chosen) | {n}, before - chosen)
        done.add(mark)
    need(not proofs, "同分里有多余的证明")


# ---- 第六步：没有入选的人如果入选，名单总分最高是多少；排不出名单的，改动最少的办法 ----------------------------------


def check_alternatives(certificate):
    zeros = [0] * len(certificate["人选"])
    for item in certificate["若入选"]:
        n, what = item["名次"], f"第 {item['名次']} 名入选的名单"
        if item["总分"] is None:
            check_proof(certificate, item["证明"], 0, {n}, scores=zeros)
            continue
        need(n in item["名单"] and check_list(certificate, item["名单"], what) == item["总分"], f"{what}总分不对")
        check_proof(certificate, item["证明"], item["总分"] + 1, {n})


def check_changes(certificate):
    """排不出名单：举出的名单差的人数，正是要改动的人数；再少就排不出；只有一种办法的，别的改法都要更多。"""
    changes = certificate["改动"]
    known = {(number, kind): (bound, members) for number, kind, bound, members in requirements(certificate)}
    asked = {(number, kind): count for number, kind, count in changes["要求"]}
    total, zeros = sum(asked.values()), [0] * len(certificate["人选"])
    for example, exactly in ((changes["例"], True), (changes["别的例"], False)):
        if example is None:
            continue
        short = {key: missed(key[1], *known[key], example) for key in known}
        differs = {key: count for key, count in short.items() if count} != asked
        need(sum(short.values()) == total and differs != exactly, "举出的名单和改动的人数对不上")
        need(len(set(example)) == certificate["名单人数"] and set(pinned(certificate)) <= set(example), "举出的名单不对")
    check_proof(certificate, changes["证明"], 1 - total, scores=zeros, shortfall=True)
    if changes["别的例"] is None:
        need({(item[0], item[1]) for item in changes["唯一"]} == set(asked), "缺只有一种办法的证明")
        for number, kind, proof in changes["唯一"]:
            (bound, members), less = known[number, kind], asked[number, kind] - 1
            case = (kind, bound - less if kind == "最少" else bound + less, members)
            check_proof(certificate, proof, -total, cases=(case,), scores=zeros, shortfall=True)


# ---- 第七步：证书里的每个数都是复核表里的数 --------------------------------------------------------------------------


def sheet_rows(path, name):
    """一张工作表的各行，每行是 {列的字母: 内容}。"""
    with zipfile.ZipFile(path) as package:
        read = lambda part: ElementTree.fromstring(package.read(part))  # noqa: E731, S314
        bare = lambda node: node.tag.rpartition("}")[2]  # noqa: E731
        strings = []
        if "xl/sharedStrings.xml" in package.namelist():
            strings = ["".join(t.text or "" for t in si.iter() if bare(t) == "t") for si in read("xl/sharedStrings.xml")]
        targets = {r.get("Id"): r.get("Target") for r in read("xl/_rels/workbook.xml.rels")}
        sheets = [node for node in read("xl/workbook.xml").iter() if bare(node) == "sheet" and node.get("name") == name]
        need(sheets, f"复核表里没有“{name}”这张表")
        target = targets[next(v for k, v in sheets[0].items() if k.endswith("}id"))]
        for row in (node for node in read("xl/" + target.removeprefix("/xl/")).iter() if bare(node) == "row"):
            cells = {}
            for cell in row:
                text = "".join(t.text or "" for t in cell.iter() if bare(t) in ("v", "t"))
                cells[re.sub(r"\d", "", cell.get("r"))] = strings[int(text)] if cell.get("t") == "s" else text
            yield cells


def check_workbook(certificate, path):
    rows = list(sheet_rows(path, "名次"))
    start = next(n for n, row in enumerate(rows) if row.get("A") == "名次")
    column = {title: letter for letter, title in rows[start].items()}
    ranked = [row for row in rows[start + 1 :] if re.fullmatch(r"\d+(\.0)?", row.get("A", ""))]
    need(len(ranked) == len(certificate["人选"]), "复核表里有名次的人数和证书不同")
    for row in ranked:
        n = int(float(row["A"]))
        person, cell = certificate["人选"][n - 1], lambda title, row=row: row.get(column[title], "")
        number = lambda title, cell=cell: Decimal(cell(title) or 0)  # noqa: E731
        need(cell("人员编号") == person["编号"] and cell("姓名") == person["姓名"], f"复核表第 {n} 名不是证书里的人")
        need(round(number("总分") * 100) == person["得分"], f"{person['姓名']}的总分和证书不同")
        need(number("考察评分") == Decimal(person["考察"]), f"{person['姓名']}的考察评分和证书不同")
        need(cell("人工确定") == person["人工确定"], f"{person['姓名']}的人工确定和证书不同")
        need((cell("入选") == "入选") == (n in certificate["名单"]), f"{person['姓名']}是否入选和证书不同")
        for k, quota in enumerate(certificate["结构要求"], 1):
            need((number(f"要求{k}") == 1) == (n in quota["计入"]), f"{person['姓名']}计不计入要求{k}和证书不同")


def check(certificate):
    """核对一份证书；对不上时 Wrong。"""
    need(certificate["校验码"] == digest(certificate), "证书改过了：校验码对不上")
    check_order(certificate["人选"])
    if not certificate["名单"]:
        enough = len(certificate["人选"]) >= certificate["名单人数"] >= len(pinned(certificate))
        need(enough == (certificate["改动"] is not None), "证书没有说明为什么排不出名单")
        if enough:
            check_changes(certificate)
        return
    total = check_list(certificate, certificate["名单"], "名单")
    need(total == certificate["总分"], "名单的总分不是证书里写的总分")
    check_proof(certificate, certificate["最优"], total + 1)
    check_ties(certificate)
    check_alternatives(certificate)


def main(folder):
    try:
        certificate = json.loads((folder / "证书.json").read_text(encoding="utf-8"))
        check(certificate)
        if (folder / "复核表.xlsx").exists():
            check_workbook(certificate, folder / "复核表.xlsx")
    except Wrong as wrong:
        print(f"不对：{wrong}")
        return 1
    except (OSError, ValueError, KeyError, IndexError, TypeError, StopIteration, ArithmeticError, zipfile.BadZipFile) as error:
        print(f"不对：证书或复核表读不懂（{type(error).__name__}：{error}）")
        return 1
    print("核对无误" if (folder / "复核表.xlsx").exists() else "核对无误（没有 复核表.xlsx，只核对了证书）")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
