"""Reports: what each number means, the JSON that programs may rely on, and every report in every format."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from minqing import formats, reports

ROOT = Path(__file__).parent.parent
Write = Callable[..., Path]

KEYS = {
    "problems": "ref date source type about who text owner due progress status closed satisfied",
    "promises": "ref date who text owner due progress kept overdue",
    "aid": "ref date area who what form each n total unit fund occasion by receipt",
    "visits": "ref date time area who class by facts items answers",
}


def figures(minqing, *terms: str) -> dict[str, object]:
    return minqing("report", *terms, "--format", "json").json["figures"]


# ---------------------------------------------------------------- the repository's own diary


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (
            "2011-05",
            {
                "entries": 5, "visits": 2, "households_visited": 2, "meetings": 1, "items_before": 0, "items_opened": 13,
                "items_reopened": 0, "items_closed": 2, "items_after": 11, "items_done": 0, "items_overdue": 0,
                "promises_opened": 0, "promises_kept": 0, "promises_overdue": 0,
                "aid_money": "1400", "aid_times": 7, "aid_people": 2,
            },
        ),
        ("2012-05", {"items_before": 20, "items_opened": 5, "items_after": 25, "items_done": 1, "items_overdue": 1, "promises_overdue": 1}),
        ("2012-06", {"items_before": 25, "items_closed": 3, "items_after": 22, "promises_kept": 1, "visits": 1, "aid_money": "0"}),
    ],
)  # fmt: skip
def test_the_examples_add_up(minqing, monkeypatch, month, expected):
    monkeypatch.chdir(ROOT)
    found = figures(minqing, month)
    assert {key: found[key] for key in expected} == expected


def test_json_of_a_summary_has_the_promised_shape(minqing, monkeypatch):
    monkeypatch.chdir(ROOT)
    report = minqing("report", "--month", "2011-05", "柳湾村", "--format", "json").json
    assert list(report) == [
        "schema",
        "report",
        "title",
        "period",
        "filters",
        "entries",
        "flaws",
        "figures",
        "sections",
    ]
    assert (report["schema"], report["report"], report["entries"], report["flaws"]) == (1, "summary", 5, 0)
    assert report["period"] == {
        "name": "2011-05",
        "first": "2011-05-01",
        "last": "2011-05-31",
        "grain": "month",
    }
    assert report["filters"] == ["柳湾村"]
    for section in report["sections"]:
        assert list(section)[:4] == ["name", "title", "columns", "rows"]
        keys = [column["key"] for column in section["columns"]]
        assert all(list(row) == keys for row in section["rows"])


@pytest.mark.parametrize("name", KEYS)
def test_json_of_a_ledger_has_the_promised_keys(minqing, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    table = minqing("report", name, "--format", "json").json["sections"][0]
    assert table["rows"]
    assert all(set(row) >= set(KEYS[name].split()) for row in table["rows"])


def test_json_of_a_list_has_the_promised_keys(minqing, monkeypatch):
    monkeypatch.chdir(ROOT)
    listed = minqing("list", "--format", "json").json
    assert list(listed) == ["schema", "entries", "flaws"]
    entry = listed["entries"][0]
    assert list(entry) == (
        [
            "id",
            "kind",
            "date",
            "time",
            "title",
            "area",
            "place",
            "author",
            "who",
            "with",
            "tags",
            "weather",
            "path",
            "items",
            "aid",
            "figures",
            "files",
            "text",
        ]
    )
    assert list(entry["items"][0]) == ["ref", "type", "about", "who", "text", "owner", "due", "status"]
    aid = next(entry["aid"][0] for entry in listed["entries"] if entry["aid"])
    assert list(aid) == ["what", "form", "each", "n", "total", "unit", "fund", "occasion", "to"]
    assert list(entry["figures"][0]) == ["name", "value", "unit", "of"]


# Whose, for reports that are about one household, area or entry.
SUBJECT = {
    "household": ["沈佳禾"],
    "plan": ["南院组"],
    "receipt": ["pj5y"],
    "minutes": ["x80q"],
    "entry": ["zra1"],
}


@pytest.mark.parametrize(  # test_mask.py prints every report as pdf as well
    "format_name",
    [pytest.param(name, marks=pytest.mark.slow) if name == "pdf" else name for name in formats.formats()],
)
@pytest.mark.parametrize("name", reports.names())
def test_every_report_in_every_format_and_language(minqing, monkeypatch, tmp_path, name, format_name):
    monkeypatch.chdir(ROOT)
    for language, terms in (("zh", ["2012Q2"]), ("en", ["1999"])):
        monkeypatch.setenv("MINQING_LANG", language)
        paper = tmp_path / f"{name}{formats.load(format_name).SUFFIXES[0]}"
        said = minqing("report", name, *SUBJECT.get(name, ()), *terms, "-o", str(paper), "--force")
        assert said.code == 0, said.err
        assert paper.stat().st_size > 2
        assert "Traceback" not in said.err


def test_every_report_says_what_it_is_of(minqing, monkeypatch):
    monkeypatch.chdir(ROOT)
    for name in sorted({*reports.names()} - {*SUBJECT}):
        head = minqing("report", name, "2012", "南院组").out.split("\n")[1]
        assert re.search(r"Period: .*· Filter: 南院组 · \d+ entr(y|ies) · Made: 2016-05-28", head), head


# ---------------------------------------------------------------- what the numbers mean


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("2016-05", "Monthly report"),
        ("2016-05-03..2016-05-05", "Summary of a period"),
        ("2016-05..", "Summary of a period"),
        ("all", "Summary of the whole diary"),
    ],
)
def test_a_summary_is_called_by_its_period(minqing, write, term, title):
    write("aaaa1111", "date: 2016-05-04")
    assert minqing("report", term).out.startswith(f"{title}\n")


def test_the_life_of_an_item_balances_in_every_month(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-01-10\nitems:\n  1: {type: need, text: 甲}\n  2: {type: promise, text: 乙, due: 2016-02-01}",
    )
    write(
        "bbbb2222",
        "date: 2016-02-10\nupdates:\n  - {ref: aaaa1111.1, status: closed}\n  - {ref: aaaa1111.2, status: done}",
    )
    write(
        "cccc3333",
        "date: 2016-03-10\nupdates:\n  - {ref: aaaa1111.1, status: closed}\n  - {ref: aaaa1111.1, status: doing}",
    )
    write(
        "dddd4444",
        "date: 2016-04-10\nupdates:\n  - {ref: aaaa1111.1, status: reopened}\n  - {ref: aaaa1111.2, status: declined}",
    )

    def balance(month: str) -> list[object]:
        found = figures(minqing, month)
        return [
            found[f"items_{name}"] for name in ("before", "opened", "reopened", "closed", "after", "done")
        ]

    assert balance("2016-01") == [0, 2, 0, 0, 2, 0]
    assert balance("2016-02") == [2, 0, 0, 1, 1, 1]
    assert balance("2016-03") == [
        1,
        0,
        0,
        0,
        1,
        1,
    ]  # closing twice keeps the first; a follow-up does not reopen
    assert balance("2016-04") == [1, 0, 1, 1, 1, 0]
    assert balance("2016") == [0, 2, 1, 2, 1, 0]
    assert figures(minqing, "2016-02")["promises_kept"] == 1
    assert figures(minqing, "2016-04")["promises_kept"] == 0  # declined is not kept
    assert figures(minqing, "2016-01")["promises_overdue"] == 0
    assert figures(minqing, "2015")["items_before"] == 0


def test_a_promise_that_is_told_done_twice_is_kept_once_on_its_first_day(minqing, write):
    write("aaaa1111", "date: 2016-03-10\nitems:\n  1: {type: promise, text: 修路}")
    write("bbbb2222", "date: 2016-03-20\nupdates:\n  - {ref: aaaa1111.1, status: done}")
    write("cccc3333", "date: 2016-04-10\nupdates:\n  - {ref: aaaa1111.1, status: done, note: 又看过}")
    assert [figures(minqing, month)["promises_kept"] for month in ("2016-03", "2016-04")] == [1, 0]
    row = minqing("report", "promises", "2016-04", "--format", "json").json["sections"][0]["rows"][0]
    assert (row["kept"], row["progress"]) == ("2016-03-20", "又看过")


def test_overdue_is_counted_as_on_the_end_of_the_period_or_today(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-01\nitems:\n  1: {type: task, text: 甲, due: 2016-05-20}\n  2: {type: task, text: 乙, due: 2016-05-30}",
    )
    assert figures(minqing, "2016-05")["items_overdue"] == 1  # today is 2016-05-28
    assert figures(minqing, "2016-05", "--today", "2016-06-10")["items_overdue"] == 2
    assert figures(minqing, "2016-05-01..2016-05-20")["items_overdue"] == 0


def test_one_event_counts_its_heads_once_however_many_goods_they_got(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-01\naid:\n  - {what: 慰问金, each: 200元, n: 7, to: [甲, 乙]}\n  - {what: 书包, each: 1个, n: 7}\n"
        "  - {what: 大米, form: goods, total: 50斤, to: [丙]}",
    )
    write(
        "bbbb2222",
        "date: 2016-05-02\naid:\n  - {what: 慰问金, total: 0.5万元, to: [甲、乙、丁]}\n  - {what: 代办, form: service, n: 1}",
    )
    found = figures(minqing, "2016-05")
    assert found["aid_money"] == "6400"
    assert found["aid_times"] == 7 + 3
    assert found["aid_people"] == 4


def test_an_entry_taken_back_is_in_no_ledger(minqing, write):
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-01\nwho: [甲]\naid:\n  - {what: 慰问金, total: 200元}\nitems:\n  1: {type: need, text: 错的}",
    )
    assert figures(minqing, "2016-05")["aid_money"] == "200"
    write("bbbb2222", "date: 2016-05-03\nvoid:\n  - {entry: aaaa1111, why: 写错了户}")
    found = figures(minqing, "2016-05")
    assert (found["aid_money"], found["visits"], found["items_opened"], found["entries"]) == ("0", 0, 0, 1)


def test_figures_show_their_change_also_across_periods(minqing, write):
    write("aaaa1111", "date: 2016-04-01\narea: 甲村\nfigures:\n  在校学生: 326人")
    write("bbbb2222", "date: 2016-05-01\narea: 甲村\nfigures:\n  在校学生: 320人\n  未数:\n")
    rows = minqing("report", "figures", "2016-05", "--format", "json").json["sections"][0]["rows"]
    assert [(row["name"], row["value"], row["change"]) for row in rows] == [
        ("在校学生", "320", "-6"),
        ("未数", None, None),
    ]


def test_a_report_over_flawed_files_says_so_first_and_exits_1(minqing, write, diary):
    write("aaaa1111", "date: 2016-05-01")
    write(
        "bbbb2222", "date: 2016-05-01\nitems:\n  1: {type: need, text: 好的}\n  2: {type: nead, text: 坏的}"
    )
    said = minqing("report", "2016-05")
    assert said.code == 1
    assert "1 file could not be read whole" in said.out.split("\n")[0]
    assert minqing("report", "2016-05", "--allow-flaws").code == 0
    report = minqing("report", "items", "2016-05", "--format", "json")
    assert (report.code, report.json["flaws"]) == (1, 1)
    assert [row["text"] for row in report.json["sections"][0]["rows"]] == ["好的"]  # the rest still works
    assert minqing("list", "--format", "json").json["flaws"] == 1


def test_output_to_a_file_takes_its_format_from_the_ending_and_never_overwrites(minqing, write, diary):
    write("aaaa1111", "date: 2016-05-01")
    assert minqing("report", "items", "2016-05", "-o", "账.csv").code == 0
    assert (diary / "账.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    again = minqing("report", "items", "2016-05", "-o", "账.csv")
    assert (again.code, "--force" in again.err) == (1, True)
    assert minqing("report", "items", "2016-05", "-o", "账.csv", "--force").code == 0
    assert minqing("report", "items", "-o", "账.xyz").code == 2


def test_report_list_names_every_report_with_its_purpose(minqing):
    said = minqing("report", "--list")
    assert [line.split()[0] for line in said.out.splitlines()] == reports.names()
    assert all(len(line) > 30 for line in said.out.splitlines())


def test_cash_is_summed_in_yuan_whatever_coin_it_was_written_in(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-01\naid:\n  - {what: 补贴, each: 5角, n: 3}\n  - {what: 慰问金, total: 200元}\n  - {what: 捐款, form: cash, total: 10美元}",
    )
    assert minqing("report", "2016-05", "--format", "json").json["figures"]["aid_money"] == "201.5"


# ---------------------------------------------------------------- of one person


def test_what_a_person_received_is_found_by_name_and_counted_as_theirs(minqing, write):
    write("aaaa1111", "kind: aid\ndate: 2016-05-03\naid:\n"
          "  - {what: 慰问金, each: 500元, to: [甲, 乙]}\n  - {what: 大米, each: 2袋, to: [甲, 乙]}\n  - {what: 指导, form: service, n: 3, to: [丙]}\n"
          "  - {what: 补助, total: 1000元, to: [甲, 乙, 丙]}")  # fmt: skip
    write("bbbb2222", "kind: visit\ndate: 2016-05-04\nwho: [甲]\naid:\n  - {what: 书包, each: 1个, n: 1}")
    write("cccc3333", "kind: note\ndate: 2016-05-05")

    def ids(*terms):
        return [entry["id"][:4] for entry in minqing("list", *terms, "--format", "json").json["entries"]]

    assert ids("甲") == ids("who:甲") == ["aaaa", "bbbb"]
    assert ids("丙") == ["aaaa"]
    said = minqing("report", "aid", "甲", "2016-05", "--format", "json").json
    assert said["figures"] == {"aid_money": "1500", "aid_times": 4, "aid_people": 3}
    rows = said["sections"][0]["rows"]
    assert [(row["what"], row["who"], row["n"], row["total"]) for row in rows] == [
        ("慰问金", ["甲"], 1, "500"), ("大米", ["甲"], 1, "2"),
        ("补助", ["甲", "乙", "丙"], 3, "1000"),  # who got how much of it is not known
        ("书包", ["甲"], 1, "1"),
    ]  # fmt: skip
    assert (
        minqing("report", "aid", "乙", "2016-05", "--format", "json").json["figures"]["aid_money"] == "1500"
    )
    assert minqing("report", "aid", "2016-05", "--format", "json").json["figures"]["aid_money"] == "2000"
    assert minqing("report", "丙", "2016-05", "--format", "json").json["figures"]["entries"] == 1


def test_a_visit_tells_whose_fact_is_whose(minqing, write):
    facts = "facts:\n  赵一: {class: watched, health: 肝炎}\n  赵小一: {relation: 女儿, health: 哮喘}\n  钱二: {class: dibao}"
    write("aaaa1111", f"date: 2016-05-01\nkind: visit\nwho: [赵一, 钱二]\n{facts}")
    write("bbbb1111", "date: 2016-05-02\nkind: visit\nwho: [孙三]\nfacts:\n  孙三: {members: 3}")
    rows = minqing("report", "visits", "--format", "json").json["sections"][0]["rows"]
    assert [row["facts"] for row in rows] == [
        "赵一: class: watched; health: 肝炎; 赵小一: relation: 女儿; health: 哮喘; 钱二: class: dibao", "members: 3"
    ]  # fmt: skip
    office = minqing("report", "visits", "--audience", "unit").out
    assert (
        "赵**: class: watched; health: ill; 赵**(2): relation: 女儿; health: ill; 钱**: class: dibao"
        in " ".join(office.split())
    )


@pytest.mark.parametrize("name", ["problems", "promises", "aid", "visits"])
def test_a_ledger_on_paper_begins_with_a_running_number_and_json_has_none(minqing, write, name):
    items = "items:\n  1: {type: problem, text: 渠漏}\n  2: {type: promise, text: 修渠}\naid: [{what: 金, form: cash, total: 9元}]"
    for n in (1, 2):
        write(f"aaaa111{n}", f"date: 2016-05-0{n}\nkind: visit\nwho: [赵一]\n{items}")
    paper = minqing("report", name, "--format", "csv").out.lstrip("\ufeff")
    table = paper[paper.index("No.,") :].splitlines()
    assert [line.split(",")[0] for line in table[:3]] == ["No.", "1", "2"]
    assert "no" not in minqing("report", name, "--format", "json").json["sections"][0]["rows"][0]
    assert "No." not in minqing("report", name).out


def test_what_belongs_nowhere_is_named_and_does_not_look_like_a_total(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-01\nkind: visit\nwho: [赵一]\nitems:\n  1: {type: problem, text: 渠漏}\naid: [{what: 金, form: cash, total: 9元}]",
    )
    for name, said in (
        ("problems", "unsorted"),
        ("visits", "no area"),
        ("aid", "no fund named"),
        ("coverage", "no area"),
    ):
        assert f"\n{said}," in minqing("report", name, "--format", "csv").out.replace("\r", ""), name
        assert f"\n{said}  " in minqing("report", name).out, name
    table = minqing("report", "problems", "--format", "json").json["sections"][1]
    assert table["rows"][0]["about"] == ""


MANY = "items:\n" + "\n".join(
    f"  {n}: {{type: need, text: 第{n}件, due: 2016-06-{21 - n // 2:02}}}" for n in range(1, 29)
)


def test_the_items_of_an_entry_keep_their_order_and_a_long_list_begins_with_what_matters(minqing, write):
    write("aaaa1111", f"date: 2016-05-01\n{MANY}")
    write("bbbb2222", "date: 2016-06-20\nitems:\n  1: {type: need, text: 新的一件}")
    said = minqing("report", "problems", "2016-06", "--format", "json").json["sections"][0]["rows"]
    assert [row["text"] for row in said] == [*(f"第{n}件" for n in range(1, 29)), "新的一件"]
    week = minqing("report", "2016-W25", "--today", "2016-07-01", "--format", "json").json["sections"]
    rows = {part["name"]: [row.get("text") for row in part["rows"]] for part in week}
    assert rows["moved"][:2] == ["新的一件", "第1件"]  # of 29 that are open, 20 are shown
    assert rows["shortfalls"][:2] == ["第28件", "第26件"]  # the longest overdue


def test_a_promise_done_in_one_month_and_closed_in_another_is_kept_in_the_first(minqing, write):
    write("aaaa1111", "date: 2016-03-10\nauthor: 甲\nitems:\n  1: {type: promise, text: 修路, due: 2016-03-30}")
    write("bbbb2222", "date: 2016-03-20\nupdates:\n  - {ref: aaaa1111.1, status: done}")
    write("cccc3333", "date: 2016-05-10\nupdates:\n  - {ref: aaaa1111.1, status: closed, satisfied: yes}")
    assert [figures(minqing, month)["promises_kept"] for month in ("2016-03", "2016-05", "2016")] == [1, 0, 1]
    for quarter, kept in (("2016Q1", 1), ("2016Q2", 0)):
        summary = minqing("report", quarter, "--format", "json").json["sections"]
        score = minqing("report", "score", quarter, "--format", "json").json["sections"]
        authors = next(part["rows"] for part in summary if part["name"] == "authors")
        assert {row["kept"] for row in (*authors, *score[0]["rows"]) if row["author"] == "甲"} == {kept}
        sources = [row["refs"] for row in score[1]["rows"] if row["number"] == "Promises kept"]
        assert sources == [["aaaa1111.1"]] * kept


def test_summary_and_score_count_alike_what_was_done_in_time(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-04-10\nauthor: 甲\nitems:\n  1: {type: need, text: 渠, due: 2016-04-20}\n"
        "  2: {type: need, text: 路, due: 2016-04-30}\nupdates:\n  - {ref: aaaa1111.1, status: closed}",
    )
    summary = minqing("report", "2016Q2", "--format", "json").json["sections"]
    (score,) = minqing("report", "score", "2016Q2", "--format", "json").json["sections"][0]["rows"]
    (author,) = next(part["rows"] for part in summary if part["name"] == "authors")
    assert (author["in_time"], score["on_time"]) == ("50%", "50")  # the road is late, and counts


def test_one_is_one_item_and_two_are_items(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nitems:\n  1: {type: need, about: water, text: 渠}\n  2: {type: need, about: road, text: 路}\n  3: {type: need, about: road, text: 灯}")
    write("bbbb2222", "kind: meeting\ndate: 2016-05-02\nmeeting: {type: group, eligible: 20, present: 1, unit: household}")
    said = minqing("report", "items", "2016-05").out
    assert re.search(r"water +1 item +#", said) and re.search(r"road +2 items +#", said)
    form = minqing("report", "minutes", "bbbb").out
    assert "Should attend: 20 households\n" in form and "Attended: 1 household\n" in form


def test_a_sum_over_what_was_not_counted_has_no_count(minqing, write):
    write("aaaa1111", "date: 2016-05-01\naid:\n  - {what: 修渠, form: project, total: 12.5万元}")
    (row,) = minqing("report", "aid", "2016-05", "--format", "json").json["sections"][1]["rows"]
    assert (row["what"], row["n"], row["total"]) == ("修渠", None, "125000")


def test_a_letter_is_signed_with_its_area_as_one_writes_it(minqing, write, diary, monkeypatch):
    (diary / "minqing.yaml").write_text("区划: 青石镇/柳湾村\n记录人: 许望山\n", "utf-8")
    write("aaaa1111", "date: 2016-05-01")
    assert "\n青石镇/柳湾村\n许望山\n" in minqing("report", "2016-05").out
    monkeypatch.setenv("MINQING_LANG", "zh")
    assert minqing("report", "2016-05").out.endswith("\n青石镇柳湾村\n许望山\n2016年5月28日\n")


def test_a_months_coverage_names_the_groups_that_nobody_went_to(minqing, write):
    write("aaaa1111", "kind: visit\ndate: 2016-01-01\narea: 青石镇/柳湾村/一组\nwho: [王小晴]")
    write("bbbb2222", "kind: visit\ndate: 2016-01-02\narea: 青石镇/柳湾村/二组\nwho: [赵小梅]\nfacts:\n  赵小梅: {class: tekun}")
    write("cccc3333", "kind: visit\ndate: 2016-05-02\narea: 青石镇/柳湾村/一组\nwho: [王小晴]")
    sections = minqing("report", "2016-05", "--format", "json").json["sections"]
    (part,) = (part for part in sections if part["name"] == "coverage")
    assert [tuple(row.values()) for row in part["rows"]] == [
        ("青石镇/柳湾村/一组", 1, 1, 0, 0, None),  # its household falls due in June
        ("青石镇/柳湾村/二组", 0, 0, 1, 0, "0"),
    ]


def test_an_account_of_duty_is_signed_by_whom_it_is_of(minqing, write, diary):
    (diary / "minqing.yaml").write_text("author: 许望山\n", "utf-8")
    write("aaaa1111", "date: 2016-05-01\nauthor: 贺知远")
    assert "\n贺知远\n2016-05-28" in minqing("report", "duty", "2016", "贺知远").out
    assert "\n许望山\n2016-05-28" in minqing("report", "duty", "2016").out
