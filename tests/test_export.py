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
from minqing.ledger import keep_settings, open_ledger, put, settle
from minqing.model import Aid, Entry, Fund, Person, Quantity
from minqing.period import ALL, Query
from minqing.rows import rows_of
from minqing.tally import tally

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
        "beancount.loader", reason="beancount is NOT installed, so nobody checks our journals: pip install beancount"
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
    ran = subprocess.run([str(Path(sys.executable).with_name("bean-check")), str(path)], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    totals = by_beancount(loader, path.read_text("utf-8"))
    assert totals["Expenses:Aid:卫生局:Cash", "CNY"] == 1400
    assert totals["Expenses:Aid:卫生局:Goods", code(Good("书包", "个"))] == 7


# ---------------------------------------------------------------- random diaries

uncounted = st.builds(
    lambda what, form, n: Aid(what, form, n=n), texts(), st.sampled_from(["goods", "cash"]), st.none() | st.integers(0, 9)
)
odd = st.lists(
    st.builds(
        lambda id_, day, gave, came, who: Entry(id_, "aid", day, aid=gave, funds=came, who=who),
        ids, st.dates(), some(aid | uncounted, 3), some(funds, 3), some(st.builds(Person, texts(), st.just(""))),
    ),
    max_size=3, unique_by=lambda entry: entry.id,
)  # fmt: skip


@given(odd, st.dictionaries(texts(), st.integers(0, 10**9).map(str), max_size=2), st.booleans())
@settings(slow, max_examples=60)
def test_beancount_takes_every_diary(loader, found, budget, names):
    by_beancount(loader, journal("beancount", ledger_of(found, budget=budget), names))


@needs_hledger
@given(odd, st.dictionaries(texts(), st.integers(0, 10**9).map(str), max_size=2), st.booleans())
@settings(slow, max_examples=40)
def test_hledger_takes_every_diary(found, budget, names):
    hledger(journal("hledger", ledger_of(found, budget=budget), names), "check", "--strict")


numbers = st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) / 100)
sources = st.sampled_from(["卫生局", "驻村工作队", "“爱心”超市", "hiv基金", "Unnamed"])
whats = st.sampled_from(["书包", "大米", "化肥 (尿素)", "a;b"])
cash = st.builds(lambda n, fund: Aid("慰问金", "cash", total=Quantity(n, "元"), fund=fund), numbers, st.none() | sources)
given_goods = st.builds(
    lambda what, form, n, unit, fund: Aid(what, form, total=Quantity(n, unit), fund=fund),
    whats, st.sampled_from(["goods", "project"]), numbers, st.sampled_from(["", "袋", "斤"]), st.none() | sources,
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
    names = {f"Expenses:Aid:{_component(fund)}": fund for fund in ("卫生局", "驻村工作队", "“爱心”超市", "hiv基金", "Unnamed")}
    names["Expenses:Aid:Unnamed"] = ""
    found: Totals = {}
    for (account, commodity), total in totals.items():
        if account.startswith("Expenses:"):
            at = (names[account.rpartition(":")[0]], commodity)
            found[at] = found.get(at, Decimal()) + total
    money = sum((total for (name, commodity), total in totals.items() if name.endswith(":Cash")), Decimal())
    return {at: total for at, total in found.items() if total}, money


@given(sums)
@settings(slow, max_examples=40)
def test_beancount_adds_up_what_we_add_up(loader, found):
    ledger = ledger_of(found)
    assert by_fund(by_beancount(loader, journal("beancount", ledger))) == by_us(ledger, code)


@needs_hledger
@given(sums)
@settings(slow, max_examples=25)
def test_hledger_adds_up_what_we_add_up(found):
    ledger = ledger_of(found)
    goods = symbols(
        [YUAN, *(Good(a.what, a.total.unit) for e in found for a in e.aid if a.form != "cash")]
    )
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
