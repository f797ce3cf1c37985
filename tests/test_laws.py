"""Laws that hold for every diary, tried on random ones."""

import os
import sqlite3
import time
from calendar import monthrange
from contextlib import closing
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from corpus import PARTS, entries, ids
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from minqing import sync as syncing
from minqing.diary import Diary, path_of
from minqing.errors import UsageError
from minqing.find import find_entry, find_item, matching, search, short_ids, short_refs
from minqing.ledger import TABLES, open_ledger, put
from minqing.life import in_effect
from minqing.model import Entry, Item, Update, Void
from minqing.period import around, read_query
from minqing.rows import rows_of
from minqing.settings import Config
from minqing.settle import settle
from minqing.sync import synced
from minqing.tally import balance, tally
from minqing.text import read_entry, write_entry

# No explain phase: it takes minutes to find the words for a failure that speaks for itself.
slow = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase is not Phase.explain],
)

# ---------------------------------------------------------------- read and write


@pytest.mark.parametrize("part", PARTS)
@given(st.data())
@settings(slow, max_examples=40)
def test_each_part_is_read_back_as_it_was_written(part, data):
    said = {"kind": "note", "date": date(2016, 5, 28), part: data.draw(PARTS[part])}
    for language in ("zh", "en"):
        reading = read_entry(write_entry(Entry("q7m3k9x2", **said), language).encode("utf-8"))
        assert reading == (Entry("q7m3k9x2", **said), [])


@given(entries)
@settings(slow, max_examples=25)
def test_a_whole_entry_is_read_back_and_written_again_without_a_change(entry):
    written = write_entry(entry, "zh")
    again = read_entry(written).entry
    assert again == entry
    assert write_entry(again, "zh") == written


# ---------------------------------------------------------------- ledgers
# Few ids, days and hours, so that updates meet their items, twins meet and voids void.

POOL = ("a1111111", "b2222222", "c3333333", "d4444444", "e5555555")
STATUSES = ("open", "doing", "referred", "done", "closed", "declined", "reopened", None)
few_days = st.integers(0, 75).map(lambda n: date(2015, 12, 1) + timedelta(n))


@st.composite
def lives(draw, id_=None):
    """An entry that opens, follows, closes, reopens or voids within ten weeks."""
    count = draw(st.integers(0, 2))
    opened = tuple(
        Item(
            n,
            draw(st.sampled_from(["need", "promise"])),
            "事",
            status=draw(st.sampled_from(["open", "done", "closed"])),
        )
        for n in range(1, count + 1)
    )
    told = draw(
        st.lists(
            st.builds(
                Update, st.sampled_from([f"{x}.{n}" for x in POOL for n in (1, 2)]), st.sampled_from(STATUSES)
            ),
            max_size=3,
        )
    )
    voided = draw(st.sampled_from([()] * 6 + [(Void(draw(st.sampled_from(POOL)), "记错"),)]))
    time_ = draw(st.sampled_from([None, "08:00", "14:30-15:00"]))
    key = id_ or draw(st.sampled_from(POOL))
    return Entry(key, "note", draw(few_days), time=time_, items=opened, updates=tuple(told), void=voided)


def ledger_of(found: list[Entry]) -> sqlite3.Connection:
    ledger = open_ledger(":memory:")
    put(ledger, [(path_of(entry), rows_of(entry, [])) for entry in found])
    settle(ledger, None)
    return ledger


def contents(ledger: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table as sorted rows, with the path of a file in place of its key."""
    path_by_key = dict(map(tuple, ledger.execute("select key, path from file")))
    found = {}
    tables = (
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name <> 'folder'"
    )
    for (table,) in ledger.execute(tables).fetchall():
        columns = [row[1] for row in ledger.execute(f"pragma table_info({table})")]
        rows = [dict(zip(columns, row, strict=True)) for row in ledger.execute(f"select * from {table}")]
        found[table] = sorted(
            repr(row | ({"key": path_by_key[row["key"]]} if "key" in row else {})) for row in rows
        )
    return found


@given(st.lists(lives(), max_size=7, unique_by=path_of), st.randoms())
@settings(slow, max_examples=25)
def test_the_order_in_which_files_arrive_does_not_matter(found, dice):
    shuffled = found[:]
    dice.shuffle(shuffled)
    assert contents(ledger_of(shuffled)) == contents(ledger_of(found))


@given(st.lists(lives(), max_size=6, unique_by=path_of), st.data())
@settings(slow, max_examples=20)
def test_files_that_come_one_by_one_make_the_same_ledger(found, data):
    ledger = open_ledger(":memory:")
    for entry in data.draw(st.permutations(found)):
        settle(ledger, put(ledger, [(path_of(entry), rows_of(entry, []))]))
    assert contents(ledger) == contents(ledger_of(found))


changes = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "delete", "break", "settings"]),
        st.integers(0, 6),
        lives(),
    ),
    min_size=2,
    max_size=8,
)


@given(changes)
@settings(slow, max_examples=10)
def test_a_ledger_kept_in_step_is_the_ledger_built_from_nothing(steps):
    """Files are added, rewritten, broken, deleted; after each change the kept index equals a new one."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(syncing, "_RACY_NS", 0)  # or every file would be read again and again
        root = Path(folder)
        (root / "entries").mkdir()
        (root / "minqing.yaml").write_text("lang: zh\n")
        files: list[Path] = []
        for what, number, entry in steps:
            time.sleep(0.005)  # no two changes within one tick of the disk's clock
            path = root / path_of(entry)
            if what == "settings":
                (root / "minqing.yaml").write_text(f"area: 村{number}\n")
            elif what == "delete" and files:
                files.pop(number % len(files)).unlink()
            elif what == "break" and files:
                files[number % len(files)].write_text("---\nid: a1111111\ntitle: [\n---\n")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(write_entry(entry, "en"), encoding="utf-8")
                files = [*(one for one in files if one != path), path]
            kept = syncing.synced(Diary(root))
            fresh = open_ledger(":memory:")
            syncing.sync(Diary(root), fresh)
            assert contents(kept) == contents(fresh)
            kept.close()


@given(changes, st.lists(st.sampled_from([(2015, 12), (2016, 1), (2016, 2)]), min_size=8, max_size=8))
@settings(slow, max_examples=8)
def test_the_months_that_matter_answer_like_all_of_them(steps, asked):
    """Of the other months only their folder is looked at; that tells of every file made, replaced or deleted."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(syncing, "_RACY_NS", 0)
        patch.setattr(syncing, "_LONG_LISTING", 0)  # a small diary is always looked at whole
        root = Path(folder)
        (root / "entries").mkdir()
        syncing.synced(Diary(root)).close()
        for (what, number, entry), (year, month) in zip(steps, asked, strict=False):
            time.sleep(0.005)
            path = root / path_of(entry)
            files = sorted(root.glob("entries/*/*/*.md"))
            if what == "delete" and files:
                files[number % len(files)].unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                (path.parent / ".new").write_text(write_entry(entry, "en"), encoding="utf-8")
                os.replace(path.parent / ".new", path)
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            rows = "select id, kind, time, counted from entry where date between ? and ? order by id"
            kept = syncing.synced(Diary(root), syncing.between(first, last))
            fresh = open_ledger(":memory:")
            syncing.sync(Diary(root), fresh)
            period = (first.isoformat(), last.isoformat())
            assert [*map(tuple, kept.execute(rows, period))] == [*map(tuple, fresh.execute(rows, period))]
            kept.close()


# ---------------------------------------------------------------- periods

TODAY = date(2030, 1, 1)
MONTHS = [date(2015, 11, 1), date(2015, 12, 1), date(2016, 1, 1), date(2016, 2, 1), date(2016, 3, 1)]


def figures(ledger: sqlite3.Connection, day: date, grain: str) -> dict[str, int]:
    return balance(ledger, read_query([], grain, day), TODAY)


def standing(found: list[Entry], day: date) -> int:
    """Items that are not closed at the end of a day, worked out from the entries alone."""
    by_age = sorted(found, key=lambda entry: (entry.date, entry.time or "", entry.id))
    void = {voided for _by, voided in in_effect([(e.id, v.entry) for e in by_age for v in e.void])}
    counted = [entry for entry in found if entry.id not in void]
    order = ("open", "doing", "referred", "done", "closed", "declined", "reopened")
    told = sorted(
        (entry.date, (entry.time or "99:99")[:5], order.index(update.status or "open"), entry.id, update.ref)
        for entry in counted
        for update in entry.updates
    )
    open_items = 0
    for entry in counted:
        for item in entry.items if entry.date <= day else ():
            closed = item.status in ("closed", "declined")
            for on, _time, status, _id, ref in told:
                if ref == f"{entry.id}.{item.n}" and on <= day:
                    closed = order[status] in ("closed", "declined") or (
                        closed and order[status] != "reopened"
                    )
            open_items += not closed
    return open_items


one_life_each = st.lists(lives(), max_size=6, unique_by=lambda entry: entry.id)


@given(one_life_each)
@settings(slow, max_examples=20)
def test_every_month_balances_and_counts_what_stands(found):
    ledger = ledger_of(found)
    before = 0
    for month in MONTHS:
        said = figures(ledger, month, "month")
        last = month.replace(day=monthrange(month.year, month.month)[1])
        assert said["items_before"] == before
        after = said["items_before"] + said["items_opened"] + said["items_reopened"] - said["items_closed"]
        assert said["items_after"] == after == standing(found, last)
        before = after


@given(one_life_each)
@settings(slow, max_examples=20)
def test_months_add_up_to_their_quarter_and_year(found):
    ledger = ledger_of(found)
    for grain, first, months in (("quarter", date(2016, 1, 1), 3), ("year", date(2016, 1, 1), 12)):
        whole = tally(ledger, read_query([], grain, first), TODAY)
        parts = [
            tally(ledger, read_query([], "month", date(2016, n, 1)), TODAY) for n in range(1, months + 1)
        ]
        for name in (
            "entries",
            "visits",
            "items_opened",
            "items_reopened",
            "items_closed",
            "promises_opened",
        ):
            assert whole[name] == sum(part[name] for part in parts), name
        assert whole["items_before"] == parts[0]["items_before"]
        assert whole["items_after"] == parts[-1]["items_after"]


@given(st.dates(date(1902, 1, 1), date(2098, 12, 31)), st.sampled_from(["week", "month", "quarter", "year"]))
def test_each_day_lies_in_one_period_and_the_next_begins_the_day_after(day, grain):
    period = around(day, grain)
    assert period.first <= day <= period.last
    assert around(period.first, grain) == around(period.last, grain) == period
    assert around(period.last + timedelta(1), grain).first == period.last + timedelta(1)


# ---------------------------------------------------------------- ids


def misheard(id_: str) -> list[str]:
    """An id as an input method may leave it."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in id_)
    return [
        id_.upper(),
        id_.replace("0", "O").replace("1", "l"),
        id_.replace("0", "o").replace("1", "I"),
        wide,
    ]


close_ids = st.tuples(st.sampled_from(["ab0", "ab01", "ab1", "z"]), ids).map(lambda parts: "".join(parts)[:8])


@given(st.lists(close_ids | ids, min_size=1, max_size=8, unique=True))
@settings(slow, max_examples=40)
def test_the_shortest_prefix_finds_its_entry_and_no_shorter_one_does(found):
    ledger = ledger_of(
        [Entry(id_, "note", date(2016, 5, 1), items=(Item(1, "need", "事"),)) for id_ in found]
    )
    for whole, short in short_ids(ledger, found).items():
        assert whole.startswith(short)
        assert len(short) >= 4
        for typed in (short, whole, *misheard(short)):
            assert find_entry(ledger, typed)["id"] == whole
        assert find_item(ledger, short_refs(ledger, [f"{whole}.1"])[f"{whole}.1"])["ref"] == f"{whole}.1"
        if len(short) > 4:
            with pytest.raises(UsageError):
                find_entry(ledger, short[:-1])


# ---------------------------------------------------------------- search

SPOKEN = "低保户王小晴水渠的了，。 aBcＡｂ１2İß"
said = st.text(st.sampled_from(SPOKEN), min_size=1, max_size=30)


def folded(text: str) -> str:
    """Small letters, and full-width letters and digits as half-width: what counts as the same in a search."""
    narrow = (chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" and sign.isalnum() else sign for sign in text)
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in narrow)


@given(st.lists(said, min_size=1, max_size=5), st.data())
@settings(slow, max_examples=80)
def test_search_finds_every_piece_of_a_text_and_nothing_else(texts, data):
    bodies = dict(zip(POOL, texts, strict=False))
    ledger = ledger_of([Entry(id_, "note", date(2016, 5, 1), body=body) for id_, body in bodies.items()])
    whole = data.draw(st.sampled_from(texts))
    at = data.draw(st.integers(0, len(whole) - 1))
    word = whole[at : at + data.draw(st.integers(1, 5))].strip() or "低"
    _found, hits = search(ledger, [word], matching((), TODAY))
    assert {row["id"] for row, _hit in hits} == {
        id_ for id_, body in bodies.items() if folded(word) in folded(body)
    }
    for _row, hit in hits:
        assert hit.spans
        assert all(folded(hit.text[first:last]) == folded(word) for first, last in hit.spans)


def test_no_command_leaves_a_log_beside_the_index(minqing, diary):
    for words in (["new", "note", "--title", "一"], ["list"], ["search", "一"], ["report"], ["show", "none"], ["check"]):
        minqing(*words)
        assert not list((diary / ".minqing").glob("*-wal")), words


def test_the_index_may_lie_elsewhere(tmp_path, monkeypatch):
    """$MINQING_CACHE moves it, one folder a diary; nothing is then written into the diary."""
    diary = tmp_path / "diary"
    (diary / "entries").mkdir(parents=True)
    monkeypatch.setenv("MINQING_CACHE", str(tmp_path / "cache"))
    syncing.synced(Diary(diary)).close()
    assert os.listdir(diary) == ["entries"]
    assert list((tmp_path / "cache").glob("*/ledger-v*.db"))


def test_a_setting_more_makes_another_index():
    """An index keeps the settings that there were when it was built, so its tables name them all."""
    assert f"-- {' '.join(Config._fields)}\n" in TABLES


VOIDS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=10)


@given(VOIDS)
def test_who_is_voided_voids_nothing(voids: list[tuple[str, str]]) -> None:
    effective = in_effect(voids)
    assert not {voider for voider, _voided in effective} & {voided for _voider, voided in effective}


@given(VOIDS)
def test_who_is_not_voided_voids(voids: list[tuple[str, str]]) -> None:
    later = [(voider, voided) for voider, voided in voids if voider > voided]  # no ring
    effective = in_effect(later)
    fallen = {voided for _voider, voided in effective}
    assert effective == [(voider, voided) for voider, voided in later if voider not in fallen]


def test_of_two_that_void_each_other_the_newer_counts() -> None:
    assert in_effect([("old", "new"), ("new", "old")]) == [("new", "old")]
    assert in_effect([("b", "a"), ("c", "b")]) == [("c", "b")]
    assert in_effect([("a", "a")]) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_correction_taken_back_brings_the_entry_and_its_items_back(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    texts = (
        "---\nid: aaaa1111\nkind: note\ndate: 2016-05-01\nitems:\n  1: {type: need, text: 缺水}\n---\n",
        "---\nid: bbbb2222\nkind: note\ndate: 2016-05-02\nvoid: [{entry: aaaa1111, why: 记错}]\n---\n",
        "---\nid: cccc3333\nkind: note\ndate: 2016-05-03\nvoid: [{entry: bbbb2222, why: 没记错}]\n---\n",
    )
    (tmp_path / "entries").mkdir()
    for n in order:
        (tmp_path / f"entries/{n}.md").write_text(texts[n], encoding="utf-8")
        with closing(synced(Diary(tmp_path))) as ledger:
            counted = [row[0] for row in ledger.execute("select id from entry where counted order by id")]
            items = [row[0] for row in ledger.execute("select ref from item_ledger")]
    assert (counted, items) == (["aaaa1111", "cccc3333"], ["aaaa1111.1"])
    (tmp_path / "entries/2.md").unlink()
    with closing(synced(Diary(tmp_path))) as ledger:
        assert not ledger.execute("select ref from item_ledger").fetchall()
