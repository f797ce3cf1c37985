"""A sheet as a table of rows by title: where its titles stand, and what a title alone says of its column."""

import itertools
import re
from typing import NamedTuple

from minqing.errors import Flaw, UsageError
from minqing.imports._cells import bare, is_number, said
from minqing.imports._rows import Cell, Row
from minqing.imports._table import TITLE_ROWS, Rows, Sheet
from minqing.maps import TEXT, tidy
from minqing.schema import ENTRY
from minqing.words import KEYS, key_of, plain

MOST_COLUMNS = 2000


class Table(NamedTuple):
    """A sheet with its titles by column, each there once, "" over an empty column; `path` is its place."""

    path: str
    sheet: str
    titles: list[str]
    rows: Rows

    def cells(self, title: str) -> list[str]:
        """What the rows say under a title."""
        at = self.titles.index(title)
        return [text for _line, cells in self.rows if at < len(cells) and (text := said(cells[at]))]


def table_of(file: str, sheet: Sheet, at: int | None = None) -> Table | None:
    """A sheet as a table, its titles in the row that is number `at` of its rows; None if there is no such row.

    Raises UsageError.
    """
    at = _title_row(sheet.rows) if at is None else at
    if at is None or at >= len(sheet.rows):
        return None
    titles, rows = sheet.rows[at][1], sheet.rows[at + 1 :]
    if len(titles) > MOST_COLUMNS:
        raise UsageError("{file} has more than {n} columns", file=file, n=MOST_COLUMNS)
    if rows and (both := _of_two_rows(titles, rows[0][1])):
        titles, rows = both, rows[1:]
    path = f"{file}:{sheet.name}" if sheet.name else file
    return Table(path, sheet.name, _titles(titles, rows), rows)


def rows_of(table: Table, flaws: list[Flaw]) -> list[Row]:
    """The rows of a table by title; one with more cells than titles is a flaw."""
    found = []
    for line, cells in table.rows:
        if any(cell.strip() for cell in cells[len(table.titles) :]):
            cause = "this row has more cells than there are titles"
            remedy = "put a text with commas in it in quotation marks"
            flaws.append(Flaw("value", cause, remedy, path=table.path, line=line))
            continue
        told = [
            Cell(n, title, text)
            for n, (title, cell) in enumerate(zip(table.titles, cells, strict=False), 1)
            if title and (text := said(cell))
        ]
        if told:
            found.append(Row(table.path, line, told))
    return found


def _title_row(rows: Rows) -> int | None:
    """The first row with a title that we know, else the first with two cells, else the first."""
    first = rows[:TITLE_ROWS]
    for knows in (True, False):
        for at, (_line, cells) in enumerate(first):
            titles = [tidy(cell) for cell in cells if cell.strip()]
            # a heading merged over all columns stands in each of them
            several = len(set(titles)) > 1 or (len(titles) > 1 and titles[0] in KEYS["entry"]["date"])
            if several and (not knows or any(key_by_title(title) != TEXT for title in titles)):
                return at
    return 0 if rows else None


def _titles(cells: list[str], rows: Rows) -> list[str]:
    """The titles of a row, a second of one name as `name (2)`, a column without one by its letter."""
    found: list[str] = []
    for n, title in enumerate(map(tidy, cells)):
        if not title and any(n < len(row) and row[n].strip() for _line, row in rows):
            title = _letter(n)
        if title and title in found:
            again = (f"{title} ({number})" for number in itertools.count(2))
            title = next(name for name in again if name not in found)
        found.append(title)
    return found


_UNDER = "·"  # 家庭情况·人口: a title that stands under another one


def _of_two_rows(above: list[str], below: list[str]) -> list[str]:
    """The titles of two rows of which the upper one's cells were merged; [] where the lower one is of answers.

    A cell merged downwards says the same twice in a spreadsheet, and nothing below in a text with commas.
    """
    found: list[str] = []
    under: dict[str, list[str]] = {}
    over = ""
    for first, second in itertools.zip_longest(map(tidy, above), map(tidy, below), fillvalue=""):
        if second in ("", first):
            over = ""
            found.append(first)
        else:
            over = first or over
            under.setdefault(over, []).append(second)
            found.append(f"{over}{_UNDER}{second}")
    some_are_not = len(found) > sum(map(len, under.values()))
    are_titles = all(len(set(titles)) == len(titles) > 1 for titles in under.values())
    numbers = any(is_number(title) for titles in under.values() for title in titles)
    return found if under and "" not in under and some_are_not and are_titles and not numbers else []


def _letter(n: int) -> str:
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


# ---------------------------------------------------------------- one title

# What offices call their columns, beside the words of words.KEYS.
_USUAL = {
    **dict.fromkeys(("走访日期", "走访时间", "登记日期", "时间"), "date"),
    **dict.fromkeys(("姓名", "户主", "户主姓名", "走访户", "农户", "name"), "who"),
    **dict.fromkeys(("走访人", "陪同人员", "参加人员"), "with"),
    **dict.fromkeys(("村组", "乡镇", "村", "组", "村民小组", "village"), "area"),
    **dict.fromkeys(("内容", "备注", "说明", "走访内容", "主要情况", "情况", "notes", "remarks"), TEXT),
    **dict.fromkeys(("责任人", "承办人"), "item.owner"),
    "承诺人": "item.promise.owner",
}
# What no entry is made of: what forms say of themselves, what is not to be kept, and files that are elsewhere.
_LEFT_OUT = re.compile(
    "身份证|证件号|公民身份|银行卡|账号|照片|图片|附件|签名|录音|视频|定位|[经纬]度|gps|_url$|photo|signature"
    "|所用时间|填写时长|答题时长|来源详情|^来源$|^来自ip$|^ip$|^总分$|^得分$|浏览器|^设备|openid|^头像|^(提交(答卷)?|修改|更新)时间$|^填写(设备|地区)$|^操作系统$"
    "|^_|^meta/|^__system|^formhub/|^instance(id|name)$|^(device|sim|subscriber|submitter)(id|serial|name)$"
    "|^(start|end|today|key|audit|username|phonenumber|submissiondate|edits|reviewstate|formversion|status)$"
    "|^attachments|^parent_key$|^set-of-",
    re.IGNORECASE,
)
# A question by the words in it, the first that fits.
_QUESTIONS = tuple(
    (re.compile(words, re.IGNORECASE), key)
    for words, key in (
        ("出生|生日|birth", "fact.born"),
        ("家庭人口|人口数|几口人|成员[总人]*数|household_size", "fact.members"),
        *(
            (f"({said}).*{asked}", f"item.{type_}.{key}")
            for said, type_ in (
                ("承诺|promise", "promise"),
                ("待办|task", "task"),
                ("措施|measure", "measure"),
                ("诉求|need", "need"),
            )
            for asked, key in (
                ("(期限|时限|(完成|办结|解决|兑现|落实)(时间|日期)|due|deadline)", "due"),
                ("(责任人|责任单位|承办|owner)", "owner"),
            )
        ),
        (
            "期限|时限|(完成|办[结完好]|解决|兑现|落实)(时间|日期)|(何时|什么时候|哪天)[前能可以]*(完成|办|解决|兑现|落实)|deadline|due",
            "item.due",
        ),
        # of something else than what is told of
        ("(入党|入伍|退役|参军|结婚|离婚|毕业|脱贫|到期|住院|出院|手术|办证|下次|下一次).*(日期|时间)", TEXT),
        (
            "日期([是为].{0,4})?$|哪一?[天日]|(何时|什么时候)(走访|入户|去)|^(走访|入户|会议|活动|登记|调研|慰问|发生|服务|宣讲|调解|工作|记录)时间|date",
            "date",
        ),
        ("户主.*关系$", "fact.relation"),
        ("(?<!被)走访人|入户人|陪同|同行|参加人|参与人|走访干部|工作人员", "with"),
        ("^(填表|填报|登记|记录|录入|提交|填写)[人者]|enumerator|surveyor", "author"),
        ("领取人|领取对象|发放对象", "aid.to"),
        ("签收", "aid.receipt"),
        (
            "走访对象|走访户|户主|受访|被访|被走访|农户|[村居]民姓名|服务对象|慰问对象|帮扶对象|救助对象|对象姓名|当事人|respondent|household|(^|_)(head|member)(_name)?$|成员姓名",
            "who",
        ),
        ("电话|手机|联系方式|phone|mobile", "fact.phone"),
        ("住址|地址|address", "fact.住址"),
        ("村组|所[在属](村|组|社区|网格|乡镇)|行政村|自然村|村民小组|社区|乡镇|街道|网格", "area"),
        ("天气|weather", "weather"),
        ("地点|location", "place"),
        ("主持", "meeting.host"),
        ("应到", "meeting.eligible"),
        ("实到|到会人数|参会人数", "meeting.present"),
        ("议题", "meeting.agenda"),
        ("主题|标题", "title"),
        ("紧急程度|级别|优先", "item.level"),
        ("责任人|责任单位|承办", "item.owner"),
        ("(问题|诉求|事项|困难)的?(类别|类型|分类)|涉及.*(类别|领域|方面)|category", "item.about"),
        ("建议|advice|suggestion", "item.advice"),
        ("诉求|需求|希望|愿望|需要.*(解决|帮)|(^|_)needs?(_|$)", "item.need"),
        ("问题|困难|problem|difficult", "item.problem"),
        ("意见|投诉|complaint", "item.complaint"),
        ("承诺|答应|promise", "item.promise"),
        ("待办|下一?步|后续|follow", "item.task"),
        ("措施|处理|解决办法|measure", "item.measure"),
        ("每[份人户]|慰问金|(^|_)each$", "aid.each"),
        ("份数|数量|quantity|count|(^|_)n$", "aid.n"),
        ("慰问[品物内]|帮扶内容|发放[物内]|物资|(^|_)(gift|goods)(_|$)", "aid.what"),
        ("合计|总额|总金额", "aid.total"),
        ("资金来源", "aid.fund"),
        ("名目|节日", "aid.occasion"),
        ("健康|病情|患病|health", "fact.health"),
        ("劳动能力", "fact.ability"),
        ("户属性|户类型|农户类[型别]|人群类别", "fact.class"),
        ("劳动力", "fact.labour"),
        ("住房面积", "fact.housing"),
        ("危房", "fact.house_level"),
        ("耕地|承包地", "fact.land"),
        ("饮水", "fact.water"),
        ("收入|income", "fact.income"),
        ("低保", "fact.welfare"),
        ("[致贫]贫原因|贫困原因", "fact.causes"),
        ("监护人", "fact.guardian"),
        ("务工", "fact.work"),
        ("就学|就读", "fact.school"),
        ("性别", "fact.sex"),
        ("(走访|工作|活动|记录)(方式|类型|形式)", "kind"),
    )
)


# What is told of one person, and whom else than the head of a household a title may tell it of.
OF_A_PERSON = ("sex", "born", "relation", "school", "health", "ability", "work", "guardian", "phone")
OF_ANOTHER = re.compile("成员|配偶|爱人|妻|丈夫|子女|孩子|儿|女|老人|父|母|爷|奶|孙|兄|弟|姐|妹|学生")


def key_by_title(title: str) -> str:
    """What a title alone says of its column: a key, TEXT for nothing in particular, "" to leave it out."""
    title = title[:200]  # what a question is about, it says at its beginning
    _over, under, of_two = title.rpartition(_UNDER)
    if under and (of_lower := key_by_title(of_two)) != TEXT:
        return of_lower
    word = plain(bare(title)).lower()
    if _LEFT_OUT.search(plain(title)) or _LEFT_OUT.search(word):
        return ""
    without_unit = re.sub(r"[(（].*?[)）]", "", word).strip()
    for name in (word, without_unit):
        if name in _USUAL:
            return _USUAL[name]
        key = key_of("entry", name)
        if key and key in ENTRY and key != "id":
            return key
        for record, prefix in (("facts", "fact"), ("item", "item"), ("aid", "aid")):
            known = key_of(record, name)
            if known and (name in KEYS[record][known] or (record == "facts" and name == known)):
                return f"{prefix}.{known}"
    line = re.split("[—–/:-]", without_unit)[-1].strip()  # of a question with several lines: 家庭情况—人口
    known = key_of("facts", line)
    if known and line in KEYS["facts"][known]:
        return f"fact.{known}"
    return next((key for asked, key in _QUESTIONS if asked.search(without_unit or word)), TEXT)
