"""Exports: journals that beancount and hledger accept and add up as we do, a calendar, everything as data."""

import csv
import io
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from corpus import aid, funds, ids, some, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from minqing import reports
from minqing.diary import path_of
from minqing.exports import Want, load
from minqing.exports._journal import YUAN, Good, _component, code, good_of
from minqing.exports.hledger import symbols
from minqing.ledger import keep_settings, open_ledger, put
from minqing.model import Aid, Entry, Fund, Person, Quantity
from minqing.period import ALL, Query
from minqing.reports.funds import balances, moves
from minqing.rows import rows_of
from minqing.schema import read_tree
from minqing.settle import settle
from minqing.tally import entries as entries_of
from minqing.tally import tally
from minqing.text import read_entry

ROOT = Path(__file__).parent.parent
Write = Callable[..., Path]

slow = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
HLEDGER = shutil.which("hledger")
needs_hledger = pytest.mark.skipif(
    HLEDGER is None, reason="hledger is NOT installed, so nobody checks our journals: apt install hledger"
)


@pytest.fixture(scope="module")
def loader():
    return pytest.importorskip(
        "beancount.loader",
        reason="beancount is NOT installed, so nobody checks our journals: pip install beancount",
    )


def ledger_of(found: list[Entry], **said) -> sqlite3.Connection:
    ledger = open_ledger(":memory:")
    put(ledger, [(path_of(entry), rows_of(entry, [])) for entry in found])
    settle(ledger, None)
    keep_settings(ledger, said)
    return ledger


def want(ledger: sqlite3.Connection, names: bool = False) -> Want:
    return Want(ledger, Path("."), Query(ALL, ()), date(9999, 12, 31), names)


def journal(target: str, ledger: sqlite3.Connection, names: bool = False) -> str:
    return load(target).export(want(ledger, names)).files[0][1]


Totals = dict[tuple[str, str], Decimal]  # account and commodity -> balance


def by_beancount(loader, text: str) -> Totals:
    from beancount.core import data

    directives, errors, _options = loader.load_string(text)
    assert not errors, errors
    found: Totals = {}
    for transaction in data.filter_txns(directives):
        for account, units, *_rest in transaction.postings:
            found[account, units.currency] = found.get((account, units.currency), Decimal()) + units.number
    return {key: total for key, total in found.items() if total}


def hledger(text: str, *command: str) -> str:
    ran = subprocess.run(
        [HLEDGER, "-f-", *command], input=text, capture_output=True, text=True, encoding="utf-8", check=False,
        env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def by_hledger(text: str) -> Totals:
    rows = csv.DictReader(io.StringIO(hledger(text, "bal", "--flat", "-N", "-O", "csv", "--layout", "bare")))
    return {
        (row["account"], row["commodity"]): Decimal(row["balance"]) for row in rows if Decimal(row["balance"])
    }


# ---------------------------------------------------------------- the repository's own entries


@needs_hledger
def test_hledger_takes_the_journal_of_our_own_entries(minqing, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = minqing("export", "hledger")
    assert said.code == 0
    hledger(said.out, "check", "--strict")
    assert by_hledger(said.out)["Expenses:Aid:卫生局:Cash", "CNY"] == 1400
    assert by_hledger(said.out)["Expenses:Aid:卫生局:Goods", "书包（个）"] == 7


def test_bean_check_takes_the_journal_of_our_own_entries(minqing, monkeypatch, tmp_path, loader):
    monkeypatch.chdir(ROOT)
    path = tmp_path / "village.beancount"
    assert minqing("export", "beancount", "-o", str(path)).code == 0
    # bean-check, wherever its script was installed
    ran = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", str(path)], capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    totals = by_beancount(loader, path.read_text("utf-8"))
    assert totals["Expenses:Aid:卫生局:Cash", "CNY"] == 1400
    assert totals["Expenses:Aid:卫生局:Goods", code(Good("书包", "个"))] == 7


# ---------------------------------------------------------------- random diaries

uncounted = st.builds(
    lambda what, form, n: Aid(what, form, n=n),
    texts(),
    st.sampled_from(["goods", "cash"]),
    st.none() | st.integers(0, 9),
)
odd = st.lists(
    st.builds(
        lambda id_, day, gave, came, who: Entry(id_, "aid", day, aid=gave, funds=came, who=who),
        ids, st.dates(), some(aid | uncounted, 3), some(funds, 3), some(st.builds(Person, texts(), st.just(""))),
    ),
    max_size=3, unique_by=lambda entry: entry.id,
)  # fmt: skip


@given(odd, st.dictionaries(texts(), st.integers(0, 10**9).map(str), max_size=2), st.booleans())
@settings(slow, max_examples=15)
def test_beancount_takes_every_diary(loader, found, budget, names):
    by_beancount(loader, journal("beancount", ledger_of(found, budget=budget), names))


@needs_hledger
@given(odd, st.dictionaries(texts(), st.integers(0, 10**9).map(str), max_size=2), st.booleans())
@settings(slow, max_examples=15)
def test_hledger_takes_every_diary(found, budget, names):
    hledger(journal("hledger", ledger_of(found, budget=budget), names), "check", "--strict")


numbers = st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) / 100)
sources = st.sampled_from(["卫生局", "驻村工作队", "“爱心”超市", "hiv基金", "Unnamed"])
whats = st.sampled_from(["书包", "大米", "化肥 (尿素)", "a;b"])
cash = st.builds(
    lambda n, fund: Aid("慰问金", "cash", total=Quantity(n, "元"), fund=fund), numbers, st.none() | sources
)
given_goods = st.builds(
    lambda what, form, n, unit, fund: Aid(what, form, total=Quantity(n, unit), fund=fund),
    whats, st.sampled_from(["goods", "project", "service"]), numbers, st.sampled_from(["", "袋", "斤"]), st.none() | sources,
)  # fmt: skip
came = st.builds(
    lambda source, what, n, unit: Fund(source, Quantity(n, unit), what),
    sources, whats, numbers, st.sampled_from(["", "袋", "元"]),
)  # fmt: skip
sums = st.lists(
    st.builds(
        lambda id_, day, gave, came: Entry(id_, "aid", day, aid=gave, funds=came),
        ids, st.dates(date(2015, 1, 1), date(2017, 1, 1)), some(cash | given_goods, 4), some(came, 4),
    ),
    max_size=5, unique_by=lambda entry: entry.id,
)  # fmt: skip


def by_us(ledger: sqlite3.Connection, name: Callable[[Good], str]) -> tuple[Totals, Decimal]:
    """What the aid report gives by fund, as account and commodity; and the cash of the summary."""
    query, today = Query(ALL, ()), date(9999, 12, 31)
    report = reports.load("aid").report(ledger, query, today)
    by_fund = next(section for section in report.sections if section.name == "by_fund")
    found: Totals = {}
    for row in by_fund.rows:
        good = Good(row["what"], row["unit"]) if row["what"] else YUAN
        at = (row["fund"], name(good))
        found[at] = found.get(at, Decimal()) + Decimal(row["total"])
    money = Decimal(tally(ledger, query, today)["aid_money"])
    return {at: total for at, total in found.items() if total}, money


def by_fund(totals: Totals) -> tuple[Totals, Decimal]:
    """The same of another program's totals of accounts."""
    names = {
        f"Expenses:Aid:{_component(fund)}": fund
        for fund in ("卫生局", "驻村工作队", "“爱心”超市", "hiv基金", "Unnamed")
    }
    names["Expenses:Aid:Unnamed"] = ""
    found: Totals = {}
    for (account, commodity), total in totals.items():
        if account.startswith("Expenses:"):
            at = (names[account.rpartition(":")[0]], commodity)
            found[at] = found.get(at, Decimal()) + total
    money = sum((total for (name, commodity), total in totals.items() if name.endswith(":Cash")), Decimal())
    return {at: total for at, total in found.items() if total}, money


@given(sums)
@settings(slow, max_examples=15)
def test_beancount_adds_up_what_we_add_up(loader, found):
    ledger = ledger_of(found)
    assert by_fund(by_beancount(loader, journal("beancount", ledger))) == by_us(ledger, code)


@given(sums)
@settings(slow, max_examples=15)
def test_beancount_strikes_the_balances_of_our_fund_ledger(loader, found):
    ledger = ledger_of(found)
    held = {
        at: n
        for at, n in by_beancount(loader, journal("beancount", ledger)).items()
        if at[0].startswith("Assets:")
    }
    ours = {
        (f"Assets:Fund:{_component(row['fund'])}", code(Good(row["what"], row["unit"]))): row["income"]
        - row["spent"]
        for row in balances(moves(ledger, entries_of(ledger, Query(ALL, ()), date(9999, 12, 31))), "")
        if row["fund"] and row["income"] != row["spent"]
    }
    assert held == ours


@needs_hledger
@given(sums)
@settings(slow, max_examples=15)
def test_hledger_adds_up_what_we_add_up(found):
    ledger = ledger_of(found)
    goods = symbols([YUAN, *(Good(a.what, a.total.unit) for e in found for a in e.aid if a.form != "cash")])
    text = journal("hledger", ledger)
    assert by_fund(by_hledger(text)) == by_us(ledger, lambda good: goods[good].strip('"'))


@given(texts(), texts(0))
def test_a_short_code_is_read_back_and_no_two_goods_share_one(what, unit):
    coded = code(Good(what, unit))
    assert len(coded) <= 24 and coded.isascii()
    assert good_of(coded) in (None, Good(what, unit))
    assert (good_of(coded) is None) == coded.startswith("H")


def test_a_common_good_has_a_code_that_is_read_back():
    assert good_of(code(Good("书包", "个"))) == Good("书包", "个")
    assert good_of("CNY") == YUAN


# ---------------------------------------------------------------- what a journal says


def test_every_posting_leads_to_its_entry_and_names_nobody(loader, write, minqing):
    path = write(
        "q7m3k9x2",
        "date: 2016-05-28\nkind: aid\nwho: 王小晴\naid:\n  - {what: 王小晴的药费, total: 300元, to: 王小晴, fund: 王大山, occasion: 看望王小晴}\n"
        "facts:\n  王大山: {members: 3}",
    )
    said = minqing("export", "beancount").out
    assert "^q7m3k9x2" in said and f'path: "entries/2016/05/{path.name}"' in said
    assert "王小晴" not in said and "王大山" not in said
    named = minqing("export", "beancount", "--names")
    assert "Assets:Fund:王大山" in named.out and 'to: "王小晴"' in named.out
    assert "personal data" in named.err
    by_beancount(loader, said)


def test_two_funds_that_are_masked_alike_stay_two(write, minqing, loader):
    write(
        "q7m3k9x2",
        "date: 2016-05-28\nkind: aid\nfacts:\n  王大山: {members: 3}\n  王大海: {members: 3}\n"
        "aid:\n  - {what: 米, n: 2, fund: 王大山}\n  - {what: 米, n: 5, fund: 王大海}",
    )
    spent = {
        n
        for (account, _), n in by_beancount(loader, minqing("export", "beancount").out).items()
        if account[:3] == "Exp"
    }
    assert spent == {2, 5}


def test_a_total_that_is_not_each_times_n_is_named_and_booked_as_written(write, minqing, loader):
    write(
        "q7m3k9x2", "date: 2016-05-28\nkind: aid\naid:\n  - {what: 慰问金, each: 200元, n: 7, total: 1500元}"
    )
    said = minqing("export", "beancount")
    assert by_beancount(loader, said.out)["Expenses:Aid:Unnamed:Cash", "CNY"] == 1500
    assert "differs:" in said.out
    assert "200元 × 7 = 1400元, not 1500元" in said.err


def test_aid_without_any_number_stands_as_a_comment(write, minqing, loader):
    write("q7m3k9x2", "date: 2016-05-28\nkind: aid\naid:\n  - {what: 理发, form: service}")
    said = minqing("export", "beancount").out
    assert by_beancount(loader, said) == {}
    assert ";; 2016-05-28 理发 ^q7m3k9x2" in said


@needs_hledger
def test_a_budget_is_a_budget_in_both_journals(write, minqing, diary, loader):
    (diary / "minqing.yaml").write_text("budget: {卫生局: 5000元}\n", "utf-8")
    write("q7m3k9x2", "date: 2016-05-28\nkind: aid\naid:\n  - {what: 慰问金, total: 1400元, fund: 卫生局}")
    assert 'custom "budget" Expenses:Aid:卫生局 "yearly" 5000 CNY' in minqing("export", "beancount").out
    budget = hledger(minqing("export", "hledger").out, "bal", "--budget", "-Y", "-O", "csv", "Expenses")
    assert "5000" in budget and "1400" in budget


@needs_hledger
def test_a_month_begins_with_what_was_left_before_and_ends_like_our_fund_ledger(write, minqing, loader):
    write(
        "q7m3k9x2",
        "date: 2016-04-02\nkind: aid\nfunds:\n  - {from: 慈善总会, what: 善款, amount: 800.5元}\n"
        "  - {from: 慈善总会, what: 大米, amount: 10袋}\naid:\n  - {what: 慰问金, total: 999.99元, fund: 慈善总会}",
    )
    write("r8n4k9x2", "date: 2016-05-28\nkind: aid\naid:\n  - {what: 大米, each: 1袋, n: 3, fund: 慈善总会}")
    rows = minqing("report", "funds", "2016-05", "--format", "json").json["sections"][0]["rows"]
    left = {row["what"]: Decimal(str(row["after"])) for row in rows}
    assert left == {"money": Decimal("-199.49"), "大米": 7}
    for total in (
        by_hledger(minqing("export", "hledger", "2016-05").out),
        by_beancount(loader, minqing("export", "beancount", "2016-05").out),
    ):
        held = [amount for (account, _good), amount in total.items() if account.startswith("Assets:")]
        assert sorted(held) == sorted(left.values())
    every = minqing("export", "hledger").out
    assert "opening" not in every and "; name: 人民币, unit: 元" in every


def test_a_period_and_a_void_entry_are_heeded(write, minqing):
    write("q7m3k9x2", "date: 2016-05-28\nkind: aid\naid:\n  - {what: 米, n: 2}")
    write("r8n4k9x2", "date: 2015-05-28\nkind: aid\naid:\n  - {what: 面, n: 2}")
    write("s9p5k9x2", "date: 2016-05-29\nkind: aid\naid:\n  - {what: 油, n: 2}")
    write("t1q6k9x2", "date: 2016-05-30\nvoid:\n  - {entry: s9p5k9x2, why: 记错}")
    said = minqing("export", "hledger", "2016").out
    assert "米" in said and "面" not in said and "油" not in said


# ---------------------------------------------------------------- calendar

ITEM = "date: 2016-05-28\nkind: visit\nwho: 王小晴\nitems:\n  1: {type: need, who: 王小晴, text: 王小晴家缺水, due: 2016-06-08}\n"


def events(text: str):
    return pytest.importorskip("icalendar").Calendar.from_ical(text).walk("VEVENT")


def test_a_calendar_has_due_items_and_due_visits_and_keeps_their_ids(write, minqing):
    write("q7m3k9x2", ITEM + "facts: {王小晴: {class: dibao}}")
    said = minqing("export", "ics", "--today", "2016-06-01").out
    days = {str(event["uid"]): event["dtstart"].dt for event in events(said)}
    assert days == {
        "q7m3k9x2.1@minqing": date(2016, 6, 8),
        "visit-2016-05-28-q7m3k9x2.1@minqing": date(2016, 7, 27),
    }
    assert "王小晴" not in "".join(
        str(event["summary"]) + str(event["description"]) for event in events(said)
    )
    named = events(minqing("export", "ics", "--names").out)
    assert "王小晴家缺水" in str(named[0]["summary"])


def test_a_calendar_has_the_days_asked_for_and_nothing_that_is_closed(write, minqing):
    write("q7m3k9x2", ITEM)
    assert [str(event["uid"]) for event in events(minqing("export", "ics", "2016-06").out)] == [
        "q7m3k9x2.1@minqing"
    ]
    write("r8n4k9x2", "date: 2016-05-29\nupdates:\n  - {ref: q7m3k9x2.1, status: closed}")
    assert not events(minqing("export", "ics", "2016-06", "--today", "2016-06-01").out)


def test_households_that_were_never_visited_are_one_event_of_today(write, minqing):
    write("q7m3k9x2", "date: 2016-05-28\nfacts: {王小晴: {class: dibao}, 李大山: {class: dibao}}")
    (event,) = events(minqing("export", "ics").out)
    assert (str(event["uid"]), event["dtstart"].dt) == ("never-visited@minqing", date(2016, 5, 28))
    assert "2" in event["summary"]


def test_a_long_chinese_line_of_a_calendar_is_folded_and_read_back_whole(write, minqing):
    text = "水渠从上游断了三处，全组的秧都插不下去，" * 6
    write("q7m3k9x2", f"date: 2016-05-28\nitems:\n  1: {{type: need, text: '{text}', due: 2016-06-08}}")
    said = minqing("export", "ics").out
    assert max(len(line.encode()) for line in said.replace("\r\n", "\n").split("\n")) <= 75
    assert text in str(events(said)[0]["summary"])


# ---------------------------------------------------------------- everything as data


def test_json_holds_every_entry_so_that_it_can_be_made_again(minqing, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = minqing("export", "json").json
    files = {path: read_entry(path.read_bytes()).entry for path in ROOT.glob("entries/**/*.md")}
    assert len(said["entries"]) == len(files) > 5
    for entry in said["entries"]:
        made, flaws = read_tree(entry["header"])
        assert not flaws
        assert made._replace(body=entry["text"]) == files[ROOT / entry["path"]]


def test_csv_writes_every_table_into_a_folder_and_over_none(write, minqing, diary):
    write(
        "q7m3k9x2", ITEM + "facts: {王小晴: {phone: '13812345678', health: 红斑狼疮, class: dibao}}", "=1+1\n"
    )
    assert minqing("export", "csv").code == 2
    assert minqing("export", "csv", "-o", "out").code == 0
    names = sorted(path.name for path in (diary / "out").iterdir())
    assert names == [
        "aid.csv",
        "decisions.csv",
        "entries.csv",
        "facts.csv",
        "figures.csv",
        "funds.csv",
        "items.csv",
        "updates.csv",
    ]
    tables = {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8-sig"))) for path in (diary / "out").iterdir()
    }
    assert tables["entries"][0]["text"].startswith("'=1+1")
    assert tables["items"][0]["ref"] == "q7m3k9x2.1" and tables["items"][0]["due"] == "2016-06-08"
    facts = {row["fact"]: row["value"] for row in tables["facts"]}
    assert facts == {"phone": "138****5678", "health": "ill", "class": "dibao"}
    assert "王小晴" not in "".join(path.read_text("utf-8") for path in (diary / "out").iterdir())
    again = minqing("export", "csv", "-o", "out", "--names")
    assert again.code == 1 and "--force" in again.err
    assert minqing("export", "csv", "-o", "out", "--names", "--force").code == 0
    assert "红斑狼疮" in (diary / "out" / "facts.csv").read_text("utf-8")


def test_a_target_that_is_none_is_refused_with_those_there_are(minqing, diary):
    said = minqing("export", "gnucash")
    assert said.code == 2 and "beancount, csv, hledger, ics, json" in said.err
