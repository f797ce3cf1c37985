"""What somebody is told to do, or must: 你把材料准备好, 让物业清走, 责令房东整改, 还要核实收入, 记着对接."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import due_in
from minqing.proposals._items import ACT, clauses, item, resident, speaker, with_next
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause
from minqing.proposals._speech import is_spoken

_REMEMBER = (
    r"(?:记着(?=[把给去跟找带提交拿问写填报催联让])|别忘了?|要记住|"
    r"(?<![人还都])记得(?=把|给|[去找跟带提交拿问写填报]|明|下|先|[^,。]{0,6}前))(?=[^,。;了]{2,})"
)
_BID = compiled(
    r"(?P<who>你|您|[^,。“”]{0,6}?)(?P<bid>把[^,。]{2,24}(?:准备好|备好|交|送|报|拿|写|填|整理|复印|带)|"
    r"让(?P<one>[^,。我他她你]{2,6}?|他|她)(?=每|明|后|今|尽|先|马|在|来|去|把|赶|上|按)"
    r"|(?<![申邀聘敬])请(?P<asked>[^,。假教示求客我你他她]{2,8}?)(?=每|明|后|尽|先|马|来|去|把|帮|协|在|派|多|做|"
    r"给|督|安)|由(?!于|\d|[^,。]{0,8}(?:拨|出\d|自筹|承担))(?P<by>[^,。]{2,8}?)(?=[\d明后下负牵协与在去陪函找报送核])|跟(?:\S{2,4})说一声)"
)
_DONE = compiled("了(?:[,。;]|$)|已经|过(?:[,。]|$)")

_PAPERS = compiled("证(?!明人)|户口|材料|复印件|表|照片|单|欠条|合同|病历")

# Words that tell somebody to do something, with whom they may be said to.
_ORDERS = (
    r"责[成令]|督促|(?<![期有权极局无受年月界])限(?:他|她|其|店主|房东|业主|主家)?(?=期|[\d一二三四五六七八九十]+[天日月])|"
    r"(?<!已)通知(?![书单:说了我])|委托(?!投票|书|人|代)|催(?=[一-鿿]{3})(?!得|了)|叫",
    r"交代(?:[他她我]们?|大家)?[:,]?(?=[^,。:了]{3,})(?!好|清|不|的|得)",
    r"(?<=[一-鿿]{2})负责(?![人制区的任])(?=[一-鿿]{2,})|(?<![已被])(?<!当[即场])安排(?![了好在的])|(?<![选分指调])派(?!来的|出所)(?=[一-鿿]*[来去到做看修])",
    r"请(?=各|大家|其)|"
    r"(?<![申邀聘敬])请(?![假教示求客])(?=[一-鿿]{2,10}?(?:[把去来帮先给尽明下每本派做协督安查修办填交联核白跟算今]|"
    r"通知|配合|支持|参加|上报))",
    r"[让喊](?=[他她小老各]|[一-鿿]{2,8}?[把去来帮先给尽今明下每本查办修拿写报交找跟])",
    # somebody above asks: 镇里要我们, 站长要求, 要求各组
    r"(?:[镇乡县村]|街道|上[面级]|领导|学校|中心|单位|局)[上里]?(?:要求?|让|催)(?=我们|各|村|每)|"
    r"(?<=[镇县委组长导记任局会科办所])要求(?![^,。]{0,8}(?:说|赔))|"
    r"(?:^|(?<=[,。;\n]))要求(?=各|每|所有|施工|物业|网格|责任|[^,。]{2,12}(?:今晚|今天|明[天早]|前|内)[^,。]{2,})",
)
_NO_ORDER = compiled(
    "[让叫](?:我|人|大家|[他她]们?(?:的|坐|家|说|没|很|感|吃|喝|进|放心|别))|的[一-鿿]{0,2}$|怎么|不[让叫请]|没|"
    "能不能|请[他她]?(?:坐|吃|喝|进)|打听|每[天日]|叫[做作]|托我|[我帮]的"
)

# How a clause begins that says what must be done, or what the writer is about to do.
_BEGINS = r"(?:^|(?<=[,。;:\n“\u3000 ]))"
_WE = (
    r"(?:我们?|村[里上]|社区|这事我?|回头|一会儿?|回去|[一-鿿]?你们?)?(?:今天|明天|后面|之后|得空|有空|近期|最近|"
    r"接下来|这几天)?(?:还|也|都|先|再|就|一定|抽空)?"
)
_HAVE_TO = (
    r"(?:要(?![是么不求说账债脸命好强钱紧]|[一-鿿]?赔)|得(?![了到知票分奖益以罪]|[\d一二])|需要?|必须|务必|"
    r"该(?=[去把找给联])|记得(?!的|[最很清牢住比真好不]|去年|那|小时|当|有|以前|上次|刚))"
)
_TO_DO = r"(?=[^,。]{0,3}[再去把找跟问给向补催查核报送盯办联提做落协写填收通安继打走回约带拿交备督翻学摸跑叫清](?!做实|当)[^,。]{1,})"
_MUST = (
    f"{_WE}{_HAVE_TO}{_TO_DO}",
    r"[你您]们?(?:在[^,。]{1,4}|(?:今|明|后)[天晚早])?(?:先|再|去|把|抽空|有空|回头|尽快|负责|帮|跟|记得|联系|催|"
    r"盯|[^,。]{0,6}(?:帮我|给我))[^,。]{1,}|[一-鿿]{2,6}要(?:多印|重新|再[一-鿿])[^,。]{0,12}",
    # what the writer means to do yet: 晚上再去看一眼, 回去问农业执法大队, 剩下的过完年接着走
    r"(?:这事|这个|剩下的?|其余的?|余下的?)?我?们?(?:晚上|今晚|明[天早]|回去|回来|回头|过[几两]天|过完年|得空|"
    r"下次|改天|抽空)(?:再|还要|还得|就|接着|要|"
    r"单独)+[^,。]{0,3}[再去把找跟问给向补催查核报送盯办联提做落写填收通走打看说讲来约带拿交]+[^,。]{0,12}|(?:你|"
    r"我)?(?:回?去|找[^,。]{2,8})问[^,。]{2,}|问了[^,。]{1,6}再说|(?:麦收|秋收|春节|节|年|开学|会|散会)后(?:跟|找|再|把|给|去)[^,。]{2,}|"
    r"回头(?=[报找问给跟去把送再打])[^,。]{3,}|我?回去(?=[问找查报填跟把写核])[^,。]{1,14}|(?:这事|这个|"
    r"这件事)我?(?:要|得|去|找|再)[^,。]{2,}|[^,。我]{0,8}我再[去来][^,。]{2,}|[^,。]{1,8}完再[来去][^,。]+|"
    r"等[^,。]{2,12}(?:我就|就去|再去?)[^,。]+|下[回次][^,。]{0,6}(?:前|先|要|得|改|换)[^,。]{2,}|[^,。]{0,6}一律(?=不[准得许]|要|须)[^,。]{2,}|得[^,。]{1,6}[加修装换挖铺](?=[一个条段盏])[^,。]+",
    r"(?:计划|打算|准备(?!好|金)|拟于?)(?=[一-鿿\d]{3,})[^,。]{3,}",
    r"[跟和与向找](?![我他她你])[^,。]{2,8}(?:对接|联系|沟通|核对|核实|汇报)(?!了|过|的)[^,。]{0,12}",
    r"(?:回[村去来]后?|[散会饭]后)?先(?=[给帮把替找联办做安通从]|去(?![的了过]))[^,。]{3,}|"
    r"(?:抓紧|尽快|尽早|及时|赶紧|立即|进一步)(?=[一-鿿]{3,})[^,。]{2,}",
    r"我(?:今晚|晚上|待会儿?|等下|回去|一会儿?)(?=[去回填写把给做报整查打])[^,。]{2,}",
)
_NO_DUTY = compiled(
    "\\d[元万]|自己还?要|都要|要[招落占收]|有人|能不能|是不是|有没有|[看问办送找]了|[吗呢?]|才[能会]|努力|当[一-鿿]{0,2}事|做实|用心|真心"
)


def _bids(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """你把…准备好, 让物业…清走, 由某某…签合同."""
    for start, stop in clauses(said, 0, len(said.text)):
        bid = _BID.search(said.text, start, stop)
        if not bid or _DONE.search(said.text, bid.start("bid"), stop):
            continue
        if re.search("[没不]|如果|就是把|答应", said.text[start : bid.start("bid") + 1]):
            continue
        yours = bid["who"][-1:] in ("你", "您")
        papers = bid["bid"].startswith("把") and _PAPERS.search(said.text, bid.start("bid"), stop)
        if (
            bid["bid"].startswith("把")
            and not yours
            and (not papers or bid["who"][-1:] in ("我", "们", "他", "她"))
        ):
            continue
        reach = with_next(said, start, stop)
        due = due_in(said, start, reach)
        owner = (
            bid["one"]
            or bid["asked"]
            or bid["by"]
            or (resident(said, start) if bid["who"] in ("你", "您") else None)
        )
        if owner in ("他", "她"):
            told = speaker(said, bid.start())
            owner = told.name if told else None
        owner = next(
            (
                one.name
                for one in said.people
                if start <= one.start < stop and owner and owner.endswith(one.name)
            ),
            owner,
        )
        sure = 0.92 if yours and papers else 0.75 if papers or due else 0.7
        if hit := item(said, "task", bid.start(), stop, sure, due, owner=owner):
            yield hit


def _arranges(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """叫他把水泵的事问一下, 责令房东三日内整改: what somebody is told to do."""
    start, stop = match.start(), clause(said, match.start())[1]
    if not ACT.search(said.text, match.end() + 2, stop):
        return
    if _DONE.search(said.text, start, stop) or _NO_ORDER.search(said.text, start, stop):
        return
    due = due_in(said, start, with_next(said, start, stop))
    named = between(said, match.end(), min(stop, match.end() + 3))
    owner = named[0].name if named else None
    if hit := item(said, "task", start, stop, 0.72, due, owner=owner):
        yield hit


def _must(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """还要核实他的收入, 你今天必须盯到换完: a duty without a day."""
    start, stop = match.start(), clause(said, match.end())[1]
    if not _DONE.search(said.text, start, stop) and not _NO_DUTY.search(said.text, start, stop + 1):
        due = due_in(said, start, stop)
        if hit := item(said, "task", start, stop, 0.68, due):
            yield hit


def _remember(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.start(), clause(said, match.start())[1]
    if stop - match.end() < 2:
        return
    due = due_in(said, start, stop)
    told = (
        match[0].startswith("记得") or is_spoken(said, start) or not ACT.search(said.text, match.end(), stop)
    )
    sure = 0.72 if told else 0.91  # 他说别忘了吃药
    if hit := item(said, "task", start, stop, sure, due):
        yield hit


RULES = (
    Rule(
        "remember",
        rf"(?<![他她还惦]){_REMEMBER}",
        _remember,
        "学费还差一千，记着跟民政对接。",
        (Item(0, "task", "记着跟民政对接"),),
        "他还记得那天下雨。",
    ),
    Rule(
        "bids",
        WHOLE,
        _bids,
        "我说：“你把户口本复印件准备好。”",
        (Item(0, "task", "你把户口本复印件准备好"),),
        "他把材料准备好了。",
    ),
    Rule(
        "arranges",
        "|".join(_ORDERS),
        _arranges,
        "责令房东三日内整改。",
        (Item(0, "task", "责令房东三日内整改", due=date(2016, 6, 4)),),
        "他让我很感动，请他坐下。",
    ),
    Rule(
        "must",
        f"{_BEGINS}(?:{'|'.join(_MUST)})",
        _must,
        "还要核实他儿子的收入。",
        (Item(0, "task", "还要核实他儿子的收入", "income"),),
        "他要是来了就好，得了八分。",
    ),
)
