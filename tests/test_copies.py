"""Copied diaries: found with names swapped and in part, told at once; what an office writes every time is none."""

import random
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing import copies
from minqing.checks import check_diary
from minqing.copies import shingles, signs, traces
from minqing.diary import Diary
from minqing.errors import Flaw
from minqing.ledger import fold_text, open_ledger
from minqing.origin import share_copied, trace_all
from minqing.sync import sync, synced

WELL = """\
## 基本情况

吃过早饭，同钟方一道去三组看石大成。石大成今年六十七，腿脚不便，老伴前年走了，石春生在城里做工，一年回来一趟。屋里收拾得齐整，灶上温着半锅玉米糊。
石大成说，钟方上个月来量过宅基，话没有说透，他一直放在心上。我把册子摊开，一条一条念给他听，不够条件的地方也照实讲了。
村医来量过血压，药在柜子上摆了一排，哪样早上吃，哪样睡前吃，都用红笔在盒子上画了道。他说去年一年药钱花了两千多，单子都压在席子底下。

## 反映问题与诉求

他最愁的是吃水。院角那口井入夏以后只出浑水，石春生回来淘过一次，没管几天又浑了。隔壁祝满仓家有压水机，他不好意思天天去提。钟方在旁边说，
镇水站的人下周来三组打钻，石大成家离得近，正好一起办。石大成听了，半天没有作声，末了说，要是真能打出水来，他出两天工。

## 处理与打算

回去先给水站打电话，问清打钻的日子，连同门口那段塌了的土坎一起报上去。药费的单子我带走去问能报多少，下回来时当面告诉他。
"""
SCHOOL = """\
下午放学前到柳湾小学，葛立夏老师在门口等着。她管着二年级，二十三个孩子，有九个的爹娘都在外头。她说最难的不是功课，是下了学没有人说话。
我们商量，把会议室腾出来，每天留一个钟头，谁家没有人就在那里写字，葛老师和我轮着看。书架要添两个，灯也暗，我记下了尺寸。临走有个小姑娘
追到操场，问我明天还来不来。我说来。她不信，要我在她本子上画一个记号，我画了一只羊，她才笑着跑开。
"""
ROAD = """\
夜里八点，四组的人坐满了卢姚家的堂屋。要议的只有一件：水泥路从哪家门前过。组长先把两张图贴在墙上，一张绕着塘，一张穿过晒场。绕塘的多花
四万，穿晒场的要占三户的地。话头一开就收不住，范叔拍着桌子说他爹那一辈就让过一回。我没有插嘴，等他们讲完才问了一句，占了地的可不可以先挑
安置的位置。屋里静了一阵，有人说这话公道。最后举手，十九户同意穿晒场，两户不表态，一户回去同儿子商量。
"""
TEXTS = (WELL, SCHOOL, ROAD)
SWAPPED = {
    "石大成": "汤根长",
    "石春生": "汤水生",
    "钟方": "梁苗",
    "祝满仓": "邵小满",
    "三组": "五组",
    "六十七": "七十二",
}


def swapped(text: str) -> str:
    for name, other in SWAPPED.items():
        text = text.replace(name, other)
    return text


def put(
    root: Path, id: str, body: str, day: str = "2016-05-08", *, kind: str = "visit", more: str = ""
) -> Path:
    path = root / f"entries/{day[:4]}/{day[5:7]}/{day}-{kind}-{id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nid: {id}\nkind: {kind}\ndate: {day}\n{more}---\n{body}", encoding="utf-8")
    return path


def found(root: Path) -> list[Flaw]:
    ledger = synced(Diary(root))
    try:
        return check_diary(Diary(root), ledger, date(2016, 12, 31), {"copies"})
    finally:
        ledger.close()


def told(root: Path) -> list[tuple[str, str]]:
    """Who is a copy of whom."""
    return [(Path(flaw.path).stem[-8:], flaw.words["id"]) for flaw in found(root)]


def exact(text: str, other: str) -> float:
    return copies.share(shingles(signs(text)), shingles(signs(other)))


# ---------------------------------------------------------------- what is a copy


def test_a_diary_copied_with_names_and_days_changed_is_named_with_its_source(tmp_path: Path) -> None:
    put(tmp_path, "a1111111", WELL, "2016-05-08")
    put(tmp_path, "b2222222", "我自己先写一句。\n" + swapped(WELL), "2016-06-19", more="title: 走访\n")
    put(tmp_path, "c3333333", SCHOOL, "2016-06-20")
    (copy,) = found(tmp_path)
    assert copy.path == "entries/2016/06/2016-06-19-visit-b2222222.md"
    assert (copy.rule, copy.severity) == ("copies", "hint")
    assert copy.words["id"] == "a1111111"
    assert copy.words["date"] == "2016-05-08"
    assert 60 <= int(copy.words["share"]) <= 80
    line = Path(tmp_path, copy.path).read_text(encoding="utf-8").split("\n")[copy.line - 1]
    assert line[copy.column - 1 :].startswith("上个月来量过宅基，")  # the longest passage between two names
    assert "a1111111 of 2016-05-08" in copy.message.format(**copy.words)


def test_unrelated_diaries_share_nothing(tmp_path: Path) -> None:
    assert [exact(one, other) for one, other in combinations(TEXTS, 2)] == [0.0] * 3
    for n, text in enumerate(TEXTS):
        put(tmp_path, f"{'abc'[n]}1111111", text, f"2016-05-0{n + 1}")
    assert found(tmp_path) == []


def test_a_text_is_a_copy_when_more_than_half_of_it_stands_in_another_entry(tmp_path: Path) -> None:
    put(tmp_path, "a1111111", WELL, "2016-05-08")
    most = SCHOOL[:60] + "\n\n" + signs(WELL)[:140]
    less = ROAD + "\n\n" + signs(WELL)[:140]
    assert exact(most, WELL) > 0.5 > exact(less, WELL) > 0.4
    put(tmp_path, "b2222222", most, "2016-05-09")
    put(tmp_path, "c3333333", less, "2016-05-10")
    (copy,) = found(tmp_path)
    assert Path(copy.path).stem[-8:] == "b2222222"
    assert (copy.line, copy.column) == (8, 1)  # header of five lines, two of its own words: here it begins
    assert int(copy.words["share"]) == int(exact(most, WELL) * 100)


def test_punctuation_spaces_line_ends_and_full_width_hide_no_copy(tmp_path: Path) -> None:
    put(tmp_path, "a1111111", "一共 326 人，ABC。\n" + WELL, "2016-05-08")
    other = "\u3000一共３２６人 abc\n" + WELL.replace("，", " ").replace("。", "！\r\n\r\n- ").replace(
        "## ", "### 一、"
    )
    put(tmp_path, "b2222222", other, "2016-05-09")
    (copy,) = found(tmp_path)
    assert int(copy.words["share"]) == 100


def test_a_text_pasted_as_one_line_behind_its_heading_is_still_a_text() -> None:
    assert len(signs(" ".join(WELL.split("\n")))) > len(signs(WELL))
    assert "基本情况" not in signs(WELL)


def test_a_follow_up_that_quotes_a_sentence_and_a_short_note_are_no_copies(tmp_path: Path) -> None:
    put(tmp_path, "a1111111", WELL, "2016-05-08")
    quoted = "他最愁的是吃水。院角那口井入夏以后只出浑水，石春生回来淘过一次，没管几天又浑了。"
    assert quoted in WELL
    follow_up = "updates: [{ref: a1111111, note: 打了钻}]\n"
    put(
        tmp_path,
        "b2222222",
        f"上回记的：“{quoted}”今天水站来打了钻，" + ROAD[:90],
        "2016-05-20",
        more=follow_up,
    )
    put(tmp_path, "c3333333", quoted, "2016-05-21")
    assert found(tmp_path) == []


def test_a_short_diary_is_a_copy_too(tmp_path: Path) -> None:
    text = "上午到{}家走访，屋后的水沟堵了，雨水往灶屋里倒。跟组长说好周六出工清沟，药费的单子一张张记下来，带到镇上去问，下周给他回话。"
    put(tmp_path, "a1111111", text.format("石大成"), "2016-05-08")
    put(tmp_path, "b2222222", text.format("汤根长"), "2016-05-09")
    assert told(tmp_path) == [("b2222222", "a1111111")]


def test_what_add_left_open_below_a_text_hides_no_copy_and_is_none(tmp_path: Path) -> None:
    said = [line for line in WELL.splitlines() if line[:1] not in ("", "#")]
    asked = "".join(f"- 【问题】内容={line} (原文“{line}”，把握70%)\n" for line in said)
    put(tmp_path, "a1111111", f"{WELL}\n## 待核实\n\n{asked}", "2016-05-08")
    put(tmp_path, "b2222222", f"{swapped(WELL)}\n## To be checked\n\n{swapped(asked)}", "2016-05-09")
    put(tmp_path, "c3333333", f"{ROAD}\n## 待核实\n\n{asked}", "2016-05-10")
    (flaw,) = found(tmp_path)
    assert (flaw.words["id"], flaw.words["share"]) == (
        "a1111111",
        str(int(exact(swapped(WELL), WELL) * 100)),
    )


def test_of_two_alike_the_later_by_day_then_id_is_the_copy_in_whatever_order_they_came(
    tmp_path: Path,
) -> None:
    files = [
        ("c3333333", "2016-05-08"),
        ("a1111111", "2016-05-09"),
        ("b2222222", "2016-05-09"),
        ("d4444444", "2016-05-07"),
    ]
    texts = dict(zip("abcd", (WELL, swapped(WELL), WELL, ROAD), strict=True))
    for n in range(6):
        root = tmp_path / str(n)
        root.mkdir()
        random.Random(n).shuffle(files)
        for name, day in files:
            put(root, name, texts[name[0]], day)
            synced(Diary(root)).close()
        assert sorted(told(root)) == [("a1111111", "c3333333"), ("b2222222", "c3333333")], files


def test_an_entry_that_was_voided_is_neither_copy_nor_source(tmp_path: Path) -> None:
    put(tmp_path, "a1111111", WELL, "2016-05-08")
    put(tmp_path, "b2222222", WELL, "2016-05-08", more="void: [{entry: a1111111, why: 写错了村组}]\n")
    assert found(tmp_path) == []


def test_what_a_template_writes_is_not_copied(tmp_path: Path) -> None:
    form = "## 提示\n\n" + ROAD  # a template may hold whole paragraphs
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/well.md").write_text(f"---\nname: 查井\n---\n{form}", encoding="utf-8")
    put(tmp_path, "a1111111", form, "2016-05-08", kind="well")
    put(tmp_path, "b2222222", form + SCHOOL, "2016-05-09", kind="well")
    put(tmp_path, "c3333333", form + WELL, "2016-05-10", kind="well")
    assert found(tmp_path) == []
    put(tmp_path, "d4444444", form + swapped(WELL), "2016-05-11", kind="well")
    assert told(tmp_path) == [("d4444444", "c3333333")]


def made_up(seed: object, length: int) -> str:
    """Signs that nobody else wrote, with everyday ones among them as often as people use these."""
    dice = random.Random(str(seed))
    return "".join(
        dice.choice("在有到不") if dice.random() < 0.04 else chr(dice.randrange(0x5000, 0x5400))
        for _ in range(length)
    )


def test_a_passage_that_stands_in_many_entries_is_not_copied_but_the_same_diary_week_after_week_is(
    tmp_path: Path,
) -> None:
    standing, monday = signs(ROAD), date(2016, 5, 2)
    for n in range(8):
        day = (monday + timedelta(7 * n)).isoformat()
        put(tmp_path, f"a{n}111111", standing + made_up(n, 80), day, kind="note")
        put(tmp_path, f"b{n}222222", WELL.replace("石大成", "许梅桂夏秦罗汤葛"[n] + "大成"), day)
    assert exact(standing + made_up(0, 80), standing + made_up(1, 80)) > 0.6
    assert sorted(copy for copy, _ in told(tmp_path)) == [f"b{n}222222" for n in range(1, 8)]


# ---------------------------------------------------------------- laws

words = st.text(st.sampled_from("在有到不家水渠路人，。\n #"), max_size=80)


@given(words, words, words)
@settings(max_examples=50)
def test_a_passage_keeps_its_shingles_and_traces_wherever_it_stands(
    before: str, text: str, after: str
) -> None:
    part, whole = signs(text), signs(before) + signs(text) + signs(after)
    assert shingles(part) <= shingles(whole)
    assert traces(part) <= traces(whole)
    assert not shingles(part) or copies.share(shingles(part), shingles(whole)) == 1


@given(st.integers(0, 10**6), st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_the_share_of_traces_estimates_the_share_of_shingles(seed: int, copied: int) -> None:
    source = made_up(seed, 4000)
    pieces = [source[n * 100 : n * 100 + 100] if n < copied else made_up((seed, n), 100) for n in range(40)]
    random.Random(seed).shuffle(pieces)
    text = "".join(pieces)
    estimate = len(traces(text) & traces(source)) / len(traces(text))
    assert abs(estimate - copies.share(shingles(text), shingles(source))) < 0.25


@given(st.integers(0, 10**6), st.integers(9, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_first_look_passes_over_no_copy_wherever_signs_were_changed(seed: int, apart: int, first: int) -> None:
    source = made_up(seed, 900)
    text = "".join("改" if at >= first and (at - first) % apart == 0 else sign for at, sign in enumerate(source))
    if copies.share(shingles(text), shingles(source)) > 0.5:
        assert copies.closest(text, "", [1], [], lambda _other: source) is not None


def filled(texts: dict[str, str]) -> sqlite3.Connection:
    """A ledger of entries with these bodies, by id, all traced."""
    from minqing.ledger import put as put_rows
    from minqing.model import Entry
    from minqing.rows import rows_of
    from minqing.settle import settle

    ledger = open_ledger(":memory:")
    entries = [Entry(name, "note", date(2016, 5, 8), body=body) for name, body in texts.items()]
    settle(ledger, put_rows(ledger, [(f"entries/{entry.id}.md", rows_of(entry, [])) for entry in entries]))
    trace_all(ledger)
    return ledger


@given(st.integers(0, 10**6), st.integers(0, 20), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_a_source_is_found_among_others_just_when_more_than_half_comes_from_it(
    seed: int, copied: int, which: int
) -> None:
    others = {f"{'abcd'[n]}1111111": made_up((seed, n), 900) for n in range(4)}
    name = f"{'abcd'[which]}1111111"
    source = others[name]
    text = source[: copied * 40] + made_up((seed, "own"), 800 - copied * 40)
    share = exact(text, source)
    copy = share_copied(filled(others), text)
    assert copy == ((name, "2016-05-08", share) if share > 0.5 else None)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["well", "swapped", "road", "gone"])),
        min_size=3,
        max_size=8,
    )
)
@settings(max_examples=6, deadline=None)
def test_hints_follow_the_files_as_they_are_written_edited_and_removed(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]]
) -> None:
    root, bodies = tmp_path_factory.mktemp("diary"), {"well": WELL, "swapped": swapped(WELL), "road": ROAD}
    for n, what in steps:
        path = put(root, f"{'abc'[n]}1111111", bodies.get(what, ""), f"2016-05-0{n + 1}")
        if what == "gone":
            path.unlink()
        kept = told(root)
        fresh = open_ledger(":memory:")
        sync(Diary(root), fresh)
        flaws = check_diary(Diary(root), fresh, date(2016, 12, 31), {"copies"})
        assert kept == [(Path(flaw.path).stem[-8:], flaw.words["id"]) for flaw in flaws]


def test_the_marked_place_is_where_the_longest_shared_passage_begins() -> None:
    text = fold_text("## 一 ABC\n\n自己写的。" + WELL[30:70] + "，又是自己写的一句话，" + WELL[80:200])
    at = copies.passage(text, shingles(signs(WELL)))
    assert text[at:].startswith(WELL[80:200].lstrip("\n，。"))


# ---------------------------------------------------------------- at once


def new(minqing: Callable[..., object], text: str, *more: str) -> str:
    """What `new` says beside the path."""
    said = minqing("new", "visit", "--who", "汤根长", "--text", text, *more)
    assert said.code == 0, said.err  # type: ignore[attr-defined]
    return said.err  # type: ignore[attr-defined, no-any-return]


def test_new_says_at_once_that_a_text_is_copied(minqing, diary):
    put(diary, "a1111111", WELL)
    assert minqing("list").code == 0
    share = int(exact(swapped(WELL), WELL) * 100)
    said = minqing("new", "visit", "--who", "汤根长", "--text", swapped(WELL))
    told = f"{share}% of the text of {said.out.split()[-1]} stands word for word in a1111111 of 2016-05-08"
    assert said.err == f"{told} — write what was different this time\n"
    assert new(minqing, SCHOOL) == ""
    assert new(minqing, "今天没有出门。") == ""
    assert minqing("--quiet", "new", "visit", "--who", "甲", "--text", WELL).err == ""


def test_add_says_so_too_whatever_questions_it_writes_below_the_text(minqing, diary):
    put(diary, "a1111111", WELL)
    Path("pasted.txt").write_text("5月20日 晴 走访汤根长家\n" + swapped(WELL), encoding="utf-8")
    said = minqing("add", "pasted.txt", "--accept", "none")
    assert "stands word for word in a1111111" in said.err
    assert "to be checked" in said.err


def test_new_and_add_know_what_was_written_just_before_by_whatever_command(minqing, diary):
    assert new(minqing, WELL, "--date", "2016-05-08") == ""
    assert "stands word for word in" in new(minqing, swapped(WELL), "--date", "2016-05-09")
    Path("pasted.txt").write_text(
        f"5月10日 走访汤根长家\n{swapped(ROAD)}\n5月11日 走访汤水生家\n{ROAD}", encoding="utf-8"
    )
    said = minqing("add", "pasted.txt", "--year", "2016", "--accept", "none")
    assert re.findall("stands word for word in .{8} of (.*) —", said.err) == ["2016-05-10"]


def test_new_builds_no_index_of_a_large_diary_for_a_hint(minqing, diary, monkeypatch):
    monkeypatch.setattr("minqing.sync._AT_ONCE", 1)
    put(diary, "a1111111", WELL)
    assert new(minqing, WELL) == ""
    assert not (diary / ".minqing").exists()


def test_new_trusts_no_index_about_a_file_that_was_changed_or_removed_since(minqing, diary):
    path = put(diary, "a1111111", WELL)
    minqing("list")
    path.write_text(path.read_text(encoding="utf-8").replace(WELL, ROAD), encoding="utf-8")
    assert new(minqing, WELL) == ""
    path = put(diary, "b2222222", SCHOOL)
    minqing("list")
    path.unlink()
    assert new(minqing, SCHOOL) == ""


def test_new_never_fails_for_a_hint(minqing, diary):
    put(diary, "a1111111", WELL)
    minqing("list")
    (index,) = (diary / ".minqing").glob("ledger-*.db")
    holder = sqlite3.connect(index, isolation_level=None)
    holder.execute("begin immediate")
    assert new(minqing, WELL) == ""
    holder.close()
    for tail in ("", "-wal", "-shm"):
        Path(f"{index}{tail}").write_bytes(b"no database" * 999)
    assert new(minqing, WELL) == ""


def test_new_looks_at_the_text_as_the_editor_left_it(minqing, diary, monkeypatch):
    put(diary, "a1111111", WELL)
    minqing("list")
    script = diary / "editor.py"
    script.write_text(
        "import sys, pathlib, subprocess\npath = pathlib.Path(sys.argv[1])\n"
        f"path.write_text(path.read_text(encoding='utf-8') + {WELL!r}, encoding='utf-8')\n"
        f"subprocess.run([sys.executable, '-m', 'minqing', 'list'], stdout=subprocess.DEVNULL)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    # while the editor was open another command took the new entry itself into the index
    assert "word for word in a1111111" in new(minqing, "先写一句。", "--edit")


def test_new_says_nothing_of_a_template_left_as_it_is(minqing, diary):
    (diary / "templates/visit.md").write_text(f"---\nname: 走访\n---\n{ROAD}", encoding="utf-8")
    assert minqing("new", "visit", "--who", "甲").code == 0
    minqing("list")
    assert minqing("new", "visit", "--who", "乙").err == ""


def test_check_answers_while_another_process_holds_the_index(tmp_path):
    put(tmp_path, "a1111111", WELL, "2016-05-08")
    put(tmp_path, "b2222222", WELL, "2016-05-09")
    ledger = synced(Diary(tmp_path))
    ledger.execute("pragma busy_timeout = 0")
    (index,) = (tmp_path / ".minqing").glob("ledger-*.db")
    holder = sqlite3.connect(index, isolation_level=None)
    holder.execute("begin immediate")
    assert len(check_diary(Diary(tmp_path), ledger, date(2016, 12, 31), {"copies"})) == 1
    holder.close()
    assert ledger.execute("select count(*) from main.trace").fetchone()[0] == 0
    ledger.close()


def test_a_hostile_text_is_compared_in_no_time(tmp_path):
    for n, text in enumerate(("在" * 100_000, "#" * 100_000, made_up("x", 50_000))):
        put(tmp_path, f"a{n}111111", text, "2016-05-08")
        put(tmp_path, f"b{n}111111", text, "2016-05-09")
    assert told(tmp_path) == [("b2111111", "a2111111")]
