"""Random entries and small diaries for the laws: everything that a file can say, within what it may say."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from minqing.model import (
    Aid,
    Decision,
    Entry,
    Fact,
    Figure,
    File,
    Fund,
    Item,
    Meeting,
    Person,
    Quantity,
    Update,
    Void,
    Vote,
)
from minqing.values import read_area
from minqing.words import VALUES, key_of, value_of

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
# What YAML, Markdown, a shell or a careless reader could trip over, among common words.
NASTY = [
    "null", "~", "no", "是", "0123", "20:00", "1_000", "- a", "a: b", "王家 #2", "# x", "【通知】", "［甲］", "｛a：1｝", "甲／乙", "@王", "*王", "&王", "!重要", "%5", "`x`",
    "{a: 1}", "[1, 2]", "'", '"', "\\", "\\n", "|", ">", "---", "...", "<<<<<<< HEAD", "=======", "：", "a：b", "，", "甲，乙",
    "<<", "=", "?", "? x", "a\nb", "a\n\nb", "\x1b[31m红", "\u202e倒", "a\u2028b", "a\x85b", "a\tb", "a\x00b", "😀", "𠀀", "\ufeffx", "x" * 200,
    "2016-05-28", "[/危]", "{who}", "%s", "$HOME", "text: 内容", "内容:字", "！", "‘’", "1e5", ".5", "+1", "０１２",
]  # fmt: skip

plain_words = st.text(
    st.sampled_from("王小晴李家沟水渠路低保学校的了一二三 ab1-（）：，、#:'\"/"), max_size=12
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def texts(least: int = 1) -> st.SearchStrategy[str]:
    """Any text without outer space."""
    any_text = st.one_of(plain_words, anything, st.sampled_from(NASTY)).map(str.strip)
    return any_text.filter(lambda text: len(text) >= least)


# A list of names is split at these, a role or the list stands in brackets.
names = texts().map(lambda text: text.translate(dict.fromkeys(map(ord, "、，,;；（）()［］【】"), "某")))
areas = texts().map(read_area)
maybe = st.none() | texts()
ids = st.tuples(st.sampled_from(SIGNS[10:]), st.text(SIGNS, min_size=7, max_size=7)).map("".join)
refs = st.tuples(ids, st.integers(1, 9999)).map(lambda parts: f"{parts[0]}.{parts[1]}")
units = st.sampled_from(["", "元", "人", "户", "亩", "斤", "袋", "公里", "元/年", "kg"])
numbers = st.decimals(-(10**9), 10**9, places=2) | st.integers(0, 10**12).map(Decimal)
quantities = st.builds(Quantity, numbers, units)
days = st.dates()
clocks = st.times().map(lambda time: f"{time:%H:%M}")
times = clocks | st.tuples(clocks, clocks).map("-".join)
people = st.builds(Person, names, st.just("") | names)
counts = st.integers(0, 5000)


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def word(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(VALUES[name]))


def _numbered(items: list[Item]) -> tuple[Item, ...]:
    return tuple({item.n: item for item in items}.values())


items = st.lists(
    st.builds(
        Item, st.integers(1, 9999), word("item"), texts(), st.none() | word("about"), maybe, maybe, st.none() | days,
        word("level"), word("status"),
    ),
    max_size=3,
).map(_numbered)  # fmt: skip
updates = st.builds(
    Update, ids | refs, st.none() | word("status"), st.none() | word("reason"), maybe, maybe,
    st.none() | word("satisfied"), st.none() | word("grade"),
)  # fmt: skip
# Form, number and total as written: what is left out follows from the rest when it is read.
none, nobody = st.none(), st.just(())
aid = st.one_of(
    st.builds(Aid, texts(), word("form"), none, none, none, nobody, maybe, maybe, maybe, some(names)),
    st.builds(Aid, texts(), word("form"), none, none, quantities, nobody, none, none, none, nobody),
    st.builds(
        Aid,
        texts(),
        word("form"),
        none | quantities,
        counts,
        quantities,
        some(names),
        maybe,
        none,
        maybe,
        nobody,
    ),
)
funds = st.builds(Fund, texts(), quantities, maybe, maybe)
figures = st.lists(st.builds(Figure, texts(), st.none() | quantities, maybe, maybe), max_size=3).map(
    lambda found: tuple({figure.name: figure for figure in found}.values())
)
votes = st.builds(
    Vote, word("how"), *[st.none() | counts] * 6, tally=st.dictionaries(texts(), counts, max_size=2).map(lambda d: tuple(d.items()))
)  # fmt: skip
decisions = st.builds(
    Decision, texts(), word("decision"), maybe, st.none() | counts, st.none() | days, st.none() | votes
)
meetings = st.builds(
    Meeting, word("meeting"), maybe, maybe, st.none() | counts, st.none() | counts, st.none() | word("unit"), some(names)
)  # fmt: skip

_free_key = texts().filter(lambda key: key_of("facts", key) is None)
_free_tag = names.filter(lambda tag: value_of("person_tag", tag) is None)
_known_fact = st.one_of(
    st.tuples(st.just("class"), word("class").map(lambda value: [value])),
    st.tuples(st.just("minor"), word("truth").map(lambda value: [value])),
    st.tuples(st.just("members"), counts.map(lambda n: [str(n)])),
    st.tuples(st.just("causes"), st.lists(word("causes"), min_size=1, max_size=2)),
    st.tuples(st.just("tags"), st.lists(word("person_tag") | _free_tag, min_size=1, max_size=2)),
    st.tuples(st.sampled_from(["school", "health", "land"]), texts().map(lambda value: [value])),
)
_fact = _known_fact | st.tuples(_free_key, st.lists(texts(), min_size=1, max_size=2))
facts = st.dictionaries(texts(), st.lists(_fact, min_size=1, max_size=3).map(dict), max_size=2).map(
    lambda said: tuple(
        Fact(who, key, value)
        for who, about in said.items()
        for key, values in about.items()
        for value in values
    )
)
bodies = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60).filter(
    lambda body: "<<<<<<<" not in body
)

# What an entry says beside its id, kind and day, part by part.
PARTS = {
    "kind": word("kind") | texts().filter(lambda kind: value_of("kind", kind) is None),
    "date": days,
    "title": texts(0),
    "weekday": maybe,
    "time": none | times,
    "who": some(people),
    "companions": some(people),
    "tags": some(names),
    "facts": facts,
    "figures": figures,
    "items": items,
    "updates": some(updates),
    "aid": some(aid),
    "funds": some(funds),
    "meeting": none | meetings,
    "decisions": some(decisions),
    "files": some(st.builds(File, texts(), maybe, maybe, maybe)),
    "void": some(st.builds(Void, ids, texts())),
    "body": bodies,
}
entries = st.builds(
    Entry, ids, lunar=maybe, weather=maybe, area=st.none() | areas, place=maybe, author=maybe, **PARTS
)
