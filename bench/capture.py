"""How well prose is read: precision and recall of what `minqing.proposals` proposes, field by field.

    python bench/capture.py --mistakes                # of the seen texts, while writing rules
    python bench/capture.py --set all --markdown      # the table of README.md
    python bench/capture.py --texts DIR               # of texts of one's own: DIR/NN.txt, each with its NN.yaml

Every text of bench/texts is read as it stands and compared with its label (bench/texts/README.md tells
how labels are written). Precision and recall are of what is proposed as sure; the last two columns are
of everything proposed. Behind each rate stand the counts it is made of.

An event's proposals are compared with the label of the same date, else of the same place in the order;
what belongs to no labelled event is a false hit. Dates, times, numbers and units must be the same, names
too; other words must share a run of half the shorter one, of two characters at least. A role, the name of
a figure, what it is part of and whose a problem or promise is are judged only where the person, the figure or
the item itself is right and the label tells it.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from minqing.front import Tree, read_front
from minqing.layout import tree_of
from minqing.model import Entry
from minqing.telling import weekday_of
from minqing.values import Unreadable, read_quantity, write_quantity
from minqing.words import MONEY, plain

TEXTS = Path(__file__).parent / "texts"
SETS = {"seen": ("seen",), "unseen": ("unseen",), "all": ("seen", "unseen")}
ROW_OF_TYPE = {"problem": "raised", "need": "raised", "complaint": "raised", "advice": "advice"}
ROW_OF_TYPE |= {"promise": "promises", "task": "tasks", "measure": "tasks"}
# Rows that are judged only where the first of their words is right in another row, or in their own.
LEANS_ON = {"roles": "people", "figure names": "figures", "of": "figures", "whose": "whose"}
PEOPLE = ("人", "名", "位", "口", "个人")  # one and the same unit


# ---------------------------------------------------------------- what a label and a proposal say


class Part(NamedTuple):
    """One thing said: the rows it may count in, and its words. In a label `a|b` is either, `a|` may be lacking."""

    rows: tuple[str, ...]
    said: tuple[str, ...]
    may_lack: bool = False
    sure: bool = True
    why: str = ""


class Text(NamedTuple):
    """A text with its label."""

    name: str
    text: str
    today: date
    year: int | None
    events: list[Tree]


def read_texts(names: Iterable[str]) -> Iterator[Text]:
    """The texts of these sets, in order. Raises ValueError for a label that is no YAML."""
    return read_folders(TEXTS / name for name in names)


def read_folders(folders: Iterable[Path]) -> Iterator[Text]:
    """The labelled texts that lie in these folders, in order. Raises ValueError for a label that is no YAML."""
    for path in sorted(path for folder in folders for path in folder.glob("*.yaml")):
        front = read_front(path.read_text(encoding="utf-8"), 1)
        if front.flaws:
            raise ValueError(f"{path}: {front.flaws[0]}")
        tree, year = front.tree, front.tree.get("year")
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        name = f"{path.parent.name}/{path.stem}"
        yield Text(name, text, date.fromisoformat(tree["today"]), year and int(year), tree["events"])


def either(said: str) -> list[str]:
    """The readings that a label accepts."""
    return [part for part in said.split("|") if part]


def nth_reading(tree: Tree, n: int) -> Tree:
    """A label as if only its n-th readings stood there (the last where there are fewer), and the first of its keys."""
    if isinstance(tree, dict):
        return {either(key)[0]: nth_reading(value, n) for key, value in tree.items()}
    if isinstance(tree, list):
        return [nth_reading(part, n) for part in tree]
    return either(tree)[: n + 1][-1]


def parts_of(tree: Tree) -> Iterator[Part]:
    """An entry's tree as the single things that are judged."""

    def part(rows: str | Iterable[str], *said: str, lacks: bool = False) -> Part:
        return Part(
            (rows,) if isinstance(rows, str) else tuple(dict.fromkeys(rows)),
            said,
            lacks or any(words.endswith("|") for words in said),
        )

    for key in ("date", "weekday", "lunar", "time", "weather", "kind"):
        if key in tree:
            yield part(key, tree[key])
    for key in ("place", "area"):
        if key in tree:
            yield part("place", tree[key])
    for person in [*tree.get("who", []), *tree.get("with", [])]:
        name, roles = re.sub(r"（.*?）", "", person), re.findall(r"（(.*?)）", person)
        yield part("people", name)
        if roles:
            yield part("roles", name, "|".join(roles), lacks=len(roles) < len(either(person)))
    for who, about in tree.get("facts", {}).items():
        for key, value in about.items():
            for one in value if isinstance(value, list) else [value]:
                yield part("facts", who, key, one)
    for name, figure in tree.get("figures", {}).items():
        value, whole = (figure.get("value"), figure.get("of")) if isinstance(figure, dict) else (figure, None)
        if value:
            yield part("figures", value)
            yield part("figure names", value, name)
        if value and whole:
            yield part("of", value, whole)
    for item in tree.get("items", {}).values():
        lacks = item["text"].endswith("|")
        yield part((ROW_OF_TYPE[kind] for kind in either(item["type"])), item["text"])
        if who := item.get("who"):
            yield part("whose", item["text"], who, lacks=lacks)
        if "due" in item:
            yield part("due", item["due"], lacks=lacks)
    for aid in tree.get("aid", []):
        yield from (part(*found) for found in _aid(aid))
    for fund in tree.get("funds", []):
        if is_money(fund["amount"]):
            yield part("amounts", fund["amount"])
    for key, value in (tree.get("meeting") or {}).items():
        for one in value if isinstance(value, list) else [value]:
            yield part("meeting", key, one)
    for decision in tree.get("decisions", []):
        for key, value in _decision(decision):
            yield part("decisions", key, value, lacks=decision["text"].endswith("|"))


def _aid(aid: Tree) -> Iterator[tuple[str, ...]]:
    """Money: each and total. Goods: what, with all their numbers; one, if nobody says how many.

    A total that only follows may be lacking.
    """
    amounts = [aid[key] for key in ("each", "total") if key in aid]
    follows = []
    if "each" in aid and "n" in aid and "total" not in aid:
        each = read_quantity(either(aid["each"])[0])
        follows = [write_quantity(each._replace(value=each.value * int(n))) or "" for n in either(aid["n"])]
    if any(map(is_money, amounts)):
        yield from (("amounts", amount) for amount in amounts)
        if follows:
            yield "amounts", "|".join([*follows, ""])
    else:
        yield "goods", aid["what"], " ".join([*amounts, aid.get("n", "1"), *follows]).replace("|", " ")


def _decision(decision: Tree) -> Iterator[tuple[str, str]]:
    yield decision.get("type", "resolution"), decision["text"]
    yield from ((key, decision[key]) for key in ("elected", "signed", "posted") if key in decision)
    vote = decision.get("vote", {})
    yield from ((f"vote {key}", value) for key, value in vote.items() if key != "tally")
    yield from ((f"votes for {name}", n) for name, n in vote.get("tally", {}).items())


def proposed(event: Any, sure: float) -> list[Part]:
    """The parts of an event's proposals, each once."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Part] = {}
    for proposal in sorted(event.proposals, key=lambda one: -one.confidence):
        key = "companions" if proposal.field == "with" else proposal.field
        many = isinstance(getattr(_EMPTY, key), tuple)
        tree = tree_of(_EMPTY._replace(**{key: (proposal.value,) if many else proposal.value}))
        why = f"{proposal.rule} · {proposal.words}"
        for part in parts_of({proposal.field: tree[proposal.field]} if proposal.field in tree else {}):
            if not part.may_lack:
                made = part._replace(sure=proposal.confidence >= sure, why=why)
                found.setdefault((part.rows, part.said), made)
    return list(found.values())


_EMPTY = Entry("q7m3k9x2", "note", date(2000, 1, 1))


# ---------------------------------------------------------------- when two of them are the same


def exact(want: str, got: str) -> bool:
    return plain(want) == plain(got)


def weekday(want: str, got: str) -> bool:
    """The same day of the week: 星期日, 礼拜天 and 周日 are one."""
    return weekday_of(want) == weekday_of(got)


def amount(want: str, got: str) -> bool:
    """One number with one unit; 人, 名 and 位 are one, as are 元 and 块."""
    try:
        one, other = read_quantity(want), read_quantity(got)
    except Unreadable:
        return exact(want, got)
    return one.value == other.value and _unit(one.unit) == _unit(other.unit)


def is_money(text: str) -> bool:
    return read_quantity(either(text)[0]).unit in MONEY


def _unit(unit: str) -> str:
    return "人" if unit in PEOPLE else "元" if MONEY.get(unit) == "1" else unit


def numbers(want: str, got: str) -> bool:
    """No number that is not wanted, and one of those that are."""
    wanted, found = (set(re.findall(r"\d+(?:\.\d+)?", text)) for text in (want, got))
    return found <= wanted and bool(found) == bool(wanted)


def overlap(want: str, got: str) -> bool:
    """A common run of half the shorter, of two characters at least where it has as many."""
    one, other = (re.sub(r"[\s/]", "", plain(text)) for text in (want, got))
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    shorter = min(len(one), len(other))
    return run >= min(shorter, max(2, (shorter + 1) // 2))


def alike(want: str, got: str) -> bool:
    """By overlap, but exact where it is a number, a date or a word of a closed set."""
    if all(re.fullmatch(r"\d[\d.,]*[万亿]?\D{0,3}", text) for text in (want, got)):
        return amount(want, got)
    return exact(want, got) if want.isascii() or got.isascii() else overlap(want, got)


# How the words of each row are compared; the order of the table.
ROWS: dict[str, tuple[Callable[[str, str], bool], ...]] = {
    "date": (exact,),
    "weekday": (weekday,),
    **dict.fromkeys(("lunar", "time"), (exact,)),
    **dict.fromkeys(("weather", "place"), (overlap,)),
    "people": (exact,),
    "roles": (exact, overlap),
    "kind": (exact,),
    "amounts": (amount,),
    "goods": (overlap, numbers),
    "figures": (amount,),
    "figure names": (amount, overlap),
    "of": (amount, overlap),
    **dict.fromkeys(("raised", "advice", "promises", "tasks"), (overlap,)),
    "due": (exact,),
    "whose": (overlap, exact),
    **dict.fromkeys(("meeting", "decisions"), (exact, alike)),
    "facts": (exact, exact, alike),
}


def meets(row: str, want: Part, got: Part) -> bool:
    """Whether a proposal says what the label does, in the eyes of a row."""
    if row not in want.rows or row not in got.rows:
        return False
    said = zip(ROWS[row], want.said, got.said, strict=True)
    return all(any(same(one, found) for one in either(words) or [""]) for same, words, found in said)


# ---------------------------------------------------------------- counting


class Count(NamedTuple):
    """Of a row: what the label wants, what of it was found (sure, at all); what was proposed (sure, at all), rightly."""

    wanted: int = 0
    found_sure: int = 0
    found: int = 0
    sure: int = 0
    right: int = 0
    proposed: int = 0
    right_at_all: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Count":  # type: ignore[override]
        return Count(*(one + two for one, two in zip(self, other, strict=True)))


def count(row: str, wants: list[Part], gots: list[Part], mistakes: list[str]) -> Count:
    """A row of one event; what is missed or false is appended to `mistakes`."""
    mine = [want for want in wants if want.rows[0] == row and not want.may_lack]
    found = [[got for got in gots if meets(got.rows[0], want, got)] for want in mine]
    sure = right = at_all = right_at_all = 0
    for got in (got for got in gots if got.rows[0] == row and judged(row, wants, got)):
        met = [want for want in wants if meets(row, want, got)]
        if met and all(want.may_lack for want in met):
            continue
        sure, right = sure + got.sure, right + bool(got.sure and met)
        at_all, right_at_all = at_all + 1, right_at_all + bool(met)
        if not met:
            mistakes.append(f"{'false' if got.sure else 'doubt'}  {row}: {' '.join(got.said)}  [{got.why}]")
    for want, by in zip(mine, found, strict=True):
        if not any(got.sure for got in by):
            mistakes.append(f"{'unsure' if by else 'miss'}  {row}: {' '.join(want.said)}")
    found_sure = sum(any(got.sure for got in by) for by in found)
    return Count(len(mine), found_sure, sum(map(bool, found)), sure, right, at_all, right_at_all)


def judged(row: str, wants: list[Part], got: Part) -> bool:
    """Whether a leaning row has something to lean on."""
    base, same = LEANS_ON.get(row), ROWS[row][0]
    return base is None or any(
        base in want.rows
        and not want.may_lack
        and any(same(one, got.said[0]) for one in either(want.said[0]))
        for want in wants
    )


def paired(labels: list[Tree], events: list[Any]) -> Iterator[tuple[Tree, Any]]:
    """Labelled and proposed events: those of one date, then the others in order; None where one has no fellow."""
    fellows: dict[int, Any] = {}
    rest = list(events)
    for n, label in enumerate(labels):
        for event in rest:
            days = {str(one.value) for one in event.proposals if one.field == "date"}
            if days.intersection(either(label.get("date", ""))):
                fellows[n] = event
                rest.remove(event)
                break
    for n, label in enumerate(labels):
        yield label, fellows[n] if n in fellows else (rest.pop(0) if rest else None)
    yield from ((None, event) for event in rest)


def score(
    texts: Iterable[Text], propose: Callable[..., list[Any]], sure: float
) -> tuple[dict[str, Count], list[str]]:
    """The count of each row over all texts, and every mistake with its text."""
    counts, told = dict.fromkeys(ROWS, Count()), []
    for text in texts:
        for label, event in paired(text.events, propose(text.text, text.today, text.year)):
            wants = [] if label is None else list(parts_of(label))
            gots = [] if event is None else proposed(event, sure)
            for row in ROWS:
                mistakes: list[str] = []
                counts[row] += count(row, wants, gots, mistakes)
                told += [f"{text.name}  {mistake}" for mistake in mistakes]
    return counts, told


# ---------------------------------------------------------------- the table


def rate(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "-"


def table(counts: dict[str, Count], markdown: bool) -> Iterator[str]:
    rows = [("field", "precision", "recall", "precision of all", "recall of all")]
    for row, of in [*counts.items(), ("all", sum(counts.values(), Count()))]:
        surely = rate(of.right, of.sure), rate(of.found_sure, of.wanted)
        rows.append((row, *surely, rate(of.right_at_all, of.proposed), rate(of.found, of.wanted)))
    for n, cells in enumerate(rows):
        if markdown:
            yield f"| {' | '.join(cells)} |"
            if n == 0:
                yield "|---|---|---|---|---|"
        else:
            yield "".join(f"{cell:<16}" if at == 0 else f"{cell:>18}" for at, cell in enumerate(cells))


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument(
        "--set",
        choices=SETS,
        default="seen",
        help="which texts; unseen ones are not for whoever writes rules",
    )
    words.add_argument(
        "--texts",
        type=Path,
        metavar="DIR",
        help="other texts: a folder of NN.txt, each with its label NN.yaml",
    )
    words.add_argument("--mistakes", action="store_true", help="also every miss and false hit, by its text")
    words.add_argument("--markdown", action="store_true", help="the table as Markdown")
    said = words.parse_args()
    from minqing.proposals import SURE, propose  # the scoring itself knows no rules

    texts = read_folders([said.texts]) if said.texts else read_texts(SETS[said.set])
    counts, mistakes = score(texts, propose, SURE)
    if said.mistakes:
        print(*mistakes, "", sep="\n")
    print(*table(counts, said.markdown), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
