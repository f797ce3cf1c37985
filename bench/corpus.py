"""A diary of N invented entries, the same for the same seed: what the bench measures on. Imports nothing of minqing.

    python bench/corpus.py 10000 /tmp/diary

An entry has 10-25 lines of front matter and 300-1,500 characters of Chinese text; updates refer to
items of earlier entries and close five in six; the days run from 2014 to 2023, so that 2016-05 holds its part.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST, DAYS = date(2014, 1, 1), 3650
CONFIG = "name: 量程示例\narea: 青石镇\nauthor: 许望山\nlang: zh\n"
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"

FAMILY = "沈陆冯邵许梁夏秦罗石汤葛祝范卢姚蒋程傅温"
GIVEN = "佳禾远舟启明文轩望山若松春生桂兰满仓秋英大成玉梅长根小满立夏水生青苗德厚"
VILLAGES = ("柳湾村", "石桥村", "梨树坪村", "东沟村", "竹园村")
GROUPS = ("一组", "二组", "三组", "四组", "五组")
KINDS = ("visit",) * 11 + ("survey",) * 2 + ("meeting",) * 3 + ("aid",) * 2 + ("note",) * 2
WEATHER = ("晴", "多云", "阴", "小雨", "多云转晴", "大风")
ABOUT = ("income", "farm", "land", "water", "road", "house", "health", "school", "welfare", "care", "dispute")
PROBLEMS = (
    "渠口塌了一段，下游浇不上水", "低保申请交了半年没有回音", "进组的土路雨天走不成车", "老房后墙裂了缝",
    "孩子上学要走一个多钟头", "药费报销的单子不全", "两家地界说不清", "苹果卖不上价钱", "自来水压力上不去",
)  # fmt: skip
PROMISES = (
    "下月初带镇上的人来看渠", "把材料补齐送到民政所", "请砖瓦匠看一看后墙", "同信用社问清楚小额贷款",
    "赶集日捎一份报销单来", "会上把地界的事摆开说",
)  # fmt: skip
PROGRESS = (
    "已报镇上，等批复",
    "村里出了工，先垫平了",
    "材料交齐，回执在手",
    "双方坐下来说开了",
    "钱已到账，本人看过",
)
OPENINGS = (
    "一早出门，露水还重", "吃过晌午饭往沟里走", "雨停了，路上全是泥", "赶在天黑前又去了一趟", "约好的时间，人已在门口等",
)  # fmt: skip
SUBJECTS = (
    "老人", "媳妇", "他儿子", "隔壁的石家", "组长", "驻村的小葛", "赶集回来的几个人", "上门的亲戚", "坡上那家", "放羊的汉子",
    "村医", "开小卖部的夏姐", "两个孩子", "退下来的老书记", "修路的工头", "信用社的人",
)  # fmt: skip
PREDICATES = (
    "把去年的账翻出来给我看", "说起果树就来了精神", "蹲在门槛上半天不作声", "正忙着收拾屋后的柴垛", "问我新政策几时能落到头上",
    "摆手说日子比前几年好过了", "提了一句水渠的事又咽回去", "要我把电话号码写在墙上", "拿不准要不要搬到山下去",
    "早把种子钱备下了", "劝大家先把眼前的活干完", "记得我上回答应过什么", "嫌补助发得迟", "愿意领头把桥板换掉",
    "从柜里取出一沓旧单据", "算了算一年的药钱", "想让孩子去县里念书",
    "怕误了农时不肯多谈", "把话岔到天气上去了", "领我去看塌了半边的羊圈",
)  # fmt: skip
MIDDLES = (
    "屋里收拾得干净，灶上坐着一壶水", "老人耳背，话要说两遍才听得清", "院里晒着玉米，鸡在边上啄", "他把凳子搬到檐下让我坐",
    "说起今年的收成，他先叹了一口气", "墙上贴着去年的明白卡，字迹还看得清", "儿子在外面打工，过年才回来",
    "媳妇把账本拿出来，一笔一笔念给我听", "渠里的水只到脚面，到他家地头就断了", "粮食够吃，花钱的地方多",
    "我问一句，他想一想才答一句", "村里的干部来过两回，话说到了，事还没有办", "医院的单子叠得整整齐齐，压在席子下面",
    "地不多，离家又远，请人种不划算", "隔壁听见我来，也端着碗过来坐", "说到孩子念书，两口子声音都低了",
    "我把政策从头讲了一遍，不够条件的地方也照实讲", "临走他追出来，说还有一句话没有讲",
)  # fmt: skip
ENDINGS = (
    "回来的路上记下这些，免得忘了", "能办的这周就办，办不了的要当面说清", "这一条要报到镇上去",
    "答应的事写在前面，到日子自己来对", "下回来，先看这件事办了没有",
)  # fmt: skip
SELDOM = "院角的窖水见了底"  # in one entry of a hundred
GOODS = (
    ("慰问金", "200元"),
    ("慰问金", "500元"),
    ("大米", "1袋"),
    ("棉被", "2床"),
    ("书包", "1个"),
    ("食用油", "1桶"),
)


def entries(n: int, seed: int = 20160528) -> Iterator[tuple[str, str]]:
    """The path and the text of each of `n` entries, in the order of their days."""
    dice = random.Random(seed)
    people = sorted({dice.choice(FAMILY) + "".join(dice.sample(GIVEN, 2)) for _ in range(max(40, n // 8))})
    days = sorted(dice.randrange(DAYS) for _ in range(n))
    standing: list[str] = []  # items that nobody has closed yet
    for day in (FIRST + timedelta(part) for part in days):
        yield _entry(dice, day, people, standing)


def _entry(dice: random.Random, day: date, people: list[str], standing: list[str]) -> tuple[str, str]:
    key = dice.choice(SIGNS[10:]) + "".join(dice.choices(SIGNS, k=7))
    kind = dice.choice(KINDS)
    who = dice.choice(people)
    area = f"青石镇/{dice.choice(VILLAGES)}/{dice.choice(GROUPS)}"
    hour = dice.randrange(7, 19)
    lines = [
        f"id: {key}",
        f"kind: {kind}",
        f"title: {'走访' + who + '家' if kind == 'visit' else dice.choice(PROBLEMS)}",
        f"date: {day.isoformat()}",
        f"time: {hour:02}:{dice.choice(('00', '20', '30'))}-{hour + 1:02}:40",
        f"weather: {dice.choice(WEATHER)}",
        f"area: {area}",
        "author: 许望山",
        f"who: [{who}]",
        f"with: [{dice.choice(people)}（村干部）]",
    ]
    if kind == "visit":
        lines += [
            "facts:",
            f"  {who}: {{members: {dice.randrange(1, 7)}, class: {dice.choice(('normal', 'lifted', 'watched', 'dibao'))}, "
            f"land: {dice.randrange(1, 12)}亩, tags: [{dice.choice(('left_behind', 'hardship'))}]}}",
        ]
    if kind in ("survey", "meeting"):
        whole = dice.randrange(40, 400)
        lines += [
            "figures:",
            f"  到会: {whole}人",
            f"  外出务工: {{value: {dice.randrange(whole)}人, of: 到会}}",
        ]
    if kind == "meeting":
        lines.append(
            f"meeting: {{type: group, host: {who}, eligible: 60, present: {dice.randrange(40, 60)}, unit: household}}"
        )
        lines += ["decisions:", f"  - {{type: resolution, text: {dice.choice(PROMISES)}}}"]
    opened = dice.choice((0, 1, 1, 2, 2, 3))
    lines += ["items:"] if opened else []
    for n in range(1, opened + 1):
        promise = dice.random() < 0.3
        text = dice.choice(PROMISES if promise else PROBLEMS)
        due = f", due: {(day + timedelta(dice.randrange(3, 60))).isoformat()}" if dice.random() < 0.5 else ""
        lines.append(
            f"  {n}: {{type: {'promise' if promise else dice.choice(('need', 'problem', 'complaint', 'task'))}, "
            f"about: {dice.choice(ABOUT)}, who: {who}, text: {text}, owner: 许望山{due}}}"
        )
    told = min(len(standing), dice.choice((1, 1, 2, 2, 3)))
    if told:
        lines.append("updates:")
        for _ in range(told):
            # mostly what is recent; some things drag on
            at = max(0, len(standing) - 1 - int(dice.expovariate(1 / 40)))
            status = dice.choice(("doing", "referred", "done", *("closed",) * 7))
            more = ", reason: resolved, satisfied: yes" if status == "closed" else ""
            lines.append(
                f"  - {{ref: {standing[at]}, status: {status}, note: {dice.choice(PROGRESS)}{more}}}"
            )
            if status == "closed":
                del standing[at]
    standing += [f"{key}.{n}" for n in range(1, opened + 1)]
    if kind == "aid" or dice.random() < 0.1:
        what, each = dice.choice(GOODS)
        to = "、".join(dice.sample(people, 2))
        lines += [
            "aid:",
            f"  - {{what: {what}, each: {each}, to: [{to.replace('、', ', ')}], fund: 民政所, occasion: 走访}}",
        ]
    body = _body(dice, dice.randrange(300, 1500))
    header = "\n".join(lines)
    return f"entries/{day:%Y/%m}/{day.isoformat()}-{kind}-{key}.md", f"---\n{header}\n---\n{body}"


def _body(dice: random.Random, length: int) -> str:
    paragraphs, said = [], 0
    seldom = dice.random() < 0.01
    for heading in ("## 基本情况", "## 反映问题与诉求", "## 处理与打算"):
        sentences = [dice.choice(OPENINGS)]
        while said + sum(map(len, sentences)) + len(sentences) < length * (len(paragraphs) // 2 + 1) / 3:
            told = dice.choice(SUBJECTS) + dice.choice(PREDICATES)
            sentences.append(dice.choice(MIDDLES) if dice.random() < 0.2 else told)
        if seldom and not paragraphs:
            sentences.append(SELDOM)
        sentences.append(dice.choice(ENDINGS))
        text = "。".join(sentences) + "。"
        said += len(text)
        paragraphs += [heading, text]
    return "\n\n".join(paragraphs) + "\n"


def write_diary(folder: Path, n: int, seed: int = 20160528) -> None:
    """Write the diary into a folder that is not there yet."""
    folder.mkdir(parents=True)
    (folder / "minqing.yaml").write_text(CONFIG, encoding="utf-8")
    made = set()
    for path, text in entries(n, seed):
        target = f"{folder}/{path}"
        parent = target.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(target, "w", encoding="utf-8", newline="") as file:
            file.write(text)


if __name__ == "__main__":
    write_diary(Path(sys.argv[2]), int(sys.argv[1]))
