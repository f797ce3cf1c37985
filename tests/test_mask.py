"""What a paper may show: a canary in every field of an entry, every report in every format, and each rule by itself."""

import base64
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date as Date
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from minqing import formats, mask, model, names, reports
from minqing.diary import Diary
from minqing.errors import MinqingError
from minqing.language import use_language
from minqing.period import Filter, read_query
from minqing.report import Chart, Column, Report, Section, Span
from minqing.sensitive import FACTS, FIELDS, SEES, kind_of
from minqing.sync import synced
from minqing.text import write_entry
from minqing.words import KEYS

Write = Callable[..., Path]
TODAY = Date(2016, 5, 28)


@pytest.fixture(autouse=True)
def _chinese(_plain_surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MINQING_LANG", "zh")
    use_language("zh")
    yield
    use_language("en")


# ---------------------------------------------------------------- canaries

PHONE, ID, CARD = "13987654321", "11010119900307963X", "6222021234567890123"
ILLNESS, CRIME = "红斑狼疮", "刑满释放"
SECRETS = (PHONE, ID, CARD, ILLNESS, CRIME)

# What the closed words, days and numbers of an entry are: a planted entry has to be one that can be written.
CODES = {
    "Entry.id": "pbbb1111", "Entry.kind": "visit", "Entry.date": Date(2016, 5, 20), "Entry.weekday": "星期五",
    "Entry.lunar": "农历四月十四", "Entry.time": "09:00-10:00",
    "Item.n": 1, "Item.type": "complaint", "Item.about": "water", "Item.due": Date(2016, 6, 1), "Item.level": "normal",
    "Item.status": "open",
    "Update.ref": "pbbb1111.1", "Update.status": "doing", "Update.reason": None, "Update.satisfied": None, "Update.grade": None,
    "Aid.form": "cash", "Aid.n": 2, "Quantity.value": Decimal(200),
    "Decision.type": "election", "Decision.signed": 3, "Decision.posted": Date(2016, 5, 21),
    "Vote.how": "secret", "Vote.issued": 9, "Vote.returned": 9, "Vote.valid": 9, "Vote.yes": 5, "Vote.no": 4, "Vote.abstain": 0,
    "Meeting.type": "group", "Meeting.eligible": 9, "Meeting.present": 9, "Meeting.unit": "person",
    "File.sha256": None, "File.original": None, "Void.entry": "pvvv1111",
}  # fmt: skip
FACT_CODES = {
    "members": "4", "labour": "2", "house_level": "C", "class": "watched", "watch": "sudden", "causes": "illness",
    "tags": "hardship", "born": "1971-03-09", "phone": "13711112222", "minor": "false",
}  # fmt: skip


class Garden:
    """An entry with a canary in every field of every type of fact, made by walking the model."""

    def __init__(self) -> None:
        self.canaries: dict[str, tuple[str, str]] = {}  # canary -> the kind of field, the field
        self.resident = self.name("resident", "Fact.who")
        self.entry: model.Entry = self.value("", model.Entry)

    def name(self, kind: str, path: str) -> str:
        n = len(self.canaries)
        made = "赵钱孙李周吴郑王冯陈"[n % 10] + chr(0x9171 + n) + chr(0x7600 + n)
        self.canaries[made] = (kind, path)
        return made

    def text(self, path: str) -> str:
        """Words that may be seen, with what may not among them."""
        return f"{path.replace('.', '')}来{self.resident}家，电话{PHONE}，身份证{ID}，卡{CARD}，他患{ILLNESS}，父亲{CRIME}"

    def leaf(self, path: str) -> Any:
        if path in CODES:
            assert FIELDS[path] in ("code",), path
            return CODES[path]
        kind = FIELDS[path]  # a KeyError here: say in sensitive.FIELDS who may see the new field
        return self.text(path) if kind == "text" else self.name(kind, path)

    def value(self, path: str, type_: Any) -> Any:
        if get_origin(type_) is UnionType or str(get_origin(type_)) == "typing.Union":
            type_ = next(part for part in get_args(type_) if part is not type(None))
        if get_origin(type_) is tuple:
            inner = get_args(type_)
            if path == "Vote.tally":
                return ((self.name(FIELDS[path], path), 5),)
            if inner[0] is model.Fact:
                return tuple(self.facts())
            return (self.value(path, inner[0]),)
        if isinstance(type_, type) and issubclass(type_, tuple):
            return self.record(path, type_)
        return self.leaf(path)

    def record(self, path: str, type_: Any) -> Any:
        hints = get_type_hints(type_)
        made = {}
        for field in type_._fields:
            at = f"{type_.__name__}.{field}"
            if type_ is model.Person and field == "name":
                at = path  # who a person is depends on where they stand
            elif type_ is model.Person:
                made[field] = "村里" if path == "Entry.who" else "村书记"
                continue
            made[field] = self.value(at, hints[field])
        return type_(**made)

    def facts(self) -> Iterator[model.Fact]:
        for key in (*KEYS["facts"], "身份证号", "父亲", "性格", "住址", "曾用名", "既往病史", "存款"):
            kind = kind_of(key, "")
            if key in ("guardian", "曾用名", "helper"):
                value = self.name("worker" if key == "helper" else "resident", f"Fact.{key}")
            elif key in FACT_CODES:
                value = FACT_CODES[key]
                if key in ("phone", "born"):
                    self.canaries[value] = (kind, f"Fact.{key}")
            elif key in FACTS and kind == "text":
                value = self.text(f"Fact.{key}")
            else:
                n = len(self.canaries)
                value = "罕" + chr(0x9571 + n) + chr(0x7A00 + n) + "小学"
                self.canaries[value] = (kind, f"Fact.{key}")
            yield model.Fact(self.resident, key, value)


@pytest.fixture
def garden(diary: Path) -> Garden:
    """A diary of planted entries: a visit, a meeting, aid, and a voided one; and a roster."""
    made = Garden()
    for n, kind in enumerate(("visit", "meeting", "aid")):
        id_ = f"pbbb{n + 1}111"
        entry = made.entry._replace(id=id_, kind=kind)
        if n:
            entry = entry._replace(void=(), updates=())
        target = diary / "entries/2016/05" / f"2016-05-20-{kind}-{id_}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(write_entry(entry), encoding="utf-8")
    voided = write_entry(model.Entry("pvvv1111", "note", TODAY, title="作废"))
    (diary / "entries/2016/05/2016-05-28-note-pvvv1111.md").write_text(voided, encoding="utf-8")
    row = [
        made.resident,
        made.name("resident", "roster.name"),
        "妻",
        "青石镇",
        "lifted",
        "女",
        "1980",
        "13622223333",
        "3",
        "",
    ]
    made.canaries["13622223333"] = ("phone", "roster.phone")
    head = "household,name,relation,area,class,sex,born,phone,members,note"
    (diary / "roster.csv").write_text(f"{head}\n{','.join(row)}\n", encoding="utf-8")
    return made


def test_the_table_says_of_every_field_of_the_model_who_may_see_it() -> None:
    walked = Garden()
    told = {path for _kind, path in walked.canaries.values()} | set(CODES)
    texts = {path for path, kind in FIELDS.items() if kind == "text"}
    assert set(FIELDS) - told - texts == set()
    assert set(FACTS) == set(KEYS["facts"])
    assert set(FIELDS.values()) | set(FACTS.values()) <= set(SEES)


def every_report(root: Path, garden: Garden) -> Iterator[Report]:
    ledger = synced(Diary(root))
    subjects = {"who": garden.resident, "area": garden.entry.area}
    for name in reports.names(root):
        module = reports.load(name, root)
        about = reports.subject_of(module)
        for id_ in ("pbbb1111", "pbbb2111", "pbbb3111") if about == "entry" else ("",):
            query = read_query([], None, TODAY, reports.grain_of(module))
            if about:
                query = query._replace(filters=(Filter(about, subjects.get(about) or id_),))
            try:
                yield module.report(ledger, query, TODAY)
            except MinqingError:
                assert about == "entry"  # an entry without aid has nothing to sign for
    ledger.close()


def spellings(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        yield text.encode(encoding)
    yield text.encode("ascii", "backslashreplace")
    yield text.encode("ascii", "xmlcharrefreplace")
    yield "".join(f"&#x{ord(sign):x};" for sign in text).encode()
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + text.encode())
        yield whole[4:-4]  # whatever stands around it


def contents(data: bytes) -> bytes:
    """What a file holds: members of a zip, the words of a PDF, or the bytes themselves."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            return b"\n".join(members.read(name) for name in members.namelist())
    if data[:4] == b"%PDF" and shutil.which("pdftotext"):
        words = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
        return data + words + b"".join(words.split())
    return data


def found_in(data: bytes, canaries: set[str]) -> set[str]:
    held = contents(data)
    return {canary for canary in canaries if any(spelled in held for spelled in spellings(canary))}


def rendered(name: str, report: Report) -> bytes:
    try:
        data = formats.load(name).render(report)
    except MinqingError as error:
        pytest.skip(f"{name} cannot be made here: {error}")
    return data.encode("utf-8") if isinstance(data, str) else data


def joined(made: list[Report]) -> Report:
    """All reports as one: a PDF costs most, and a page is as good as another to hide on."""
    heads = [Section("head", report.title, text=(*report.filters, *report.foot)) for report in made]
    return made[0]._replace(
        sections=tuple(part for report in made for part in report.sections) + tuple(heads)
    )


@pytest.mark.parametrize("audience", ["unit", "public"])
@pytest.mark.parametrize("name", formats.formats())
def test_no_canary_is_in_any_report_that_its_audience_may_not_see(garden, diary, name, audience):
    ledger = synced(Diary(diary))
    made = list(every_report(diary, garden))
    masked = [mask.mask(report, ledger, audience) for report in made]
    hidden = {
        c
        for c, (kind, _path) in garden.canaries.items()
        if SEES[kind][audience == "public"] not in ("as it is", "word by word")
    }
    for report in [joined(masked)] if name == "pdf" else masked:
        leaked = found_in(rendered(name, report), hidden | set(SECRETS))
        assert not leaked, (report.name, {canary: garden.canaries.get(canary) for canary in leaked})


def test_the_canaries_are_there_for_the_writer(garden, diary):
    whole = rendered("json", joined(list(every_report(diary, garden))))
    seen = {garden.canaries[canary][1] for canary in found_in(whole, set(garden.canaries))}
    assert {"Entry.author", "Entry.who", "Entry.companions", "Item.who", "Item.owner", "Aid.to", "Fact.who", "Fact.health",
            "Fact.phone", "Fact.income", "Fact.父亲", "Meeting.host", "Vote.tally", "roster.name"} <= seen  # fmt: skip
    assert found_in(whole, set(SECRETS)) == set(SECRETS)


@pytest.mark.parametrize("name", formats.formats())
def test_the_search_would_find_a_canary_in_every_format(garden, diary, name):
    if name == "pdf" and not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not here: nothing else reads the words of a PDF")
    whole = joined(
        [report for report in every_report(diary, garden) if report.name in ("visits", "household")]
    )
    assert found_in(rendered(name, whole), {garden.resident, ID}) == {garden.resident, ID}


def test_the_office_sees_who_did_the_work_and_the_public_does_not(garden, diary):
    ledger = synced(Diary(diary))
    made = list(every_report(diary, garden))
    workers = {canary for canary, (kind, _path) in garden.canaries.items() if kind == "worker"}
    for audience, expected in (("unit", workers), ("public", set())):
        shown = rendered("json", joined([mask.mask(report, ledger, audience) for report in made]))
        assert {
            c
            for c in found_in(shown, workers)
            if garden.canaries[c][1] in ("Entry.author", "Entry.companions")
        } == {c for c in expected if garden.canaries[c][1] in ("Entry.author", "Entry.companions")}


# ---------------------------------------------------------------- rules, one by one


@pytest.fixture
def seen(diary: Path) -> Callable[..., str]:
    """A text as an audience sees it, once the entries are written."""

    def see(text: str, audience: str = "unit") -> str:
        report = Report(
            "x", "题", Span("", None, None, None), (Section("s", "", text=(text,)),), made="2016-05-28"
        )
        return mask.mask(report, synced(Diary(diary)), audience).sections[0].text[0]

    return see


def test_a_name_keeps_its_surname_wherever_it_stands(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴, 欧阳秋水, 赵大山]")
    assert seen("到王小晴家，欧阳秋水说赵大山的爷爷来过。") == "到王**家，欧阳**说赵**的爷爷来过。"


def test_two_of_one_mask_are_numbered_in_the_order_of_the_diary(write, seen):
    write("bbbb1111", "date: 2016-02-01\nwho: [王小晴]")
    write("aaaa1111", "date: 2016-01-01\nwho: [王大山]")
    assert seen("王小晴和王大山") == "王**(2)和王**"
    assert seen("王小晴") == "王**(2)"  # the same person in every paper


def test_the_longer_name_goes_first_and_a_part_of_it_stays_hidden(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴, 王小晴晴]")
    assert seen("王小晴晴、王小晴") in ("王**(2)、王**", "王**、王**(2)")


def test_a_given_name_and_another_name_are_known_too(write, seen):
    write(
        "aaaa1111", "date: 2016-01-01\nwho: [谭秋英, 陈翠（小名豆豆）]\nfacts:\n  谭秋英:\n    曾用名: 谭菊花"
    )
    assert seen("秋英笑了，从前叫谭菊花；豆豆也在") == "谭**笑了，从前叫谭**；陈**也在"


def test_a_guardian_named_only_in_a_fact_is_known_and_kinship_stays(write, seen):
    write("aaaa1111", "date: 2016-01-01\nfacts:\n  赵小梅:\n    guardian: 爷爷赵大山\n    母亲: 改嫁")
    assert seen("赵小梅的爷爷赵大山，母亲改嫁") == "赵**(2)的爷爷赵**，母亲改嫁"


def test_kin_named_in_facts_and_parts_of_long_names_are_known(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nwho: [阿依古丽·买买提]\nfacts:\n  钱多多: {联系人: 郑小虎 13800001111, 子女: 长子钱大宝在外打工}",
    )
    assert seen("阿依古丽、郑小虎和大宝") == "阿**、郑**和钱**(2)"


def test_a_post_is_no_given_name(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [孙校长, 班主任, 村书记]")
    assert seen("孙校长不在，请校长、班主任和村书记来") == "孙**不在，请校长、班主任和村书记来"


def test_a_name_that_is_a_word_is_hidden_only_where_it_stands_alone(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [高兴, 文明]")
    assert seen("大家都很高兴地谈精神文明建设") == "大家都很高兴地谈精神文明建设"
    assert seen("高兴、文明") == "高**、文**"


def test_a_childs_given_name_that_is_a_word_is_hidden_where_it_is_a_name(write, seen):
    write("aaaa1111", "date: 2016-01-01\nfacts:\n  刘小满: {minor: true, school: 柳湾小学}")
    assert seen("小满上学时发癫痫，带小满去县医院，小满的奶奶急得哭") == seen(
        "刘小满上学时发癫痫，带刘小满去县医院，刘小满的奶奶急得哭"
    )
    assert seen("小满前后种瓜，今年小满雨多") == "小满前后种瓜，今年小满雨多"


def test_groups_offices_and_areas_are_nobodys_name(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\narea: 青石镇/王家湾\nwho: [全组, 村民, 柳湾小学, 12户]\nitems:\n  1: {type: task, text: 修渠, owner: 卫生局}",
    )
    assert (
        seen("全组村民到柳湾小学，12户报名，卫生局、王家湾也来人")
        == "全组村民到柳湾小学，12户报名，卫生局、王家湾也来人"
    )


def test_a_child_is_a_letter_and_its_school_is_not_for_the_public(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nfacts:\n  沈佳禾: {minor: true, school: 柳湾小学}\n  陆远舟: {born: 2005-01-01}\n  许老根: {born: 1950}",
    )
    assert seen("沈佳禾、陆远舟在柳湾小学，许老根不在") == "儿童A、儿童B在柳湾小学，许**不在"
    assert seen("沈佳禾在柳湾小学", "public") == "儿童A在某学校"


def test_who_does_the_work_stays_for_the_office_unless_the_diary_is_about_them(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nauthor: 许望山\nwith: [冯启明（村书记）, 罗大川（组长）]\naid:\n  - {what: 米, to: [罗大川]}\n"
        "items:\n  1: {type: task, text: 修渠, owner: 许望山}\n  2: {type: task, text: 交材料, owner: 孙桂兰}",
    )
    assert seen("许望山、冯启明、罗大川、孙桂兰") == "许望山、冯启明、罗**、孙**"
    assert seen("许望山、冯启明书记、罗大川", "public") == "许某、冯某书记、罗**"


def test_who_complained_and_who_was_voted_for_is_hidden_from_both(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nwith: [姚长顺]\nitems:\n  1: {type: complaint, text: 账目看不明白, who: 姚长顺}\n"
        "decisions:\n  - {type: election, text: 选组长, elected: 杨守田, vote: {how: secret, tally: {杨守田: 9, 梁有余: 3}}}",
    )
    assert seen("姚长顺、杨守田、梁有余") == "姚**、杨守田、梁**"
    assert seen("姚长顺、杨守田、梁有余", "public") == "姚**、杨某、梁**"


@pytest.mark.parametrize(
    ("text", "unit", "public"),
    [
        ("打13912345678", "打139****5678", "打（略）"),
        ("打 139-1234-5678 或 ０５３１-88887777", "打 139****5678 或 0531-****7777", "打 （略） 或 （略）"),
        ("号11010119900307963X，卡6222 0212 3456 7890 123", "号（略），卡（略）", "号（略），卡（略）"),
        (
            "2016-05-28 2016-06-05 共13912345.5元",
            "2016-05-28 2016-06-05 共13912345.5元",
            "2016-05-28 2016-06-05 共13912345.5元",
        ),
    ],
)
def test_numbers_that_name_somebody(diary, seen, text, unit, public):
    assert (seen(text), seen(text, "public")) == (unit, public)


def test_sensitive_facts_are_a_kind_for_the_office_and_nothing_for_the_public(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nfacts:\n  谭秋英:\n    health: 常年吃药维持\n    父亲: 服刑\n    丈夫月收入: 约1000元\n    住址: 南巷深处",
    )
    text = "她常年吃药维持，父亲服刑，丈夫挣约1000元，住南巷深处。想种果树。买米约1000元"
    assert seen(text) == "她患病，父亲有特殊情况，丈夫挣（略），住（略）。想种果树。买米约1000元"
    assert seen(text, "public") == "丈夫挣（略），住（略）。想种果树。买米约1000元"


def test_facts_strung_together_go_by_their_keys(write, seen):
    write(
        "aaaa1111",
        "date: 2016-01-01\nfacts:\n  谭秋英: {health: 差, income: 800, 性格: 内向, causes: [illness, school], land: 3亩}",
    )
    text = "健康状况：差；人均年收入：800；性格：内向；致贫原因：因病、因学；耕地：3亩"
    assert seen(text) == "健康状况：患病；人均年收入：略；性格：内向；致贫原因：因病、因学；耕地：3亩"
    assert seen(text, "public") == "致贫原因：因学；耕地：3亩"


def test_cells_heads_charts_and_keys_are_masked_and_numbers_stay_numbers(write, diary):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴]\nfacts:\n  王小晴: {health: 差, phone: 13912345678}")
    columns = (
        Column("who", "户主"),
        Column("王小晴", "王小晴的票"),
        Column("health", "健康"),
        Column("phone", "电话"),
        Column("n", "数", "right"),
    )
    row = {
        "who": ["王小晴", "全组"],
        "王小晴": 3,
        "health": "差",
        "phone": "13912345678",
        "n": Decimal("1400.5"),
        "late": True,
        "hidden": ["王小晴"],
    }
    chart = Chart("王小晴的变化", ("王小晴", "其他"), (1.0, 2.0))
    whole = Report(
        "x", "一户一档：王小晴", Span("", None, None, None), (Section("s", "王小晴", columns, (row,), chart=chart, markdown="**王小晴**来了"),),
        figures={"王小晴": 1}, filters=("王小晴",), foot=("户主：王小晴",),
    )  # fmt: skip
    shown = mask.mask(whole, synced(Diary(diary)), "unit")
    section = shown.sections[0]
    assert (shown.title, shown.filters, shown.foot, shown.figures) == (
        "一户一档：王**",
        ("王**",),
        ("户主：王**",),
        {"王**": 1},
    )
    assert section.rows[0] == {
        "who": ["王**", "全组"],
        "王**": 3,
        "health": "患病",
        "phone": "139****5678",
        "n": Decimal("1400.5"),
        "late": True,
    }
    assert [column.key for column in section.columns][1] == "王**"
    assert section.chart == Chart("王**的变化", ("王**", "其他"), (1.0, 2.0))
    assert section.markdown == "**王＊＊**来了"  # * would turn the words behind it bold


CAUSE, HOMES = Column("cause", "致贫原因", words="causes"), Column("n", "户数", "right")


def counted(**homes: int) -> Section:
    rows = tuple({"cause": cause, "n": n} for cause, n in homes.items())
    return Section(
        "by_cause", "按致贫原因", (CAUSE, HOMES), rows, chart=Chart("", tuple(homes), tuple(homes.values()))
    )


def for_audience(section: Section, diary: Path, audience: str) -> Section:
    return mask.mask(
        Report("x", "汇总", Span("", None, None, None), (section,)), synced(Diary(diary)), audience
    ).sections[0]


def test_counts_under_three_of_what_is_sensitive_are_not_public(diary):
    section = counted(school=2, skill=1, land=7, drive=3)
    shown = for_audience(section, diary, "public")
    assert [row["n"] for row in shown.rows] == ["<3", "<3", 7, 3]
    assert shown.chart is None  # it would draw them
    unit = for_audience(section, diary, "unit")
    assert [row["n"] for row in unit.rows] == [2, 1, 7, 3] and unit.chart


def test_a_single_count_under_three_cannot_be_told_from_the_others(diary):
    assert [row["n"] for row in for_audience(counted(school=2, skill=9, land=5), diary, "public").rows] == [
        "<3",
        9,
        "≥3",
    ]
    assert [row["n"] for row in for_audience(counted(school=4, skill=9), diary, "public").rows] == [4, 9]


def test_counts_of_what_is_not_sensitive_stay(diary):
    columns = (Column("about", "类别", words="about"), HOMES)
    section = Section("s", "", columns, ({"about": "water", "n": 1},))
    assert for_audience(section, diary, "public").rows[0]["n"] == 1


def test_a_plan_tells_the_public_of_no_cause_that_one_or_two_have(write, diary):
    for n, cause in enumerate(("school", "school", "school", "skill")):
        write(
            f"aaaa111{n}",
            f"date: 2016-01-01\narea: 东镇/西村\nwho: [敖{'一二三四'[n]}]\nfacts:\n  敖{'一二三四'[n]}: {{causes: [{cause}]}}",
        )
    ledger = synced(Diary(diary))
    plan = reports.load("plan").report(
        ledger, read_query(["2016"], None, TODAY)._replace(filters=(Filter("area", "西村"),)), TODAY
    )
    told = {audience: str(mask.mask(plan, ledger, audience)) for audience in ("unit", "public")}
    assert "因学 3" in told["public"] and "缺技术 <3" in told["public"]
    assert "缺技术 1" in told["unit"]


def test_a_name_cut_by_the_end_of_a_line_or_a_pad_is_found(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴, 李明]")
    assert seen("今天王小\n晴家，李　明也在，王\u200b小晴") == "今天王**家，李**也在，王**"


def test_a_names_begin_at_the_end_of_a_text_is_no_name(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴]")
    assert seen("找到老王") == "找到老王"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("想申请低保，联系卓玉芬", "想申请低保，联系卓**"),
        ("邻居张老三来过，张老三说渠断了", "邻居张**来过，张**说渠断了"),
        ("企业家仇百万", "企业家仇**"),
        ("由屠小二转交", "由屠**转交"),
        ("闻人大姐说没人管", "闻人**说没人管"),
        ("村民庞立新和妻子汤秀", "村民庞**和妻子汤**"),
        ("每天吃利伐沙班", "每天服药"),
        (
            "联系方式见后，慰问金发放到户，走访了解情况，由水利站解决",
            "联系方式见后，慰问金发放到户，走访了解情况，由水利站解决",
        ),
        ("请水管员来看，找村委会盖章，经村民会议同意", "请水管员来看，找村委会盖章，经村民会议同意"),
        ("吃了闭门羹，领了一片药，服务态度好，打电话", "吃了闭门羹，领了一片药，服务态度好，打电话"),
    ],
)
def test_who_is_named_in_passing_is_hidden_where_the_words_leave_no_doubt(write, seen, text, shown):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴]")
    assert seen(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("三女儿虢怀英说，三儿子不来", "三女儿虢**说，三儿子不来"),  # 三女 is a relation too
        ("①邰爷爷，91岁", "①邰**，91岁"),
        ("邻居欧阳说渠断了", "邻居欧**说渠断了"),
        ("马家奶奶来过", "马家奶奶来过"),
    ],
)
def test_relations_and_signs_around_a_name_leave_it_a_name(write, seen, text, shown):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴]")
    assert seen(text) == shown


def test_who_is_named_is_kept_for_the_next_paper_and_worked_out_anew_when_a_file_changes(
    minqing, write, monkeypatch
):
    write("aaaa1111", "date: 2016-05-01\nwho: [王小晴]\ntitle: 看望王小晴，遇见洪满仓")
    monkeypatch.setattr("minqing.sync._RACY_NS", 0)  # else a file of this very moment is read again and again
    paper = ("list", "--format", "csv")
    assert "看望王**，遇见洪满仓" in minqing(*paper).out
    with monkeypatch.context() as context:
        context.setattr("minqing.names._named", None)
        assert "看望王**，遇见洪满仓" in minqing(*paper).out
    second = write("bbbb2222", "date: 2016-05-02\nwho: [洪满仓]")
    assert "看望王**，遇见洪**" in minqing(*paper).out
    second.unlink()
    assert "看望王**，遇见洪满仓" in minqing(*paper).out


def test_who_is_named_is_not_kept_where_another_process_has_written_meanwhile(write, diary, monkeypatch):
    monkeypatch.setattr("minqing.sync._RACY_NS", 0)  # else a file of this very moment is read again
    write("aaaa1111", "date: 2016-05-01\nwho: [王小晴]")
    asked = names._named

    def slowly(*of):
        people = asked(*of)
        write("bbbb2222", "date: 2016-05-02\nwho: [洪满仓]")
        synced(Diary(diary)).close()
        return people

    monkeypatch.setattr(names, "_named", slowly)
    with closing(synced(Diary(diary))) as ledger:
        assert [one.name for one in names.named(ledger, TODAY)] == ["王小晴"]
    monkeypatch.setattr(names, "_named", asked)
    with closing(synced(Diary(diary))) as ledger:
        assert [one.name for one in names.named(ledger, TODAY)] == ["王小晴", "洪满仓"]
        assert ledger.execute("select count(*) from named").fetchone()[0] == 1


def test_a_neighbour_who_came_along_is_a_resident(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nkind: visit\nwho: [王小晴]\nwith: [冯明（村书记）, 邻居敖大勇]")
    shown = minqing("report", "visits", "--audience", "unit").out
    assert "敖大勇" not in shown
    assert "敖**" in shown and "冯明" in shown


def test_a_donor_in_a_fund_is_hidden_and_an_office_is_not(minqing, write):
    write(
        "aaaa1111",
        """
date: 2016-05-01
items:
  1: {type: problem, text: 渠漏, owner: 水站, due: 2016-05-20}
aid:
  - {what: 慰问金, form: cash, each: 200元, n: 1, to: [王小晴], fund: 企业家仇百万}
funds:
  - {from: 企业家仇百万, what: 慰问金, amount: 900元, note: 由屠小二转交}
figures:
  欠债: {value: 3万元, note: 欠仇百万的}
""",
    )
    for words in (
        ["report", "aid", "--audience", "unit"],
        ["report", "figures", "--audience", "unit"],
        ["report", "funds", "--audience", "unit"],
        ["export", "hledger"],
        ["export", "beancount"],
    ):
        assert "仇百万" not in minqing(*words).out
    assert "仇百万" in minqing("export", "hledger", "--names").out
    assert "水站" in minqing("report", "items", "--audience", "unit").out


def test_a_mask_of_a_mask_changes_nothing(write, seen):
    write("aaaa1111", "date: 2016-01-01\nwho: [王小晴]\nfacts:\n  王小晴: {health: 肺病多年}")
    once = seen("王小晴肺病多年，电话13912345678")
    assert once == "王**患病，电话139****5678" == seen(once)


# ---------------------------------------------------------------- the command line


def test_papers_are_for_the_office_and_the_writers_own_tools_show_all(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nkind: visit\nwho: [王小晴]")
    for name in ("text", "json"):
        assert "王小晴" in minqing("report", "visits", "--format", name).out
        assert "王小晴" not in minqing("report", "visits", "--format", name, "--audience", "unit").out
    for name in ("csv", "md", "html"):
        masked = minqing("report", "visits", "--format", name).out
        assert "王小晴" not in masked and "王" in masked


def test_a_full_paper_says_what_it_is(minqing, write, tmp_path):
    write("aaaa1111", "date: 2016-05-01\nkind: visit\nwho: [王小晴]")
    for name in ("csv", "md", "html"):
        full = minqing("report", "visits", "--format", name, "--audience", "self").out
        assert "王小晴" in full and "含个人信息，不得外传" in full
        assert "含个人信息" not in minqing("report", "visits", "--format", name).out
    assert "含个人信息" not in minqing("report", "visits").out
    assert minqing("report", "visits", "-o", str(tmp_path / "a.xlsx"), "--audience", "self").code == 0
    assert "含个人信息，不得外传".encode() in contents((tmp_path / "a.xlsx").read_bytes())


LEAKY = """
date: 2016-05-01
kind: visit
title: 走访王小晴家
who: [王小晴]
facts:
  王小晴: {health: 肺病多年, phone: 13912345678}
items:
  1: {type: need, text: 王小晴想养鸡, who: 王小晴, due: 2016-05-20}
"""
LEAKY_TEXT = "这一句说得很长很长很长很长很长很长很长很长很长很长，王小晴说起肺病多年的事，电话13912345678，话也很长很长很长。\n"
READINGS = [
    ("list",), ("list", "-n", "0"), ("search", "小晴说"), ("search", "1234"), ("show", "aaaa"), ("show", "aaaa.1"),
    ("today", "--today", "2016-05-28"),
]  # fmt: skip


@pytest.mark.parametrize("words", READINGS, ids=" ".join)
def test_every_command_that_prints_papers_masks_them(minqing, write, words):
    write("aaaa1111", LEAKY, LEAKY_TEXT)
    hidden = ("王小晴", "小晴", "肺病", "13912345678", "1234567")
    assert any(word in minqing(*words).out for word in hidden)
    for name in ("csv", "md", "html"):
        assert not [word for word in hidden if word in minqing(*words, "--format", name).out]
    for name in ("text", "json"):
        assert not [
            word for word in hidden if word in minqing(*words, "--format", name, "--audience", "unit").out
        ]
    assert "不得外传" in minqing(*words, "--format", "csv", "--audience", "self").out


def test_an_entry_is_a_paper_with_its_tables_and_text(minqing, write):
    write("aaaa1111", LEAKY, LEAKY_TEXT)
    page = minqing("show", "aaaa", "--audience", "unit").out
    assert all(
        word in page for word in ("走访王**家", "患病", "王**想养鸡", "139****5678", "王＊＊说起患病的事")
    )
    assert "不得外传" in minqing("show", "aaaa", "--format", "md", "--audience", "self").out


def test_a_file_is_masked_like_the_screen(minqing, write, tmp_path):
    write("aaaa1111", "date: 2016-05-01\nkind: visit\nwho: [王小晴]")
    assert minqing("report", "visits", "-o", str(tmp_path / "a.csv")).code == 0
    assert "王**" in (tmp_path / "a.csv").read_text("utf-8")


def test_commands_without_papers_do_not_load_the_mask(diary):
    loads = "import sys, minqing.cli as c; c.run(['list']); print('minqing.mask' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loads], capture_output=True, text=True, cwd=diary, check=True
    )
    assert said.stdout.strip().endswith("False")


@pytest.mark.parametrize("text", ["q7m3k9x2", "2016-05-28", "1400.5", "+3", "x80q.10"])
def test_ids_days_and_numbers_are_no_one_s(write, seen, text):
    write("aaaa1111", "date: 2016-01-01\nwho: [Tom Lee, 王小晴]\nfacts:\n  王小晴: {phone: 13912345678}")
    assert seen(text) == seen(text, "public") == text


@pytest.mark.parametrize("text", ["Tom Lee", "see Tom Lee", "13912345678", "HIV", "income: 900", "no. 6222 0212 3456 7890"])
def test_what_tells_of_somebody_is_masked_without_a_chinese_letter_too(write, seen, text):
    write("aaaa1111", "date: 2016-01-01\nwho: [Tom Lee, 王小晴]\nfacts:\n  王小晴: {phone: 13912345678, income: 900元}")
    assert seen(text) != text
