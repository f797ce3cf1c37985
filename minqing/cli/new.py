"""minqing new: a new entry from options, questions and an editor. Without a terminal it asks nothing."""

import sys
from contextlib import suppress
from datetime import date as Date
from typing import Annotated, Any

from minqing import capture
from minqing.cli import screen, session, source
from minqing.cli.params import Argument, Option
from minqing.days import read_day
from minqing.diary import Diary, add, new_id, path_of, read_bytes
from minqing.errors import UsageError
from minqing.idnumbers import cleared
from minqing.language import _, language
from minqing.layout import tree_of
from minqing.model import Entry, Figure, Kind
from minqing.schema import ENTRY, read_tree
from minqing.text import decode, split, write_entry
from minqing.words import VALUES, nearest, show_key, show_value, value_of


def command(
    kind: Annotated[
        str, Argument(metavar=_("KIND"), help=_("visit, survey, meeting, aid …; see: minqing kinds"))
    ],
    file: Annotated[
        str | None,
        Argument(metavar=_("[FILE]"), help=_("The text, from a file; - for standard input.")),
    ] = None,
    date: Annotated[
        str | None,
        Option(
            "--date",
            "-d",
            metavar=_("DATE"),
            help=_("2016-05-28, 5月28日, yesterday, 农历四月十八; today if not said."),
        ),
    ] = None,
    time: Annotated[str | None, Option("--time", metavar=_("TIME"), help=_("14:30 or 14:30-15:40."))] = None,
    title: Annotated[str | None, Option("--title", help=_("A title."))] = None,
    area: Annotated[str | None, Option("--area", help=_("Town/village/group."))] = None,
    place: Annotated[str | None, Option("--place", help=_("Where it was."))] = None,
    who: Annotated[
        list[str] | None,
        Option("--who", metavar=_("NAME"), help=_("Household or person; may be repeated.")),
    ] = None,
    with_: Annotated[
        list[str] | None, Option("--with", metavar=_("NAME"), help=_("Companion; may be repeated."))
    ] = None,
    weather: Annotated[str | None, Option("--weather", help=_("The weather."))] = None,
    text: Annotated[str | None, Option("--text", help=_("The text of the entry."))] = None,
    need: Annotated[
        list[str] | None,
        Option("--need", help=_("A need; @who, #about and !due inside. May be repeated.")),
    ] = None,
    problem: Annotated[list[str] | None, Option("--problem", help=_("A problem, in the same way."))] = None,
    promise: Annotated[list[str] | None, Option("--promise", help=_("A promise, in the same way."))] = None,
    task: Annotated[list[str] | None, Option("--task", help=_("A task, in the same way."))] = None,
    aid: Annotated[
        list[str] | None,
        Option("--aid", help=_('Aid: "慰问金 200元 x 7 fund=卫生局". May be repeated.')),
    ] = None,
    figure: Annotated[
        list[str] | None, Option("--figure", help=_("A figure: 在校学生=326人. May be repeated."))
    ] = None,
    set_: Annotated[
        list[str] | None,
        Option("--set", metavar=_("KEY=VALUE"), help=_("Any other key; meeting.host=…, decisions.1.text=…")),
    ] = None,
    edit: Annotated[
        bool | None,
        Option("--edit/--no-edit", help=_("Open the editor at the end; on a terminal it opens by itself.")),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help=_("Show the entry; write nothing."))] = False,
) -> None:
    diary = session.diary()
    shape = chosen_kind(diary, kind)
    today = session.today()
    day = today if date is None else read_day(date, today)
    asking = screen.on_terminal() and not dry_run
    said: dict[str, Any] = {
        "time": time,
        "title": title,
        "area": area,
        "place": place,
        "who": list(who or []),
        "with": list(with_ or []),
        "weather": weather,
    }
    lines: Lines = {"need": need, "problem": problem, "promise": promise, "task": task}
    lines |= {"aid": aid, "figure": figure, "set": set_}
    body = _body(text, file, asking)
    entry = _made(diary, shape, day, said, lines, body)
    if asking:
        from minqing.cli import ask  # questions, and the names to offer with them

        given = {name for name, value in {**said, **lines, "text": body}.items() if value}
        if edit is False:  # no editor will ask for the text
            shape = shape._replace(asks=(*shape.asks, "text"))
        with ask.kept(shape) as answers:
            day = ask.ask(diary, shape, given | ({"date"} if date else set()), day, today, answers)
            body = answers.get("text", body)
            more = {name: words for name, words in answers.items() if isinstance(words, list)}
            joined: Lines = {name: [*(lines.get(name) or []), *more.get(name, [])] for name in lines | more}
            plain = {name: answer for name, answer in answers.items() if name in ENTRY and name != "date"}
            entry = _made(diary, shape, day, said | plain, joined, body)
    if dry_run:
        show(entry)
        return
    opening = asking if edit is None else edit
    save(diary, entry, shape.needs if opening else ())
    if opening:
        from minqing.cli.edit import edit_file  # an editor is another program: seldom in a hurry

        edit_file(diary, path_of(entry))
    with suppress(OSError):  # taken away again since it was saved
        text = split(decode(read_bytes(diary.root / path_of(entry)))[0])[1]
        hint_copied(diary, entry.id, text, shape.body)


# What was typed line by line: items by their type, aid, figures, and any key by "set".
Lines = dict[str, list[str] | None]
_ITEMS = sorted(VALUES["item"], key=lambda name: name != "need")


def _made(
    diary: Diary, shape: Kind, day: Date, said: dict[str, Any], lines: Lines, body: str | None
) -> Entry:
    """The entry of what was typed: values by key, and lines. Raises UsageError."""
    told = [(name, words) for name in _ITEMS for words in lines.get(name) or ()]
    entry = compose(
        diary,
        shape,
        day,
        said,
        items=tuple(capture.read_item(name, words, day, n) for n, (name, words) in enumerate(told, 1)),
        aid=tuple(capture.read_aid(words) for words in lines.get("aid") or ()),
        figures=_figures(lines.get("figure") or []),
    )
    if settings := lines.get("set"):
        entry = with_keys(entry, settings)
    return entry._replace(body=body if body else headings(shape, entry))


def chosen_kind(diary: Diary, typed_kind: str) -> Kind:
    """The kind that was typed, in either language. Raises UsageError with the nearest known one."""
    kinds = diary.kinds(language())
    name = typed_kind if typed_kind in kinds else value_of("kind", typed_kind) or typed_kind
    by_name = {kind.name: kind for kind in kinds.values()}
    found = kinds.get(name) or by_name.get(typed_kind)
    if found is None:
        known = [*kinds, *by_name]
        close = nearest(typed_kind, known)
        raise UsageError(
            "there is no kind “{kind}”; did you mean “{close}”?"
            if close
            else "there is no kind “{kind}”; known: {known}",
            kind=typed_kind,
            close=close or "",
            known=" ".join(show_value("kind", name, language()) for name in kinds),
        )
    return found


def compose(diary: Diary, shape: Kind, day: Date, said: dict[str, Any], **facts: Any) -> Entry:
    """An entry from what was typed, with what the diary's settings add and a title where none was given.

    Raises UsageError.
    """
    found = capture.typed_fields(ENTRY, {key: value for key, value in said.items() if value})
    entry = Entry(id=new_id(), kind=shape.kind, date=day, companions=found.pop("with", ()), **found, **facts)
    return settled(diary, entry, shape.name)


def settled(diary: Diary, entry: Entry, kind_name: str) -> Entry:
    """An entry with what the diary's settings add and a title where none was given."""
    about = "、".join(person.name for person in entry.who) or entry.place
    return entry._replace(
        area=entry.area or diary.config.area,
        author=entry.author or diary.config.author,
        title=entry.title or (f"{kind_name} {about}" if about else kind_name),
    )


def _figures(typed: list[str]) -> tuple[Figure, ...]:
    """The figures that were typed. Raises UsageError for two of one name: only one could be kept."""
    figures = tuple(capture.read_figure(words) for words in typed)
    names = [figure.name for figure in figures]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError("“{key}” is said twice", key=twice)
    return figures


def with_keys(entry: Entry, settings: list[str]) -> Entry:
    """The entry with any key set as `key=value`. Raises UsageError that names every mistake at once."""
    tree = tree_of(entry)
    for typed in settings:
        capture.set_key(tree, typed)
    found, flaws = read_tree(tree)
    if found is None or flaws:
        lines = [f"{screen.spoken(flaw)} — {screen.remedy(flaw)}" for _path, flaw in flaws]
        raise UsageError("{mistakes}", mistakes="; ".join(lines))
    return found


def headings(shape: Kind, entry: Entry) -> str:
    """The template's headings, with names put in; nothing in a template is ever run."""
    body = shape.body
    who = "、".join(person.name for person in entry.who)
    for name, value in (
        ("title", entry.title),
        ("date", entry.date.isoformat()),
        ("area", entry.area),
        ("who", who),
    ):
        body = body.replace("{" + name + "}", value or "")
    return body


def show(entry: Entry) -> None:
    """Print an entry as it would be written."""
    screen.out(write_entry(_cleared(entry), language()).rstrip("\n"))


def _cleared(entry: Entry) -> Entry:
    """An entry without the numbers that name somebody; where one was left out is told."""
    kept, flaws = cleared(entry)
    for flaw in flaws:
        where = show_key("entry", {"companions": "with"}.get(flaw.path, flaw.path), language())
        where = _("Text") if flaw.path == "body" else where
        screen.warn("{line}", line=screen.flaw_line(flaw._replace(path=where)))
    return kept


def save(diary: Diary, entry: Entry, blanks: tuple[str, ...] = ()) -> None:
    """Write an entry and print where it lies."""
    if entry.date > session.today():
        screen.hint("{day} is yet to come", day=entry.date)
    path = add(diary, _cleared(entry), language(), blanks)
    try:
        screen.out(f"{path}  {entry.id}")
        sys.stdout.flush()
    except OSError:  # a full disk behind the output: who sees an error would write the entry again
        screen.warn("saved: {path}", path=path)
        raise


def hint_copied(diary: Diary, new: str, text: str, given: str = "") -> None:
    """Say beside the result if the text of a new entry is copied from an older one.

    `given` is what the template had written already.
    """
    from minqing.copies import SHORTEST

    if len(text) < SHORTEST:
        return
    from minqing.origin import copied_from  # loads the ledger: not for a line or two, which are no copy

    found = copied_from(diary, text, given, new)
    if found:
        screen.hint(
            "{share}% of the text of {new} stands word for word in {id} of {date} — write what was different this time",
            new=new,
            share=int(found.share * 100),
            id=found.id,
            date=found.date,
        )


def _body(text: str | None, file: str | None, asking: bool) -> str | None:
    """The text of the entry: --text, a file, or what was piped in."""
    if text is not None and file is not None:
        raise UsageError("give the text once: with --text or from a file")
    if text is not None:
        return source.ended(text.replace("\\n", "\n"))
    if file is not None:
        return source.from_file(file)
    return None if asking else source.piped()
