"""Numbers of ID and bank cards go into no entry, whichever way they come, and what was left out is told."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minqing.idnumbers import LEFT_OUT, looks_like_card, numbers_in, without_numbers

ID = "11010119550312302X"  # invented; its check character is right


@pytest.mark.parametrize(
    "number",
    [
        ID,
        "11010119550312302x",
        "１１０１０１１９５５０３１２３０２Ｘ",
        "110101 19550312 302X",
        "110101-19550312-302X",
        "110101 1955 0312 302X",
        "1101 0119 5503 1230 2X",
        "110101195503123021",  # a slip in the check character
        "110101550312302",  # of before 1999
        "6222021234567890123",
        "6222 0212 3456 7890 123",
        "4111111111111111",
    ],
)
def test_a_number_that_names_somebody_is_left_out(number: str) -> None:
    assert without_numbers(f"王五，{number}。") == "王五，…。"


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "0532-88881234",
        "共 123456789012345 元",
        "1234567890123456",
        "20210601001220210601",
        "合同编号 410000202106010012",
        "订单号：4111111111111111",
        "3.141592653589793238",
    ],
)
def test_phones_sums_and_the_numbers_of_contracts_stay(text: str) -> None:
    assert without_numbers(text) == text


def test_what_is_called_an_account_is_one_whatever_its_check_digit() -> None:
    assert not looks_like_card("4111111111111112")
    assert without_numbers("农行卡号：4111111111111112") == "农行卡号：…"


@given(st.text("0123456789X 王-，\n", max_size=80))
def test_nothing_is_left_to_leave_out(text: str) -> None:
    assert not list(numbers_in(without_numbers(text)))
    assert without_numbers(without_numbers(text)) == without_numbers(text)


def test_a_pasted_text_loses_them_and_says_where(minqing, diary) -> None:
    (diary / "t.txt").write_text(
        f"5月8日 走访\n【情况】@王五 户属性=低保户 身份证={ID}\n王五\u3000{ID} 卡号6222021234567890123\n",
        "utf-8",
    )
    added = minqing("add", "t.txt")
    assert added.code == 0
    assert [line.split(":")[1:4] for line in added.err.splitlines()] == [
        ["2", "21", " id-number"], ["3", "4", " id-number"], ["3", "25", " id-number"],
    ]  # fmt: skip
    assert ID not in added.err
    (written,) = diary.glob("entries/**/*.md")
    assert ID[:17] not in written.read_text("utf-8") and "6222" not in written.read_text("utf-8")
    assert f"王五\u3000{LEFT_OUT} 卡号{LEFT_OUT}" in written.read_text("utf-8")


def test_prose_loses_them_too(minqing, diary) -> None:
    (diary / "t.txt").write_text(f"2016年5月8日\n走访了王五，身份证号{ID}。\n", "utf-8")
    assert "t.txt:2:11: id-number: an ID or bank card number was left out" in minqing("add", "t.txt").err
    assert "1101" not in next(diary.glob("entries/**/*.md")).read_text("utf-8")


def test_a_new_entry_keeps_none_in_any_of_its_fields(minqing, diary) -> None:
    said = minqing("new", "visit", "--no-edit", "--need", f"换证 @王五 {ID}", "--text", f"去了。\\n证号{ID}")
    assert said.code == 0
    assert said.err.splitlines()[:2] == [
        "items: id-number: an ID or bank card number was left out — no entry keeps one; name the person instead",
        "Text:2:3: id-number: an ID or bank card number was left out — no entry keeps one; name the person instead",
    ]
    assert ID not in next(diary.glob("entries/**/*.md")).read_text("utf-8")
    assert ID not in minqing("new", "visit", "--dry-run", "--text", ID).out


def test_what_became_of_an_item_keeps_none(minqing, diary) -> None:
    minqing("new", "visit", "--no-edit", "--need", "换证 @王五")
    ref = minqing("list", "--format", "json").json["entries"][0]["items"][0]["ref"]
    assert "updates: id-number" in minqing("follow", ref, "--note", f"证号{ID}").err
    assert not any(ID in path.read_text("utf-8") for path in diary.glob("entries/**/*.md"))


def test_another_programs_entries_lose_them_as_they_come(minqing, diary) -> None:
    (diary / "j.txt").write_text(f"[2016-05-09 09:00] 走访王五\n证号 {ID}\n", "utf-8")
    assert "j.txt:1: id-number" in minqing("import", "jrnl", "j.txt").err
    assert ID not in next(diary.glob("entries/**/*.md")).read_text("utf-8")
    assert "id-number" not in minqing("import", "jrnl", "j.txt").err, "what is there already is told once"


def test_one_that_is_typed_in_the_editor_is_the_persons_own_to_take_out(
    minqing, write, diary, monkeypatch
) -> None:
    path = write("aaaa1111", "date: 2016-05-01", "原文\n")
    script = diary / "editor.py"
    script.write_text(
        f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\npath.write_text(path.read_text('utf-8') + '{ID}', 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    said = minqing("edit", "aaaa")
    assert ID in path.read_text("utf-8"), "the bytes of the editor are kept"
    assert "id-number: the number of an ID or bank card stands here" in said.err


def test_a_note_on_a_picture_keeps_none(minqing, write, diary) -> None:
    path = write("aaaa1111", "date: 2016-05-01", "原文\n")
    (diary / "a.pdf").write_bytes(b"%PDF-1.4")
    said = minqing("attach", "aaaa", "a.pdf", "--note", f"王五的证 {ID}")
    assert said.err.startswith("--note:1:6: id-number: an ID or bank card number was left out")
    assert "note: 王五的证 …" in path.read_text("utf-8")
