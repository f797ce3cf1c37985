"""Files as they come: each is read right or named with its line, quickly, and the good entry beside it still lists."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HEAD = "id: b2222222\nkind: note\ndate: 2016-05-02\n"
GOOD = "---\nid: a1111111\nkind: note\ntitle: 好的一篇\ndate: 2016-05-01\n---\n好好的。\n"
LIMIT = 0.5  # seconds of CPU for each file; what waits without working, `patience` ends


def entry(more: str = "", body: str = "正文。\n") -> str:
    """An entry whose own lines begin at line 5."""
    return f"---\n{HEAD}{more}---\n{body}"


def item(*words: str) -> str:
    return entry("items:\n" + "".join(f"  {word}\n" for word in words))


class Found:
    """What came of a diary with one hostile file beside the good one: its entry in JSON, and what check says of it."""

    def __init__(self, entries: list[dict[str, Any]], findings: list[dict[str, Any]], flaws: int) -> None:
        self.entry = next((found for found in entries if found["id"] == "b2222222"), None)
        self.findings = [
            one for one in findings if one["rule"] not in ("vague", "undated", "needs", "folder")
        ]
        self.flaws = flaws

    def errors(self) -> list[tuple[str, int]]:
        return [(one["rule"], one["line"]) for one in self.findings if one["severity"] == "error"]

    def hints(self) -> list[tuple[str, int]]:
        return [(one["rule"], one["line"]) for one in self.findings if one["severity"] == "hint"]


Meet = Callable[..., Found]


LOADED: list[object] = []  # what the first command loads is no hostile file's fault


@pytest.fixture
def meet(minqing, diary: Path) -> Meet:
    """Put something into the month's folder and see what `list` and `check` make of it."""
    month = diary / "entries/2016/05"
    month.mkdir(parents=True)
    (month / "2016-05-01-note-a1111111.md").write_text(GOOD, encoding="utf-8")
    if not LOADED:
        LOADED.extend((minqing("list"), minqing("check")))

    def see(what: "str | bytes | None", name: str = "2016-05-02-note-b2222222.md") -> Found:
        if what is not None:
            (month / name).write_bytes(what.encode("utf-8") if isinstance(what, str) else what)
        began = time.process_time()
        said = minqing("list", "--format", "json")
        taken = time.process_time() - began
        assert said.code == 0
        good = [found for found in said.json["entries"] if found["id"] == "a1111111"]
        assert [found["title"] for found in good] == ["好的一篇"]
        checked = minqing("check", "--format", "json")
        assert checked.code in (0, 1)
        assert taken < LIMIT
        findings = [one for one in checked.json["findings"] if not one["path"].endswith("a1111111.md")]
        return Found(said.json["entries"], findings, said.json["flaws"])

    return see


# ---------------------------------------------------------------- read right

READ = {
    "BOM": (entry("title: 走访\n").encode("utf-8-sig"), {"title": "走访", "text": "正文。\n"}),
    "CRLF": (entry("title: 走访\n").replace("\n", "\r\n"), {"title": "走访", "text": "正文。\n"}),
    "CR alone": (entry("title: 走访\n").replace("\n", "\r"), {"title": "走访", "text": "正文。\n"}),
    "blank lines first": ("\n\n" + entry("title: 走访\n"), {"title": "走访"}),
    "dots end the header": (f"---\n{HEAD}title: 走访\n...\n正文。\n", {"title": "走访", "text": "正文。\n"}),
    "--- in the body": (entry(body="前\n---\n后\n"), {"text": "前\n---\n后\n"}),
    "no is a word": (entry("title: no\n"), {"title": "no"}),
    "a time is a time": (entry("title: 20:00\ntime: 20:00\n"), {"title": "20:00", "time": "20:00"}),
    "zeros in front stay": (entry("title: 0123456\narea: 007\n"), {"title": "0123456", "area": "007"}),
    "Null is a word": (entry("title: Null\n"), {"title": "Null"}),
    "null is empty": (entry("title: null\narea: ~\nplace:\n"), {"title": None, "area": None, "place": None}),
    "1e3 is a word": (entry("title: 1e3\n"), {"title": "1e3"}),
    "a day in a title": (entry("title: 2016-05-28\n"), {"title": "2016-05-28"}),
    "no space after the colon": (entry("title:王家\n"), {"title": "王家"}),
    "full-width colon": (entry("title：王家\n"), {"title": "王家"}),
    "every colon full-width": (entry("title: 王家\n").replace(": ", "："), {"title": "王家"}),
    "full-width commas": (
        item("1：{type：need，text：没有低保，who：赵小梅}"),
        {"items": [{"type": "need", "text": "没有低保", "who": "赵小梅"}]},
    ),
    "Chinese keys": ("---\n编号: b2222222\n类型: 走访\n日期: 2016年5月2日\n标题: 王\n---\n", {"title": "王", "kind": "visit"}),
    "a hash without a space": (entry("title: 王家#2\n"), {"title": "王家#2"}),
    "a comment": (entry("title: 王家  # 二组\n"), {"title": "王家"}),
    "quoted signs": (entry("title: '@王 *李 !重要 %5 #2 [x]'\n"), {"title": "@王 *李 !重要 %5 #2 [x]"}),
    "names in a row": (entry("who: 王小晴、李明，赵四\n"), {"who": ["王小晴", "李明", "赵四"]}),
    "emoji": (entry("title: 👨‍👩‍👧 走访\n"), {"title": "👨‍👩‍👧 走访"}),
    "rare characters": (entry("title: 𠀀㐀家\n"), {"title": "𠀀㐀家"}),
    "right to left": (entry("title: \u202e走访\u2066x\n"), {"title": "\u202e走访\u2066x"}),
    "zero width": (entry("title: 走\u200b访\n"), {"title": "走\u200b访"}),
    "escapes in quotes": (entry('title: "\\e]52;c;aGk=\\a\\x1b[31m红"\n'), {"title": "\x1b]52;c;aGk=\x07\x1b[31m红"}),
    "markup": (entry("title: '[/危]'\n"), {"title": "[/危]"}),
    "brackets in the body": (entry(body="[" * 100_000), {"title": None}),
    "a body of one long line": (entry(body="长" * 2_000_000), {"title": None}),
    "many blank lines": (entry("\n" * 20_000 + "title: 王家\n"), {"title": "王家"}),
    "a long block of text": (entry("place: |\n" + "  甲：乙\n" * 3_000), {"place": "甲：乙\n" * 2_999 + "甲：乙"}),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_is_read_right(meet, name):
    data, expected = READ[name]
    found = meet(data)
    assert found.errors() == []
    assert found.entry is not None
    for key, value in expected.items():
        said = found.entry[key]
        if key == "items":
            said = [{word: one[word] for word in value[n]} for n, one in enumerate(said)]
        assert said == value


STORED = {
    "GBK": entry("title: 走访王小晴家\n").encode("gbk"),
    "GBK in the body only": entry(body="村里的水渠修好了。\n").encode("gbk"),
    "GB18030": entry("title: 走访𠀀㐀家\n").encode("gb18030"),
    "UTF-16 LE": b"\xff\xfe" + entry("title: 走访\n").encode("utf-16-le"),
    "UTF-16 BE": b"\xfe\xff" + entry("title: 走访\n").encode("utf-16-be"),
}


@pytest.mark.parametrize("name", STORED)
def test_another_encoding_is_read_right_and_named_in_a_hint(meet, name):
    found = meet(STORED[name])
    assert found.errors() == []
    assert found.hints() == [("encoding", 1)]
    assert found.entry["text"] in ("正文。\n", "村里的水渠修好了。\n")


# ---------------------------------------------------------------- named, and the rest read all the same

# The rule and line that check names, and what is still read of the entry; None where there is no entry.
NAMED: dict[str, tuple[str | bytes, list[tuple[str, int]], dict[str, Any] | None]] = {
    "NUL in the header": (entry("area: 柳湾\0村\n"), [("encoding", 5)], {"text": "正文。\n"}),
    "NUL in the body": (entry("area: 柳湾村\n", "走\0访\n"), [("encoding", 7)], {"area": "柳湾村"}),
    "torn UTF-8": (entry("area: 柳湾村\n", "正文到这里断").encode()[:-1], [("encoding", 7)], {"area": "柳湾村"}),
    "conflict in the header": (
        entry("<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> b\narea: 柳湾村\n"),
        [("conflict", 5)],
        {"area": "柳湾村", "title": None},
    ),
    "conflict in the body": (
        entry("area: 柳湾村\n", "前\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n后\n"), [("conflict", 8)], {"area": "柳湾村"},
    ),
    "conflict around the whole": (f"<<<<<<< HEAD\n{entry()}=======\n{entry()}>>>>>>> b\n", [("conflict", 1)], None),
    "a key twice": (entry("title: 甲\ntitle: 乙\n"), [("key", 6)], {"title": "甲"}),
    "a key twice in two languages": (entry("title: 甲\n标题: 乙\n"), [("key", 6)], {"title": "甲"}),
    "an unknown key": (entry("titel: 甲\narea: 柳湾村\n"), [("key", 5)], {"area": "柳湾村"}),
    "anchor and alias": (entry("title: &a 甲\nplace: *a\narea: 乙\n"), [("yaml", 5), ("yaml", 6)], {"area": "乙"}),
    "a value like an alias": (entry("title: *王\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a value like a tag": (entry("title: !重要\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a value with @": (entry("title: @王\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a value with %": (entry("title: %5\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a value with a backtick": (entry("title: `王\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a python tag": (entry("title: !!python/object/apply:os.system [reboot]\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "words that would be lost": (entry("title: 王家 #2\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a second colon": (entry("title: 甲: 乙\narea: 丙\n"), [("yaml", 5)], {"area": "丙"}),
    "an open quote": (entry('title: "甲\narea: 乙\n'), [("yaml", 5)], {"area": "乙"}),
    "an open bracket": (entry("who: [甲, 乙\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a raw escape": (entry("title: \x1b[31m红\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "a tab before a key": (item("1: {type: need, text: 甲}").replace("  1:", "\t1:"), [("yaml", 6)], {"items": []}),
    "an alias bomb": (
        entry("a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\narea: 乙\n"),
        [("yaml", 5), ("yaml", 6), ("yaml", 7)],
        {"area": "乙"},
    ),
    "30,000 open brackets": (entry("title: " + "[" * 30_000 + "\narea: 乙\n"), [("yaml", 5)], {"area": "乙"}),
    "deep nesting": (
        entry("area: 乙\n" + "".join("  " * n + f"k{n}:\n" for n in range(200))), [("yaml", 18)], {"area": "乙"},
    ),
    "a list of a title": (entry("title: [甲, 乙]\narea: 乙\n"), [("value", 5)], {"title": None, "area": "乙"}),
    "a record of a title": (entry("title: {甲: 乙}\narea: 乙\n"), [("value", 5)], {"area": "乙"}),
    "a record of names": (entry("who: {王: 李}\narea: 乙\n"), [("value", 5)], {"who": [], "area": "乙"}),
    "a word for items": (entry("items: 没有低保\narea: 乙\n"), [("value", 5)], {"items": [], "area": "乙"}),
    "a list of items": (item("- {type: need, text: 甲}"), [("value", 5)], {"items": []}),
    "item 0": (item("0: {type: need, text: 甲}", "1: {type: need, text: 乙}"), [("value", 6)], {"text": "正文。\n"}),
    "an item with two numbers": (item("1: {type: need, text: 甲}", "1: {type: need, text: 乙}"), [("key", 7)], {}),
    "an item twice in two widths": (item("1: {type: need, text: 甲}", "１: {type: need, text: 乙}"), [("key", 7)], {}),
    "an item below zero": (item("-5: {type: need, text: 甲}"), [("value", 6)], {"items": []}),
    "an item without text": (item("1: {type: need}"), [("missing", 6)], {"items": []}),
    "an item of no type": (item("1: {type: 诉請, text: 甲}"), [("value", 6)], {"items": []}),
    "a due day that is none": (
        item("1: {type: need, text: 甲, due: 2016-02-30}"), [("value", 6)], {"text": "正文。\n"},
    ),
    "a huge number": (entry("figures:\n  人: 99999999999999999999人\n"), [("value", 6)], {"figures": []}),
    "a number in vague words": (entry("figures:\n  人: 好几人\n"), [("value", 6)], {"figures": []}),
    "an update to nothing": (entry("updates: [{ref: 那一件, status: closed}]\n"), [("value", 5)], {}),
    "a time that is none": (entry("time: 25:00\narea: 乙\n"), [("value", 5)], {"time": None, "area": "乙"}),
    "30 February": (entry().replace("05-02", "02-30"), [("value", 4)], None),
    "the year 0": (entry().replace("2016", "0000"), [("value", 4)], None),
    "month 13": (entry().replace("-05-", "-13-"), [("value", 4)], None),
    "no id": (entry().replace("id: b2222222\n", ""), [("missing", 2)], None),
    "a bad id": (entry().replace("b2222222", "王家"), [("value", 2)], None),
    "an empty header": ("---\n---\n正文\n", [("missing", 2)] * 3, None),
    "a list for a header": ("---\n- 甲\n- 乙\n---\n", [("missing", 2)] * 3 + [("yaml", 2)], None),
    "an empty file": ("", [("yaml", 1)], None),
    "blank lines only": (" \n\n", [("yaml", 1)], None),
    "no header": ("随便写的。\n", [("yaml", 1)], None),
    "a header never closed": (f"---\n{HEAD}正文\n", [("yaml", 1)], None),
    "more than 8 MiB": (entry(body="x" * 9_000_000), [("file", 0)], None),
    "random bytes": (bytes(n * 7919 % 256 for n in range(100_000)), [("encoding", 1), ("yaml", 1)], None),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_it_is_named_with_its_line_and_the_rest_is_read(meet, name):
    data, named, rest = NAMED[name]
    found = meet(data)
    assert sorted(set(found.errors())) == sorted(set(named))
    assert found.flaws == 1
    if rest is None:
        assert found.entry is None
    else:
        assert found.entry is not None
        assert {key: found.entry[key] for key in rest} == rest


def test_wrong_types_everywhere_are_each_named(meet):
    keys = {
        "time": "[1]", "who": "{甲: {乙: 丙}}", "items": "[[]]", "updates": "x", "aid": "{}", "funds": "[1]",
        "figures": "[1]", "facts": "3", "meeting": "[]", "decisions": "{text: {甲: 乙}}", "files": "x", "void": "x",
        "tags": "{甲: 乙}", "weather": "[[[]]]",
    }  # fmt: skip
    found = meet(entry("".join(f"{key}: {value}\n" for key, value in keys.items())))
    assert {line for _rule, line in found.errors()} == set(range(5, 5 + len(keys)))
    assert found.entry["text"] == "正文。\n"


# ---------------------------------------------------------------- quick, however much is wrong

# Each about as large as a header may be, and wrong from the first line to the last.
TEDIOUS = {
    "bad YAML on every line": entry("k: [\n" * 20_000),
    "an anchor on every line": entry("k: &a x\n" * 20_000),
    "one key on every line": entry("title: 甲\n" * 20_000),
    "an unknown key on every line": entry("".join(f"{n:05}号: x\n" for n in range(9_000))),
    "a wrong word in every item": entry("items:\n" + "".join(f"  {n}: {{type: x{n}}}\n" for n in range(1, 6_000))),
    "conflicts all the way": entry("<<<<<<< a\n=======\n>>>>>>> b\n" * 8_000),
    "blank lines, then a tag": entry("\n" * 20_000 + "title: !x\n"),
    "an open bracket in every name": entry(f"who: [{', '.join(['（' * 3_900] * 20)}]\n"),
    "spaces in every name": entry("who:\n" + f'  - "甲{" " * 3_900}乙"\n' * 20),
    "one long line": entry(f"title: {'长' * 2_000_000}\n"),
    "merges of merges": entry("a: &a {甲: 乙}\n" + f"m: {{<<: [{', '.join(['*a'] * 20)}]}}\n" * 500),
}  # fmt: skip


class TooLong(BaseException):
    """No OSError, as TimeoutError is: nothing between here and the test may take it for its own."""


@pytest.fixture
def patience() -> Iterator[None]:
    """Ten seconds, for what would otherwise take minutes to fail."""

    def enough(_signal: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, enough)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGALRM")
@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("name", TEDIOUS)
def test_much_that_is_wrong_is_refused_quickly(meet, name):
    found = meet(TEDIOUS[name])  # asserts the time
    assert found.flaws <= 1


# ---------------------------------------------------------------- what is no entry at all


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


ODD: dict[str, Callable[[Path], None]] = {
    "a link to an entry": link_to("2016-05-01-note-a1111111.md"),
    "a link to nowhere": link_to("nowhere.md"),
    "a link to itself": link_to("odd.md"),
    "a link to /dev/zero": link_to("/dev/zero"),
    "a link to a folder": link_to("/etc"),
    "a pipe that nobody writes": os.mkfifo,
    "a folder named like an entry": lambda path: path.mkdir(),
    "a socket": listening,
}


@pytest.mark.skipif(os.name == "nt", reason="links, pipes and sockets of POSIX")
@pytest.mark.parametrize("name", ODD)
def test_what_is_no_file_is_named_and_never_waited_for(meet, diary, name):
    ODD[name](diary / "entries/2016/05/odd.md")
    found = meet(None)
    assert [(one["path"], one["rule"]) for one in found.findings] == [("entries/2016/05/odd.md", "file")]


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xff\xfe.md", r"\xff\xfe.md"),
        (b"\xd6\xd0.md", r"\xd6\xd0.md"),
        (b"\x1b]0;x\x07.md", "\x1b]0;x\x07.md"),
        (b"a\nb.md", "a\nb.md"),
        (b"a\n\nb.md", "a\n\nb.md"),
        (b"-rf.md", "-rf.md"),
        (b"? 7 8 9?.md", "? 7 8 9?.md"),
        (b"x" * 250 + b".md", "x" * 250 + ".md"),
    ],
    ids=["no UTF-8", "GBK", "escape", "newline", "two newlines", "dash", "question marks", "long"],
)
def test_a_file_with_an_odd_name_is_named_or_read(meet, diary, name, shown):
    with open(os.fsencode(diary / "entries/2016/05") + b"/" + name, "wb") as file:
        file.write(b"no entry\n")
    found = meet(None)
    assert [one["path"] for one in found.findings] == [f"entries/2016/05/{shown}"]
    assert [one["severity"] for one in found.findings] == ["error"]


def test_an_entry_is_read_wherever_below_entries_it_lies(meet, diary):
    deep = diary / "entries" / "/".join("abcdefghijklmno")
    deep.mkdir(parents=True)
    (deep / "x.MD").write_text(entry("title: 深处\n"), encoding="utf-8")
    found = meet(None)
    assert found.entry is not None or found.errors()  # read or named, never left out in silence


def test_of_two_files_with_one_id_the_first_by_path_counts_and_the_other_is_named(meet):
    found = meet(GOOD.replace("好的一篇", "副本"), "2016-05-01-note-a1111111.sync-conflict.md")
    assert found.flaws == 1
    assert [(one["path"][-16:], one["rule"], one["line"]) for one in found.findings] == [
        ("sync-conflict.md", "id-twice", 2)
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="NOT TESTED: root may read every file")
def test_a_file_that_may_not_be_read_is_named(meet, diary):
    path = diary / "entries/2016/05/odd.md"
    path.write_text(entry())
    path.chmod(0)
    assert meet(None).errors() == [("file", 0)]


@pytest.mark.parametrize(
    "settings",
    ["", "\0", "lang: [", "lang: {a: b}\n", "- a\n", "areas: {a: b}\ndeadlines: 7\n", "deadlines: {x: y}\n", "&a\n", "[" * 30_000]
    + ["quorum: {group: {attend: '0/0'}}\n", "lang: 法文\n", "名称: &x 甲\n", "visits:\n\tnormal: 3\n"],
)  # fmt: skip
def test_no_settings_stop_a_diary(meet, minqing, diary, settings):
    (diary / "minqing.yaml").write_text(settings, encoding="utf-8")
    meet(None)
    assert minqing("report", "--month", "--allow-flaws").code == 0
    assert minqing("new", "note", "--text", "照样能写").code == 0


@pytest.mark.parametrize(
    "template", ["", "---\nkind: [\n---\n", "---\nasks: {a: b}\n---\n", "no header {who} {0} %s\n", "\0\x1b"]
)
def test_no_template_stops_a_diary(meet, minqing, diary, template):
    (diary / "templates/note.md").write_text(template, encoding="utf-8")
    meet(None)
    assert minqing("kinds").code == 0
    assert minqing("new", "note", "--text", "照样能写").code == 0


def test_a_copy_that_a_sync_service_left_does_not_take_the_place_of_its_original(diary, minqing):
    folder = diary / "entries/2016/05"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2016-05-28-note-m5k2p9xa.md").write_text(entry("title: 原件\n"), encoding="utf-8")
    for copy in (
        "2016-05-28-note-m5k2p9xa (conflicted copy).md",
        "2016-05-28-note-m5k2p9xa 2.md",
        "0 副本.md",
    ):
        (folder / copy).write_text(entry("title: 副本\n"), encoding="utf-8")
    assert [found["title"] for found in minqing("list", "--format", "json").json["entries"]] == ["原件"]
