"""Money as it stands in running text, with its coin or without, and whether it was given or came in: 残联出5000."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from minqing.model import Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_words import EACH_BEFORE
from minqing.proposals._numbers import HAN, NUMBER, is_guess, quantity
from minqing.proposals._said import Said, clause, line, opening, sentence
from minqing.surnames import HAN as SIGN

_NEAR = 16  # signs; the word of giving stands nearer
_FAR = 80  # signs; in a list of givers what the list is of is told in fewer
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_ROUND = rf"(?<![{HAN}\d.第初])(?:(?:[一二两三四五六七八九][百千万]|[二三四五六七八九]?十[一二三四五六七八九]?万)[{HAN}零]{{0,7}}|(?<=[每一各][人户家位名])[二三四五六七八九]?十|\d{{1,4}}(?:\.\d{{1,2}})?万)"
# Without a coin an amount is mostly round; 12345 is a number to call.
_BARE = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,5}0|\d{2,6}\.\d{1,2}|(?<=[一每][人户家位名])\d{2,5}"
_BODY = (
    "财政|[局会办站所院团社厂场部队联]|公司|银行|集团|政府|学校|中心|企业|单位|工会|基金|慈善|[县市区镇乡村][里上]?|街道|集体|"
    "同事|党员|老板|干部|社员|群众|工作队|队里|居民|众筹|乡贤|民政|危改|咱们?|我们?"
)
GIVER = rf"[一-鿿]{{0,8}}?(?:{_BODY})"
_NOUN = "押金|慰问|红包|微信|[话路电]费|生活费|医药费|现金|助学|奖金"  # what a sum without a coin is called behind it
_TOKEN = compiled(
    rf"(?P<coined>{NUMBER})(?:元|块(?P<dimes>[一二三四五六七八九1-9])(?:毛钱?|(?![一-鿿\d]))|圆|块钱|"
    rf"块(?!香|肥|毛|糕|砖|布|月|肉|豆|巧|雨|地|田|牌|展|屏|石|板|木|玻|电|[一二两三四五六七八九]))"
    rf"|(?P<formal>[壹贰叁肆伍陆柒捌玖拾佰仟万零]{{2,12}})元?"
    rf"|(?P<wan>\d{{1,4}}(?:\.\d{{1,2}})?万)(?P<thousands>[1-9](?![\d万千]))?(?![元多余\d{HAN}斤吨亩株只头尾人户册羽平立公粒条棵双字次棒袋枚])"
    rf"|(?P<round>{_ROUND})(?:块(?=也)|(?=[,。;!?)、\n \u3000的给里]|$|[出修买建用捐做拿]|就走|到账|去看|已|这|那|第[一二三四五六]|然后|还有|另外|是|{_NOUN}))"
    rf"|(?<=[一-鿿,:) \u3000×xX*=])(?<![年月日第号:])(?P<bare>{_BARE})"
    rf"(?=[,。;!)、\n \u3000(×xX*=]|$|给|由|是|{_NOUN}|{GIVER}[出凑垫付掏])"
    r"|(?P<w>(?<![A-Za-z\d.])\d{1,4}(?:\.\d{1,2})?)[wW](?![A-Za-z\d])元?"
)


class Money(NamedTuple):
    """An amount of money and where it stands."""

    amount: Quantity
    start: int
    end: int


def moneys(said: Said) -> Iterator[Money]:
    """Every amount of money of a text that is said exactly."""
    for match in _TOKEN.finditer(said.text):
        said_by = next(name for name in ("coined", "formal", "wan", "round", "bare", "w") if match[name])
        number = match[said_by].translate(_FORMAL) + ("万" if said_by == "w" else "")
        if number[0].isdigit() or not (is_guess(number) or number[0] in "百千万零"):
            amount = quantity(number.replace("零", ""), "元")
            if match["thousands"]:  # 4万8
                amount = amount._replace(value=amount.value + int(match["thousands"]) * 1000)
            if match["dimes"]:  # 一百五十三块六
                amount = amount._replace(value=amount.value + quantity(match["dimes"], "").value / 10)
            if amount.value > 1 and said.text[match.end() : match.end() + 1] not in ("多", "余"):
                yield Money(amount, *match.span())


# What is earned, priced, owed, paid, due or only wished for.
_NOT_GIVEN = compiled(
    "[每各一][户人口家]均?(?:集资|筹|摊|收|交|缴)|工资|薪|收入|挣|赚|(?<!义)卖|价(?!值)|欠|借|贷|赔|罚|租|押金|保证金|定金|彩礼|报销|(?<!给)报[了完]|自[付费]|"
    "医保(?!局|中心)|养老(?!院|服务|中心)|低保(?![户边对老家人群特五、和及])|保底|标准|"
    "[每一][斤亩吨方度平桶包股头座公天日餐顿晚口只棵]|(?<![在名])一年(?!级)|(?<!这)个月|成本|预算|造价|总投资|估|亏|损失|"
    "学费|[电水话房车路油饭]费|住院费|差|缺|要交(?!给)|(?<!转)交(?=[了过不])|缴|收(?![到拾养益 ]|入[里中])|涨|降|退(?![役休伍])|多少|补偿|多发|应发|未发|流转|政策|(?:农商行|信用社)(?![赞资]助|支持|捐|送)|贴息|骗|罚|最高|上限|"
    "[结剩]余|(?<!资金)总额|支出|打工|征地|医药费|手术|扣|寄回|往家|分红|股|保险|票|(?<![桂银翠春红兰菊杏梅莲荷雪玉桃秀])花(?!圈)|(?:均|至少|约|(?<!岁)以[上下]|不[超到]过?)$|不够|"
    "补贴(?!款)|申请(?![到了下的])|申报|所需|[想要问]镇|(?<!我)自己[要出掏]|自(?:出|掏(?!腰包))|还要|工钱|协议|饭钱|答应给|还清|如果|要是|凭什么|"
    "[只才](?:[收领付认]|拿[到回])|拿回|讲好|应[得发]|已发|报价|[满减超](?=$)|不少于|[垫借]过|自己还?掏了?$|未到位|[吹骗]"
)
_IS_DUE = compiled(
    "[的了]?(?:工资|收入(?!出)|[电水话房车路油饭学]费|押金|保险|贷款|利息|还[清没]|不够|没给|饭[钱费]|账(?![上户])|债)|还[我没]"
)
_GAVE = compiled(
    "给|送|捐|塞|掏|拿(?!捏)|凑|筹|募|垫|贴(?!息)|(?<!外)出(?![去来门院生租栏台])|拨(?!打)|批(?!评|发)|奖|列支|支持|赞助|资助|"
    "[补救]助|慰问|转[账来给]|打[来给](?!电)|[寄汇]来|挤|投(?!资|诉|票|进)|争取|收到|集资|引来|拉来|交回|进账|下达|安排|配套|到账|"
    r"发(?!烧|现|展|票|生|热|炎|电|包|改|布)|[摸揣]|留下|众筹|认[了捐领]|压在|包了?(?=[一-鿿\d]*$)|添了?$|[另又再]补[一-鿿]{0,6}$|腰包|(?:解决|帮[衬补扶]?|配|追加|[先又]到)了?$"
)
_CALLED = compiled(
    "红包|礼金|善款|慰问|助学金?|压岁|奖金|救助|经费|资金|[助救捐善专扶][一-鿿]{0,2}[款金]|心意|份子|党费|基金"
)
_GIVEN_AFTER = compiled(
    rf"(?:元|块钱?|钱|的|由|全部?|都|就)*(?:给|到[村户][一-鿿]{{0,2}}[账卡]|压在|捐|红包|现金|拿来|拿去|指定|专门|慰问|经费|资金|专项|到账|是?{GIVER}[一-鿿]{{0,6}}(?:[出凑垫]|"
    rf"[付掏缴][的了])|是[一-鿿]{{1,8}}[出捐送掏垫凑拿给贴]的|[来去]看|用于|设立|[拍放压搁]?在[一-鿿]{{0,3}}[桌碗枕床炕手灶箱]|(?:已经?|全)?由{GIVER}[一-鿿]{{0,2}}[打拨付汇转]|从[一-鿿]{{2,8}}(?:出|列?支)(?=[,。;\n]|$)|拿出来|特殊党费|压岁|心意|"
    "[也都]拿了|就走|奖)"
)
# 折价3800元，单位出的; 余一千四百元，捐给了修路的账上.
_GIVEN_NEXT = compiled(
    rf"(?:元|块钱?|钱)?,(?:都|全|就|是|说是|钱是)*(?:捐给|给上学|给孩子|给老人|给了|送给|塞给|[也都]?[拿掏捐塞]了(?=[,。;])|[一-鿿]{{0,6}}交[到给][一-鿿]{{1,4}}手|当面[交给]|[一-鿿]{{1,8}}(?:心意|的钱(?=[,。;\n]|$))|(?:{GIVER})(?:出资|捐[赠助资款]|赞助|资助)(?=[,。;\n]|$)|(?:{GIVER})[一-鿿]{{0,2}}[出捐送掏付给垫凑拿]的(?=[,。;!\n]|$)|"
    rf"(?<=是)[一-鿿]{{2,6}}[出捐送掏垫凑]的|(?:{GIVER}|[一-鿿]{{2,8}}金)的(?=[,。;\n]|$))"
)
# 材料340块,由义工会费出; 5000元,作困难救急; 从公共收益里支.
_PAID_NEXT = compiled(
    rf"(?:元|块钱?|钱)?整?,(?:作{SIGN}{{0,3}}[救助奖]|[由从]{SIGN}{{2,10}}(?:出|列?支|垫付|承担)(?=[,。;\n]|$))"
)
# 其中湛永年先生八万, 林场 5500, 屈大爷（300元）: somebody and a number, where givers or receivers are listed.
_LIST = compiled("捐|善款|筹|凑|份子|人情|慰问|助学|救助|红包|奖|困难补助|帮[困扶]|资助|抚恤")
_LISTED = compiled(r"(?:^|[ ,、。;:\n)]|其中|还有)[一-鿿]{2,12}(?:\([^()]{1,12}\))?[ \u3000(]*,?$")
_PAID_BY = compiled(r"[出拨掏补]|经费|资金|筹|钱从|哪里?来|总投资|[小合总]计 ?\d[\d,.]{0,9}元?\(")
_BODY_LISTED = compiled(
    rf"(?:^|[ ,、。;:\n()]|其中|剩下)(?:{GIVER})(?:自己|自筹)?(?:\([^()]{{1,12}}\))?[ \u3000]*$"
)
_BODIES = compiled(rf"(?:{GIVER})(?:自己|自筹)? ?{NUMBER}")  # 水利局12万，村里自己3万
# A line of a ledger, or the word that heads several.
_ENTRY = compiled(
    r"(?:(?:^|(?<=[ \u3000\n:;]))(?P<out>支出?|付|余|结余)|(?:^|(?<=[ \u3000\n]))(?P<in>收))(?:$|[: \u3000\n]|"
    r"(?<=[付支])(?=[一-鿿]))"
)
_LEDGER = 400  # signs; the word that heads its entries is told in fewer
# Somebody paid it for another: 给他交了300押金, 垫了押金1000块.
_PAID_FOR = compiled(
    r"(?:[给替帮为](?:[他她]|[一-鿿]{2,6}?)[^,。]{0,4}?)(?:交|代缴|付|预?存|充)[付了上过的]{0,2}[^,。\d]{0,8},?(?:一?共|合计)?$|"
    r"(?<![自他她])(?<!自己)(?:垫[付了上]{1,2}|托我?转交)[^,。\d]{0,4}$|"
    "[给替帮为](?:[他她]|[一-鿿]{2,6}?)[^,。]{0,4}?(?:[买配]了?[^,。\\d]{1,8},?(?:一?共|合计|花了?)?|充了?)$|"
    "(?:送[去来上]?|[捐凑筹拨塞]|资助|支持|赞助|救助|补助|解决|给[他她了])[了过齐]{0,2}[^,。\\d给交付欠]{0,4}(?:[药院术学路电水话房车食]费|学杂费|押金)$"
)
_BODY_GAVE = compiled(rf"(?:{GIVER})(?:再|先|又|也|能|可以|共|各|一共){{0,2}}补了?$|[钱款]还有$")
_BODY_GIVES = compiled(
    rf"(?:{GIVER})(?:每|一)(?:个?月|年|学期)(?:给|补|资助|出)$|基金[\"”』」]?(?:支出|列?支)了?$"
)  # 基金会一年给五万四
_TO_FIND = compiled("预算|造价|缺口|钱从|哪[里点]?来|资金|剩")


def is_given(said: Said, money: Money) -> bool:
    """Whether what stands around an amount of money says that it was given or came in."""
    first, last = clause(said, money.start)
    begins = line(said, money.start)[0]
    told = said.text[max(first, money.start - _FAR) : money.start].strip(" 、一共总计合")
    if (not told or _EACH.fullmatch(told)) and first > sentence(said, money.start)[0]:
        first = clause(said, first - 1)[0]  # 自己贴的钱，110元
    before = said.text[max(first, money.start - _FAR) : money.start]
    after = said.text[money.end : min(last, money.end + _FAR)]
    if _GIVEN_AFTER.match(after) or _GIVEN_NEXT.match(said.text, money.end) or _in_ledger(said, money.start):
        return True
    if _PAID_NEXT.match(said.text, money.end):
        return True
    far = max(0, money.start - _FAR)
    if (
        _PAID_FOR.search(before)
        or _BODY_GIVES.search(before[-_NEAR:])
        or (
            _BODY_GAVE.search(before)
            and ("政府" not in before or _TO_FIND.search(said.text, far, money.start))
        )
    ):
        return True
    if _NOT_GIVEN.search(before[-24:]) or _IS_DUE.match(after):
        return False
    if (_TIMES.match(after) or _TIMES_BEFORE.search(before)) and not _PAID.search(before + after):
        return True
    if _GAVE.search(before[-_NEAR:]) or _CALLED.search(before[-_NEAR:]):
        return True
    if _EACH_ONE.search(before[-_NEAR:]) and _EACH_OF.search(said.text, far, money.start):
        return True
    row = said.text[max(begins, money.start - 24) : money.start]
    return bool(
        (_LISTED.search(row) and _LIST.search(said.text, far, money.start))
        or (_BODY_LISTED.search(row) and _is_of_bodies(said, far, money))
    )


def _is_of_bodies(said: Said, far: int, money: Money) -> bool:
    """Whether what stands around a body and a sum says that such bodies paid, or another of them follows."""
    ends = min(sentence(said, money.start)[1], money.end + _FAR)
    bodies = list(_BODIES.finditer(said.text, max(far, sentence(said, money.start)[0]), ends))
    return len(bodies) > 1 or bool(_PAID_BY.search(said.text, far, money.start))


def goes_on(said: Said, end: int, money: Money) -> bool:
    """小学每人500，初中每人625: whether money is told as what was given right before it, up to `end`."""
    return bool(end) and money.start - end <= _FAR and bool(_GOES_ON.fullmatch(said.text, end, money.start))


# 助学款下来了，5个大学生每个2000
_EACH_ONE = compiled(f"(?:{EACH_BEFORE})$")
_EACH_OF = compiled(f"{_CALLED.pattern}|重阳|春节|中秋|端午|[六七八]一")
_TIMES = compiled(rf"元?[×xX*]{NUMBER}[户人名位家份]")  # 500元×11户
_TIMES_BEFORE = compiled("[户人名位家][×xX*各]$")  # 三户各1000元
_EACH = compiled(f"[一-鿿]{{0,6}}?(?:{EACH_BEFORE})|(?:每个?|一个?)(?:月|学期|学年)|每年")
# 听力残1名，2000元; 共7000元, 合2650 after it.
_GOES_ON = compiled(
    rf"[,、][我他她咱]也?|[,;、][一-鿿]{{0,8}}?(?:{EACH_BEFORE}|{NUMBER}[名人户位],?|[^。\n]{{0,40}}?[,(][重轻大小高低老病][一-鿿]{{0,3}}的)|[^。\n]{{0,40}}?(?:一?共|[合总]计|累计|[总统]共|(?<=[,。; ])[合计])[,:]?"
)


_COUNTED = compiled(rf"(?P<n>{NUMBER})(?:[户家位名个人]|份(?![\d一-鿿]))")
_PAID = compiled(
    "收|[户人家]筹|[交缴摊租卖挣赚欠赔借贷罚税餐饭票]|费|工[资钱价]|集资|医保|保险|[亩斤天日]|平方|分红|股|补偿|奖补|价(?!值)|购|补贴"
)
_TOGETHER = 60  # signs; each, how many and the total stand nearer


def products(said: Said, told: list[Money]) -> tuple[dict[int, int], set[int]]:
    """How many got so much, by where the amount stands, and where the totals stand that follow from it:
    一户三百，十二户，三千六; 2人×3000元=6000元.
    """
    shared: dict[int, int] = {}
    totals: set[int] = set()
    for each, total in pairwise(told):
        begins = max(sentence(said, each.start)[0], each.start - _TOGETHER)
        ends = min(sentence(said, total.start)[1], total.end + _NEAR)
        times, rest = divmod(total.amount.value, each.amount.value)
        if rest or times < 2 or total.start - each.end > _TOGETHER or _PAID.search(said.text, begins, ends):
            continue
        counts = _COUNTED.finditer(said.text, begins, total.start)
        if any(quantity(one["n"], "").value == times for one in counts if not is_guess(one["n"])):
            shared[each.start] = int(times)
            totals.add(total.start)
    return shared, totals


def _in_ledger(said: Said, at: int) -> bool:
    """收 镇财政拨来五百: whether the last word that heads an entry of a ledger says that it came in."""
    begins = max(opening(said, at).start, at - _LEDGER)
    heads = [one for one in _ENTRY.finditer(said.text, begins, at) if one["in"] or one["out"]]
    return bool(heads) and bool(heads[-1]["in"]) and not heads[-1]["out"]


_FROM = compiled(
    rf"(?P<source>{GIVER}|自筹)(?:一事一议|个人|一共|共|先|又|再|各|也|能|可以|这次|今年)*"
    r"(?:给|送|捐|掏|拿|凑|筹|募|垫|贴|出|拨|下达|下拨|批|奖|列支|支持|赞助|资助|补助|投|挤|认|配套|承担|打来|转来|寄来|汇来)"
)
_FROM_AFTER = compiled(rf"(?:元|块钱?|钱|的|由|是)*(?P<source>{GIVER})[一-鿿]{{0,2}}[出凑垫捐]")
_TO_SOMEBODY = compiled("给|塞|慰问|救助|红包|礼金|助学|压岁|奖|留下|[他她]")


def source_of(said: Said, money: Money) -> str:
    """Who money came from, as its clause calls them; empty where it does not say."""
    first, last = clause(said, money.start)
    found = [*_FROM.finditer(said.text, max(first, money.start - 24), money.start)]
    match = found[-1] if found else _FROM_AFTER.match(said.text, money.end, last)
    return (
        re.sub("^.*(?:其中|另外|剩下|的|是|由|今年|去年|年初|和|再)(?=..)", "", match["source"])
        if match
        else ""
    )


def is_to_somebody(said: Said, money: Money) -> bool:
    """Whether its clause says that it was for somebody."""
    first, last = clause(said, money.start)
    return bool(_TO_SOMEBODY.search(said.text, first, min(last, money.end + _NEAR)))
