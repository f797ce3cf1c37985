"""The form for a phone: what a diary knows as one HTML page that needs no network and gives marked text to copy.

Pure but for reading the ledger. A page lies on a phone that may be lost, so it names nobody: who lives where is shown
as a paper for `unit` shows it, and goes by a code (see codes.py); the marked text says the code, `minqing add` the name.
"""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date as Date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from minqing.codes import code_of
from minqing.find import short_refs
from minqing.formats import library
from minqing.formats.html import FONTS
from minqing.heads import DAY_HEAD
from minqing.households import households
from minqing.language import _, language
from minqing.ledger import setting
from minqing.model import Kind
from minqing.period import ALL, Query
from minqing.phone.fields import HEAD, MARKS, Field, Mark
from minqing.safe import show
from minqing.veil import Veil
from minqing.words import FACT_WORDS, KEYS, VALUES, key_of, label, show_key, show_value, value_of

HERE = Path(__file__).parent
COMMON = 100  # words of a kind that are offered, the most frequent first
_ORDER = {kind: n for n, kind in enumerate(VALUES["kind"])}


# What helps with a text: the words that entries say, and those that are offered anyway, by language.
_OFTEN = {
    "places": "select place as said from entry",
    "companions": "select name || coalesce('（' || role || '）', '') as said from name where part = 'with'",
    "workers": "select author as said from entry union all select owner from item "
    "union all select name from name where part = 'with'",
    "weather": "select weather as said from entry",
    "goods": "select what as said from aid",
    "funds": "select fund as said from aid",
    "occasions": "select occasion as said from aid",
    "figures": "select name as said from figure",
    "facts": "select fact as said from fact",
}
_ALWAYS = {
    "zh": {
        "weather": "晴 多云 阴 小雨 大雨 雪 大风 扬沙 多云转晴 多云转阴",
        "occasions": "春节 六一 七一 八一 中秋 重阳",
    },
    "en": {"weather": "sunny cloudy overcast rain snow wind", "occasions": ""},
}


class Choice(NamedTuple):
    """What can be chosen: how marked text says it, how the form shows it, and by what else it is found."""

    said: str
    shown: str
    hint: str = ""
    area: str = ""


class Known(NamedTuple):
    """What a diary knows that a phone can choose from. Nothing in it names a resident."""

    title: str
    mark: str  # tells the drafts of this diary from those of another
    area: str
    kinds: tuple[Kind, ...]
    choices: dict[str, tuple[Choice, ...]]
    lists: dict[str, tuple[str, ...]]


# ---------------------------------------------------------------- what the diary knows


def known(ledger: sqlite3.Connection, kinds: Iterable[Kind], key: bytes, day: Date) -> Known:
    """The choices that a diary offers on a day, as `unit` may see them."""
    veil = Veil(ledger, "unit", day)
    lists = {name: _common(ledger, veil, sql) for name, sql in _OFTEN.items()}
    for name, words in _ALWAYS[language()].items():
        lists[name] = _once(*lists[name], *words.split())
    lists["facts"] = _once(*(show_key("facts", key, language()) for key in (*KEYS["facts"], *lists["facts"])))
    lists["areas"] = tuple(_areas(ledger, veil))
    return Known(
        veil.text(setting(ledger, "name") or ""),
        code_of("", key, "en"),
        veil.text(setting(ledger, "area") or ""),
        tuple(sorted(kinds, key=lambda kind: _ORDER.get(kind.kind, len(_ORDER)))),
        {"people": tuple(_people(ledger, veil, key, day)), "items": tuple(_items(ledger, veil))},
        lists,
    )


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _common(ledger: sqlite3.Connection, veil: Veil, sql: str) -> tuple[str, ...]:
    """The words that stand most often in a column `said`, without those that an audience may not see as they are."""
    rows = ledger.execute(
        f"select said from ({sql}) where said <> '' group by said order by count(*) desc, said"
    )
    words = (word for (word,) in rows.fetchall() if word.isprintable() and veil.text(word) == word)
    return tuple(islice(words, COMMON))


def _areas(ledger: sqlite3.Connection, veil: Veil) -> Iterator[str]:
    """Every area that is known, each with those that it lies in."""
    said = (
        "select area from entry where area is not null union select area from roster where area is not null"
    )
    known = {area for (area,) in ledger.execute(said)} | set(setting(ledger, "areas") or ())
    whole = {"/".join(area.split("/")[:n]) for area in known for n in range(1, area.count("/") + 2)}
    yield from sorted(area for area in whole if area and veil.text(area) == area)


def _people(ledger: sqlite3.Connection, veil: Veil, key: bytes, day: Date) -> list[Choice]:
    """Each household and who lives in it, by place and by what is shown: the order must not tell the names either."""
    found: dict[str, Choice] = {}
    for home in households(ledger, Query(ALL, ()), day):
        area = veil.text(home["area"] or "")
        group = area.rpartition("/")[2]
        last = _("last visit {day}").format(day=home["last"]) if home["last"] else ""
        for name in home["people"]:
            shown = veil.text(name)
            said = name if shown == name else code_of(name, key, language())
            hint = last if name == home["who"] else ""
            found.setdefault(said, Choice(said, f"{shown}（{group}）" if group else shown, hint, area))
    return sorted(found.values(), key=lambda one: (one.area, len(one.shown), one.shown, one.said))


def _items(ledger: sqlite3.Connection, veil: Veil) -> Iterator[Choice]:
    """The items that wait for something, what is due first."""
    sql = (
        "select ref, type, text, who, due, area from item_ledger where state not in ('closed', 'declined') "
        "order by coalesce(due, '9'), date desc, entry, n"
    )
    found = ledger.execute(sql).fetchall()
    short = short_refs(ledger, (row["ref"] for row in found))
    for ref, type_, text, who, due, area in found:
        about = [label("item", type_, language()), veil.text(text), veil.text(who or "")]
        hint = short[ref] + (" · " + _("due {day}").format(day=due) if due else "")
        yield Choice(ref, " ".join(part for part in about if part), hint, veil.text(area or ""))


# ---------------------------------------------------------------- the page


def page(known: Known) -> str:
    """The form as one HTML file. Its script and style are named by their digest: nothing else can run in it."""
    environment = library("jinja2.sandbox", "form").SandboxedEnvironment(
        autoescape=True,
        undefined=library("jinja2", "form").StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script, style = (
        (HERE / f"form.{ending}").read_text("utf-8").replace("FONTS", FONTS) for ending in ("js", "css")
    )
    made: str = environment.from_string((HERE / "form.html.jinja").read_text("utf-8")).render(
        language={"zh": "zh-CN"}.get(language(), language()),
        title=show(known.title),
        script=script,
        style=style,
        script_digest=_digest(script),
        style_digest=_digest(style),
        kinds=[_kind(kind) for kind in known.kinds],
        head=[_field(field, "entry") for field in HEAD],
        marks=[_mark(mark) for mark in MARKS],
        data=_embedded(_data(known)),
        _=_,
    )
    return made


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _embedded(value: Any) -> str:
    """JSON that can stand inside a script element, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _data(known: Known) -> dict[str, Any]:
    """What the page's script works with: choices, words and sentences."""
    words = {
        show_key("facts", key, language()): [show_value(name, value, language()) for value in VALUES[name]]
        for key, name in FACT_WORDS.items()
    }
    own = {
        "zh": {"area": "村组", "body": "正文", "between": "、"},
        "en": {"area": "area", "body": "text", "between": ","},
    }[language()]
    return {
        "diary": known.mark,
        "area": show(known.area),
        "choices": {
            name: [[one.said, show(one.shown), one.hint, one.area] for one in choices]
            for name, choices in known.choices.items()
        },
        "lists": known.lists,
        "values": words,
        # for a JavaScript, whose \d is ASCII and whose groups have other names
        "day_head": DAY_HEAD.pattern.replace("?P<day>", "?:").replace(r"\d", "[0-9０-９]"),
        "words": {
            key: show_key("entry", key, language())
            for key in ("kind", "title", "weather", "place", "who", "with")
        }
        | own,
        "said": _said(),
    }


def _said() -> dict[str, str]:
    """What the script tells the person, by its name there; it fills the braces."""
    return {
        "more": _("{n} more: type a part of it"),
        "as_typed": _("Write “{words}”"),
        "remove": _("Remove"),
        "sure": _("Tap again to remove"),
        "lacks": _("{words} is missing; this line is not in the text yet"),
        "unit": _("“{words}” has no unit, such as 200元; this line is not in the text yet"),
        "no_date": _("the date is missing"),
        "no_kind": _("the kind is missing"),
        "copied": _("Copied. Send it to the computer and take it in there with: minqing add"),
        "by_hand": _("This browser does not copy by itself: hold the marked text and choose “Copy”"),
        "nothing": _("There is nothing to copy yet"),
        "not_kept": _("This browser keeps no drafts: copy the text before you leave the page"),
        "full": _("This draft could not be kept: copy the text now, then remove old drafts"),
        "drafts": _("Drafts ({n})"),
        "was_copied": _("copied"),
        "untitled": _("no kind yet"),
    }


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "said": show_value("kind", kind.kind, language()),
        "shown": show(kind.name or kind.kind),
        "asks": " ".join(dict.fromkeys(_asked(kind))),
    }


def _asked(kind: Kind) -> Iterator[str]:
    """The marks that a kind's template asks for."""
    names = {mark.name for mark in MARKS}
    for word in (*kind.asks, *kind.needs):
        name = value_of("item", word) or key_of("entry", word) or word
        if name in names:
            yield name
        elif key_of("meeting", word):
            yield "meeting"


def _mark(mark: Mark) -> dict[str, Any]:
    word = {
        "item": show_value("item", mark.name, language()),
        "decision": show_value("decision", "resolution", language()),
        "facts": show_key("facts" if mark.name == "card" else "entry", mark.name, language()),
    }.get(mark.record) or show_key("entry", mark.name, language())
    return {
        "name": mark.name,
        "said": word,
        "shown": _(mark.label),
        "once": mark.once,
        "fields": [_field(field, mark.record) for field in mark.fields],
    }


def _field(field: Field, record: str) -> dict[str, Any]:
    known = KEYS[field.record or record]
    closed = VALUES[field.of] if field.look == "select" else ()
    return field._asdict() | {
        "label": _(field.label),
        "key": show_key(field.record or record, field.name, language())
        if field.name in known
        else field.name,
        "closed": [
            (show_value(field.of, word, language()), label(field.of, word, language())) for word in closed
        ],
    }
