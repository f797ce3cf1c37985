"""An entry as the tree that its file shows, in the keys and values of a language. Pure."""

from collections.abc import Mapping

from minqing.front import Tree
from minqing.model import Entry, Vote
from minqing.schema import FACT_LISTS
from minqing.values import write_person, write_quantity
from minqing.words import FACT_WORDS, show_key, show_value


def tree_of(entry: Entry, language: str = "en") -> dict[str, Tree]:
    """What `read_tree` reads back as the same entry (its body apart), in the keys and values of a language."""

    def word(name: str, value: str | None) -> str | None:
        return None if value is None else show_value(name, value, language)

    def record(name: str, said: Mapping[str, Tree]) -> dict[str, Tree]:
        return {
            show_key(name, key, language): str(value) if isinstance(value, int) else value
            for key, value in said.items()
            if value not in (None, "", [], {})
        }

    def vote(said: Vote | None) -> Tree:
        if said is None:
            return None
        tally = {name: str(n) for name, n in said.tally}
        return record("vote", said._asdict() | {"how": word("how", said.how), "tally": tally})

    facts: dict[str, Tree] = {}
    for fact in entry.facts:
        words = FACT_WORDS.get(fact.key)
        shown = show_value(words, fact.value, language) if words else fact.value
        about = facts.setdefault(fact.who, {})
        key = show_key("facts", fact.key, language)
        if key in about:
            about[key] = [*(about[key] if isinstance(about[key], list) else [about[key]]), shown]
        else:
            about[key] = [shown] if fact.key in FACT_LISTS else shown

    figures: dict[str, Tree] = {}
    for figure in entry.figures:
        more = {"of": figure.of, "note": figure.note}
        value = write_quantity(figure.value)
        figures[figure.name] = record("figure", {"value": value, **more}) if any(more.values()) else value

    return record(
        "entry",
        {
            "id": entry.id,
            "kind": word("kind", entry.kind),
            "title": entry.title,
            "date": entry.date.isoformat(),
            "weekday": entry.weekday,
            "lunar": entry.lunar,
            "time": entry.time,
            "weather": entry.weather,
            "area": entry.area,
            "place": entry.place,
            "author": entry.author,
            "who": [write_person(person) for person in entry.who],
            "with": [write_person(person) for person in entry.companions],
            "tags": list(entry.tags),
            "facts": facts,
            "figures": figures,
            "items": {
                str(item.n): record(
                    "item",
                    {
                        "type": word("item", item.type),
                        "about": word("about", item.about),
                        "who": item.who,
                        "text": item.text,
                        "owner": item.owner,
                        "due": item.due and item.due.isoformat(),
                        "level": None if item.level == "normal" else word("level", item.level),
                        "status": None if item.status == "open" else word("status", item.status),
                    },
                )
                for item in entry.items
            },
            "updates": [
                record(
                    "update",
                    update._asdict()
                    | {
                        key: word(key, getattr(update, key))
                        for key in ("status", "reason", "satisfied", "grade")
                    },
                )
                for update in entry.updates
            ],
            "aid": [
                record(
                    "aid",
                    aid._asdict()
                    | {
                        "form": word("form", aid.form),
                        "each": write_quantity(aid.each),
                        "total": write_quantity(aid.total),
                        "to": list(aid.to),
                        "receipt": list(aid.receipt),
                    },
                )
                for aid in entry.aid
            ],
            "funds": [
                record(
                    "fund",
                    {
                        "from": fund.source,
                        "what": fund.what,
                        "amount": write_quantity(fund.amount),
                        "note": fund.note,
                    },
                )
                for fund in entry.funds
            ],
            "meeting": entry.meeting
            and record(
                "meeting",
                entry.meeting._asdict()
                | {
                    "type": word("meeting", entry.meeting.type),
                    "unit": word("unit", entry.meeting.unit),
                    "agenda": list(entry.meeting.agenda),
                },
            ),
            "decisions": [
                record(
                    "decision",
                    {
                        "type": word("decision", decision.type),
                        "text": decision.text,
                        "elected": decision.elected,
                        "signed": decision.signed,
                        "posted": decision.posted and decision.posted.isoformat(),
                        "vote": vote(decision.vote),
                    },
                )
                for decision in entry.decisions
            ],
            "files": [record("file", file._asdict()) for file in entry.files],
            "void": [record("void", void._asdict()) for void in entry.void],
        },
    )
