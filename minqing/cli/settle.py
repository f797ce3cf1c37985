"""What `add` left open in an entry, before a person once more; what is taken goes into its header."""

from minqing.cli import screen
from minqing.cli.decide import go_through, struck
from minqing.diary import Diary, read_bytes, replace_file
from minqing.drafts import reopened, with_taken
from minqing.errors import MinqingError, UsageError
from minqing.language import LANGUAGES
from minqing.questions import still_open, with_questions
from minqing.text import read_entry, write_entry


def settle(diary: Diary, path: str) -> None:
    """Ask each question that an entry holds, and write the entry with the answers, also where the person leaves among them.

    Raises MinqingError, UsageError.
    Only an entry that is still laid out as it was written: what was laid out by hand is for the editor.
    """
    before = read_bytes(diary.root / path)
    entry = read_entry(before).entry
    open_ = still_open(entry.body) if entry else None
    if entry is None or open_ is None:
        screen.hint("nothing is left open in {path}", path=path)
        return
    if not screen.on_terminal():
        raise UsageError(
            "nobody answers here; settle it on a terminal, or with: minqing edit {id}", id=entry.id
        )
    spoken = next((one for one in LANGUAGES if write_entry(entry, one).encode("utf-8") == before), None)
    if spoken is None:
        raise MinqingError(
            "{path} is laid out by hand, so that it is not rewritten — write what is true into its header: minqing edit {id}",
            path=path,
            id=entry.id,
        )
    asked = [(question, reopened(question, entry.date)) for question in open_.questions]
    left = [question for question, one in asked if one is None and not struck(question)]
    decided = go_through([one for _question, one in asked if one], entry.date)
    left += [question for question, one in asked if one and one in decided.left]
    entry = with_taken(entry, decided.taken)._replace(body=with_questions(open_.text, left, spoken))
    replace_file(diary.root, path, before, write_entry(entry, spoken).encode("utf-8"))
    screen.hint("saved: {path}", path=path)
    if decided.gone:
        raise KeyboardInterrupt
