"""复核.py：不装巾帼台账，核对一份推荐名单是不是总分最高、同分时先后有没有排错。
用法：把 复核.py、证书.json（和 复核表.xlsx）放在一个文件夹里，运行 python 复核.py。只用 Python 自带的功能，不联网，不改文件；全对打印“核对无误”，否则打印第一处不对的地方。
道理：给每项结构要求定一个“价”，每个人的得分加上（最少的要求）或减去（最多的要求）她计入的各项的价，叫折算分。
任何一份满足要求的名单，总分都不超过“折算分最高的若干人之和，减去各项要求的人数乘价”，这就是上界；价不管怎么定都成立。上界不到名单总分再加 0.01 分，就没有更好的名单。一次定不下来的，按某一群人入选多少分成两种情形，各自再定价。
"""

import hashlib
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

UNIT, CENT = 10**8, 10**6  # 分数、价都换成以 0.00000001 分为 1 的整数来算，没有舍入；差几人的，一人算一分。

Wrong = ValueError  # 对不上的地方


def need(holds, what):
    if not holds:
        raise Wrong(what)


def units(text):
    """证书里写的分数换成整数；没有写的没有。"""
    need(len(text or "") < 24 and not Decimal(text or 0).scaleb(8) % 1, f"“{text}”的小数太长")
    return None if text is None else int(Decimal(text).scaleb(8))


def digest(certificate):
    """证书除校验码以外的全部内容的 SHA-256，写成字母。"""
    content = json.dumps(certificate | {"校验码": ""}, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))


def upper_bound(size, scores, priced, inside, outside):
    """含有 inside、不含 outside 的名单，总分的上界；连人数都凑不齐的，返回 None。priced 的每一项是：价、最少还是最多、几人、计入的人。"""
    values, constant = list(scores), 0
    for price, kind, bound, members in priced:
        whole = isinstance(bound, int) and {*members} <= {*range(1, len(scores) + 1)}
        need(whole and price >= 0, "价不能是负数，人数要是整数，计入的要是排了名次的人")
        change = price if kind == "最少" else -price
        constant += change * bound
        for n in {*members}:
            values[n - 1] += change
    free = sorted((v for n, v in enumerate(values, 1) if n not in inside | outside), reverse=True)
    possible = 0 <= (places := size - len(inside)) <= len(free) and not inside & outside
    return sum(values[n - 1] for n in inside) + sum(free[:places]) - constant if possible else None


class Certificate:
    """一份证书，一步一步核对；人写的是名次，从 1 起。missed 是一份名单离一项要求差几人。"""
    missed = staticmethod(lambda kind, b, who, chosen: max((b - len({*who} & {*chosen})) * (1 if kind == "最少" else -1), 0))

    def __init__(self, said):
        self.said, self.people, self.size, self.quotas = said, said["人选"], said["名单人数"], said["结构要求"]
        self.scores = [units(person["得分"]) for person in self.people]
        need(isinstance(self.size, int) and not any(s % CENT for s in self.scores), "得分只有两位小数，人数是整数")
        self.pinned = {n for n, person in enumerate(self.people, 1) if person["人工确定"] == "入选"}
        sides = ((n, k, q) for n, q in enumerate(self.quotas, 1) for k in ("最少", "最多") if q[k] is not None)
        self.asked = {(n, k): (q[k], q["计入"]) for n, k, q in sides}

    def check(self, workbook=None):
        need(self.said["校验码"] == digest(self.said), "证书改过了：校验码对不上")
        keys = [(-Decimal(p["得分"]), -Decimal(p["考察"]), p["笔画序"]) for p in self.people]
        for n in range(1, len(keys)):
            need(keys[n - 1] < keys[n], f"第 {n} 名“{self.people[n - 1]['姓名']}”和下一名的先后不对")
        if self.said["名单"]:
            self.total = self.check_list(self.said["名单"], "名单")
            need(self.total == units(self.said["总分"]), "名单的总分不是证书里写的总分")
            self.check_proof(self.said["最优"], self.total + CENT)
            self.check_ties(set(self.said["名单"]))
            self.check_alternatives()
        elif len(self.people) >= self.size >= len(self.pinned):
            self.check_changes(self.said["改动"])
        if workbook is not None and workbook.exists():
            self.check_workbook(workbook)

    def check_list(self, chosen, what, fits=True):
        """一份名单的人数对、没有重复、人工确定入选的都在，满足每项结构要求（fits）；返回总分。"""
        here = self.pinned <= {*chosen} <= {*range(1, len(self.people) + 1)}
        need(here and len({*chosen}) == len(chosen) == self.size, f"{what}人数不对，或缺了人工确定入选的人")
        for (n, kind), side in self.asked.items() if fits else ():
            need(not self.missed(kind, *side, chosen), f"{what}不满足“{self.quotas[n - 1]['名称']}”{kind} {side[0]} 人")
        return sum(self.scores[n - 1] for n in chosen)

    def check_proof(self, proof, below, inside=(), outside=(), cases=(), of="总分"):
        """证明含有 inside、不含 outside、合乎 cases 的名单，总分都小于 below；of 是“差人”的，看差的人数合起来的负数；是“排不出”的，都算 0 分，证明小于 0。"""
        if "至多" in proof:
            people, most = proof["人"], proof["至多"]
            for key, case in (("少", ("最多", most, people)), ("多", ("最少", most + 1, people))):
                self.check_proof(proof[key], below, inside, outside, (*cases, case), of)
            return
        priced = [(units(price), kind, *self.asked[n, kind]) for n, kind, price in proof["价"]]
        need(len(proof["情形价"]) == len(cases), "证明里的情形和价对不上")
        need(len({(n, kind) for n, kind, _ in proof["价"]}) == len(priced), "一项要求有两个价")
        need(of != "差人" or all(price <= UNIT for price, *_ in priced), "差一人只能算一人，证明里的价超过了")
        priced += [(units(price), *case) for price, case in zip(proof["情形价"], cases)]  # noqa: B905
        scores = self.scores if of == "总分" else [0] * len(self.people)
        bound = upper_bound(self.size, scores, priced, {*inside} | self.pinned, {*outside})
        need(bound == units(proof["上界"]), "证明里写的上界不是算出来的上界")
        need(bound is None or bound < below, "证明里的上界不够低，说明不了没有更好的名单")

    def check_ties(self, chosen):
        """总分相同的名单里这一份名次最靠前：最后一名以前没有入选的，选上她、前面的不动，总分就低于名单；计入的要求都相同的，只证名次最前的一位。"""
        done, proofs = set(), {item["名次"]: item["证明"] for item in self.said["同分"]}
        for n in range(1, max(chosen) + 1):
            mark = tuple(number for number, quota in enumerate(self.quotas, 1) if n in quota["计入"])
            if n not in chosen and mark not in done:
                need(n in proofs, f"缺第 {n} 名“{self.people[n - 1]['姓名']}”没有入选的证明")
                self.check_proof(proofs[n], self.total, chosen & {*range(1, n)} | {n}, {*range(1, n)} - chosen)
                done.add(mark)

    def check_alternatives(self):
        """没有入选的人如果入选，名单总分最高是多少：举出一份，证明没有更高的；或者证明排不出。"""
        for item in self.said["若入选"]:
            n, total, what = item["名次"], units(item["总分"]), f"第 {item['名次']} 名入选的名单"
            need(total is None or (n in item["名单"] and self.check_list(item["名单"], what) == total), f"{what}不对")
            of, below = ("排不出", 0) if total is None else ("总分", total + CENT)
            self.check_proof(item["证明"], below, {n}, of=of)

    def check_changes(self, changes):
        """排不出名单：举出的名单差的人数正是要改动的人数，再少就排不出；说只有一种改法的，别的改法都要改得更多。"""
        asked, total = {(n, kind): c for n, kind, c in changes["要求"]}, sum(c for *_, c in changes["要求"])
        need(asked and all(isinstance(c, int) and c > 0 for c in asked.values()), "没有写明要改几人")
        for example, same in [(changes["例"], True)] + [(changes["别的例"], False)] * (changes["别的例"] is not None):
            self.check_list(example, "举出的名单", fits=False)
            short = {key: m for key, side in self.asked.items() if (m := self.missed(key[1], *side, example))}
            need(sum(short.values()) == total and (short == asked) == same, "举出的名单和改动的人数对不上")
        self.check_proof(changes["证明"], (1 - total) * UNIT, of="差人")
        need(changes["别的例"] or {(n, kind) for n, kind, _ in changes["唯一"]} == {*asked}, "缺只有一种改法的证明")
        for n, kind, proof in changes["唯一"]:
            (bound, members), less = self.asked[n, kind], asked[n, kind] - 1
            case = (kind, bound - less if kind == "最少" else bound + less, members)
            self.check_proof(proof, -total * UNIT, cases=(case,), of="差人")

    def check_workbook(self, path):
        """证书里的每个名称、每个数，都是复核表里的。"""
        people = [
            {"名次": n, "姓名": p["姓名"], "人员编号": p["编号"], "人工确定": p["人工确定"], "笔画序": p["笔画序"]}
            | {"入选": "入选" * (n in self.said["名单"]), "总分": Decimal(p["得分"]), "考察评分": Decimal(p["考察"])}
            | {f"要求{k}": int(n in quota["计入"]) for k, quota in enumerate(self.quotas, 1)}
            for n, p in enumerate(self.people, 1)
        ]
        said = lambda bound: "" if bound is None else bound  # noqa: E731
        quotas = [{"结构要求": q["名称"], "最少（人）": said(q["最少"]), "最多（人）": said(q["最多"])} for q in self.quotas]
        batch = {"批次编号": self.said["批次"], "批次名称": self.said["名称"], "名单人数": self.size}
        totals = [{"名次": o["名次"], "名单总分": Decimal(o["总分"] or -1)} for o in self.said.get("若入选", [])]
        compare(path, "名次", people, lambda row: row["名次"].replace(".", "").isdigit())
        compare(path, "结构要求", quotas)
        compare(path, "参数", [{"名称": k, "值": v} for k, v in batch.items()], lambda row: row["名称"] in batch)
        compare(path, "若入选", totals)


def compare(path, sheet, wanted, where=lambda row: True):
    """复核表的一张表里，合乎 where 的各行就是 wanted，先后也一样。"""
    rows = sorted((row for row in sheet_rows(path, sheet) if where(row)), key=lambda row: float(row.get("名次") or 0))
    need(len(rows) == len(wanted), f"复核表“{sheet}”的行数和证书不同")
    for row, own in zip(rows, wanted):  # noqa: B905
        for title, value in own.items():
            said = row[title] if isinstance(value, str) else round(Decimal(row[title].replace("—", "-1") or 0), 6)
            need(said == value, f"复核表“{sheet}”里{list(own.values())[1]}的{title}和证书不同")


def sheet_rows(path, name):
    """复核表里一张工作表的各行，每行是 {标题: 内容}；标题在第三行。没有这张表的，一行也没有。"""
    bare = lambda node: node.tag.rpartition("}")[2]  # noqa: E731
    texts = lambda node, kinds: "".join(t.text or "" for t in node.iter() if bare(t) in kinds)  # noqa: E731
    with zipfile.ZipFile(path) as package:
        read = lambda part: ElementTree.fromstring(package.read(part))  # noqa: E731
        strings = [texts(item, "t") for part in package.namelist() if part == "xl/sharedStrings.xml" for item in read(part)]
        targets = {r.get("Id"): r.get("Target", "") for r in read("xl/_rels/workbook.xml.rels")}
        sheets = [n.items() for n in read("xl/workbook.xml").iter() if bare(n) == "sheet" and n.get("name") == name]
        parts = ["xl/" + targets[v].removeprefix("/xl/") for items in sheets for k, v in items if k.endswith("}id")]
        rows = [row for part in parts for row in read(part).iter() if bare(row) == "row"]
    titles: dict = {}
    for row in rows:
        cells = {c.get("r", "").rstrip("0123456789"): (texts(c, "vt"), c.get("t")) for c in row}
        found = {letter: strings[int(text)] if kind == "s" else text for letter, (text, kind) in cells.items()}
        if titles:
            yield {title: found.get(letter, "") for letter, title in titles.items()}
        elif row.get("r") == "3":
            titles = found


def main(folder):
    workbook = folder / "复核表.xlsx"
    try:
        Certificate(json.loads((folder / "证书.json").read_text(encoding="utf-8"))).check(workbook)
    except Exception as error:
        print("不对：" if type(error) is Wrong else "不对：证书或复核表读不懂，", error)
        return 1
    print("核对无误" if workbook.exists() else "核对无误（没有 复核表.xlsx，只核对了证书）")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
