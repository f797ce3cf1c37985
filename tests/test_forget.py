"""minqing forget: a name gives way to a pseudonym, byte by byte, after showing where."""

import sys

import pytest

from minqing.text import encoding_of

HEADER = "---\nid: aaaa1111\nkind: visit\ndate: 2016-05-01  # 一日\nwho: [王小晴]\n---\n"


@pytest.fixture
def entry(diary):
    target = diary / "entries/2016/05/2016-05-01-visit-aaaa1111.md"
    target.parent.mkdir(parents=True)

    def put(data: bytes | str):
        target.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return target

    return put


def test_it_shows_every_place_and_changes_nothing_without_a_yes(minqing, entry):
    path = entry(HEADER + "到王小晴家。\n")
    before = path.read_bytes()
    said = minqing("forget", "王小晴")
    assert said.code == 1
    assert said.out.splitlines() == [
        "entries/2016/05/2016-05-01-visit-aaaa1111.md: 2 places",
        "  5: who: [【王小晴→某甲】]",
        "  7: 到【王小晴→某甲】家。",
    ]
    assert "--yes" in said.err
    assert path.read_bytes() == before


def test_with_a_yes_only_the_name_changes_byte_for_byte(minqing, entry, write, diary):
    path = entry(HEADER.replace("\n", "\r\n") + "到王小晴家，  \r\n\r\nunknown: x\t\r\n")
    other = write("bbbb2222", "date: 2016-05-02\nwho: [赵大山]", "王小明来了")
    before, untouched = path.read_bytes(), other.read_bytes()
    assert minqing("forget", "王小晴", "--yes").code == 0
    assert path.read_bytes() == before.replace("王小晴".encode(), "某甲".encode())
    assert other.read_bytes() == untouched
    assert minqing("search", "王小晴").out.find("某甲") == -1
    assert not any("王小晴".encode() in file.read_bytes() for file in diary.rglob("*") if file.is_file())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_keeps_its_encoding(minqing, entry, encoding):
    path = entry((HEADER + "到王小晴家。\n").encode(encoding))
    assert minqing("forget", "王小晴", "--yes").code == 0
    data = path.read_bytes()
    assert data == (HEADER + "到王小晴家。\n").replace("王小晴", "某甲").encode(encoding)
    assert encoding_of(data) in (encoding, "utf-8", "utf-16-le", "utf-16-be")


def test_bytes_that_are_no_text_stay_as_they_are(minqing, entry):
    path = entry(HEADER.encode() + "好些字在前面".encode() + b"\xff\xfe\x80" + "王小晴".encode())
    assert minqing("forget", "王小晴", "--yes").code == 0
    assert path.read_bytes().endswith("好些字在前面".encode() + b"\xff\xfe\x80" + "某甲".encode())


def test_other_names_become_the_same_pseudonym(minqing, entry):
    path = entry(HEADER + "王小晴，小名晴晴。\n")
    assert minqing("forget", "王小晴", "晴晴", "--yes").code == 0
    assert path.read_text("utf-8").endswith("某甲，小名某甲。\n")


def test_a_pseudonym_is_one_that_the_diary_does_not_hold(minqing, entry, write):
    write("bbbb2222", "date: 2016-05-02\nwho: [某甲]")
    path = entry(HEADER)
    assert minqing("forget", "王小晴", "--yes").code == 0
    assert "who: [某乙]" in path.read_text("utf-8")
    entry(HEADER)
    assert minqing("forget", "王小晴", "--as", "某乙", "--yes").code == 0
    assert "who: [某乙]" in path.read_text("utf-8")


def test_longer_names_of_others_stay_and_that_is_said(minqing, entry):
    path = entry(HEADER.replace("王小晴", "王小晴晴, 王小晴") + "王小晴晴和王小晴。\n")
    said = minqing("forget", "王小晴", "--yes")
    assert path.read_text("utf-8").endswith("王小晴晴和某甲。\n")
    assert "1 longer name" in said.err and "王小晴晴" not in said.err


def test_a_name_goes_from_what_says_whose_somebody_is(minqing, entry):
    path = entry(HEADER.replace("[王小晴]", "[王小晴家]\nwith: [王小晴的弟弟王大宝, 王小晴妈妈]"))
    said = minqing("forget", "王小晴", "--yes")
    assert "who: [某甲家]\nwith: [某甲的弟弟王大宝, 某甲妈妈]" in path.read_text("utf-8")
    assert "longer name" not in said.err


def test_a_name_cut_by_the_end_of_a_line_goes_too(minqing, entry):
    path = entry(HEADER + "昨天到王小\n晴家。\n")
    assert minqing("forget", "王小晴", "--yes").code == 0
    assert path.read_text("utf-8").endswith("昨天到某甲家。\n")


def test_a_name_spelled_with_escapes_is_pointed_out(minqing, entry):
    entry(HEADER.replace("who: [王小晴]", 'who: [王小晴]\ntitle: "走访\\u738b\\u5c0f\\u6674"'))
    assert "spelled in another way" in minqing("forget", "王小晴", "--yes").err


@pytest.mark.parametrize(
    "words", [("王",), ("王小晴", "晴"), ("  ",), ("王小晴", "--as", "王小晴二"), ("王小晴", "--as", "a: b")]
)
def test_what_would_do_harm_is_refused(minqing, entry, words):
    path = entry(HEADER)
    assert minqing("forget", *words, "--yes").code == 2
    assert path.read_text("utf-8") == HEADER


def test_a_name_nowhere_is_an_error(minqing, entry):
    entry(HEADER)
    said = minqing("forget", "梁有余", "--yes")
    assert (said.code, "names 梁有余" in said.err) == (1, True)


def test_the_roster_and_drafts_are_reached_and_links_are_not_followed(
    minqing, entry, diary, tmp_path_factory
):
    entry(HEADER)
    (diary / "roster.csv").write_text("household,name\n王小晴,王小晴\n", "utf-8")
    (diary / ".minqing/drafts").mkdir(parents=True)
    (diary / ".minqing/drafts/a.md").write_text("王小晴", "utf-8")
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text("王小晴", "utf-8")
    if sys.platform != "win32":
        (diary / "entries/link.md").symlink_to(outside)
    said = minqing("forget", "王小晴", "--yes")
    assert (diary / "roster.csv").read_text("utf-8") == "household,name\n某甲,某甲\n"
    assert (diary / ".minqing/drafts/a.md").read_text("utf-8") == "某甲"
    assert outside.read_text("utf-8") == "王小晴"
    assert "entries/link.md could not be read" in said.err


def test_it_says_that_git_still_holds_the_name_and_how_to_rewrite_it(minqing, entry, diary):
    entry(HEADER)
    (diary / ".git").mkdir(exist_ok=True)
    said = minqing("forget", "王小晴", "--yes")
    assert "git filter-repo --replace-text names.txt" in said.err and "王小晴==>某甲" in said.err
    assert "papers handed out" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_on_a_terminal_it_asks(entry, diary):
    import pexpect

    path = entry(HEADER)
    asked = pexpect.spawn(sys.executable, ["-m", "minqing", "forget", "王小晴"], cwd=str(diary), encoding="utf-8", timeout=20,
                          env={"PATH": "/usr/bin:/bin", "MINQING_LANG": "en", "TERM": "dumb", "LANG": "C.UTF-8"})  # fmt: skip
    asked.expect("Change these files")
    asked.sendline("y")
    asked.expect(pexpect.EOF)
    assert "某甲" in path.read_text("utf-8")


def test_a_pseudonym_that_is_somebody_in_the_diary_is_refused(minqing, entry, write):
    path = entry(HEADER + "到王小晴家。\n")
    write("bbbb2222", "date: 2016-05-02\nwho: [赵大山]")
    before = path.read_bytes()
    said = minqing("forget", "王小晴", "--as", "赵大山", "--yes")
    assert (said.code, "two people would become one" in said.err) == (2, True)
    assert path.read_bytes() == before


def test_an_attachment_is_renamed_with_the_entry_that_names_it(minqing, entry, diary):
    path = entry(HEADER.replace("who:", "files: [files/2016/王小晴身份证.jpg]\nwho:") + "到王小晴家。\n")
    photo = diary / "files/2016/王小晴身份证.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"\xff\xd8")
    assert "files/2016/王小晴身份证.jpg → files/2016/某甲身份证.jpg" in minqing("forget", "王小晴").out
    assert minqing("forget", "王小晴", "--yes").code == 0
    assert "files/2016/某甲身份证.jpg" in path.read_text(encoding="utf-8")
    assert (diary / "files/2016/某甲身份证.jpg").read_bytes() == b"\xff\xd8"
    assert not photo.exists()


def test_the_history_forgets_the_names_of_attachments_too(minqing, entry, diary):
    entry(HEADER)
    (diary / "files").mkdir()
    (diary / "files/王小晴 1.jpg").write_bytes(b"\xff\xd8")
    said = minqing("forget", "王小晴")
    assert "names.txt --path-rename 'files/王小晴 1.jpg:files/某甲 1.jpg'\n" in said.err
    assert "rename it yourself" not in said.err


def test_an_attachment_never_takes_the_place_of_another(minqing, entry, diary):
    entry(HEADER + "到王小晴家。\n")
    for name in ("王小晴.jpg", "某甲.jpg"):
        (diary / "files").mkdir(exist_ok=True)
        (diary / "files" / name).write_bytes(name.encode())
    said = minqing("forget", "王小晴", "--as", "某甲", "--yes")
    assert (said.code, "was not renamed" in said.err) == (1, True)
    assert (diary / "files/某甲.jpg").read_bytes() == "某甲.jpg".encode()
    assert (diary / "files/王小晴.jpg").exists()
