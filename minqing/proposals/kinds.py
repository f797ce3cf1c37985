"""What kind of entry a text is, by the word it uses for itself; near its beginning that is sure."""

import re
from collections.abc import Callable, Iterator

from minqing.proposals._said import Hit, Rule, Said, opening

_NEAR = 90  # signs from where the event begins

# The words of each kind, with an example, and one that only sounds like it.
_KINDS = {
    "meeting": (
        r"会议(?:记录|纪要)|(?:村民|居民|党员|代表|评议|座谈|院坝|户主|群众|屋场|两委)(?:代表)?(?:会议?|大会)(?!议室)|主持(?:人|会议)?:|会议由|(?:召开|举行)[^,。]{0,16}(?:会|大会)|开会",
        "会议由村书记主持。",
        "他在会议室坐着。",
    ),
    "aid": (r"慰问(?!结束|之后|后|的想法|的事|一下)|送温暖|发放(?:慰问|物资|救助|助学|标准|登记)|助学金|送[上去](?:慰问|助学|大米)", "今天去慰问困难群众。", "他问我要不要去。"),
    "mediate": (
        r"调解(?!员|主任)|劝和|(?:打|吵)(?:起来|了起来)了|(?:动员|劝)[^,。]{0,8}搬|拆迁|征[地迁]|(?:死活)?不签",
        "接到电话去调解一起纠纷。",
        "调解员小王在场。",
    ),
    "publicize": (r"宣讲|宣传(?:活动|会)|关于[^\n。]{2,20}的通知|讲解政策", "上午办医保政策宣讲会。", "宣传册放在桌上。"),
    "serve": (r"代办|受[^,。]{2,20}委托|替[^,。]{1,6}(?:跑|办)", "周三，代办记录。", "他受人尊敬。"),
    "inspect": (r"督查|督导|巡查|抽查|检查组|进行检查", "县督查组来检查。", "他身体检查过了。"),
    "survey": (r"调研|摸底|对接|普查|入户核查|调查(?!员)", "到学校去调研。", "他很会研究。"),
    "visit": (
        r"走访(?!座谈)|跑了[一二三四五六七八九十\d]{1,2}户|(?<!走村)入户(?!核[实查]|路)|家访|看望|回访|上门|登门|[去来]看|去(?![一-鿿]{0,3}[库河路渠堤桥田地站厂井塘])[一-鿿]{2,4}看|服务对象|(?:到|去|进)了?[一-鿿]{2,4}家(?![里的])",
        "下午走访了两户。",
        "他家在路边。",
    ),
    "note": (r"值班日志|随记|值班记录", "7月8日 值班日志", "他值班去了。"),
}  # fmt: skip


_MORE_THAN_VISIT = re.compile("|".join(words for kind, (words, *_) in _KINDS.items() if kind != "visit"))


def _is(kind: str) -> Callable[[Said, re.Match[str]], Iterator[Hit]]:
    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        start = opening(said, match.start()).start
        near = match.start() - start < _NEAR
        if kind == "visit" and _MORE_THAN_VISIT.search(said.text, start, start + 2 * _NEAR):
            near = False  # one goes to people for more than one thing
        yield Hit("kind", kind, *match.span(), 0.92 if near else 0.7)

    return read


RULES = tuple(
    Rule(f"is-{kind}", words, _is(kind), example, (kind,), unlike)
    for kind, (words, example, unlike) in _KINDS.items()
)
