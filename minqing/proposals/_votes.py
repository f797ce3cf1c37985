"""How a vote went, as texts tell it: ballots, those for and against, and what each candidate got."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minqing.model import Vote
from minqing.proposals._compiled import compiled
from minqing.proposals._said import Said, between, sentence
from minqing.proposals.meetings import NUMBER, counted

_HOW = (("secret", "无记名|不记名"), ("show", "举手"), ("voice", "口头(?:表决|同意|通过)|鼓掌通过"))
_N = NUMBER


def vote_of(said: Said, start: int, stop: int, ballots: int | None = None) -> Vote:
    """The counts that a stretch of text tells; those of the ballots from an earlier place on."""
    text = said.text[start:stop]
    before = text if ballots is None else said.text[ballots:stop]

    def count(words: str, text: str = text) -> int | None:
        found = re.search(words, text)
        return counted(next(filter(None, found.groups()))) if found else None

    return Vote(
        how=next((how for how, words in _HOW if re.search(words, before)), None),
        issued=count(rf"(?:发出|发放|印发|共发|(?<![一-鿿])发)(?:选票|票)?({_N})张?", before),
        returned=count(rf"(?:[收回]回|(?<![一-鿿])收|(?<=张)收)(?:选票|票)?({_N})张?", before),
        valid=count(rf"有效票?({_N})张?", before),
        yes=count(
            rf"举手({_N})(?:比|:)|(?:(?<!不)同意|赞成)(?:[^,。]{{0,4}}的|[^,。\d]{{1,5}}(?=\d+[票户人]))?票?:?({_N})[票人户家]?|"
            rf"({_N})[票户人名个家](?:代表)?(?:全部|全都|都|全|一致)?(?:表示)?(?:同意|赞成|举手)|({_N})票全(?:过|票)|"
            rf"赞成[^,。;]{{0,6}}的({_N})[户人]"
        ),
        no=count(
            rf"举手{_N}(?:比|:)({_N})|(?:不同意|反对)(?:[^,。]{{0,4}}的)?票?:?({_N})[票人户家]?|"
            rf"({_N})[票户人名个家](?:代表)?(?:表示)?(?:不同意|反对)|不赞成的({_N})[户人]"
        ),
        abstain=count(
            rf"弃权票?:?({_N})[票人户]?|({_N})[票户人名个家](?:弃权|[没不]有?(?:表态|举手?|作声)|随便)"
        ),
        tally=tuple((one.name, one.votes) for one in votes_for(said, start, stop)),
    )


class Candidate(NamedTuple):
    """Who was given votes, and where the text says so."""

    name: str
    votes: int
    start: int
    end: int


_COUNTED = compiled(rf"(?<=[一-鿿])(?:(?:得|获得?)?了?(?:票(?:数)?)?(?P<n>{_N})票|得票数?(?P<sheets>{_N})张)")
_LISTED = compiled("得票(?:情况|结果|数)?:|唱票:")
_BARE = compiled(rf"(?<=[一-鿿])(?P<n>{_N})(?=[、,。;])")
_LIKE_NAME = compiled("(?:^|[,、;:。\n人])(?P<name>[一-鿿]{2,3})$")
_NO_CANDIDATE = compiled("举手|[同反赞弃效废选作发收全投余共另每户张]|其他")


def votes_for(said: Said, start: int, stop: int) -> Iterator[Candidate]:
    """占平安24票，舒大根得21票; 得票: 占平安24、舒大根21: by the names found, and by what looks like one before its votes."""
    listed = _LISTED.search(said.text, start, stop)
    bare = _BARE.finditer(said.text, listed.end(), sentence(said, listed.end())[1]) if listed else ()
    for match in (*_COUNTED.finditer(said.text, start, stop), *bare):
        named = next(
            (one for one in between(said, match.start() - 4, match.start()) if one.end == match.start()), None
        )
        votes = counted(next(filter(None, match.groups())))
        if named:
            yield Candidate(named.name, votes, named.start, match.end())
            continue
        before = _LIKE_NAME.search(said.text, max(start, match.start() - 4), match.start())
        if before and not _NO_CANDIDATE.search(before["name"]):
            yield Candidate(before["name"], votes, before.start("name"), match.end())
