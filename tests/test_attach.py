"""minqing attach: a picture hangs on its entry, small and rid of what it tells; nothing else of the entry changes."""

import io
import os
import random
import re
import struct
import subprocess
import sys
import warnings
from datetime import date
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest
from corpus import entries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin
from test_crash import die_at, in_child

from minqing import attach as attaching
from minqing.attach import Ways, attach_all
from minqing.byname import entries_named
from minqing.checks import _files
from minqing.diary import Diary
from minqing.exif import Exif, read_exif
from minqing.model import File
from minqing.photo import Unfit, redraw
from minqing.splice import with_files
from minqing.sync import synced
from minqing.text import read_entry, write_entry

VISIT = "kind: visit\ndate: 2016-05-28\ntime: 14:00-15:30\nwho: [赵小梅]"


def picture(
    size: tuple[int, int] = (80, 60),
    taken: str | None = "2016:05:28 14:31:02",
    gps: bool = False,
    turned: int = 1,
    kind: str = "JPEG",
    mode: str = "RGB",
    colour: object = "white",
    **more: object,
) -> bytes:
    """A picture as a phone writes it: blue above, white below, with all that a phone says beside it."""
    image = Image.new("RGB", size, colour)
    image.paste("blue", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = turned, "MODEL-CANARY"
    taking = exif.get_ifd(0x8769)
    taking[0xA431] = "SERIAL-CANARY"
    if taken:
        taking[0x9003] = taken
    if gps:
        exif.get_ifd(0x8825).update(
            {1: "N", 2: (34.0, 12.0, 7.89), 3: "E", 4: (108.0, 1.0, 2.0), 29: "GPS-CANARY"}
        )
    out = io.BytesIO()
    image.convert(mode).save(out, kind, exif=exif, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture
def entry(write):
    return write("q7m3k9x2", VISIT, "爷爷在家。\n")


def stored(diary: Path) -> list[Path]:
    return sorted(path for path in (diary / "files").rglob("*") if path.is_file())


# ---------------------------------------------------------------- the picture


def test_a_picture_hangs_on_its_entry_small_upright_and_without_its_place(minqing, diary, entry):
    came = picture((2400, 1200), gps=True, turned=6)
    (diary / "IMG_1.jpg").write_bytes(came)
    assert b"GPS-CANARY" in came
    said = minqing("attach", "q7m3", "IMG_1.jpg")
    assert (said.code, said.out, said.err) == (
        0,
        "files/2016/05/2016-05-28-q7m3k9x2-1.jpg  q7m3k9x2  IMG_1.jpg\n",
        "",
    )
    kept = (diary / "files/2016/05/2016-05-28-q7m3k9x2-1.jpg").read_bytes()
    assert not re.search(b"CANARY", kept)
    assert read_exif(kept) == Exif(
        read_exif(came).taken, 1, read_exif(came).taking, {}, read_exif(came).order
    )
    assert opened(kept).getexif().get_ifd(0x8769) == {0x9003: "2016:05:28 14:31:02"}
    assert opened(kept).size == (800, 1600)
    assert (
        opened(kept).getpixel((700, 800))[2] > opened(kept).getpixel((700, 800))[0] + 100
    )  # what was above is right
    (file,) = read_entry(entry.read_bytes()).entry.files
    assert file == File(
        "files/2016/05/2016-05-28-q7m3k9x2-1.jpg", sha256(kept).hexdigest(), None, sha256(came).hexdigest()
    )
    assert "2016-05-28-q7m3k9x2-1.jpg" in minqing("show", "q7m3").out
    assert minqing("show", "q7m3", "--format", "json").json["entries"][0]["files"][0]["path"] == file.path
    assert minqing("check").code == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_every_way_of_holding_the_phone_comes_out_upright(kind, turned):
    came = picture(turned=turned, kind=kind, gps=True)
    kept = opened(redraw(came, 1600, False))
    right = ImageOps.exif_transpose(opened(came))
    assert kept.size == right.size
    for x, y in ((5, 5), (50, 50), (5, 50), (50, 5)):
        assert all(
            abs(a - b) < 25 for a, b in zip(kept.getpixel((x, y)), right.getpixel((x, y)), strict=True)
        )
    assert read_exif(redraw(came, 1600, False)).gps == {}


def test_the_place_stays_only_when_asked_for_and_this_is_told(minqing, diary, entry):
    (diary / "a.jpg").write_bytes(picture(gps=True))
    said = minqing("attach", "q7m3", "a.jpg", "--keep-gps")
    assert "it says where it was taken, and this stays in it" in said.err
    (kept,) = stored(diary)
    assert opened(kept.read_bytes()).getexif().get_ifd(0x8825)[2] == (34.0, 12.0, 7.89)
    assert b"SERIAL-CANARY" not in kept.read_bytes()


def test_nothing_that_is_said_beside_a_picture_is_kept():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "TEXT-CANARY")
    texts.add_itxt("XML:com.adobe.xmp", "XMP-CANARY", zip=False)
    small = picture((16, 16), kind="JPEG")
    came = [
        picture(kind="PNG", pnginfo=texts, icc_profile=b"ICC-CANARY"),
        picture(kind="JPEG", comment="TEXT-CANARY", xmp=b"XMP-CANARY", icc_profile=b"ICC-CANARY"),
        picture(kind="WEBP", xmp=b"XMP-CANARY", icc_profile=b"ICC-CANARY"),
        picture(kind="JPEG", extra=b"\xff\xed\x00\x14Photoshop-CANARY\0\0") + b"TAIL-CANARY" + small,
    ]
    for data in came:
        for side in (1600, 20):
            assert b"CANARY" in data
            assert b"CANARY" not in redraw(data, side, True).replace(b"GPS-CANARY", b"")


def test_the_same_picture_drawn_twice_is_the_same_bytes():
    came = picture((300, 200), gps=True)
    assert redraw(came, 100, False) == redraw(came, 100, False)


def test_a_small_upright_picture_keeps_its_quality_and_its_signs():
    came = picture((64, 64), colour="red", quality=97)
    kept = opened(redraw(came, 1600, False))
    assert kept.quantization == opened(came).quantization
    assert opened(redraw(came, 20, False)).quantization != kept.quantization
    seen_through = picture(kind="PNG", mode="P", transparency=0)
    assert (
        opened(redraw(seen_through, 1600, False)).convert("RGBA").tobytes()
        == opened(seen_through).convert("RGBA").tobytes()
    )


def test_a_printed_page_s_colours_become_a_screen_s():
    assert opened(redraw(picture(mode="CMYK"), 1600, False)).mode == "RGB"


def test_damage_of_any_kind_is_told_and_never_anything_else():
    dice = random.Random(20160528)
    whole = [picture((40, 30), gps=True, kind=kind) for kind in ("JPEG", "PNG", "WEBP")]
    refused = 0
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(300):
            data = bytearray(dice.choice(whole))
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(12, len(data))
                data[at : at + dice.randint(0, 9)] = bytes(
                    dice.randrange(256) for _ in range(dice.randint(0, 3))
                )
            try:
                assert redraw(bytes(data), 20, True)
            except Unfit:
                refused += 1
    assert 0 < refused < 300
    assert told == []  # Pillow would tell of a damaged EXIF on stderr


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=30)
def test_whatever_calls_itself_an_exif_is_read_without_a_word(data):
    for order in (b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"):
        assert isinstance(read_exif(b"Exif\0\0" + order + data), Exif)


# ---------------------------------------------------------------- each file by itself


def test_what_cannot_be_attached_is_a_sentence_each_and_the_others_hang(minqing, diary, entry):
    (diary / "good.jpg").write_bytes(picture())
    (diary / "cut.jpg").write_bytes(picture((900, 700))[:3000])
    (diary / "text.jpg").write_text("不是图片")
    (diary / "empty.jpg").write_bytes(b"")
    (diary / "live.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    (diary / "dir.jpg").mkdir()
    (diary / "link.jpg").symlink_to("good.jpg")
    os.mkfifo(diary / "pipe.jpg")
    with (diary / "video.mp4").open("wb") as file:
        file.truncate(200 << 20)
    bomb = picture(kind="PNG")
    head = b"IHDR" + struct.pack(">II", 50_000, 50_000) + bomb[24:29]
    (diary / "bomb.png").write_bytes(bomb[:12] + head + struct.pack(">I", crc32(head)) + bomb[33:])
    (diary / "list.pdf").write_bytes(b"%PDF-1.4 ...")
    bad = [
        "cut.jpg",
        "text.jpg",
        "empty.jpg",
        "live.heic",
        "dir.jpg",
        "link.jpg",
        "pipe.jpg",
        "video.mp4",
        "bomb.png",
        "gone.jpg",
    ]
    said = minqing("attach", "q7m3", *bad[:5], "good.jpg", *bad[5:], "list.pdf")
    assert said.code == 1
    assert [line.split()[-1] for line in said.out.splitlines()] == ["good.jpg", "list.pdf"]
    told = said.err.splitlines()
    assert [line.partition(":")[0] for line in told] == bad
    for line, word in zip(
        told,
        [
            "cut off",
            "no picture",
            "empty",
            "HEIC",
            "no regular",
            "a link",
            "no regular",
            "50 MB",
            "million",
            "no such file",
        ],
        strict=True,
    ):
        assert word in line
    assert [path.suffix for path in stored(diary)] == [".jpg", ".pdf"]
    assert stored(diary)[1].read_bytes() == b"%PDF-1.4 ..."


def test_a_jpeg_of_a_hundred_million_dots_as_phones_take_them_is_made_small(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 60 * 60)  # a JPEG may have twice as many: it is small once read
    assert Image.open(io.BytesIO(redraw(picture((90, 60)), 40, False))).size == (40, 27)
    for large in (picture((90, 60), kind="PNG"), picture((200, 60))):
        with pytest.raises(Unfit, match="million dots"):
            redraw(large, 40, False)


def test_what_cannot_be_made_smaller_is_called_by_its_name_in_chinese(minqing, diary, entry, monkeypatch):
    monkeypatch.setenv("MINQING_LANG", "zh")
    still, other = Image.new("RGB", (40, 30), "white"), Image.new("RGB", (40, 30), "blue")
    still.save(diary / "gif-like.png", save_all=True, append_images=[other])
    Image.new("I;16", (40, 30), 30000).save(diary / "scan.png")
    (diary / "new.avif").write_bytes(b"\0\0\0\x18ftypavif" + bytes(40))
    said = minqing("attach", "q7m3", "gif-like.png", "scan.png", "new.avif").err.splitlines()
    assert ["动图" in said[0], "16位" in said[1], "AVIF" in said[2]] == [True] * 3
    assert not any("苹果" in line for line in said)


def test_as_it_is_means_byte_for_byte_and_says_what_that_may_tell(minqing, diary, entry):
    (diary / "a.jpg").write_bytes(picture((2400, 1200), gps=True))
    (diary / "b.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    (diary / "c.mp4").write_bytes(b"\0\0\0\x18ftypmp42....\xa9xyz+34.2+108.0/")
    said = minqing("attach", "q7m3", "a.jpg", "b.heic", "c.mp4", "--as-is")
    assert said.code == 0
    assert [path.read_bytes() for path in stored(diary)] == [
        (diary / name).read_bytes() for name in ("a.jpg", "b.heic", "c.mp4")
    ]
    says, may_say, says_too = said.err.splitlines()
    assert "it says where it was taken" in says and "it says where" in says_too
    assert "may say where" in may_say
    assert read_entry(entry.read_bytes()).entry.files[0].original is None


def test_without_the_extra_papers_are_copied_and_pictures_say_what_to_install(
    minqing, diary, entry, monkeypatch
):
    (diary / "a.jpg").write_bytes(picture(taken="2016:05:27 10:00:00"))
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ...")
    monkeypatch.setitem(sys.modules, "PIL", None)
    said = minqing("attach", "q7m3", "a.jpg", "b.pdf")
    assert said.code == 1
    assert said.out.endswith("b.pdf\n")
    assert said.err.count("\n") == 1
    assert "pip install 'minqing[photo]'" in said.err
    said = minqing("attach", "q7m3", "a.jpg", "--as-is")
    assert said.code == 0
    assert "taken on 2016-05-27 10:00" in said.err


def test_no_other_command_loads_pillow(diary, entry):
    program = "import sys; from minqing.cli import run; run(['check']); run(['list']); sys.exit('PIL' in sys.modules)"
    assert (
        subprocess.run(
            [sys.executable, "-c", program], cwd=diary, capture_output=True, check=False
        ).returncode
        == 0
    )


# ---------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("time", "taken", "told"),
    [
        ("14:00-15:30", "2016:05:28 23:59:00", False),
        ("14:00-15:30", "2016:05:29 00:01:00", True),
        ("14:00-15:30", "2016:05:27 14:31:00", True),
        ("22:00-01:30", "2016:05:29 01:20:00", False),
        ("22:00-01:30", "2016:05:29 01:40:00", True),
        ("14:00-15:30", "0000:00:00 00:00:00", False),
        ("14:00-15:30", None, False),
    ],
)
def test_a_picture_of_another_day_is_told_and_hangs_all_the_same(minqing, diary, write, time, taken, told):
    write("q7m3k9x2", f"date: 2016-05-28\ntime: {time}")
    (diary / "a.jpg").write_bytes(picture(taken=taken))
    said = minqing("attach", "q7m3", "a.jpg")
    assert said.code == 0
    assert ("taken on" in said.err) == told
    assert len(stored(diary)) == 1


def test_the_same_picture_on_another_entry_is_told_with_its_id_and_day(minqing, diary, entry, write):
    write("b2222222", "date: 2016-05-28")
    write("c3333333", "date: 2016-05-28")
    (diary / "a.jpg").write_bytes(picture((900, 700)))
    assert minqing("attach", "q7m3", "a.jpg").err == ""
    said = minqing(
        "attach", "b222", "a.jpg", "--max-side", "300"
    )  # other bytes are kept; the picture is the same
    assert said.code == 0
    assert "the same file hangs on entry q7m3k9x2 of 2016-05-28" in said.err
    assert "hangs on this entry already" in minqing("attach", "b222", "a.jpg").err
    said = minqing("attach", "c333", str(stored(diary)[1]))  # and the kept one came from it
    assert "the same file hangs on entry q7m3k9x2" in said.err
    assert len(stored(diary)) == 3


def test_twice_on_one_entry_is_told_and_not_doubled(minqing, diary, entry):
    (diary / "a.jpg").write_bytes(picture())
    minqing("attach", "q7m3", "a.jpg")
    before = entry.read_bytes()
    said = minqing("attach", "q7m3", "a.jpg", "a.jpg")
    assert said.code == 0
    assert said.err.count("it hangs on this entry already, as files/2016/05/2016-05-28-q7m3k9x2-1.jpg") == 2
    assert entry.read_bytes() == before
    assert len(stored(diary)) == 1


@pytest.mark.parametrize("way", [["--keep-gps"], ["--as-is"], ["--max-side", "300"], ["--note", "屋里"]])
def test_a_picture_that_hangs_there_stays_as_it_was_kept_and_that_is_said(minqing, diary, entry, way):
    (diary / "a.jpg").write_bytes(picture((900, 700), gps=True))
    minqing("attach", "q7m3", "a.jpg")
    before = stored(diary)[0].read_bytes()
    said = minqing("attach", "q7m3", "a.jpg", *way)
    assert said.err.splitlines() == [
        "a.jpg: copies: it hangs on this entry already, as files/2016/05/2016-05-28-q7m3k9x2-1.jpg, and stays as it was kept — "
        "to have it otherwise, take it out of the entry first: minqing edit q7m3k9x2"
    ]
    assert [path.read_bytes() for path in stored(diary)] == [before]


# ---------------------------------------------------------------- the entry's text

HEAD = "---\nid: q7m3k9x2\nkind: note  # 随记\ndate: 2016-05-28\n"
NEW = "{path: files/a.jpg, sha256: aa}"
SPLICED = {  # where ‸ stands the new lines go in
    "no list yet": (HEAD + "‸---\n正文\n", f"files:\n  - {NEW}\n"),
    "Chinese keys": (
        "---\n编号：q7m3k9x2\n类型: 随记\n日期: 2016-05-28\n‸---\n",
        "附件:\n  - {路径: files/a.jpg, 校验: aa}\n",
    ),
    "a list": (HEAD + "files:\n  - {path: b, note: 旧}  # 旧的\n‸\n# 下面\ntitle: x\n---\n", f"  - {NEW}\n"),
    "a list not indented": (HEAD + "附件：\n- 路径：b\n  说明：|\n    - 一\n‸title: x\n---\n", f"- {NEW}\n"),
    "a key without a value": (HEAD + "files:  # 还没有\n‸title: x\n---\n", f"  - {NEW}\n"),
    "brackets": (HEAD + 'files: [{path: b, note: "x]"}‸]  # [旧]\n---\n', f", {NEW}"),
    "empty brackets": (HEAD + "files: [‸]\n---\n", NEW),
    "brackets of many lines": (HEAD + "files: [\n  {path: b},\n‸]\ntitle: x\n---\n", NEW),
    "text of many lines at the end": ("\n" + HEAD + "title: |\n  一\n\n‸---\nx", f"files:\n  - {NEW}\n"),
}


@pytest.mark.parametrize("name", SPLICED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_named_without_touching_another_byte(name, encoding, end):
    text, new = SPLICED[name]
    if "Chinese" not in name:
        new = new.replace("附件", "files")
    before, after = text.replace("‸", ""), text.replace("‸", new)
    made = with_files(before.replace("\n", end).encode(encoding), [File("files/a.jpg", "aa")])
    assert made == after.replace("\n", end).encode(encoding)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "files: {path: b}\n---\n",
        HEAD + "files: null\n---\n",
        "---\n{id: q7m3k9x2, kind: note, date: 2016-05-28}\n---\n",
    ],
)
def test_what_is_written_otherwise_is_left_alone_and_the_lines_are_told(minqing, diary, entry, text):
    entry.write_text(text)
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ...")
    said = minqing("attach", "q7m3", "b.pdf")
    assert said.code == 1
    assert "minqing edit q7m3k9x2" in said.err and "sha256: " in said.err
    assert entry.read_text() == text
    assert not (diary / "files").exists()


@given(entries, st.sampled_from(["zh", "en"]))
@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
def test_naming_a_file_only_ever_adds(entry, language):
    before = write_entry(entry, language).encode()
    made = with_files(before, [File("files/new.jpg", "cd" * 32)])
    assert read_entry(made).entry == entry._replace(files=(*entry.files, File("files/new.jpg", "cd" * 32)))
    at = next(n for n in range(len(before) + 1) if before[:n] != made[:n]) - 1
    assert before[at:] == made[at + len(made) - len(before) :]


def test_what_others_wrote_into_the_entry_meanwhile_stays_and_the_next_try_takes_the_copy_up(
    minqing, diary, entry, monkeypatch
):
    (diary / "a.jpg").write_bytes(picture())
    real = attaching.write_new

    def slowly(*words: object) -> None:
        real(*words)
        entry.write_text(entry.read_text() + "别人写的。\n")

    monkeypatch.setattr(attaching, "write_new", slowly)
    said = minqing("attach", "q7m3", "a.jpg")
    assert said.code == 1
    assert "was changed by someone else meanwhile" in said.err
    assert entry.read_text().endswith("别人写的。\n") and "files" not in entry.read_text()
    assert [one["rule"] for one in minqing("check", "--format", "json").json["findings"]] == [
        "attached-loose"
    ]
    monkeypatch.undo()
    monkeypatch.chdir(diary)
    assert minqing("attach", "q7m3", "a.jpg").code == 0
    assert len(stored(diary)) == 1
    assert minqing("check", "-r", "attached-loose").out.endswith("hints: 0\n") or minqing("check").code == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills child processes: needs fork")
@pytest.mark.parametrize("afterwards", [False, True], ids=["before the call", "after the call"])
def test_killed_at_any_system_call_no_entry_names_a_file_that_is_not_there_whole(diary, entry, afterwards):
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ..." * 100)
    untouched = entry.read_bytes()
    ledger = synced(Diary(diary))
    for number in range(1, 100):

        def work(number: int = number) -> str:
            die_at(number, afterwards)
            (done,) = attach_all(Diary(diary), ledger, [("q7m3k9x2", str(diary / "b.pdf"))], Ways())
            return done.path or ""

        code, acknowledged = in_child(work)
        named = read_entry(entry.read_bytes()).entry.files
        assert entry.read_bytes() == untouched or named
        assert [sha256((diary / file.path).read_bytes()).hexdigest() for file in named] == [
            file.sha256 for file in named
        ]
        assert (
            len([path for path in stored(diary) if path.name[0] != "."]) <= 1
        )  # a second try takes up the first's copy
        if acknowledged:
            assert code == 0 and named
            break
        entry.write_bytes(untouched)
    assert number > 15


def test_a_full_disk_is_one_sentence_and_the_entry_is_as_it_was(minqing, diary, entry, monkeypatch):
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ...")
    before = entry.read_bytes()

    def full(*_words: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "write", full)
    said = minqing("attach", "q7m3", "b.pdf")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert os.strerror(28) in said.err
    assert entry.read_bytes() == before
    assert stored(diary) == []


def test_names_never_clash_and_files_are_private(minqing, diary, entry):
    folder = diary / "files/2016/05"
    folder.mkdir(parents=True)
    (folder / "2016-05-28-q7m3k9x2-7.png").write_bytes(b"another's")
    (diary / "赵小梅 签收.PDF").write_bytes(b"%PDF-1.4 ...")
    (diary / "no ending").write_bytes(b"...")
    said = minqing("attach", "q7m3", "赵小梅 签收.PDF", "no ending", "--note", "签收表")
    assert [line.split()[0] for line in said.out.splitlines()] == [
        "files/2016/05/2016-05-28-q7m3k9x2-8.pdf",
        "files/2016/05/2016-05-28-q7m3k9x2-9",
    ]
    assert {file.note for file in read_entry(entry.read_bytes()).entry.files} == {"签收表"}
    assert all(
        path.stat().st_mode & 0o777 == 0o600
        for path in stored(diary)
        if path.name != "2016-05-28-q7m3k9x2-7.png"
    )
    assert (folder / "2016-05-28-q7m3k9x2-7.png").read_bytes() == b"another's"


def test_a_folder_that_is_a_link_is_not_written_through(minqing, diary, entry, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (diary / "files").symlink_to(elsewhere)
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ...")
    assert minqing("attach", "q7m3", "b.pdf").code == 1
    assert list(elsewhere.rglob("*.pdf")) == []


def test_an_entry_that_was_handed_in_takes_no_more(minqing, diary, entry):
    assert minqing("report", "--month", "2016-05", "--seal", "--today", "2016-06-02").code == 0
    before = entry.read_bytes()
    (diary / "b.pdf").write_bytes(b"%PDF-1.4 ...")
    said = minqing("attach", "q7m3", "b.pdf")
    assert said.code == 1
    assert "stands in the report 2016-05, which was sealed" in said.err
    assert entry.read_bytes() == before


# ---------------------------------------------------------------- by name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("0508-赵小梅-1.jpg", ["a1111111"]),
        ("20160508_赵小梅.jpg", ["a1111111"]),
        ("5月8日 赵小梅 (2).png", ["a1111111"]),
        ("2016-05-08 赵小梅家门口.jpg", ["a1111111"]),
        ("2016年5月8日王浩赵小梅.jpg", ["a1111111"]),
        ("5.8陆家窑水渠3.JPG", ["b2222222"]),
        ("0508-王浩.jpg", ["a1111111", "b2222222"]),
        ("0508-赵小梅梅.jpg", ["b2222222"]),  # another person
        ("20150508-赵小梅.jpg", ["d4444444"]),
        ("0601-赵小梅.jpg", []),  # not yet
        ("0508-赵小梅花.jpg", []),
        ("0508-陌生人.jpg", []),
        ("0508.jpg", []),
        ("1350-赵小梅.jpg", []),
        ("赵小梅.jpg", []),
    ],
)
def test_a_file_s_name_means_the_entry_of_its_day_and_person(diary, write, name, meant):
    write("a1111111", "date: 2016-05-08\nwho: [赵小梅]\nwith: [王浩（村书记）]")
    write(
        "b2222222",
        "date: 2016-05-08\nitems:\n  1: {type: need, text: 修渠, who: 赵小梅梅}\nplace: 陆家窑\nwith: [王浩]",
    )
    write("d4444444", "date: 2015-05-08\nwho: [赵小梅]")
    write("e5555555", "date: 2017-06-01\nwho: [赵小梅]")
    found = entries_named(synced(Diary(diary)), name, date(2016, 5, 28))
    assert sorted(entry.id for entry in found) == meant


def test_by_name_each_picture_finds_its_entry_and_what_is_unclear_is_told(minqing, diary, write):
    write("a1111111", "date: 2016-05-08\ntitle: 早上\nwho: [赵小梅]")
    write("b2222222", "date: 2016-05-08\ntitle: 晚上\nwho: [赵小梅, 钟方]")
    for n, name in enumerate(("0508-钟方.jpg", "0508-赵小梅-1.jpg", "IMG_1.jpg")):
        (diary / name).write_bytes(picture(taken="2016:05:08 09:00:00", size=(80 + n, 60)))
    said = minqing("attach", "--by-name", "0508-钟方.jpg", "0508-赵小梅-1.jpg", "IMG_1.jpg")
    assert said.code == 1
    assert said.out == "files/2016/05/2016-05-08-b2222222-1.jpg  b2222222  0508-钟方.jpg\n"
    assert "could mean one of several entries" in said.err
    assert "a1111111  2016-05-08  早上" in said.err and "b2222222  2016-05-08  晚上" in said.err
    assert "IMG_1.jpg: name: its name means no entry" in said.err
    (diary / "(1) 钟方.jpg").write_bytes(picture())
    assert "minqing attach ID '(1) 钟方.jpg'\n" in minqing("add", "(1) 钟方.jpg").err  # as a shell takes it
    gone = minqing("attach", "--by-name", "0509-钟方.jpg")
    assert (gone.code, "0509-钟方.jpg: file: there is no such file" in gone.err) == (1, True)


def test_a_star_that_the_shell_leaves_alone_as_on_windows_means_the_files_it_fits(minqing, diary, entry):
    for name in ("0528-赵小梅-2.jpg", "0528-赵小梅-1.jpg", "[1] *.jpg"):
        (diary / name).write_bytes(picture(size=(80, 50 + len(name) + int(name[-5] == "2"))))
    (diary / "五月.txt").write_text("5月28日 走访钟方家\n在家。", encoding="utf-8")
    said = minqing("add", "五*.txt", "0528*.jpg", "--year", "2016")
    assert [line.split("  ")[-1] for line in said.out.splitlines()[1:]] == ["0528-赵小梅-1.jpg", "0528-赵小梅-2.jpg"]
    assert minqing("attach", "q7m3", "[1] *.jpg").out.endswith("[1] *.jpg\n")  # a file of that very name
    none = minqing("attach", "q7m3", "*.png")
    assert (none.code, "*.png: file: there is no such file" in none.err) == (1, True)


def test_a_diary_written_in_word_is_asked_for_as_text(minqing, diary):
    (diary / "五月日记.docx").write_bytes(b"PK\x03\x04")
    said = minqing("add", "五月日记.docx")
    assert (said.code, "copy its text and run: minqing add --clip" in said.err) == (1, True)


def test_files_without_an_entry_are_asked_for(minqing, diary):
    assert minqing("attach", "q7m3").code == 2


# ---------------------------------------------------------------- check and forget


def findings(minqing, *words: str) -> list[tuple[str, str, int]]:
    found = minqing("check", "--format", "json", *words).json["findings"]
    return [
        (one["rule"], one["severity"], one["line"]) for one in found if one["rule"].startswith("attached")
    ]


def test_check_names_what_is_gone_changed_or_loose(minqing, diary, entry):
    for name in "abc":
        (diary / f"{name}.pdf").write_bytes(name.encode())
    minqing("attach", "q7m3", "a.pdf", "b.pdf", "c.pdf")
    assert findings(minqing) == []
    first, second, third = stored(diary)
    first.unlink()
    second.write_bytes(b"B")
    (diary / "files/单独.jpg").write_bytes(b"...")
    assert findings(minqing) == [
        ("attached-gone", "hint", 8),
        ("attached-changed", "error", 9),
        ("attached-loose", "hint", 0),
    ]
    assert minqing("check").code == 1
    assert third.read_bytes() == b"c"


def test_check_compares_the_files_changed_last_and_all_when_asked(minqing, diary, entry, monkeypatch):
    (diary / "a.pdf").write_bytes(b"a")
    minqing("attach", "q7m3", "a.pdf")
    stored(diary)[0].write_bytes(b"A")
    monkeypatch.setattr(_files, "QUICK", 0)
    assert findings(minqing) == []
    assert findings(minqing, "--rule", "attached-changed") == [("attached-changed", "error", 8)]


@pytest.mark.parametrize(
    "path",
    ["/etc/hostname", "../outside.txt", "files/../../outside.txt", "C:/x", "files/link.txt", "files", "x\\y"],
)
def test_an_entry_cannot_send_check_elsewhere(minqing, diary, write, path):
    (diary.parent / "outside.txt").write_text("x")
    (diary / "files").mkdir()
    (diary / "files/link.txt").symlink_to("/etc/hostname")
    write("q7m3k9x2", f'date: 2016-05-28\nfiles:\n  - {{path: "{path}", sha256: aa}}'.replace("\\", "\\\\"))
    assert next(rule for rule, _severity, _line in findings(minqing)) == "attached-gone"


def test_a_kind_may_need_an_attachment(minqing, diary, entry):
    template = diary / "templates/visit.md"
    template.write_text("---\nkind: visit\nneeds: [files]\n---\n")
    assert "needs “files”" in minqing("check").out
    (diary / "a.pdf").write_bytes(b"a")
    minqing("attach", "q7m3", "a.pdf")
    assert "needs" not in minqing("check").out


def test_forget_says_which_pictures_may_still_show_the_person(minqing, diary, entry):
    (diary / "a.jpg").write_bytes(picture())
    minqing("attach", "q7m3", "a.jpg")
    (diary / "files/赵小梅.jpg").write_bytes(b"...")
    said = minqing("forget", "赵小梅", "--yes")
    assert "files/2016/05/2016-05-28-q7m3k9x2-1.jpg hangs on an entry that named the person" in said.err
    assert "files/赵小梅.jpg → files/某甲.jpg" in said.out
    assert findings(minqing) == [("attached-loose", "hint", 0)]


def test_what_a_kill_leaves_in_files_is_moved_away_by_check(minqing, diary):
    left = diary / "files/2016/05/.2016-05-28-q7m3k9x2-1.jpg.0a0b0c0d.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"\xff\xd8\xff half")
    os.utime(left, (0, 0))
    assert minqing("check").code == 0
    assert [path.name for path in (diary / ".minqing/drafts").iterdir()] == [
        "2016-05-28-q7m3k9x2-1.jpg.0a0b0c0d.tmp"
    ]
