"""The form for a phone, in a real browser: fill in, come back, copy; what it may hold, and what leaves it."""

import json
import re
import shutil
import time
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import date as Date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import Minqing
from hypothesis import given
from hypothesis import strategies as st

from minqing import phone
from minqing.codes import code_of, diary_key, is_code, names_in, resolve, with_names
from minqing.diary import Diary
from minqing.errors import MinqingError
from minqing.heads import guarded
from minqing.language import use_language
from minqing.marks import read_marks
from minqing.model import (
    Aid,
    Decision,
    Entry,
    Figure,
    Item,
    Meeting,
    Person,
    Quantity,
    Update,
    Vote,
)
from minqing.phone.fields import MARKS
from minqing.sync import synced
from minqing.text import read_entry

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
DAY = Date(2016, 5, 28)

Write = Callable[..., Path]


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MINQING_LANG", "zh")
    use_language("zh")
    yield
    use_language("en")


@pytest.fixture
def village(diary: Path, write: Write) -> Path:
    """A diary with two households, a child, a companion, an open item and one that is closed."""
    shutil.rmtree(diary / "templates")  # the shipped kinds, in whichever language the test speaks
    write(
        "kaaa1111",
        "kind: visit\ndate: 2016-05-08\narea: 青石镇/柳湾村/二组\nplace: 村部\nwho: [赵小梅]\nwith: [冯启明（村书记）]\n"
        "facts:\n  赵小梅: {health: 红斑狼疮, class: dibao}\n  赵小宝: {minor: true, relation: 儿子}\n"
        "items:\n  1: {type: need, who: 赵小梅, text: 赵小梅没有低保, due: 2016-06-08}\n  2: {type: task, text: 修水渠}",
    )
    write(
        "kbbb2222",
        "kind: visit\ndate: 2016-05-09\narea: 青石镇/柳湾村/三组\nwho: [王大山]\nfigures: {在校学生: 326人}",
    )
    write("kccc3333", "date: 2016-05-10\nupdates:\n  - {ref: kaaa1111.2, status: closed, reason: resolved}")
    return diary


def page_of(root: Path, language: str = "zh") -> str:
    """The form that the diary makes on DAY, as the command does."""
    diary = Diary(root)
    return phone.page(phone.known(synced(diary), diary.kinds(language).values(), diary_key(root), DAY))


# ---------------------------------------------------------------- codes


@given(
    st.lists(st.text(min_size=1), unique=True, min_size=1, max_size=5), st.binary(min_size=32, max_size=32)
)
def test_a_code_stands_for_one_name_and_only_with_its_key(names: list[str], key: bytes) -> None:
    for language in ("zh", "en"):
        code = code_of(names[0], key, language)
        assert is_code(code)
        assert resolve(code, names, key) == names[0]
        assert resolve(code.upper(), names, key) == names[0]  # as an input method may leave it
        assert resolve(code, names, bytes(32 - len(key)) + key[::-1] + b"x") is None
        assert resolve(code, names[1:], key) is None


def test_names_and_bad_codes_are_no_codes() -> None:
    for text in ("赵小梅", "代号", "代号12345", "代号xyzxyzxyzx", "code-", "631224a59d", "代号631224a59d0"):
        assert not is_code(text)
        assert resolve(text, ["赵小梅"], bytes(32)) is None


def test_codes_of_another_diary_are_named_and_stay(village: Path) -> None:
    strange = code_of("赵小梅", b"another key of 32 bytes in length", "zh")
    entry = Entry("kddd4444", "note", DAY, who=(Person("王大山"), Person(strange)), body=f"见{strange}\n")
    assert with_names(entry, ["王大山", "赵小梅"], diary_key(village)) == (entry, (strange,))


def test_the_key_is_made_once_and_is_private(village: Path) -> None:
    first = diary_key(village)
    assert diary_key(village) == first
    assert (village / ".minqing/key").stat().st_mode & 0o777 == 0o600
    (village / ".minqing/key").write_bytes(b"")
    with pytest.raises(MinqingError, match="no key any more"):
        diary_key(village)


def test_every_code_of_the_form_leads_back_to_its_name(village: Path, chinese: None) -> None:
    key, ledger = diary_key(village), synced(Diary(village))
    people = phone.known(ledger, (), key, DAY).choices["people"]
    assert [(one.shown, resolve(one.said, names_in(ledger), key)) for one in people] == [
        ("王**（三组）", "王大山"),
        ("儿童A（二组）", "赵小宝"),
        ("赵**（二组）", "赵小梅"),
    ]


# ---------------------------------------------------------------- the file


def test_the_form_names_nobody_and_holds_no_key(village: Path, chinese: None) -> None:
    page = page_of(village)
    for secret in ("赵小梅", "小梅", "赵小宝", "王大山", "红斑狼疮", diary_key(village).hex()):
        assert secret not in page
        assert json.dumps(secret) not in page
    assert "赵**没有低保" in page
    assert "冯启明" in page  # who does the work under their name, as in a paper for the unit
    assert "修水渠" not in page  # closed


def test_who_came_along_as_a_neighbour_is_masked_and_a_secretary_of_the_village_is_not(
    village: Path, write: Write, chinese: None
) -> None:
    write(
        "kddd4444",
        "kind: visit\ndate: 2016-05-11\nwho: [赵小梅]\nwith: [王大川（邻居）, 赵二柱（赵小梅的儿子）, 李树根（村民）, 冯启明（村书记）]",
    )
    roster = "户主,姓名,村组\n王大山,王大川,青石镇/柳湾村/三组\n冯启明,冯启明,青石镇/柳湾村/一组\n"
    (village / "roster.csv").write_text(roster, "utf-8")
    page = page_of(village)
    for name in ("王大川", "赵二柱", "李树根"):
        assert name not in page
    assert "冯启明（村书记）" in page


def test_nothing_but_its_own_script_can_run(village: Path) -> None:
    page = page_of(village)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    script, style = (
        re.findall(r"<script>(.*?)</script>", page, re.DOTALL),
        re.findall(r"<style>(.*?)</style>", page, re.DOTALL),
    )
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in (*script, *style)]
    assert policy[1] == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?:|\bon\w+=|style=", page)


def test_old_browsers_can_read_the_script() -> None:
    script = (Path(phone.__file__).parent / "form.js").read_text("utf-8")
    bare = re.sub(
        r"//.*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|/(?:\[[^]]*\]|[^/\n])+/[gm.]*", "", script, flags=re.DOTALL
    )
    assert not re.findall(r"=>|`|\?\.|\?\?|\b(?:let|const|class|import|async)\b", bare)


def test_without_the_office_extra_one_sentence_says_so(
    village: Path, minqing: Minqing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2.sandbox", None)
    said = minqing("form", "-o", "form.html")
    assert said.code == 1
    assert said.err == "error: form needs the office extra: pip install 'minqing[office]'\n"
    assert not (village / "form.html").exists()


def test_the_file_is_not_replaced_unless_forced(village: Path, minqing: Minqing) -> None:
    assert minqing("form", "-o", "form.html").code == 0
    assert "exists already" in minqing("form", "-o", "form.html").err
    assert minqing("form", "-o", "form.html", "--force").code == 0
    assert minqing("form").out.startswith("<!doctype html>")


def test_a_phone_opens_the_file_by_its_ending(village: Path, minqing: Minqing) -> None:
    for name in ("form.txt", "-", "."):
        said = minqing("form", "-o", name)
        assert (said.code, said.out) == (2, "") and f"the ending of {name}; known: html" in said.err
    assert minqing("form", "-o", "form.HTM").code == 0


def test_the_same_diary_makes_the_same_form(village: Path) -> None:
    assert page_of(village) == page_of(village)


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A phone's browser; what a form keeps in it is the diary's own, so that one does for every test."""
    playwright = pytest.importorskip(
        "playwright.sync_api",
        reason="playwright is NOT installed, so the form was tried in NO browser: pip install playwright",
    )
    if CHROMIUM is None:
        warnings.warn(
            "chromium is NOT installed, so the form was tried in NO browser: apt install chromium",
            stacklevel=1,
        )
        pytest.skip("chromium is NOT installed, so the form was tried in NO browser: apt install chromium")
    with playwright.sync_playwright() as run:
        chromium = run.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        permissions = ["clipboard-read", "clipboard-write"]
        context = chromium.new_context(
            viewport={"width": 360, "height": 800}, has_touch=True, locale="zh-CN", permissions=permissions
        )
        context.set_default_timeout(10_000)
        yield context
        chromium.close()


class Form:
    """The form in a browser, as a hand works it: taps on what is seen."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def kind(self, shown: str) -> None:
        self.page.locator(".kinds label", has_text=shown).tap()

    def line(self, shown: str) -> Any:
        """A new line of that name."""
        self.page.locator(".marks").get_by_text(shown, exact=True).tap()
        lines = self.page.locator(".line")
        return lines.nth(lines.count() - 1)

    def fill(self, name: str, text: str, within: Any = None) -> None:
        root = within or self.page.locator("#head, #body")
        root.locator(f".field[data-name={name}]").locator("input, textarea").fill(text)

    def select(self, name: str, shown: str, within: Any) -> None:
        within.locator(f".field[data-name={name}] select").select_option(label=shown)

    def pick(self, name: str, shown: str, within: Any = None) -> None:
        """Find a choice by a part of it."""
        field = (within or self.page.locator("#head")).locator(f".field[data-name={name}]")
        field.locator("input").fill(shown[:1])
        field.locator(".choices button", has_text=shown).first.tap()

    @property
    def text(self) -> str:
        said: str = self.page.locator("#text").input_value()
        return said

    @property
    def told(self) -> str:
        said: str = self.page.locator("#told").inner_text()
        return said

    def copy(self) -> None:
        self.page.locator("[data-do=copy]").tap()

    def drafts(self) -> list[str]:
        self.page.locator("#drafts summary").tap()
        found: list[str] = self.page.locator("#drafts li button:first-child").all_inner_texts()
        return found


Open = Callable[..., Form]


@pytest.fixture
def open_form(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a page's text as a file on a phone; no request leaves it, nothing goes wrong in its script."""
    asked: list[str] = []
    wrong: list[str] = []
    tabs = []

    def open_(page: str, before: str = "") -> Form:
        file = tmp_path / "民情 form.html"
        file.write_text(page, encoding="utf-8")
        tab = browser.new_page()
        tabs.append(tab)
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda message: wrong.append(message.text))
        if before:
            tab.add_init_script(before)
        tab.goto(file.as_uri())
        return Form(tab)

    yield open_
    for tab in tabs:
        tab.close()
    assert [url for url in asked if not url.startswith(("file://", "about:"))] == []
    assert wrong == []


def code(root: Path, name: str, language: str = "zh") -> str:
    return code_of(name, diary_key(root), language)


def fill_everything(form: Form) -> None:
    """Every field of the form once, in Chinese."""
    form.kind("走访")
    form.fill("date", "2016-05-28")
    form.fill("from", "06:20")
    form.fill("to", "10:10")
    form.pick("weather", "多云转阴")
    form.fill("area", "")
    form.pick("area", "青石镇/柳湾村/二组")
    form.pick("place", "村部")
    form.pick("who", "赵**")
    form.pick("with", "冯启明（村书记）")
    form.fill("title", "走访 两户")
    for name in ("诉求", "问题", "意见", "建议", "承诺", "待办", "措施"):
        line = form.line(name)
        form.fill("text", f"{name}的内容", line)
        form.select("about", "低保救助", line)
        form.fill("due", "2016-06-08", line)
        form.pick("owner", "冯启明", line)
    line = form.line("帮扶")
    form.fill("what", "慰问金", line)
    form.fill("each", "200元", line)
    form.fill("n", "2", line)
    form.pick("to", "赵**", line)
    form.pick("to", "王**", line)
    form.fill("fund", "卫生局", line)
    form.pick("occasion", "六一", line)
    line = form.line("数据")
    form.fill("name", "留守儿童", line)
    form.fill("value", "127人", line)
    form.pick("of", "在校学生", line)
    line = form.line("情况")
    form.pick("name", "户属性", line)
    form.pick("value", "低保户", line)
    line = form.line("进展")
    form.pick("ref", "诉求 赵**没有低保", line)
    form.select("status", "已销号", line)
    form.select("reason", "已解决", line)
    form.select("satisfied", "满意", line)
    form.fill("note", "两户均已走访", line)
    line = form.line("会议")
    form.select("type", "村民小组会议", line)
    form.pick("host", "冯启明", line)
    form.fill("recorder", "李某", line)
    form.fill("eligible", "20", line)
    form.fill("present", "18", line)
    form.select("unit", "户", line)
    form.fill("agenda", "选组长\n修路", line)
    line = form.line("决议")
    form.fill("text", "选举组长", line)
    form.select("type", "选举", line)
    form.fill("elected", "钟方", line)
    form.select("how", "无记名", line)
    for name, number in (
        ("issued", 18),
        ("returned", 18),
        ("valid", 17),
        ("yes", 15),
        ("no", 1),
        ("abstain", 1),
        ("signed", 9),
    ):
        form.fill(name, str(number), line)
    line = form.line("连心卡")
    form.pick("who", "王**", line)
    form.fill("body", "爷爷在家。\n2016年的事另说。\n5月8日也是。\n\n晚上又去了一趟。")


def everything(zhao: str, wang: str) -> str:
    """What fill_everything comes to."""
    items = "".join(
        f"【{name}】{name}的内容 @{zhao} #低保救助 期限=2016-06-08 责任人=冯启明\n"
        for name in ("诉求", "问题", "意见", "建议", "承诺", "待办", "措施")
    )
    return (
        "2016-05-28 06:20-10:10\n【类型】走访\n【标题】走访 两户\n【天气】多云转阴\n【村组】青石镇/柳湾村/二组\n【地点】村部\n"
        f"【对象】{zhao}\n【同行】冯启明（村书记）\n{items}"
        f"【帮扶】慰问金 200元 x 2 领取人={zhao}、{wang} 资金来源=卫生局 名目=六一\n"
        "【数据】留守儿童=127人 其中=在校学生\n"
        f"【情况】@{zhao} 户属性=低保户\n"
        "【进展】kaaa1111.1 状态=已销号 原因=已解决 满意度=满意 说明=两户均已走访\n"
        "【会议】类型=村民小组会议 主持=冯启明 记录=李某 应到=20 实到=18 单位=户 议题=选组长、修路\n"
        "【决议】选举组长 类型=选举 当选=钟方 签订数=9 方式=无记名 发出=18 收回=18 有效=17 赞成=15 反对=1 弃权=1\n"
        f"【连心卡】@{wang}\n"
        "【正文】\n爷爷在家。\n2016年的事另说。\n　5月8日也是。\n\n晚上又去了一趟。\n"
    )


def test_what_is_filled_in_is_copied_as_marked_text(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    fill_everything(form)
    expected = everything(code(village, "赵小梅"), code(village, "王大山"))
    assert form.text == expected
    form.copy()
    form.page.locator("#told", has_text="已复制").wait_for()
    assert form.page.evaluate("navigator.clipboard.readText()") == expected
    assert {mark.name for mark in MARKS} == {
        line.get_attribute("data-mark") for line in form.page.locator(".line").all()
    }  # nothing the form can say was left out above
    assert form.page.locator("#codes li").all_inner_texts() == [
        f"{code(village, '王大山')} 王**（三组）",
        f"{code(village, '赵小梅')} 赵**（二组）",
    ]
    form.page.reload()
    assert form.text == expected


def test_minqing_add_makes_the_entry_of_what_was_copied(
    village: Path, minqing: Minqing, chinese: None
) -> None:
    text = everything(code(village, "赵小梅"), code(village, "王大山"))
    (village / "copied.txt").write_text(text, encoding="utf-8")
    said = minqing("add", "copied.txt")
    assert (said.code, said.err) == (0, "")
    path = said.out.split()[0]
    assert "代号" not in (village / path).read_text("utf-8")
    entry = read_entry((village / path).read_bytes()).entry
    assert entry is not None
    assert entry[1:9] == (
        "visit",
        DAY,
        "走访 两户",
        None,
        None,
        "06:20-10:10",
        "多云转阴",
        "青石镇/柳湾村/二组",
    )
    assert (entry.place, entry.who, entry.companions) == (
        "村部",
        (Person("赵小梅"),),
        (Person("冯启明", "村书记"),),
    )
    kinds = ("need", "problem", "complaint", "advice", "promise", "task", "measure")
    names = ("诉求", "问题", "意见", "建议", "承诺", "待办", "措施")
    assert entry.items == tuple(
        Item(n, type_, f"{name}的内容", "welfare", "赵小梅", "冯启明", Date(2016, 6, 8))
        for n, (type_, name) in enumerate(zip(kinds, names, strict=True), 1)
    )
    yuan = [Quantity(Decimal(n), "元") for n in (200, 400)]
    assert entry.aid == (
        Aid("慰问金", "cash", yuan[0], 2, yuan[1], ("赵小梅", "王大山"), "卫生局", occasion="六一"),
    )
    assert entry.figures == (Figure("留守儿童", Quantity(Decimal(127), "人"), "在校学生"),)
    assert entry.facts == (("赵小梅", "class", "dibao"), ("王大山", "card", "true"))
    assert entry.updates == (Update("kaaa1111.1", "closed", "resolved", "两户均已走访", satisfied="yes"),)
    assert entry.meeting == Meeting("group", "冯启明", "李某", 20, 18, "household", ("选组长", "修路"))
    vote = Vote("secret", 18, 18, 17, 15, 1, 1)
    assert entry.decisions == (Decision("选举组长", "election", "钟方", 9, None, vote),)
    assert entry.body == "爷爷在家。\n2016年的事另说。\n5月8日也是。\n\n晚上又去了一趟。\n"


@pytest.mark.slow
def test_lines_that_begin_with_a_day_come_back_as_they_were_typed(
    village: Path, open_form: Open, minqing: Minqing, chinese: None
) -> None:
    words = (
        "在家。\n5月8日去过。\n\u3000\u30005月9日又去。\n\u30006月1日\n二〇一六年五月三日 走访\n20160504 走访\n5.6 走访\n周二 走访\n3/4的人\n"
        "农历五月初一\n- 6月2日 开会\n６月３日"
    )
    form = open_form(page_of(village))
    form.fill("date", "2016-05-28")
    form.kind("走访")
    form.fill("body", words)
    assert form.text.partition("【正文】\n")[2] == "\n".join(map(guarded, words.split("\n"))) + "\n"
    (village / "copied.txt").write_text(form.text, encoding="utf-8")
    assert minqing("add", "copied.txt").out.count("\n") == 1
    (path,) = village.glob("entries/**/2016-05-28-*.md")
    assert read_entry(path.read_bytes()).entry.body == words + "\n"


def test_a_code_of_another_diary_stays_and_is_told(village: Path, minqing: Minqing) -> None:
    strange = code_of("赵小梅", b"another key", "zh")
    (village / "copied.txt").write_text(f"2016-05-28\n【类型】走访\n【对象】{strange}\n", encoding="utf-8")
    said = minqing("add", "copied.txt")
    assert said.code == 0
    assert f"{strange} is nobody's code in this diary" in said.err
    assert strange in (village / said.out.split()[0]).read_text("utf-8")


@pytest.mark.slow
def test_without_a_clipboard_the_text_is_selected_and_copied(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village), "Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    form.kind("随记")
    form.fill("body", "一句话")
    form.page.evaluate(
        "document.addEventListener('copy', () => { window.taken = String(document.getSelection()) })"
    )
    form.copy()
    assert "已复制" in form.told
    assert form.page.evaluate("window.taken") == form.text
    form.page.evaluate("document.execCommand = () => false")
    form.copy()
    assert "长按" in form.told
    selected = (
        "(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.getElementById('text'))"
    )
    assert form.page.evaluate(selected) == form.text


@pytest.mark.slow
def test_nothing_typed_is_lost_by_reloading_or_pressing_back(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    form.pick("who", "王**")
    form.fill("who", "李某")  # typed, and not yet taken
    line = form.line("承诺")
    form.fill("text", "社区尽快申报", line)
    written = form.text
    assert "李某" in written and "社区尽快申报" in written
    form.page.reload()
    assert form.text == written
    form.page.goto("about:blank")
    form.page.go_back()
    assert form.text == written


@pytest.mark.slow
def test_several_drafts_are_listed_opened_and_removed(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    form.pick("who", "赵**")
    first = form.text
    form.page.locator("[data-do=new]").tap()
    assert "赵**" not in form.text and "走访" not in form.text
    form.kind("会议")
    form.fill("title", "选组长")
    today = form.page.evaluate("new Date().toLocaleDateString('sv')")
    assert form.drafts() == [f"{today} 会议 选组长", f"{today} 走访 赵**（二组）"]
    form.page.locator("#drafts li button").nth(2).tap()
    assert form.text == first
    form.drafts()
    removing = form.page.locator("#drafts li").first.locator("[data-do=drop]")
    removing.tap()
    assert "再点一次" in removing.inner_text()
    removing.tap()
    form.page.reload()
    assert form.drafts() == [f"{today} 走访 赵**（二组）"]
    assert form.text == first


@pytest.mark.slow
def test_where_the_browser_keeps_nothing_the_form_says_so(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village), "Object.defineProperty(window, 'localStorage', {value: null})")
    assert "存不了草稿" in form.told
    form.kind("随记")
    assert "存不了草稿" in form.told
    assert "【类型】随记" in form.text
    full = open_form(
        page_of(village),
        "Storage.prototype.setItem = (k => function (n, v) { if (v) throw new Error('full'); k.call(this, n, v); })(Storage.prototype.setItem)",
    )
    full.kind("随记")
    assert "没能存下" in full.told
    assert "【类型】随记" in full.text


@pytest.mark.slow
def test_choices_cover_nothing_until_they_are_asked_for_and_esc_shuts_them(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    line = form.line("情况")
    box = line.locator(".field[data-name=who] .choices")
    form.page.locator(".marks").get_by_text("数据", exact=True).tap()  # nothing lies over the row of buttons
    assert form.page.locator(".line").count() == 2
    line.locator(".field[data-name=who] input").tap()
    assert box.is_visible()
    form.page.keyboard.press("Escape")
    assert box.is_hidden() and form.page.evaluate("document.activeElement.tagName") == "INPUT"
    line.locator(".field[data-name=who] input").tap()
    assert box.is_visible()


@pytest.mark.slow
def test_a_line_that_lacks_something_waits_and_is_named(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    line = form.line("诉求")
    form.select("about", "土地", line)
    assert "诉求" not in form.text
    assert form.page.locator("#lacking").inner_text() == "诉求: 还没有写内容，这一行暂不放进文字里"
    form.fill("text", "地界说不清", line)
    assert "【诉求】地界说不清 #土地\n" in form.text
    assert form.page.locator("#lacking").inner_text() == ""
    form.line("建议")  # opened and left empty: nothing is said about it
    assert "建议" not in form.text
    line.locator("[data-do=remove]").tap()
    line.locator("[data-do=remove]").tap()
    assert "地界" not in form.text


@pytest.mark.slow
def test_a_gift_waits_for_its_unit_and_is_said_as_it_was_typed(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    form.kind("慰问帮扶")
    line = form.line("帮扶")
    form.fill("what", "慰问金", line)
    for each in ("200", "２００．５", "两百"):
        form.fill("each", each, line)
        assert "帮扶】" not in form.text
        told = f"帮扶: “{each}”没有写单位（例如 200元），这一行暂不放进文字里"
        assert form.page.locator("#lacking").inner_text() == told
    form.fill("each", "200元", line)
    assert form.page.locator("#lacking").inner_text() == ""
    goods = ("大米一袋、油一桶", "两百元", "书包和学习用具一套", "一套", "x")
    for what in goods:
        form.fill("what", what, form.line("帮扶"))
    (read,) = read_marks(form.text, DAY)
    assert (read.flaws, read.entry.aid[0].each) == ((), Quantity(Decimal(200), "元"))
    assert tuple(aid.what for aid in read.entry.aid) == ("慰问金", *goods)


@pytest.mark.slow
def test_two_names_where_one_belongs_are_told_whatever_stands_between_them(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    for number, who in enumerate(("李强，王大山", "李强,王大山", "李强 ; 王大山"), 1):
        line = form.line("诉求")
        form.fill("text", "修路", line)
        form.fill("who", who, line)
        assert form.text.count("【诉求】修路 @李强、王大山\n") == number
    (read,) = read_marks(form.text, DAY)
    assert [flaw.words["word"] for flaw in read.flaws] == ["@王大山"] * 3


@pytest.mark.slow
def test_a_year_half_typed_is_no_date_and_an_empty_form_gives_nothing_to_copy(
    village: Path, open_form: Open, chinese: None
) -> None:
    form = open_form(page_of(village))
    form.copy()
    assert form.told == "还没有可以复制的内容"
    form.kind("走访")
    line = form.line("诉求")
    form.fill("text", "修路", line)
    for slip in ("0026-05-28", "12026-05-28"):  # 26 for the year, and a year of five digits
        form.fill("date", "2016-05-28")
        form.page.evaluate(
            """slip => document.querySelectorAll('input[type=date]').forEach(function (input) {
                 input.value = slip; input.dispatchEvent(new Event('input', {bubbles: true})); })""",
            slip,
        )
        assert form.page.locator("#lacking").inner_text() == "还没有写日期"
        assert form.text == "\n【类型】走访\n【诉求】修路\n"
    assert form.page.locator("input[type=date]").first.get_attribute("max") == "9999-12-31"


@pytest.mark.slow
def test_a_draft_that_is_none_takes_no_other_with_it(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    form.page.evaluate(
        """() => {
             var place = 'minqing/' + JSON.parse(document.getElementById('known').textContent).diary + '/';
             ['{torn', 'null', '{}'].forEach(function (draft, n) { localStorage[place + n] = draft; });
             localStorage[place + 'open'] = '2';
           }"""
    )
    form.page.reload()
    assert form.text.startswith(f"{Date.today()}\n")
    assert form.drafts() == [f"{Date.today()} 走访"]


HOSTILE = "</script><script>alert(1)</script> \"引号\" \\ 'x' 【诉求】假 @人 #water x=1\n2016-05-28 换行 \u2028 😀 6月8日前"


@pytest.mark.slow
def test_hostile_text_stays_one_value_word_for_word(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    form.kind("走访")
    form.fill("place", HOSTILE.replace("\n", " "))
    line = form.line("诉求")
    form.fill("text", HOSTILE, line)
    line = form.line("情况")
    form.fill("who", "甲 乙", line)
    form.fill("name", "家 底", line)
    form.fill("value", HOSTILE.replace("\n", " "), line)
    form.fill("body", f"{HOSTILE}\n2016-05-29 又一天")
    head, _mark, body = form.text.partition("【正文】\n")
    said = dict(re.findall(r"【(地点|诉求|情况)】(.*)", head))
    assert json.loads(said["地点"]) == HOSTILE.replace("\n", " ")
    assert said["诉求"].startswith("内容=")
    assert json.loads(said["诉求"].removeprefix("内容=")) == HOSTILE
    assert said["情况"].startswith('@"甲 乙" "家 底"=')
    assert json.loads(said["情况"].removeprefix('@"甲 乙" "家 底"=')) == HOSTILE.replace("\n", " ")
    (read,) = read_marks(form.text, DAY)
    assert read.flaws == ()
    assert (read.entry.place, read.entry.items[0].text) == (HOSTILE.replace("\n", " "), HOSTILE)
    assert read.entry.facts[0] == ("甲 乙", "家 底", HOSTILE.replace("\n", " "))
    assert body == f"{HOSTILE}\n2016-05-29 又一天\n".replace("\n2016", "\n\u30002016")
    form.page.reload()
    assert form.text.endswith(body)


@pytest.mark.slow
def test_what_the_diary_says_cannot_break_out_of_the_form(
    diary: Path, write: Write, open_form: Open, chinese: None
) -> None:
    nasty = '</script><img src=x onerror=alert(1)>\\"\\u2028'
    write(
        "kaaa1111",
        f'date: 2016-05-08\nwho: [赵小梅]\nplace: "{nasty}"\nitems:\n  1: {{type: need, text: "{nasty}"}}',
    )
    (diary / "minqing.yaml").write_text(f'name: "{nasty}"\n', encoding="utf-8")
    form = open_form(page_of(diary))
    assert "<img src=x onerror=alert(1)>" in form.page.locator("h1").inner_text()
    form.pick("ref", "</script><img src=x", form.line("进展"))
    assert "【进展】kaaa1111.1" in form.text
    assert form.page.locator("img").count() == 0


@pytest.mark.slow
def test_in_an_english_diary_the_form_writes_english(village: Path, open_form: Open) -> None:
    form = open_form(page_of(village, "en"))
    form.kind("home visit")
    form.fill("date", "2016-05-28")
    form.pick("who", "赵**")
    line = form.line("Promise")
    form.fill("text", "ask the community soon", line)
    form.select("about", "welfare", line)
    zhao = code(village, "赵小梅", "en")
    assert (
        form.text
        == f'2016-05-28\n【kind】visit\n【who】{zhao}\n【promise】text="ask the community soon" @{zhao} #welfare\n'
    )


@pytest.mark.slow
def test_drafts_of_two_diaries_are_kept_apart(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    form.fill("title", "这一本的")
    other = page_of(village).replace(
        phone.known(synced(Diary(village)), (), diary_key(village), DAY).mark, "code-0000000000"
    )
    Path(form.page.evaluate("decodeURIComponent(location.pathname)")).write_text(other, encoding="utf-8")
    form.page.reload()
    assert "这一本的" not in form.text


@pytest.mark.slow
def test_two_thousand_households_stay_small_and_quick(diary: Path, open_form: Open, chinese: None) -> None:
    family, given_ = "赵钱孙李周吴郑王冯陈", "大小春秋梅兰竹菊山水"
    names = [
        f"{a}{b}{c}" for a in family for b in given_ for c in "一二三四五六七八九十百千万东南西北中红白"
    ][:2000]
    rows = [f"{name},户主,青石镇/{'ABCDEFGHIJ'[n % 10]}村/{n % 7 + 1}组" for n, name in enumerate(names)]
    (diary / "roster.csv").write_text("姓名,与户主关系,村组\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page = page_of(diary)
    assert len(page.encode()) < 400_000
    assert not any(name in page for name in names)
    form = open_form(page)
    before = time.monotonic()
    form.page.locator("#head [data-name=who] input").fill("王**")
    form.page.locator("#head [data-name=who] .choices button").first.tap()
    assert time.monotonic() - before < 2
    assert resolve(form.text.partition("【对象】")[2].split()[0], names, diary_key(diary)) in names
    asked = form.page.evaluate("""() => { const box = document.querySelector('[data-name=who] input'), start = performance.now();
        box.value = '王'; box.dispatchEvent(new Event('input', {bubbles: true})); return performance.now() - start }""")
    assert asked < 250  # milliseconds of a key


@pytest.mark.slow
def test_every_target_is_large_enough_for_a_thumb(village: Path, open_form: Open, chinese: None) -> None:
    form = open_form(page_of(village))
    form.line("决议")
    sizes = form.page.evaluate("""() => [...document.querySelectorAll('button, input, select, textarea, summary, .kinds span')]
        .filter(e => e.offsetParent && !e.closest('.kinds label') || e.matches('.kinds span'))
        .map(e => [e.getBoundingClientRect().height, e.outerHTML])""")
    assert len(sizes) > 40
    assert [html for height, html in sizes if height < 44] == []
    assert form.page.evaluate("document.documentElement.scrollWidth") == 360
