"""A pasted page to its texts: nothing is lost, nothing is taken that may be the writer's."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from minqing.drafts import read_drafts
from minqing.pages import leftovers, split_page

PAGE = """驻村日记

时间:2020-01-02 03:04:05 日记 我要投稿

【精华】驻村日记2篇

下面是小编整理的驻村日记2篇,仅供参考,欢迎大家阅读。

驻村日记 篇1

20xx年xx月x日 星期六 多云

5月28日下午，我去了学校。30日上午又去了一次。

乡里的驻村日记二：

乡里有个办法。

驻村日记 篇2

3月12日晚上，开了会。

【驻村日记】相关文章:

驻村日记05-12

驻村日记8篇02-23"""


def test_a_copied_page_is_parted_at_its_headings_and_the_sites_lines_are_told() -> None:
    page = split_page(PAGE)
    assert [(piece.title, piece.line) for piece in page.pieces] == [
        ("驻村日记 篇1", 9),
        ("乡里的驻村日记二", 15),
        ("驻村日记 篇2", 19),
    ]
    assert [line for line, _ in page.dropped] == [1, 3, 5, 7, 23, 25, 27]
    assert page.pieces[0].text.startswith("20xx年xx月x日 星期六 多云\n")


def texts(page: str) -> list[str]:
    return [piece.text for piece in split_page(page).pieces]


def test_a_notebook_is_parted_at_each_dated_head() -> None:
    notebook = "3/2 一 阴。跑两委。\n3/4 三 去看老胡。\n回来写材料。\n3/5 四 雨。"
    assert texts(notebook) == ["3/2 一 阴。跑两委。", "3/4 三 去看老胡。\n回来写材料。", "3/5 四 雨。"]
    assert len(texts("2016年5月8日 星期日 晴\n去二组。\n\n2016年5月9日 星期一 阴\n去三组。")) == 2


def test_days_with_a_dash_or_run_together_are_dated_heads_too() -> None:
    page = split_page("随访 七月\n7-4 老朱 血压高\n7-6 老袁 换药\n20160508 晴\n去一组。")
    assert [piece.text for piece in page.pieces] == [
        "7-4 老朱 血压高",
        "7-6 老袁 换药",
        "20160508 晴\n去一组。",
    ]


def test_a_date_inside_a_diary_parts_nothing() -> None:
    for text in (
        "2016年5月8日 星期日 晴\n5月3日修的路又坏了。\n6月8日前修好。\n3月12日，我来过。",
        "2016年5月8日 星期日 晴\n打算：\n5.8亩地先种。\n5月10日到12日开会。",
        "今天去了二组。\n村委会\n2016年5月8日",
    ):
        assert texts(text) == [text]


def test_a_title_over_a_dated_head_is_the_pieces_title() -> None:
    (piece,) = split_page("走访二组\n2016年5月8日 星期日 晴\n路不好走。").pieces
    assert piece.title == "走访二组"


def test_what_a_writer_may_say_is_not_taken_for_the_sites() -> None:
    text = "表里的数仅供参考。\n相关文章要看县里的。\n时间:2016-05-08 20:00:00 开会"
    assert texts(text) == [text] and not split_page(text).dropped


_LINES = st.sampled_from(
    [*PAGE.split("\n"), "", "3/2 一 阴。", "5月8日 晴", "走访二组", "　", "去了。", "x\r"]
)


@given(st.lists(_LINES, max_size=30))
def test_every_line_is_in_a_piece_or_among_the_dropped(lines: list[str]) -> None:
    page = split_page("\n".join(lines))
    kept = [
        line.strip().rstrip("：:") for piece in page.pieces for line in (piece.title, *piece.text.split("\n"))
    ]
    kept += [line.strip().rstrip("：:") for _, line in page.dropped]
    assert sorted(filter(None, kept)) == sorted(filter(None, (line.strip().rstrip("：:") for line in lines)))
    assert all(lines[n - 1] == line for n, line in page.dropped)


def test_leftovers_are_told_from_quotes() -> None:
    assert [left.words for left in leftovers("20xx年xx月x日，教育的`常识，他说的'好'。")] == [
        "20xx年xx月x日",
        "的`",
    ]


def test_a_title_that_says_how_many_texts_there_are_is_none_of_them() -> None:
    page = split_page(
        "民情日记3篇\n时间：2016-06-01 10:00:00 投稿：admin\n民情日记 篇1\n5月20日 晴\n路滑。\n民情日记 篇2\n5月21日 晴\n灯坏。\n"
    )
    assert [piece.title for piece in page.pieces] == ["民情日记 篇1", "民情日记 篇2"]
    assert page.dropped[0] == (1, "民情日记3篇")


def test_a_ruled_day_of_a_saved_chat_begins_a_text() -> None:
    chat = "—————  2016-05-08  —————\n\n赵小梅  20:31\n\n去了村里\n\n—————  2016-05-09  —————\n\n赵小梅  08:12\n\n又去了\n"
    drafts = read_drafts(chat, date(2016, 5, 28)).drafts
    assert [draft.line for draft in drafts] == [1, 7]
    assert [(draft.entry.date.day, draft.title) for draft in drafts] == [(8, ""), (9, "")]
    marked = read_drafts(chat.replace("去了", "【问题】路坏了"), date(2016, 5, 28)).drafts
    assert [(draft.entry.date.day, len(draft.entry.items)) for draft in marked] == [(8, 1), (9, 1)]


def test_signs_that_nobody_sees_and_radicals_of_a_pdf_hide_no_day() -> None:
    for text in ("\u200b5月8日\u200b 走访赵小梅家\n【诉\u200b求】修路 \u202a5月30日前\u202c\n", "5⽉8⽇ ⾛访赵⼩梅家\n【诉求】修路 5⽉30⽇前\n"):
        (draft,) = read_drafts(text, date(2016, 5, 28)).drafts
        assert (draft.entry.date, draft.entry.title) == (date(2016, 5, 8), "走访赵小梅家")
        assert [(item.text, item.due) for item in draft.entry.items] == [("修路", date(2016, 5, 30))]
    assert read_drafts("2016-05-08\n村⺠⼤会\n", date(2016, 5, 28)).drafts[0].entry.body == "2016-05-08\n村民大会\n"
