"""The people of a ledger as an audience sees them: one text in, one text out. See sensitive.py for who may see what."""

import re
import sqlite3
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing.idnumbers import LONG
from minqing.language import N_, _, language
from minqing.ledger import setting
from minqing.names import Named, age, areas, named
from minqing.passing import passing
from minqing.sensitive import (
    BIRTH,
    CLAUSE,
    DOOR,
    EARNING,
    MANY_DIGITS,
    PHONE,
    SEES,
    SPACED,
    TOLD,
    UNSEEN,
    UNWELL,
    WELL,
    kind_of,
)
from minqing.surnames import HAN, KINSHIP, bare, is_body, is_ordinary, surname
from minqing.words import FULLWIDTH_ALNUM, KEYS, show_key

_STAR = "\ue000"  # an author's own star, while ours are put in
_LONGEST_AREA = 12
_TELEPHONE = 10**9  # no smaller number can be one
_HAN = re.compile(HAN)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_TELLS = re.compile(f":|HIV|{MANY_DIGITS.pattern}")  # what of a text without Chinese has to be looked at


class Word(NamedTuple):
    """What stands in for a text. `near` has to be found shortly before or behind; `alone`: not inside a sentence.

    `omit` takes the clause with it, as `public` wants it of health.
    """

    instead: str
    omit: bool = False
    near: re.Pattern[str] | None = None
    alone: bool = False


def _as_somebody(first: str) -> re.Pattern[str]:
    """A given name that is a word too, where the words around take it for a name."""
    before = r"^|[给带送找见看问陪接叫跟和与让帮替教劝抱、，,。；;：:！!？?“（(\s]"
    no_day = "[前后之以过节那这当地得]|时节|的时候"
    return re.compile(f"(?:{before}){first}(?!{no_day})|{first}的?(?:{KINSHIP}|[说讲家哭笑病])")


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
        told = rf"(?:^|(?<=[；;，,。、（(：:\s]))({keys})(：|: ?)([^；;\n]*)([；;] ?)?"
        self.pairs = re.compile(told) if keys else None
        people = named(ledger, day)
        self.counts: dict[str, int] = {}  # how many are shown as each mask, to number them
        given = self._names(people)
        self._index()
        for part in areas(ledger):  # 大山村 stays whole where a 王大山 lives, unless it names somebody itself
            if len(part) <= _LONGEST_AREA and self._text(part) == part:
                self.words[part] = Word(part)
        children = {person.name[-2:] for person in people if person.part == "child"}
        for first, shown_as in given.items():
            shown = next(iter(shown_as)) if len(shown_as) == 1 else "**"
            if not is_ordinary(first) and bare(first) and not is_body(first):
                self._add(first, Word(shown))
            elif first in children:  # 小满 is a day of the year, and 小满的爷爷 has a grandchild
                self._add(first, Word(shown, near=_as_somebody(first)))
        self._index()
        # a card is printed to be given away
        card = {"name": setting(ledger, "author")} | (setting(ledger, "card") or {})
        self.given = {said for key in ("name", "phone") if (said := card.get(key))}
        self.seen: dict[str, str] = {}
        # a donor is told of in other papers too
        self.learn(
            fund for (fund,) in ledger.execute("select source from fund union select fund from aid") if fund
        )

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
        given: dict[str, set[str]] = {}
        for person in people:
            shown = self._shown(person)
            for name in (person.name, *person.aliases):
                self._add(name, Word(shown, alone=len(name) < 2 or is_ordinary(name)))
            first = person.name[len(surname(person.name)) :]
            if len(first) == 2 and _HAN.match(first) and shown != person.name:
                given.setdefault(first, set()).add(shown)
        return given

    def _shown(self, person: Named) -> str:
        if person.part == "worker" and not self.public:
            return person.name
        if person.part == "child":
            self.counts["child"] = self.counts.get("child", 0) + 1
            return _("child {letter}").format(letter=_letters(self.counts["child"]))
        some = "某" if _HAN.match(person.name) else "."
        return self._numbered(surname(person.name) + (some if person.part == "worker" else "**"))

    def _numbered(self, shown: str) -> str:
        count = self.counts[shown] = self.counts.get(shown, 0) + 1
        return shown if count == 1 else f"{shown}({count})"

    def learn(self, texts: Iterable[str]) -> None:
        """Take in who is named in passing only; of whom nothing else is known, so that they are residents."""
        told = set(passing("\n".join(texts))) - self.words.keys()
        for name in sorted(told):
            self._add(name, Word(self._numbered(surname(name.lstrip("老小") or name) + "**")))
        if told:
            self._index()
            self.seen.clear()

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
            whole = kind in ("number", "phone")  # a part of one may be any number
            for part in {value} if whole else {value, *re.split(r"[，,；;、。/\s]", value)}:
                self._phrase(kind, part.strip(), instead)

    def _phrase(self, kind: str, part: str, instead: str | None) -> None:
        """A part of a sensitive fact wherever else it stands; short or common ones are known by their key only."""
        if instead == part or part in KEYS["facts"] or is_ordinary(part) or WELL.fullmatch(part):
            return
        if kind == "school" and not (
            self.public and len(part) > 3 and part.endswith(("学", "学校", "幼儿园"))
        ):
            return
        telling = kind_of("", part) in ("health", "disabled", "special")
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
        omit = self.public and kind in ("health", "disabled", "ability", "special")
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
        if kind == "health" and kind_of("", value) == "disabled":
            kind = "disabled"
        words = {
            "health": N_("ill"),
            "disabled": N_("disabled"),
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
            shown = self.seen.get(value)
            return self.text(value) if shown is None else shown
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
            return without_illness(value)
        kind = kind_of(key, value)
        if kind in ("text", "worker"):
            return value
        shown = self.by_kind(kind, value)
        return shown if shown is not None else "" if self.public else self.withheld

    def text(self, text: str) -> str:
        """A text of any length: names, numbers and sensitive words in it as the audience may see them."""
        shown = self.seen.get(text)
        if shown is None:
            plain = not text or (
                text.isascii() and len(text) < 4 and text != "HIV" and text not in self.words
            )
            shown = self.seen[text] = text if plain else self._text(text)
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
        if text.isascii() and not _TELLS.search(text) and not self._scan(text):
            return text  # an id, a day, a number: a ledger has many
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
        causes = without_illness(match[3])
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
        if word.alone and (_HAN.match(before) or (_HAN.match(behind) and behind not in "家户说讲的")):
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
        words = {
            "health": N_("ill"),
            "special": N_("special circumstances"),
            "disabled": N_("disabled"),
            "medicine": N_("takes medicine"),
        }
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


def _letters(n: int) -> str:
    """1 is A, 26 Z, 27 AA."""
    text = ""
    while n:
        n, letter = divmod(n - 1, 26)
        text = chr(65 + letter) + text
    return text


def without_illness(value: Any) -> Any:
    """Causes of poverty, in a list or strung together, without those that are about health."""
    if isinstance(value, (list, tuple)):
        return [part for part in value if part not in _ILLNESS]
    joint = "、" if "、" in str(value) else ", "
    return joint.join(part for part in value.split(joint) if part not in _ILLNESS) if value else value


_ILLNESS = ("illness", "disability", "因病", "因残")
