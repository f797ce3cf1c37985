"""What a number of goods is a number of: 书包一个, 一个书包, 牛奶每人一提, 送煤，6吨."""

import re

from minqing.proposals._compiled import compiled
from minqing.proposals._gift_words import EACH_BEFORE, GAVE, GOODS, NO_GOODS, NOT_GIVEN, PAPER, UNITS
from minqing.proposals._numbers import HAN, NUMBER
from minqing.proposals._said import Said, between, clause, sentence
from minqing.surnames import HAN as SIGN

REACH = 80  # signs; a gift is told in fewer
_NOUN_END = compiled(r"[一-鿿“”《》]{1,10}$")
_NOUN = compiled(
    r"(?![每各])(?:(?<=[袋箱罐盒桶壶])子)?(?:[A-Z]\d)?(?:[一-鿿]{2,6}[捐送赠寄]的)?(?P<noun>[一-鿿“”]{1,8}?)(?=$|[,:、。;!?\n还另就让又也我全和及与加跟(抱放带往捐送已都是由给去来到分剩死坏没]|"
    r"发[给放到]|[一两三四五六\d])"
)
_BEFORE_VERB = compiled(
    "(?P<noun>[一-鿿]{2,6}?)(?:(?:一?共|给[他她它]们?|也|又|都|另){0,2}(?:[发送捐留拿提捎分寄])(?:了|出|去|来|下)?|还?剩|[一-鿿]{2,6}(?:给|送|发|捐)的)$"
)  # 化肥发了四十袋
_LED = compiled(rf"(?:{GAVE})(?P<noun>(?![{HAN}])[一-鿿]{{2,6}}),?(?:{EACH_BEFORE})[一-鿿]?$")
_EACH_OF = compiled(rf"(?:^|[,、;:。的了和及有 —])(?P<noun>(?![{HAN}])[一-鿿]{{2,6}})(?:{EACH_BEFORE})$")
_AHEAD = compiled(rf"(?P<noun>[一-鿿]{{1,8}}),(?:(?:一?共|总共|合计|{EACH_BEFORE}))?$")
_WHOLE = compiled(rf"(?P<noun>[一-鿿]{{2,6}}){NUMBER}(?P<unit>{UNITS})[^。;]{{0,16}},")
_TOPIC = compiled("[ \u3000]*(?P<noun>[一-鿿]{1,6}?)(?:[是由]|都是|一?共|到货|到了|来了)")
LEADING = compiled(
    rf"^.*(?:{GAVE}|其中|带(?=[一-鿿]{{2}})|[一-鿿]{{2,8}}(?:会|局|办|所|公司|中心|集团|医院|银行|商会|残联|妇联|工委)(?=[一-鿿]{{2}})|"
    rf"共发|发(?=[一-鿿]{{2}}|药)|^[一-鿿]{{1,3}}家(?=[一-鿿]{{2}})|全部|另调|还?剩下?(?=[一-鿿]{{2}})|^(?:出(?!动)|下(?!午)|站)(?=[一-鿿]{{2}})|[送发捐分]出|另有|白送|拨|^户|从[一-鿿]{{2,6}}[提拿]|领[走了到取]?|自己家?|安?装|"
    rf"买了?|[背提拎扛抱][着了上]|[每一][人户位名家亩]|(?<!扫)把(?!手)|身上|拿|[他她它]们?|(?<!和)一些|了|的|"
    rf"给(?=[一-鿿])|里面有?|里头有?|装着?|[拉载]着|"
    rf"另外|还|又|先|再|等|[{HAN}\d](?:{UNITS}))"
)


def what_is_counted(said: Said, match: re.Match[str], start: int, end: int) -> tuple[str, int, int] | None:
    """What is counted: 书包一个, or 一个书包; None where it is no thing to be given."""
    before, behind = _named_before(said, match, start), _NOUN.match(said.text, match.end(), end)
    after = behind["noun"].strip("“”") if behind else ""
    if after.startswith(("到", "去", "回", "进")):
        after = ""  # 送了两包到她帐篷
    if behind and after and not re.fullmatch(f"[{HAN}零]+", after):  # 一吨九百二
        better = GOODS.search(after) and not (before and GOODS.search(before[0]))
        if (better or not before) and not PAPER.search(after):
            return after, match.start(), behind.end()
        if not before:
            return None
    if before:
        return before if before[0] and not PAPER.search(before[0]) else None
    return _told_ahead(said, match, start)


def _named_before(said: Said, match: re.Match[str], start: int) -> tuple[str, int, int] | None:
    """The thing that stands before its number; its name is empty where what stands there is none."""
    joined = said.text[match.start() - 1 : match.start()] in tuple("和及、加")
    before = None if joined else _NOUN_END.search(said.text, max(start, match.start() - 12), match.start())
    noun = LEADING.sub("", before[0]) if before else ""
    noun = re.sub("(?:一?共|总计|合计|累计|大?约|就|只)$", "", noun)
    noun = "" if _IS_TOLD.search(noun) else noun
    at = match.start() - len(before[0]) if before else match.start()
    for one in between(said, at, match.start()):
        noun = noun.removeprefix(one.name)  # 殷德水米1袋
    if any(one.name == noun for one in said.people):
        return None
    if noun and not re.search(f"[{HAN}]$|^(?:{GAVE})$|每", noun) and len(noun) <= 10:
        parts = [part for part in re.split("和|及|以及", noun.strip("“”").replace("一些", "")) if part]
        what = "和".join(parts if all(map(GOODS.search, parts)) else parts[-1:])
        return ("" if PAPER.search(noun) else what), match.start() - len(noun), match.end()
    before = _BEFORE_VERB.search(said.text, max(start, match.start() - 14), match.start())
    behind = _NOUN.match(said.text, match.end())
    if behind and GOODS.search(behind["noun"]):
        return None  # 给吴老奶留了一袋大米
    if before and (good := GOODS.search(before["noun"])):
        at = before.start("noun") + good.start()
        return said.text[at : before.end("noun")], at, match.end()
    return None


# What is told of somebody or something, and names no thing: 屋顶的瓦飞走三张, 瘫在轮椅上.
_IS_TOLD = compiled("^[到去回进]|[在是]|成(?!人|套)|[着来去出掉走上没剩缺够]$|下来$|路灯$|空床$|到位$")


def _told_ahead(said: Said, match: re.Match[str], start: int) -> tuple[str, int, int]:
    """What stands farther ahead of its number: 牛奶每人一提; 发放鸡苗，每户20只; 送煤，6吨."""
    at = match.start()
    each_of = _EACH_OF.search(said.text[max(start, at - 16) : at])
    noun = each_of["noun"] if each_of else ""
    if GOODS.search(bare := LEADING.sub("", noun)):
        noun = bare  # 街道发重阳糕每人一盒
    if each_of and _may_be_good(noun) and not PAPER.search(noun):
        return noun, at - len(each_of[0]) + each_of[0].index(noun), match.end()
    led = _LED.search(said.text, max(0, start - 24), at)
    if led and _may_be_good(led["noun"]) and not PAPER.search(led["noun"]):
        return led["noun"], led.start("noun"), match.end()
    ahead = _AHEAD.search(said.text, max(0, at - 24), at)
    what = LEADING.sub("", ahead["noun"]) if ahead else ""
    if ahead and GOODS.search(what) and not PAPER.search(what):
        return what, ahead.end("noun") - len(what), match.end()
    if not re.search(
        "[一-鿿]", said.text[clause(said, at)[0] : at].strip("一共领走发送给了只每人户位家名各都")
    ):
        for one in reversed(list(_GIVEN.finditer(said.text, max(sentence(said, at)[0], at - REACH), at))):
            if GOODS.search(one["noun"]) and not PAPER.search(one["noun"]):
                return one["noun"], one.start("noun"), match.end()  # 送了老花镜，现场验光，领走21副
    if re.search(f"(?:{EACH_BEFORE})$", said.text[max(0, at - 8) : at]):
        for one in reversed(list(_TOLD.finditer(said.text, max(sentence(said, at)[0], at - REACH), at))):
            if GOODS.search(one["noun"]) and not PAPER.search(one["noun"]):
                return one["noun"], one.start("noun"), match.end()  # 校服也到了,当场发下去,一人一套
    return "", at, match.end()


_TOLD = compiled(rf"(?<=[,、;:。的了和及有 ])(?P<noun>{SIGN}{{2,5}}?)(?=[也都][到来发]|[到来]了|[,、。])")
_GIVEN = compiled(rf"(?:{GAVE}|发(?![展现生]))(?P<noun>[一-鿿]{{2,6}})(?=[,、])")


def named_as_a_whole(said: Said, match: re.Match[str]) -> tuple[str, int, int] | None:
    """领了鸡苗1200羽，每户80羽: what each got is named where all of it is."""
    whole = _WHOLE.search(said.text, max(0, match.start() - REACH // 2), match.start())
    if whole is None or whole["unit"] != match["unit"]:
        return None
    what = LEADING.sub("", whole["noun"])
    if PAPER.search(what):
        return None  # 印制连心卡1200张，发到户1086张
    return what, whole.end("noun") - len(what), match.end()


def topic(said: Said, match: re.Match[str], start: int) -> tuple[str, int, int] | None:
    """书包是单位捐的，买了48个: what a sentence begins with."""
    topic = _TOPIC.match(said.text, start, match.start())
    if topic is None or not GOODS.search(topic["noun"]):
        return None
    return topic["noun"], match.start(), match.end()


def _may_be_good(what: str) -> bool:
    return bool(GOODS.search(what)) or (len(what) > 1 and not NO_GOODS.search(what))


def is_good_here(said: Said, match: re.Match[str], what: str, first: int, led: bool) -> bool:
    """Whether what no rule knows as goods may be some: behind 每户, beside others, right behind a word of giving."""
    return (led or gave_right_before(said, match, first)) and _may_be_good(what)


def gave_right_before(said: Said, match: re.Match[str], first: int, far: int = 8) -> bool:
    """Whether a word of giving stands so near before a number, in its own clause; it may look at the number."""
    given = list(re.finditer(GAVE, said.text[max(first, match.start() - 16) : match.end() + 1]))
    before = [one.end() + max(first, match.start() - 16) for one in given]
    return any(
        end <= match.start() <= end + far and not re.search("[,、;:]", said.text[end : match.start()])
        for end in before
    )


def stands_alone(said: Said, start: int, end: int) -> bool:
    """Whether goods with their number are all that a clause says, but for who gave them: 派出所 棉被4床."""
    first, last = clause(said, start)
    alone = not said.text[end:last].strip(" \u3000、+()") or said.text[end : end + 1] in "、+"
    begins, ends = sentence(said, start)
    if alone and not said.text[first:start].strip() and not NOT_GIVEN.search(said.text, begins, ends):
        several = _ONE_OF_SEVERAL.search(said.text, max(begins, start - 16), min(ends, end + 16))
        return bool(
            several or _WHOSE.match(said.text, end, ends) or said.text[first - 1 : first] in tuple(":\n")
        )
    giver = _GIVER.fullmatch(said.text, first, start)
    return alone and bool(giver) and not NOT_GIVEN.search(said.text, first, last)


# 月饼1盒，大米20斤。
_ONE_OF_SEVERAL = compiled(
    rf"[一-鿿]{{1,5}}(?:{NUMBER})(?:{UNITS}|元),[一-鿿]{{1,5}}(?:{NUMBER})(?:{UNITS}|元)(?=[,、]|$)"
)
_WHOSE = compiled(",[一-鿿]{0,10}(?:送|捐|出|拿|给|买|发)的")  # 夜灯一个，从我家拿的
_GIVER = compiled("(?:[一-鿿()]{2,10}[ \u3000]+|[一-鿿]{2,6}[联会局办委所][ \u3000]?){1,3}")
