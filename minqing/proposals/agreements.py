"""What two sides agreed on, and who signed or pressed a finger on it."""

import re
from collections.abc import Iterator

from minqing.model import Decision
from minqing.proposals._compiled import compiled
from minqing.proposals._said import Hit, Rule, Said, clause, opening
from minqing.proposals.meetings import NUMBER, counted

_NEAR = 400  # signs in which two sides are told of
_SIDES = compiled("双方|两边|两家|两户|两兄弟|调解|纠纷|当事人|甲方|申请人|争|吵|赔|地界|劝")
_RECEIPT = compiled(
    "名单|签领|领取|收据|签收|发放|领|花名册|台账|承诺书|责任书|通知书|保证"
)  # for what was given, or by one
_DOCTOR = compiled("医生")  # 家庭医生签约: not what two sides agree on
_NOT = compiled("没|未|不肯|不愿|不签|要签|待签|先|再签|等签|准备|拟|可以|能|叫|让|请|条写|每|逐")


def _signed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    n = re.search(r"(?:与|和|同)(\d+)户|(\d+)[份户]", said.text[match.start() : match.end() + 12])
    count = int(n[1] or n[2]) if n else None
    start, end = match.span("what")
    sure = 0.92 if re.search(r"当场|逐一|分别|与\d", match[0][: start - match.start()]) else 0.6
    yield Hit("decisions", Decision(said.typed[start:end], "agreement", signed=count), *match.span(), sure)


def _both_signed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """双方签了协议: over what, the text does not say."""
    yield Hit("decisions", Decision(said.typed[slice(*match.span())], "agreement"), *match.span(), 0.8)


def _signed_by(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """当场有21户按了手印, 签了协议112户: how many of those asked."""
    start, stop = clause(said, match.start())
    told = said.text[start:stop]
    if _RECEIPT.search(told) or _NOT.search(told):
        return
    if _DOCTOR.search(said.text, max(0, start - 40), stop):
        return
    n = counted(match["n"] or match["m"])
    yield Hit("decisions", Decision(said.typed[start:stop], "agreement", signed=n), start, stop, 0.75)


def _hands(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """都按了手印, 最后签了字: of two sides that have been at odds, where nothing says what they agreed on."""
    start, stop = clause(said, match.start())
    begins = max(opening(said, start).start, start - _NEAR)
    told = said.text[start:stop]
    if _RECEIPT.search(told) or _NOT.search(told) or not _SIDES.search(said.text, begins, start):
        return
    if not re.search("双方|三方|两[家边人户]", told):
        yield Hit("decisions", Decision(said.typed[start:stop], "agreement"), start, stop, 0.7)


def _contract(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """与机手签了合同, 和承包人当面签了续租合同: with whom, and over what if the text says so."""
    if not _NOT.search(said.text, clause(said, match.start())[0], match.end()):
        yield Hit("decisions", Decision(said.typed[slice(*match.span())], "agreement"), *match.span(), 0.7)


def _settled(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """达成一致：店主月底前装好净化器: what two sides agreed on, with the words that say so."""
    start, stop = match.start(), clause(said, match.end())[1]
    if stop - match.end() < 2 and stop + 1 < len(said.text):
        stop = clause(said, stop + 1)[1]
    yield Hit("decisions", Decision(said.typed[start:stop], "agreement"), start, stop, 0.75)


RULES = (
    Rule(
        "signed",
        r"(?:逐一|当场|分别)?(?:与\d+户)?签[订了]+(?:了)?(?P<what>[^,。;:]{2,14}?协议)(?:书)?",
        _signed,
        "当场与33户签订了玉米补偿协议。",
        (Decision("玉米补偿协议", "agreement", signed=33),),
        "协议没签。",
    ),
    Rule(
        "both-signed",
        r"双方(?:都|当场|自愿)?(?:签[订下]?了?|签订了?)(?:调解|和解)?(?:协议(?:书)?|字(?:按手印)?)",
        _both_signed,
        "说通了，双方签了协议。",
        (Decision("双方签了协议", "agreement"),),
        "双方没签协议。",
    ),
    Rule(
        "signed-by",
        rf"(?P<n>{NUMBER})(?:户|人)(?:今天|当场|当天|都|也|已经?)?(?:签了?字|按了?手印|签[订了]+协议|把地签了)|签(?:了|约|订)(?:协议)?(?P<m>{NUMBER})(?:户|份)",
        _signed_by,
        "谈流转，当场有21户按了手印。",
        (Decision("当场有21户按了手印", "agreement", signed=21),),
        "领米的21户按了手印，名单21人签字。",
    ),
    Rule(
        "hands",
        r"(?:按(?:了|下)?手印|签字画押|签(?:了|下)?字|签(?:了)?协议书?)(?=[,。;:)\n]|$)",
        _hands,
        "两家为地界吵了半天，说妥了，都按了手印。",
        (Decision("都按了手印", "agreement"),),
        "发米23袋，名单都按了手印。",
    ),
    Rule(
        "contract",
        r"(?:与|和|同|跟)(?P<with>[^,。;:\n]{2,14}?)(?:当场|当面|正式)?签(?:了|订了?|下)(?P<what>[^,。;:\n]{0,10})合同",
        _contract,
        "会上和承包人当面签了鱼塘续租合同。",
        (Decision("和承包人当面签了鱼塘续租合同", "agreement"),),
        "和承包人没签合同。",
    ),
    Rule(
        "settled-between",
        r"(?<![没未不])(?:谈拢|说妥|谈妥|讲妥|讲定|说定)(?:了[:,]|:)|(?:最后|末了|总算|终于|到底)[^,。;:\n]{0,6}(?<![没未不])(?:谈拢|说妥|谈妥|说成|认了)|达成(?:了)?(?:口头|调解|和解|以下|如下|一致)?(?:协议|一致|和解|共识)(?:意见)?:?|"
        r"(?:与|跟|和)(?:家长|双方|他|她|户主|业主)[^,。]{0,4}(?:商定|约定|讲好|说好):?|握手言和|"
        r"(?:写|签)(?:了|下)(?:保证书|承诺书)",
        _settled,
        "谈到四点，达成一致：店主月底前装好净化器。",
        (Decision("达成一致：店主月底前装好净化器", "agreement"),),
        "两家没有达到一致。",
    ),
)
