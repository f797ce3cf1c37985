"""What add leaves open: it stands below the text, check reminds of it, a person settles it one by one."""

import sys
from datetime import date

import pytest
from conftest import on_terminal

from minqing.drafts import as_marks, finished, read_drafts, reopened
from minqing.model import Item
from minqing.proposals import Proposal, propose, rules
from minqing.questions import still_open, with_questions

DAY = date(2016, 5, 28)
TEXT = "2016-05-28\n赵小梅家没有低保，希望修一条水渠。我答应三天内交材料。\n"
ASKED = ("【data】学生=7名 (from “7名”, 60 % sure)", "Day: 2016-05-28 (from “28日”, 70 % sure)")


def test_questions_stand_below_a_text_and_come_off_again() -> None:
    for body in ("", "去了。\n", "去了。\n\n又来。\n"):
        for language in ("en", "zh"):
            asked = with_questions(body, ASKED, language)
            open_ = still_open(asked)
            assert open_ and (tuple(open_.questions), open_.text) == (ASKED, body)
            assert asked[open_.start :].startswith("## ")
            assert still_open(f"{asked}\n后来又补了一句。\n").text == f"{body}\n后来又补了一句。\n"
    assert still_open("去了。\n\n## 待核实\n\n明天再说\n") is None
    assert with_questions("去了。\n", (), "zh") == "去了。\n"


@pytest.mark.parametrize("rule", [*rules()][::3], ids=lambda rule: rule.name)
def test_a_question_says_all_that_was_proposed(rule) -> None:
    for event in propose(rule.example, DAY):
        for one in event.proposals:
            draft = read_drafts("2016-05-28\n", DAY).drafts[0]
            (question,) = still_open(finished(draft, [], [one], "en").body).questions
            again = reopened(question, DAY)
            if one.field == "date":
                assert again is None
            elif one.field == "aid":  # a gift to one comes with its number
                assert (again.value.what, again.value.to) == (one.value.what, one.value.to)
            else:
                assert (as_marks(again, "en"), again.words) == (as_marks(one, "en"), " ".join(one.words.split()))
                assert abs(again.confidence - one.confidence) <= 0.005


@pytest.fixture
def left_open(minqing, diary):
    """The path of an entry of which nothing was taken."""
    (diary / "a.txt").write_text(TEXT, encoding="utf-8")
    path = minqing("add", "--accept", "none", "a.txt").out.split()[0]
    return diary / path


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_is_said_of_the_questions_fits_80_columns(monkeypatch, capsys, minqing, diary, spoken) -> None:
    from minqing.cli import decide, screen
    from minqing.safe import cells

    monkeypatch.setenv("MINQING_LANG", spoken)
    monkeypatch.setattr(screen, "asked", lambda prompt: "9")
    decide.go_through([Proposal("place", "村部", "村部", 0, 0.5, "place")], DAY)
    told = capsys.readouterr().err
    (diary / "a.txt").write_text("2016-05-28\n" + "路灯坏了，水管也坏了。\n" * 12, encoding="utf-8")
    told += minqing("add", "--accept", "none", "a.txt").err
    assert "--settle" in told and told.count("\n") >= 6
    assert max(map(cells, told.splitlines())) <= 80


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_what_add_left_open_is_settled_one_by_one(minqing, diary, left_open) -> None:
    import pexpect

    id_ = left_open.stem.rpartition("-")[2]
    before = still_open(left_open.read_text("utf-8")).questions
    child = on_terminal(diary, "edit", "--settle", id_)
    answers = {"promise": "交全材料 月底前", "need": "1", "facts": "0"}
    asked = []
    while child.expect(["【(\\w+)】.*\r\n.*\r\n> ", "> ", pexpect.EOF]) != 2:
        asked.append(child.match[1] if child.match.re.groups else "")
        child.sendline(answers.get(asked[-1], "2"))
    entry = left_open.read_text("utf-8")
    assert "text: 希望修一条水渠" in entry
    assert "text: 交全材料, due: 2016-05-31" in entry
    assert "低保: " not in entry
    settled = [question for question in before if question.startswith(("【promise】", "【need】", "【facts】"))]
    assert still_open(entry).questions == [question for question in before if question not in settled]
    assert "赵小梅家没有低保，希望修一条水渠。" in entry


def test_an_entry_laid_out_by_hand_is_left_to_the_editor(minqing, diary, left_open) -> None:
    typed = left_open.read_text("utf-8")
    id_ = left_open.stem.rpartition("-")[2]
    said = minqing("edit", "--settle", id_)
    assert (said.code, "nobody answers here" in said.err) == (2, True)
    left_open.write_text(typed.replace("kind: ", "# my own\nkind:  "), encoding="utf-8")
    child = on_terminal(diary, "edit", "--settle", id_)
    child.expect("laid out by hand.*minqing edit")
    left_open.write_text(typed[: still_open(typed).start], encoding="utf-8")
    assert "nothing is left open" in minqing("edit", "--settle", id_).err


def test_today_names_what_was_left_open_of_late(minqing, left_open, write):
    write("bbbb2222", "date: 2016-01-05", body="去了。\n\n## 待核实\n\n- 【问题】路不好（原话“路不好”，把握60%）\n")
    said = minqing("today", "--format", "json").json
    rows = next(part["rows"] for part in said["sections"] if part["name"] == "left_open")
    assert [row["date"] for row in rows] == ["2016-05-28"]  # of the older one check tells
    assert said["figures"]["left_open"] == 1
    assert "minqing edit ID --settle" in minqing("today").out
    left_open.write_text("---\nid: aaaa1111\nkind: note\ndate: 2016-05-28\n---\n", encoding="utf-8")
    assert "--settle" not in minqing("today").out


@pytest.mark.parametrize(
    ("typed", "taken", "left"),
    [
        (["9"], ["sure"], ["unsure", "other"]),
        (["8"], ["sure", "unsure", "other"], []),
        (["0", "8"], ["unsure", "other"], []),
        (["", "1", "２"], ["sure", "unsure"], ["other"]),
    ],
)
def test_one_digit_answers_all_the_rest(monkeypatch, typed, taken, left) -> None:
    from minqing.cli import decide, screen

    def item(words: str, sure: float) -> Proposal:
        return Proposal("items", Item(0, "need", words), words, 0, sure, "wishes")

    answers = iter(typed)
    monkeypatch.setattr(screen, "asked", lambda prompt: next(answers))
    monkeypatch.setattr(screen, "hint", lambda *words, **more: None)
    waiting = [item("sure", 0.95), item("unsure", 0.6), item("other", 0.7)]
    found = decide.go_through(waiting, DAY)
    assert [[one.words for one in part] for part in found[:2]] == [taken, left]
