"""Accepted proposals into an entry: items numbered, lists without doubles, what the entry already says wins."""

from collections.abc import Callable, Iterable
from typing import Any

from minqing.model import Aid, Decision, Entry, Meeting
from minqing.proposals._said import Proposal

_ATTRIBUTES = {"with": "companions"}  # the others are called in an entry as in a file


def assemble(entry: Entry, accepted: Iterable[Proposal]) -> Entry:
    """The entry with accepted proposals put in. Of two that say the same thing differently, the first stays."""
    put: Callable[..., Any]
    for proposal in accepted:
        name = _ATTRIBUTES.get(proposal.field, proposal.field)
        put = _LISTS.get(name, _put_one)
        said = getattr(entry, name)
        entry = entry._replace(**{name: put(said, proposal.value)})
    return entry


def _put_one(said: Any, value: Any) -> Any:
    return said or value


def _put(said: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return said if value in said else (*said, value)


def _put_by(key: Callable[[Any], Any]) -> Callable[[tuple[Any, ...], Any], tuple[Any, ...]]:
    """Adds what has a new key, and fills what the known one of that key leaves open."""

    def put(said: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
        for at, known in enumerate(said):
            if key(known) == key(value):
                return (*said[:at], _filled(known, value), *said[at + 1 :])
        return (*said, value)

    return put


def _filled(known: Any, value: Any) -> Any:
    """A record with its empty fields taken from another."""
    return type(known)(*(one or other for one, other in zip(known, value, strict=True)))


def _put_item(said: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if any((item.type, item.text) == (value.type, value.text) for item in said):
        return said
    return (*said, value._replace(n=max((item.n for item in said), default=0) + 1))


def _put_meeting(said: Meeting | None, value: Meeting) -> Any:
    if said is None:
        return value
    agenda = said.agenda + tuple(topic for topic in value.agenda if topic not in said.agenda)
    return _filled(said, value)._replace(agenda=agenda)


def _put_fact(said: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    many = value.key in ("causes", "tags")
    if not many and any((fact.who, fact.key) == (value.who, value.key) for fact in said):
        return said
    return _put(said, value)


def _aid_key(aid: Aid) -> tuple[Any, ...]:
    return aid.what, aid.to


def _decision_key(decision: Decision) -> tuple[Any, ...]:
    return decision.type, decision.text


_LISTS: dict[str, Callable[..., Any]] = {
    "who": _put_by(lambda person: person.name),
    "companions": _put_by(lambda person: person.name),
    "tags": _put,
    "facts": _put_fact,
    "figures": _put_by(lambda figure: figure.name),
    "items": _put_item,
    "aid": _put_by(_aid_key),
    "funds": _put_by(lambda fund: (fund.source, fund.what)),
    "meeting": _put_meeting,
    "decisions": _put_by(_decision_key),
}
