"""What a pattern or a copied page leaves behind: blanks nobody filled in, marks of the copying."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from sqlite3 import Connection

from minqing.checks import Finding, bodies
from minqing.model import Kind

RULES = {"leftovers": "a placeholder such as 20xx or ×× that was not filled in, or a mark of copying"}

_X = "[xX×ｘＸ]"
_FOUND = re.compile(
    rf"(?P<blank>20{_X}{{2}}(?:[年-]{_X}{{1,2}}[月-]{_X}{{1,2}}日?)?|{_X}{{1,2}}月{_X}{{1,2}}日|×{{2,}}"
    rf"|(?<![A-Za-z0-9]){_X}{{2,}}(?=[省市县区镇乡村社组户局校年月人元]))"
    # the pages it is copied from put a stray ` or ' behind 的; a pair of them would be Markdown
    r"|(?P<copied>的[`'´](?![^`'´\n]{1,30}(?<!的)[`'´])|小编(?![制组号])|仅供参考|我要投稿"
    r"|【(?:精华|精选|推荐|热门)】|欢迎(?:大家)?阅读|相关文章[:：])"
)
# Most texts have none of these, and looking for them one by one is quick.
_SIGNS = (*"xX×ｘＸ【", "的`", "的'", "的´", "小编", "仅供参考", "我要投稿", "阅读", "相关文章")
_MOST = 50  # of one text; whoever reads them has understood by then


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row, body in bodies(ledger):
        yield from _left(row["key"], ("title",), row["title"] or "")
        yield from _left(row["key"], (), body)
    for row in ledger.execute(
        "select i.key, i.n, i.text from item i join entry e using (key) where e.counted"
    ):
        yield from _left(row["key"], ("items", str(row["n"]), "text"), row["text"])


def _left(key: int, at: tuple[str, ...], text: str) -> Iterator[Finding]:
    if not any(sign in text for sign in _SIGNS):
        return
    for match in islice(_FOUND.finditer(text), _MOST):
        offset = None if at else match.start()
        if match["blank"]:
            yield Finding(
                "leftovers", "hint", key, at,
                "“{said}” was never filled in",
                "write what belongs there",
                {"said": match[0]}, offset,
            )  # fmt: skip
        else:
            yield Finding(
                "leftovers", "hint", key, at,
                "“{said}” is what copying from a page leaves behind",
                "write what happened here in your own words",
                {"said": match[0]}, offset,
            )  # fmt: skip
