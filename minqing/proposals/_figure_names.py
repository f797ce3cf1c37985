"""What a number of a text counts: the noun on either side, its label, what was done, or the clause before it."""

import re

from minqing.proposals._compiled import compiled
from minqing.proposals._numbers import HAN
from minqing.proposals._said import Said, between, sentence
from minqing.surnames import HAN as SIGN

# Units that count things, so that the thing may stand behind them: 127名留守儿童.
CLASSIFIERS = frozenset("名位个张份本册家只头棵株件起场条间所栋座台辆处口盏支项例篇面眼套") | {
    "个人",
    "批次",
    "台套",
}
REACH = 40  # signs; what is counted is named nearer
DOUBT = 0.6
GUESS = 0.5  # a name made of what happens to stand there


def named(said: Said, before: str, after: str, first: int, unit: str) -> tuple[str, float]:
    """What a number counts: by the words beside it, by its label, by the clause before it; and how surely."""
    name, sure = _name(before, after, unit)
    if not name or (sure <= GUESS and said.text[first - 1 : first] == ":"):
        name, sure = _label(said, first, unit) or (name, sure)
    if (sure <= GUESS or not name) and (deed := _DID.search(before)):
        return deed["did"], GUESS  # 今天走了19户
    if len(name) == 1 and sure <= GUESS and (told := _before(said, first, unit)):
        return told, GUESS
    if name:
        return name, sure
    total = _SUM.search(before)
    if total and total[0] in ("累计", "其余", "余下"):
        return total[0], GUESS
    rest = {"户": "户数", "人": "人口"}.get(unit, "")  # 7栋36户151人
    return _before(said, first, unit) or (total[0] if total else "") or rest, GUESS


_DID = compiled(
    rf"(?<!{SIGN})(?:今[天日年]|昨天|[上下]午|本[月周]|一共|共|当场|才|已经?|也|又|都|我们?){{0,3}}(?P<did>{SIGN}了)$"
)


# What stands before a number without naming what is counted.
_CUT = compiled(
    rf".*(?:[\d{HAN}](?:[户人名位家]|个(?:小时|月|星期|钟头)?)|[^一-鿿\dA-Za-z“”]|其中|共有|现有|还有|只有|已有|"
    rf"总计|合计|累计|共计|一共|全部|都|共(?!同)|有(?!机)|了|到(?![校场])|辖区?|分成|组成|我们|对(?!象)|给|把|将|"
    rf"等(?!级)|今年|去年|前年|目前|本次|这次|(?<![签履节预])约|近|(?<![发到])达|(?<![行作])为|是|"
    r"(?:昨|今|前|当)(?:[天日](?:上午|下午|晚上)?|晚)(?=.)|至今|[上下]午(?=.)|全[校村乡镇组县区社市街](?=.)|我[校村组]|"
    r"(?<!中)现(?![场金状代役])在?|出动|动员|发动|就(?![业医诊学餐读])|也|另|另外|的(?=$)|带领|带着|还|又|再|"
    r"[种养]了(?=$)|(?<=[又还共])[种养](?=$)|全体|组织|加上|[领带拿]回|由|从(?!业)|向|(?<!棉)被(?![子套褥])|"
    r"(?<!参)与|和|及|本(?:周|月|季度?|年度?))"
)
_FILLER = compiled(
    r"(?:(?:共有|现有|还有|只有|已有|共计|合计|总计|一共|总共|累计|共|变成|变为|[增降减]加?[至到]|有近|有|大约|"
    r"大概|大致|(?<![签履])约|将近|近|达到?|为|是|了|"
    r"(?:到|截[至止])?(?:今[天日]|昨[天日]|目前|现在)(?:为止)?|去年|今年|面积|一行|数量|总数|人数|的|不到|超过|"
    r"接近于|接近|最多|至少|可能|全是|一|总))+$"
)
_BEHIND_CUT = compiled(
    r"(?:合计|总计|没有?(?!低保|劳动|参保|住房)|未|请假|交[了钱]|当场|每|在|参加|到|去|进行|报名|来|对(?!接|象)|"
    r"都|已|均|常年|开|被|与|和|及|、|分别|组成|没有?领|左右|以上|以下|一起|进|上|下|里|中|内|前|后|共|送|发|给|"
    r"住|缺|需|要|能|可|也|就|才|不|签|种(?!植|粮))"
)
_PEOPLE_OR_THINGS = compiled(
    "(?:[老病军]人|学生|儿童|妇女|党员|干部|村民|群众|孩子|家庭|农户|住户|人员|对象|青年|道路|水渠|房屋)"
)
# What begins so behind a number is no noun.
_VERB = compiled(
    r"^(?:每|各|登记|收集|走访|发放|排查|清理|拆|发了|吃的是|拟|没|未|有|是|种了?|养了?|得了?|通过|同意|签订|"
    r"落实|完成|享受|属于|均|都|已|送|在|来|到|被|发|报|领|存在|需要|还|也|就|又|再|才|能|要|想|把|让|不|全|分别|"
    r"左右|以[上下内]|里|当中|中间|换|修|拆|收|交|提|愿|参加|说|去|给|正|当[场天]|多|余|占)"
)
_LIVES = frozenset("牛羊猪鸡鸭鹅狗田土山林")
_SHORT = frozenset("村组社户楼表牛羊猪鸡鸭鹅桥路井渠树")
_NO_THING = compiled("(?:事情?儿?|方面|钱|问题是|人家|数|头|里|时候?|晚|月|办法|字|话)$")
IS = compiled("(?:都|全)?(?:是|属于?|为)")
NO_NAME = compiled(r"\d年|[一二三四五六七八九十\d]期$")
_EMPTY = compiled(
    "分别|[这那]一?片|里超|里[头面]|[当其]中|全部|结果|一下|数了?|其他|其余|有的?|[村组镇乡寨屯校里]里|[户人名位个亩]"
)
_SUM = compiled("(?:累计|合计|总计|共计|一共|其余|余下)$")
_DONE = compiled("(?:已经?|都|均|还|全|当场|也|就|又)*(?![里中各])([一-鿿]{2,6})")
_NO_LABEL = compiled("情况|结果|备注|数据|统计|说明|意见$|内容|如下|时间|日期|地点|电话|表示|介绍|反映|说$")


def _name(before: str, after: str, unit: str) -> tuple[str, float]:
    """What is counted: on the left of the number, or behind a classifier on its right; else what is done."""
    left, right = _left(before, unit), right_of(after)
    if not right and (is_ := IS.match(after)):
        right = right_of(after[is_.end() :])  # 其中两户是低保户
    if unit in CLASSIFIERS and right:
        whose = re.search("[一-鿿]{2,8}的$", before)
        if whose and not _EMPTY.fullmatch(told := _CUT.sub("", whose[0][:-1])) and len(told) > 1:
            return told + "的" + right, DOUBT  # 没参保的12位老人
        return (left, DOUBT) if _CUT_OFF.search(left) else (right, 0.92)  # 供电中断2个村
    if right and _VERB_STOOD.search(before):
        return right, DOUBT  # 种着3000亩花椒, 跑了五户老兵
    if left and right and _AREA.fullmatch(left):
        return right, 0.85  # 全村87户脱贫户
    if left:
        return left, DOUBT if after and _AREA.fullmatch(left) else 0.92  # 大坪村14户断了路
    if not right and (state := _STATE.match(after)) and _LEFT_OVER.search(before):
        return state[0], GUESS  # 剩6户在外地
    if right:
        return right, DOUBT if re.match("[没未不]|还没", after[len(right) :]) else 0.91
    done = _DONE.match(after)
    verb = None if done and done[1][0] in "没未不" else re.search(r"[一-鿿]{1,16}$", _FILLER.sub("", before))
    if verb and not _EMPTY.fullmatch(verb[0]):
        told = _CUT.sub("", verb[0]) or ("" if done else verb[0])
        if told:
            return told[-4:], GUESS
    return (done[1], GUESS) if done else ("", 0)


_CUT_OFF = compiled("中断|不通|[断停](?:[电水路网气]|课|工)|受[灾淹损]$|绝收|减产")
_VERB_STOOD = compiled(rf"{SIGN}[着了]$")
_STATE = compiled(rf"(?:还|都|一直|仍)?(?:[没未在不]{SIGN}{{1,5}})")
_LEFT_OVER = compiled("(?:剩下?|还有|其余|只有|余下|有|占|是)的?$")
_AREA = compiled(
    "[全各][村组校镇乡社县屯市区寨]|我[村们镇乡]?|里面|其中|中|[一-鿿]{1,4}[村组社屯寨镇乡]|[一-鿿]{1,6}嘎查|社区|网格|小区"
)


def _left(before: str, unit: str) -> str:
    run = re.search(r"[一-鿿\dA-Za-z“”·]{1,16}$", before.rstrip())
    if not run:
        return ""
    name = re.sub("^我(?=[一-鿿]$)", "", _CUT.sub("", _FILLER.sub("", run[0])))
    name = re.sub(
        "(?<=[一-鿿]{2})(?<![火品物良供])[种养]$", "", _FILLER.sub("", name.strip("“”")).strip("“”的")
    )
    if name.endswith("组") and len(name) < 3 and unit not in ("户", "人", "口"):
        return ""  # where it is, not what
    if name in _LIVES and len(run[0]) == 1:
        return name  # 田936亩
    return (
        ""
        if len(name) < 2 or _EMPTY.fullmatch(name) or re.fullmatch(r"\d+[组号楼栋]?|[一-鿿]?\d+", name)
        else name[-10:]
    )


def right_of(after: str) -> str:
    """The noun that a number stands before."""
    run = re.match(r"[一-鿿“”]{1,12}", after)
    if not run or _VERB.match(run[0]):
        return ""
    name = run[0]
    whose, of, thing = name.partition("的")
    if of and len(whose) > 1 and (noun := _PEOPLE_OR_THINGS.match(thing)):
        return f"{whose}的{noun[0]}"
    name = (whose or thing) if of else name
    cut = _BEHIND_CUT.search(name, 1)
    name = (name[: cut.start()] if cut else name).strip("“”")
    if name.endswith("了") or not (len(name) > 1 or name in _SHORT):
        return ""  # 机井8眼坏了3眼
    return "" if _NO_THING.fullmatch(name) else name


def _label(said: Said, first: int, unit: str) -> tuple[str, float] | None:
    """常住人口:1480人: what stands before the colon, unless it is a person or says nothing."""
    label = re.search("[一-鿿]{2,10}(?=:$)", said.text[max(0, first - 12) : first])
    if not label or _NO_LABEL.search(label[0]) or between(said, first - 1 - len(label[0]), first):
        return None
    return label[0], 0.92


def _before(said: Said, first: int, unit: str) -> str:
    """The end of the clause before, of which a number says how many: 从镇里领回补贴表，一共328户."""
    begins = sentence(said, first)[0]
    run = re.search(
        r"[一-鿿]{2,16}$", said.text[max(begins, first - REACH) : max(begins, first - 1)].rstrip()
    )
    name = re.sub("^的", "", _CUT.sub("", run[0].rstrip("完了的")))[-8:] if run else ""
    name = re.sub("^(?:[个名户条份张台间件](?=..)|[头只](?=.))|(?<=..)数$", "", name)
    if len(name) < 2:
        return ""
    return distinct(name, unit) if unit in ("户", "人") else name


def distinct(base: str, unit: str) -> str:
    return base.removesuffix("户数").removesuffix("人口") + {"人": "人口", "户": "户数"}.get(unit, unit)


# A name that is sure: a kind of people, land, crop, building or paper, or an act that is counted; what
# stands before it may tell it closer, but neither who, when nor what happened.
_KIND = compiled(
    "(?:人口|人员|学生|在校生|孩子|危房户|困难户|儿童|妇女|老人|党员|干部|村民|群众|居民|教师|老师|教职工|村医|"
    "医生|劳动?力|代表|候选人|青年|家庭|[农租商住][户]|(?<=[低贫监脱特五困受一残大帮])[保困测贫灾般难疾]户|"
    "特困供养|五保户?|大户|残疾人?|以上|"
    "独居|空巢|留守|外出务工|患者|志愿者|孤儿|退役军人|高血压|糖尿病|参保|列席|全[村组校镇乡社屯]|人口|户数|"
    "耕地|稻田|水田|旱地|林地|草地|荒地?|撂荒|水浇地|水面|鱼塘|大棚|小麦|玉米地?|水稻|稻谷|油菜|红薯|土豆|马铃薯|"
    "花生|大豆|棉花|辣椒|西瓜|烟叶|茶[园叶]|果[园树]|柑橘|苹果|蔬菜|药材|"
    "山泉水|自来水|卫生室|学校|教学点|活动室|合作社|企业|小组|组|村|路灯|道路|公路|水渠|河堤|桥|水井|机井|危房|"
    "房屋|摄像头|抽水机|"
    "收入|资金|造价|补贴|产值|宣传[册单]|资料|传单|联系卡|连心卡|明白卡|日记|问卷)$"
)
_ACTS = "发放|走访|慰问|登记|评议|入户|新建|新修|硬化|修复|冲毁|淹没?|种植?|养殖?|转移|安置|随机抽查|抽查|查出|安装|发"
_CLOSER = compiled(
    rf"(?:{_ACTS})?(?!.*(?:[我你他她它昨今明吵坏看交给送让被把说去来没不边请申]|当场|通知|要求|马上|已经?|正在|"
    rf"只|才))[一-鿿\d“”]{{0,7}}"
)
_DEED = compiled(
    "(?:个别|随机|上门|电话|集中|入户|逐户)?(?:走访|入户|回访|签到|接待|谈话|核实|抽查|慰问|义诊)"
)
ALL = compiled("全[村组校镇乡社县屯]")


def is_kind(name: str) -> bool:
    """Whether a name is one that the rules know: a kind of thing, perhaps told closer."""
    kind = _KIND.search(name)
    return bool(_DEED.fullmatch(name) or (kind and _CLOSER.fullmatch(name, 0, kind.start())))
