"""The diary's own letterheads: where one is broken, what is shipped stands in for it in silence."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from minqing.diary import TEMPLATES, read_bytes, unopened
from minqing.errors import Flaw

PAPERS = ("letter", "ledger")


def flaws(root: Path) -> Iterator[Flaw]:
    """What is wrong with them, each by its file."""
    for paper in PAPERS:
        path = f"{TEMPLATES}/{paper}.docx"
        try:
            data = read_bytes(root / path)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield unopened(error)._replace(path=path)
            continue
        if not is_zipfile(BytesIO(data)):
            yield Flaw("file", "this is no Word file", "save it as .docx, or delete it", path=path)
