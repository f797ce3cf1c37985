"""What the form asks for, line by line and field by field, and how marked text writes it."""

from typing import NamedTuple

from minqing.language import N_


class Field(NamedTuple):
    """One thing that the form asks for.

    `name` is a key of its record in words.KEYS. `look` is text, lines, number, date, time or select; `of` names the
    closed words of a select, or the list that a text is helped with; `chips` says how many of that list are taken as
    they are ("one", "many"). `part` is how a mark writes it (PARTS in form.js), by `key=value` if nothing else is said.
    """

    name: str
    label: str
    look: str = "text"
    of: str = ""
    chips: str = ""
    part: str = "pair"
    needed: bool = False
    record: str = ""


class Mark(NamedTuple):
    """What one line of marked text can say; `once`: an entry has no second one."""

    name: str
    record: str
    label: str
    fields: tuple[Field, ...]
    once: bool = False


_WHO = Field("who", N_("Who"), of="people", chips="one", part="who")
_ITEM = (
    Field("text", N_("What"), "lines", part="text", needed=True),
    _WHO,
    Field("about", N_("About"), "select", "about", part="about"),
    Field("due", N_("Due"), "date"),
    Field("owner", N_("Owner"), of="workers"),
)
_ITEMS = (
    ("need", N_("Need")),
    ("problem", N_("Problem")),
    ("complaint", N_("Complaint")),
    ("advice", N_("Advice")),
    ("promise", N_("Promise")),
    ("task", N_("Task")),
    ("measure", N_("Measure")),
)
MARKS = (
    *(Mark(name, "item", label, _ITEM) for name, label in _ITEMS),
    Mark(
        "aid",
        "aid",
        N_("Aid given"),
        (
            Field("what", N_("What"), part="what", of="goods", needed=True),
            Field("each", N_("Each, such as 200元"), part="each"),
            Field("n", N_("Count"), "number", part="times"),
            Field("to", N_("To whom"), of="people", chips="many"),
            Field("fund", N_("Fund"), of="funds"),
            Field("occasion", N_("Occasion"), of="occasions"),
        ),
    ),
    Mark(
        "figures",
        "figure",
        N_("A figure"),
        (
            Field("name", N_("Name"), of="figures", part="name", needed=True),
            Field("value", N_("Number and unit, such as 326人"), part="value", needed=True),
            Field("of", N_("Part of"), of="figures"),
        ),
    ),
    Mark(
        "facts",
        "facts",
        N_("A fact known"),
        (
            _WHO._replace(needed=True),
            Field("name", N_("Which fact"), of="facts", part="name", needed=True),
            Field("value", N_("What it is"), of="values", part="value", needed=True),
        ),
    ),
    Mark(
        "updates",
        "update",
        N_("How an item went on"),
        (
            Field("ref", N_("Of which item"), of="items", chips="one", part="ref", needed=True),
            Field("status", N_("Status"), "select", "status"),
            Field("reason", N_("Reason"), "select", "reason"),
            Field("satisfied", N_("Satisfied"), "select", "satisfied"),
            Field("note", N_("Note"), "lines"),
        ),
    ),
    Mark(
        "meeting",
        "meeting",
        N_("Meeting"),
        (
            Field("type", N_("Type"), "select", "meeting"),
            Field("host", N_("Host"), of="workers"),
            Field("recorder", N_("Recorder"), of="workers"),
            Field("eligible", N_("Should attend"), "number"),
            Field("present", N_("Attended"), "number"),
            Field("unit", N_("Counted by"), "select", "unit"),
            Field("agenda", N_("Agenda, one a line"), "lines", part="list"),
        ),
        once=True,
    ),
    Mark(
        "decisions",
        "decision",
        N_("Decision taken"),
        (
            Field("text", N_("What"), "lines", part="text", needed=True),
            Field("type", N_("Type"), "select", "decision"),
            Field("elected", N_("Elected"), of="people", chips="one"),
            Field("signed", N_("Signed"), "number"),
            Field("how", N_("How they voted"), "select", "how", record="vote"),
            Field("issued", N_("Ballots issued"), "number", record="vote"),
            Field("returned", N_("Returned"), "number", record="vote"),
            Field("valid", N_("Valid"), "number", record="vote"),
            Field("yes", N_("In favour"), "number", record="vote"),
            Field("no", N_("Against"), "number", record="vote"),
            Field("abstain", N_("Abstained"), "number", record="vote"),
        ),
    ),
    Mark("card", "facts", N_("Card given"), (_WHO._replace(chips="many", needed=True),)),
)
HEAD = (
    Field("date", N_("Date"), "date", needed=True),
    Field("from", N_("Begins at"), "time"),
    Field("to", N_("Ends at"), "time"),
    Field("weather", N_("Weather"), of="weather"),
    Field("area", N_("Area"), of="areas"),
    Field("place", N_("Place"), of="places"),
    Field("who", N_("Household or person"), of="people", chips="many"),
    Field("with", N_("With"), of="companions", chips="many"),
    Field("title", N_("Title")),
)
