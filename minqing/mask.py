"""What a paper may show, by audience; runs on the Report value, so that no format can forget it.

Three audiences: `self` sees everything, `unit` is the office a paper is handed to, `public` a notice board.
Who is a resident is masked for both: 王**, a child 儿童A, whoever complained, got aid or was voted for among
them. Who does the work under their name (author, companions with a role, helpers, who was elected; hosts,
recorders, handlers and approvers whom no entry is about) stays for `unit` and is 冯某 for `public`; a name
that is in both groups by facts, aid or a complaint is a resident's. Two that mask to the same string are
numbered in the order in which the diary first names them, so that 王**(2) is one person in every paper.

Free text goes the same way, by every known name, other name and sensitive fact. What nobody has named in a
fact, an item, aid or a vote cannot be known: the writer reads a paper before it leaves the house.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing.language import N_, _, language
from minqing.ledger import setting
from minqing.names import Named, age, areas, is_ordinary, named, surname
from minqing.report import Chart, Report, Row, Section
from minqing.sensitive import (
    BIRTH,
    CLAUSE,
    DOOR,
    EARNING,
    HAN,
    LONG,
    MANY_DIGITS,
    PHONE,
    SPACED,
    TOLD,
    UNSEEN,
    UNWELL,
    WELL,
    kind_by_words,
)
from minqing.words import FULLWIDTH_ALNUM, KEYS, show_key

AUDIENCES = ("self", "unit", "public")
TOOLS = ("text", "json")  # the writer's own; every other format is a paper to hand on

# ---------------------------------------------------------------- who may see what

# What `unit` and `public` see of each kind of field; `self` sees everything as it is.
SEES: Mapping[str, tuple[str, str]] = {
    "code": ("as it is", "as it is"),  # days, numbers, refs, closed words
    "text": ("word by word", "word by word"),  # known names, phones, sensitive words in it go as below
    "resident": ("王**, a child 儿童A", "王**, a child 儿童A"),
    "worker": ("as it is", "冯某"),
    "phone": ("138****1234", "left out"),
    "number": ("left out", "left out"),  # ID, bank card
    "health": ("患病", "left out"),
    "ability": ("劳动能力受限", "left out"),
    "special": ("有特殊情况", "left out"),
    "born": ("18 to 59", "left out"),
    "income": ("left out", "left out"),
    "address": ("left out", "left out"),
    "kin": ("word by word", "left out"),
    "school": ("word by word", "left out"),
    "work": ("word by word", "left out"),
    "other": ("word by word", "left out"),  # facts under keys of the writer's own
}
# Every field of an entry by the kind it is; a test walks the model, so that none is forgotten.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("Entry.id", "Entry.kind", "Entry.date", "Entry.weekday", "Entry.lunar", "Entry.time"), "code"),
    **dict.fromkeys(("Entry.title", "Entry.weather", "Entry.area", "Entry.place", "Entry.tags", "Entry.body"), "text"),
    "Entry.author": "worker", "Entry.who": "resident", "Entry.companions": "worker", "Person.role": "text",
    **dict.fromkeys(("Item.n", "Item.type", "Item.about", "Item.due", "Item.level", "Item.status"), "code"),
    "Item.text": "text", "Item.who": "resident", "Item.owner": "resident",
    **dict.fromkeys(("Update.ref", "Update.status", "Update.reason", "Update.satisfied", "Update.grade"), "code"),
    "Update.note": "text", "Update.by": "worker",
    "Aid.form": "code", "Aid.n": "code", "Aid.what": "text", "Aid.occasion": "text",
    "Aid.to": "resident", "Aid.receipt": "resident", "Aid.fund": "text", "Aid.approver": "worker",
    **dict.fromkeys(("Fund.source", "Fund.what", "Fund.note", "Figure.name", "Figure.of", "Figure.note"), "text"),
    "Quantity.value": "code", "Quantity.unit": "text", "Fact.who": "resident",
    "Decision.type": "code", "Decision.text": "text", "Decision.elected": "worker", "Decision.signed": "code",
    "Decision.posted": "code", "Vote.tally": "resident",
    **dict.fromkeys([f"Vote.{key}" for key in ("how", "issued", "returned", "valid", "yes", "no", "abstain")], "code"),
    "Meeting.type": "code", "Meeting.host": "worker", "Meeting.recorder": "worker", "Meeting.agenda": "text",
    **dict.fromkeys(("Meeting.eligible", "Meeting.present", "Meeting.unit"), "code"),
    "File.path": "text", "File.sha256": "code", "File.note": "text", "Void.entry": "code", "Void.why": "text",
}  # fmt: skip
# Facts by key; a key that is not here goes by the words in it and in its value, see `kind_of`.
FACTS: Mapping[str, str] = {
    **dict.fromkeys(("group", "members", "labour", "housing", "house_level", "land", "fuel", "water", "road"), "text"),
    **dict.fromkeys(("welfare", "class", "watch", "causes", "card", "sex", "minor", "tags"), "text"),
    "helper": "worker", "relation": "text", "guardian": "kin", "school": "school", "work": "work",
    "income": "income", "phone": "phone", "born": "born", "health": "health", "ability": "ability",
}  # fmt: skip

_STAR = "\ue000"  # an author's own star, while ours are put in
_LONGEST_AREA = 12
_TELEPHONE = 10**9  # no smaller number can be one
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


class Word(NamedTuple):
    """What stands in for a text. `near` has to be found shortly before or behind; `alone`: not inside a sentence.

    `omit` takes the clause with it, as `public` wants it of health.
    """

    instead: str
    omit: bool = False
    near: re.Pattern[str] | None = None
    alone: bool = False


def audience_of(format_name: str) -> str:
    """Who a format is for when nobody says: the writer's own tools show all, a paper does not."""
    return "self" if format_name in TOOLS else "unit"


def handed(report: Report, ledger: sqlite3.Connection, audience: str, format_name: str) -> Report:
    """The report as it may be given to an audience in a format; a full paper says what it is."""
    if audience == "self":
        return report if format_name in TOOLS else warned(report)
    return mask(report, ledger, audience)


def warned(report: Report) -> Report:
    """The report with 含个人信息，不得外传 where every format shows it: in the title, which no page lacks."""
    notice = _("holds personal data, not to be passed on")
    title = _("{title} ({notice})").format(title=report.title, notice=notice)
    sections = tuple(
        section._replace(title=title) if section.title == report.title else section
        for section in report.sections
    )
    return report._replace(title=title, sections=sections, notice=notice)


def mask(report: Report, ledger: sqlite3.Connection, audience: str) -> Report:
    """The report without what the audience may not see. The same ledger and report give the same mask."""
    if audience == "self":
        return report
    if audience not in AUDIENCES:
        raise ValueError(audience)
    veil = Veil(ledger, audience, _day(report, ledger))
    text = veil.text
    return report._replace(
        title=veil.title(report.title),
        period=report.period._replace(name=text(report.period.name)),
        filters=tuple(map(text, report.filters)),
        sections=tuple(_section(veil, section) for section in report.sections),
        figures={text(key): veil.value(value) for key, value in report.figures.items()},
        unit=text(report.unit),
        foot=tuple(map(text, report.foot)),
    )


def _day(report: Report, ledger: sqlite3.Connection) -> Date:
    """The day on which ages count: the report's, else that of the newest entry."""
    newest = report.made or ledger.execute("select max(date) from entry").fetchone()[0]
    return Date.fromisoformat(newest) if newest else Date.max


def _section(veil: "Veil", section: Section) -> Section:
    text = veil.text
    keys = {column.key: text(column.key) for column in section.columns}
    chart = section.chart
    return section._replace(
        name=text(section.name),
        title=veil.title(section.title),
        columns=tuple(
            column._replace(key=keys[column.key], title=text(column.title)) for column in section.columns
        ),
        rows=tuple(_rows(veil, section, keys)),
        text=tuple(map(text, section.text)),
        chart=chart and _chart(veil, chart),
        markdown=veil.markdown(section.markdown),
    )


def _chart(veil: "Veil", chart: Chart) -> Chart:
    labels = tuple(map(veil.text, chart.labels))
    return chart._replace(title=veil.text(chart.title), labels=labels, unit=veil.text(chart.unit))


_OF_FACT = ("fact", "key")  # a column of these says which fact its row is of
_VALUES = ("value", "before", "said", "older")  # and of these what that fact is


def _rows(veil: "Veil", section: Section, keys: Mapping[str, str]) -> Iterator[Row]:
    """The rows as they may be seen, without those that only say what is left out.

    Of what no column shows, True and numbers stay: they help to draw a row.
    """
    told = [key for key in _OF_FACT if key in keys]
    facts = {key for key in keys if key in FACTS or (told and key in _VALUES)}
    causes = {column.key for column in section.columns if column.words == "causes" and veil.public}
    for row in section.rows:
        made: Row = {key: veil.value(row.get(key)) for key in keys if key not in facts and key not in causes}
        for key in facts:
            made[key] = veil.value(
                veil.fact(str(row[told[0]]) if told and key in _VALUES else key, row.get(key))
            )
        for key in causes:
            made[key] = row.get(key) if _counts(row) else _without_illness(row.get(key))
        if veil.public and _says_nothing(row, made, causes | ({"value"} if told else set())):
            continue
        if section.look == "cards":
            made |= {key: row[key] for key in keys if str(row.get(key)) in veil.given}
        yield {keys[key]: made[key] for key in keys} | {
            key: value for key, value in row.items() if key not in keys and not isinstance(value, str)
        }


def _says_nothing(row: Row, made: Row, keys: set[str]) -> bool:
    """Whether what a row is there to say was left out of it."""
    return len(made) < 7 and any(row.get(key) and not made[key] for key in keys)


def _counts(row: Row) -> bool:
    """Whether a row is about many, with a number of them, rather than about one."""
    return any(isinstance(value, int) and not isinstance(value, bool) for value in row.values())


def _without_illness(value: Any) -> Any:
    """Causes of poverty, in a list or strung together, without those that are about health."""
    if isinstance(value, (list, tuple)):
        return [part for part in value if part not in _ILLNESS]
    joint = "、" if "、" in str(value) else ", "
    return joint.join(part for part in value.split(joint) if part not in _ILLNESS) if value else value


_ILLNESS = ("illness", "disability", "因病", "因残")


# ---------------------------------------------------------------- the veil


class Veil:
    """What a ledger's people look like to an audience. Every text passes once; the same text is looked up."""

    def __init__(self, ledger: sqlite3.Connection, audience: str, day: Date) -> None:
        self.public = audience == "public"
        self.day = day
        self.withheld = _("withheld")
        self.words: dict[str, Word] = {}
        self.own: set[str] = set()  # facts that may not stand in a text as `key: value`
        self._facts(ledger)
        keys = "|".join(map(re.escape, sorted(self.own, key=len, reverse=True)))
        told = rf"(?:^|(?<=[；;，,。、（(\s]))({keys})(：|: ?)([^；;\n]*)([；;] ?)?"
        self.pairs = re.compile(told) if keys else None
        people = named(ledger, day)
        given = self._names(people)
        self._index()
        for part in areas(ledger):  # 大山村 stays whole where a 王大山 lives, unless it names somebody itself
            if len(part) <= _LONGEST_AREA and self._text(part) == part:
                self.words[part] = Word(part)
        for first, shown_as in given.items():
            if not is_ordinary(first):
                self._add(first, Word(shown_as.pop() if len(shown_as) == 1 else "**"))
        self._index()
        # a card is printed to be given away
        card = {"name": setting(ledger, "author")} | (setting(ledger, "card") or {})
        self.given = {said for key in ("name", "phone") if (said := card.get(key))}
        self.seen: dict[str, str] = {}

    def _index(self) -> None:
        """The known words by their first character, with their lengths, the longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        self.lengths = {first: sorted(of, reverse=True) for first, of in lengths.items()}
        self.begins = re.compile(f"[{''.join(map(re.escape, self.lengths))}]") if self.lengths else None

    # -- what is known

    def _names(self, people: list[Named]) -> dict[str, set[str]]:
        """Take in everybody by name; returns what each given name of two characters may be short for."""
        counts: dict[str, int] = {}
        given: dict[str, set[str]] = {}
        for person in people:
            shown = self._shown(person, counts)
            for name in (person.name, *person.aliases):
                self._add(name, Word(shown, alone=len(name) < 2 or is_ordinary(name)))
            first = person.name[len(surname(person.name)) :]
            if len(first) == 2 and HAN.match(first) and shown != person.name:
                given.setdefault(first, set()).add(shown)
        return given

    def _shown(self, person: Named, counts: dict[str, int]) -> str:
        if person.part == "worker" and not self.public:
            return person.name
        if person.part == "child":
            counts["child"] = counts.get("child", 0) + 1
            return _("child {letter}").format(letter=_letters(counts["child"]))
        some = "某" if HAN.match(person.name) else "."
        shown = surname(person.name) + (some if person.part == "worker" else "**")
        counts[shown] = counts.get(shown, 0) + 1
        return shown if counts[shown] == 1 else f"{shown}({counts[shown]})"

    def _add(self, text: str, word: Word) -> None:
        known = self.words.get(text)
        if (known and known.instead == text and word.instead != text) or not known:
            self.words[text] = word

    def _facts(self, ledger: sqlite3.Connection) -> None:
        rows = ledger.execute("select distinct fact, value from fact").fetchall()
        rows += [
            ("phone", phone)
            for (phone,) in ledger.execute("select phone from roster where phone is not null")
        ]
        rows += [
            ("born", born) for (born,) in ledger.execute("select born from roster where born is not null")
        ]
        if self.public:
            self.own |= {"causes", show_key("facts", "causes", "zh")}
        for key, value in rows:
            kind = kind_of(key, value)
            if kind != "text" and SEES[kind][self.public] != "word by word" and kind != "worker":
                self.own |= {key, show_key("facts", key, "zh")}
            if kind in ("text", "worker", "kin", "work", "other"):
                continue
            instead = self.by_kind(kind, value)
            for part in {value, *re.split(r"[，,；;、。/\s]", value)}:
                self._phrase(kind, part.strip(), instead)

    def _phrase(self, kind: str, part: str, instead: str | None) -> None:
        """A part of a sensitive fact wherever else it stands; short or common ones are known by their key only."""
        if instead == part or part in KEYS["facts"] or is_ordinary(part) or WELL.fullmatch(part):
            return
        if kind == "school" and not (
            self.public and len(part) > 3 and part.endswith(("学", "学校", "幼儿园"))
        ):
            return
        telling = kind_of("", part) in ("health", "special")
        digits = sum(sign.isdigit() for sign in part)
        if len(part) < 2 or (not telling and len(part) < (4 if part.isascii() else 3)):
            return
        near = None
        if kind == "born":
            if digits < 5:
                return
            near = BIRTH
        elif digits and kind == "income":
            near = EARNING
        omit = self.public and kind in ("health", "ability", "special")
        self._add(part, Word(instead or self.withheld_word(kind), omit, near))

    def withheld_word(self, kind: str) -> str:
        return (
            _("a school")
            if kind == "school"
            else f"（{self.withheld}）"
            if language() == "zh"
            else f"({self.withheld})"
        )

    def by_kind(self, kind: str, value: str) -> str | None:
        """What stands for a sensitive value: a word for its kind; None where it is left out."""
        sees = SEES[kind][self.public]
        if sees == "left out":
            return None
        if kind == "phone":
            return self._phone(value)
        if kind == "born":
            return self._ages(value)
        if kind in ("health", "ability") and WELL.fullmatch(value):
            return value
        if kind == "health" and re.search("残|截肢|聋|哑|盲|失明|瘸|disab", value):
            return _("disabled")
        words = {
            "health": N_("ill"),
            "ability": N_("limited in work"),
            "special": N_("special circumstances"),
        }
        return _(words[kind]) if kind in words else value

    def _ages(self, born: str) -> str:
        years = age(born, self.day)
        if years is None:
            return self.withheld
        bands: tuple[tuple[int, str], ...] = (
            (14, N_("under 14")),
            (18, N_("14 to 17")),
            (60, N_("18 to 59")),
            (10_000, N_("60 or over")),
        )
        return _(next(band for limit, band in bands if years < limit))

    def _phone(self, value: str) -> str:
        shown = PHONE.sub(self._half_phone, value.translate(FULLWIDTH_ALNUM))
        return shown if shown != value else "****"

    def _half_phone(self, match: re.Match[str]) -> str:
        if self.public:
            return self.withheld_word("phone")
        return f"{match[1] or match[3] + '-'}****{match[2] or match[4]}"

    # -- what a reader sees

    def value(self, value: Any) -> Any:
        """A cell. Numbers stay numbers unless they are a telephone or a card in disguise."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (list, tuple)):
            return [shown for part in value if (shown := self.value(part)) not in ("", None)]
        if isinstance(value, dict):
            return {self.value(key): self.value(part) for key, part in value.items()}
        if isinstance(value, (int, Decimal)) and value >= _TELEPHONE:
            shown = self.text(str(value))
            return value if shown == str(value) else shown
        return value

    def fact(self, key: str, value: Any) -> Any:
        """The value of a fact whose key is known."""
        if isinstance(value, (list, tuple)):
            return [shown for part in value if (shown := self.fact(key, part))]
        if not isinstance(value, str) or not value:
            return value
        if key == "causes" and self.public:
            return _without_illness(value)
        kind = kind_of(key, value)
        if kind in ("text", "worker"):
            return value
        shown = self.by_kind(kind, value)
        return shown if shown is not None else "" if self.public else self.withheld

    def text(self, text: str) -> str:
        """A text of any length: names, numbers and sensitive words in it as the audience may see them."""
        if not text or (text.isascii() and len(text) < 4):
            return text
        shown = self.seen.get(text)
        if shown is None:
            shown = self.seen[text] = self._text(text)
        return shown

    def title(self, text: str) -> str:
        """A heading, which is never left out altogether."""
        return self.text(text) or (text and self.withheld)

    def markdown(self, text: str) -> str:
        """An entry's own Markdown: the stars of 王** would turn bold what stands behind, so ours are wide."""
        return self._text(text.replace("*", _STAR)).replace("*", "＊").replace(_STAR, "*")

    def _text(self, text: str) -> str:
        if not text.isascii():
            text = UNSEEN.sub("", text)
            text = text.translate(FULLWIDTH_ALNUM) if _WIDE.search(text) else text
        whole = self.words.get(text)
        if whole and not whole.near:
            return "" if whole.omit else whole.instead
        if self.pairs and (":" in text or "：" in text):
            text, found = self.pairs.subn(self._pair, text)
            text = text.rstrip("；; ") if found else text
        text = self._replace(text)
        if MANY_DIGITS.search(text):
            text = PHONE.sub(self._half_phone, LONG.sub(self._number, text))
        return DOOR.sub(self.withheld_word("address"), text)

    def _number(self, match: re.Match[str]) -> str:
        return self.withheld_word("number")

    def _pair(self, match: re.Match[str]) -> str:
        """`key: value; ` of a sensitive fact, as a ledger of visits strings facts together."""
        key, colon, value, end = match[1], match[2], match[3], match[4] or ""
        typed = next((known for known, words in KEYS["facts"].items() if key in words), key)
        if typed == "causes":
            return self._causes(match)
        kind = kind_of(typed, value)
        if kind in ("text", "worker"):
            return match[0]
        if SEES[kind][self.public] == "left out":
            return "" if self.public else f"{key}{colon}{self.withheld}{end}"
        return f"{key}{colon}{self.by_kind(kind, value)}{end}"

    def _causes(self, match: re.Match[str]) -> str:
        causes = _without_illness(match[3])
        return f"{match[1]}{match[2]}{causes}{match[4] or ''}" if causes else ""

    def _find(self, text: str) -> list[tuple[int, int, Word]]:
        """The known words in a text, the longest at each place, from left to right; also those that a pad of
        spaces or the end of a line cuts in two.
        """
        gaps = list(SPACED.finditer(text))
        if not gaps:
            return self._scan(text)
        out = {at for gap in gaps for at in range(*gap.span())}
        at = [n for n in range(len(text)) if n not in out]
        return [(at[first], at[last - 1] + 1, word) for first, last, word in self._scan(SPACED.sub("", text))]

    def _scan(self, text: str) -> list[tuple[int, int, Word]]:
        found: list[tuple[int, int, Word]] = []
        if self.begins is None:
            return found
        words, lengths, end = self.words, self.lengths, 0
        for match in self.begins.finditer(text):
            at = match.start()
            if at < end:
                continue
            for length in lengths[text[at]]:
                word = words.get(text[at : at + length]) if at + length <= len(text) else None
                if word and self._fits(text, at, at + length, word):
                    found.append((at, at + length, word))
                    end = at + length
                    break
        return found

    @staticmethod
    def _fits(text: str, first: int, last: int, word: Word) -> bool:
        before, behind = text[first - 1 : first], text[last : last + 1]
        if text[first].isascii() and text[first].isalnum() and before.isascii() and before.isalnum():
            return False
        if text[last - 1].isascii() and text[last - 1].isalnum() and behind.isascii() and behind.isalnum():
            return False
        if word.alone and (HAN.match(before) or (HAN.match(behind) and behind not in "家户说讲的")):
            return False
        return word.near is None or bool(word.near.search(text[max(0, first - 12) : last + 4]))

    def _replace(self, text: str) -> str:
        found = self._find(text)
        if self.public and (
            any(word.omit for _first, _last, word in found) or TOLD.search(text) or UNWELL.search(text)
        ):
            return self._clauses(text, found)
        return TOLD.sub(self._told, _with(text, found))

    def _told(self, match: re.Match[str]) -> str:
        words = {"health": N_("ill"), "special": N_("special circumstances"), "disabled": N_("disabled")}
        return _(words[match.lastgroup or ""])

    def _clauses(self, text: str, found: list[tuple[int, int, Word]]) -> str:
        """A text without the clauses that tell of health or worse; the rest as ever."""
        kept = []
        for match in CLAUSE.finditer(text):
            clause, start, end = match[0], *match.span()
            inside = [(a, b, word) for a, b, word in found if a < end and b > start]
            if TOLD.search(clause) or UNWELL.search(clause) or any(word.omit for _a, _b, word in inside):
                kept += ["\n"] if clause.endswith("\n") else []
            else:
                kept.append(_with(clause, self._find(clause)))
        return "".join(kept)


def _with(text: str, found: list[tuple[int, int, Word]]) -> str:
    """A text with its known words replaced."""
    pieces, end = [], 0
    for first, last, word in found:
        pieces += [text[end:first], word.instead]
        end = last
    return "".join([*pieces, text[end:]])


def kind_of(key: str, value: str) -> str:
    """What kind of field a fact is: by its key where that is known, else by the words in key and value."""
    return FACTS.get(key) or kind_by_words(key, value)


def _letters(n: int) -> str:
    """1 is A, 26 Z, 27 AA."""
    text = ""
    while n:
        n, letter = divmod(n - 1, 26)
        text = chr(65 + letter) + text
    return text
