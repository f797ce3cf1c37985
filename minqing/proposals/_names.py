"""Where a name begins and ends in running text: by the signs that names are given of and the words a sentence goes on with."""

from minqing.proposals._compiled import compiled
from minqing.proposals._posts import POST, STATUS
from minqing.surnames import COMPOUND, GIVEN, PARTS, SELDOM, SURNAMES, VOCABULARY, is_han, is_ordinary

# Signs that no given name holds, and that none ends in; 国 and 平 are left out, they may well be in one.
NEVER = frozenset("两的了在是给到说着把被让吗呢吧啊也都就很还我你他她它们这那些个不没未么什哪谁各每某")
NEVER_LAST = NEVER | frozenset(
    "和点与跟及等对从有主作讲问看拿坐走来去上下带介记表提反要想叫一两几已曾因患今得当为以由请约找说帮家"
    "老村镇乡县市区组局院校站所户店厂队室党委病伤残岁房钱饭药话事人沟湾坪坳冲坝屯寨庄路街于"
)
# Surnames that mostly begin or end other words.
WEAK = SELDOM | frozenset(
    "和于时成平计应满家支山公谷元花包农水强解宣干党安常乐易代车占国法司终门广查连谈爱暴富商展欧越益章占"
)
COMMON = SURNAMES - WEAK

# Words that a sentence goes on with behind a name, though their first sign may well end one: 马三 答应, 李成 生病.
_WORDS = (
    "答应|保[证管持护]|承[诺认担包租]|表[示态扬]|反[映对馈]|主[持任动要张]|记录|要[求是不去把交办]|"
    "提[出起供着到]|告诉|介绍|负责|同[意时住村志样学组]|报[名告销案]|申[请报诉]|参[加与保军]|"
    "签[字名订了过]|打[电工算扫过了]|请[假求示了]|领[取到走着了]|患[有病上了过]|补[给交贴]|让[出给了]|"
    "住[在院着了的]|开[口始车店了门过]|带[头领着了来]|准备|希望|认[为识得]|"
    "生[病活前了下气怕意]|成[了为天立]|发[现了烧愁火言给来放病高]|明[白确年天显]|长[期年得大在着]|常[年常说来住]|"
    "永远|平[时常均]|安[排装置心全]|好[像好几不多转]|会[上同做计议]|"
    "立[即刻马了]|自[己家称从愿费述来幼小行]|正[在月好准要忙是]|建[议房了档起]|进[城门来屋厂了去]|真[的是]|"
    "有[病两个三一时点意了人没份条块糖高些钱心残亲过]|全[家靠年部村程身]|大[儿概约前病声姐哥爷家]|"
    "小[儿腿时女声名]|"
    "老[伴婆公家是大汉人两师弟哥兄表乡总板]|一[家个人直年共时起组户次边大边句样口位名听看下把手到再只]|两[口个人家户眼手年]|"
    "二[十人老组]|三[口个十天年年人户组代]|[四五六七八九]十?(?:口|个|人|年|组|岁|户|级|楼)|连[夜连声续忙说着]|"
    "双[目腿手方眼]|求助|通[过知话报]|行[动走李]|利用|信[息不]|望着|思想|守[着寡在]|起[来身床早初草]|"
    "身[体患上边]|心[里想脏善情疼急]|满[脸意心头口]|情[绪况]|激动|感[动谢激到]|高[兴血龄高中]|糖尿|残疾|"
    "重[病残度点]|肢体|智力|独[居自身]|"
    "单[身位]|离[婚异家]|丧偶|[去过]世|去[年了世]|过[来去年得世]|早[年上已]|[中上下]午|晚上|前[年天几来往]|"
    "[昨今当][天晚年早时场即日夜]|当[过兵选上着]|种[地着了植]|养[猪鸡羊蜂老殖牛鱼]|做[饭工过生了]|"
    "解释|说明|整[理个改治]|父[子女亲]|母[子女亲]|兄[弟妹]|汇报|回[答应复来家了话]|主动|坚持|反复|"
    "开[挖车店门始口了会]|收[的了到下]|拉[着住我]|寻[我来]|交[了来给代]|查[出了]|"
    "务[工农]|照[看顾料管]|本[来想应人月周]|本打算|红[着了]|大[一二三四](?![一-鿿])|[初高][一二三]|研[一二三]|"
    "[一二三四五六]年级|确实|果然|其实|实在|仍然|依然|总是|只[是好能有]|突然|忽然|终于|居然|特别|非常|十分|投诉|"
    "举报|咨询|询问|反馈|抱怨|诉苦|哭诉|抹[着了眼]|叹[了着气]|[点摇]头|意[见思]|脾气|手[头里上]|儿[子女媳]|"
    "[一二三四五六七八九]?十[一二三四五六七八九岁多]|改[嫁变成天]|换[成了上下个]|招[呼待了]|引[起来进]|"
    "外[出债地]|家[里住中有的门庭属人是]|因[病为此残]|得[了知的]|"
    "来[我他她这家做开种电访信说村问找到了办交领看反回拿]|上[门来前个]|下[午了来]|年[底初前纪轻]|书记|"
    "[村镇乡县]里|里[的面]|名[叫下]|人[很在]|之[前后]|时[常候]|包[了着下村片保山地林鱼]|蹲[着在]|拦[着住]|"
    "闹[着了]|嚷|会(?=[养做修开种弄编])|肯[定换来给让]|亲[自眼手]|快[要生不]|嗓门|列席|凌晨|转正|硬是|老[阿远早]|"
    "阿[妈爸婆公]|[一两二三四五六七八九][百千万]|路过|经过|非[要得说]|认[账错领]|开[口会]|垫[着付了]|念[着了叨]|家[婆公]"
)
WORDS = compiled(_WORDS)
# Single signs that hardly begin anything else behind a name.
_ON = frozenset(
    "家说的在给到和与同跟及等当是为主作记表提反要想向对把被让叫从由已曾因患现没无不又也都就才还很讲介带打告答承负拉拿坐站走来去上下读学做开种养卖买搬租借欠缺差怕愁盼愿赚挣靠"
    "放填交接看问听认代以随属住先赶陪领背闻抢送摸报建申正刚每夫这那自个突便再即赔担特患忧最后回留笑哭抱握指翻掏按敲躺左右跑跟抽摆摇拍喊骂吵闹嫌装修盖挖砍喂煮洗扫捡挑扛抬拖推撞赢骑跳跌摔磕烫烧扭瘫哑疯"
    "醉嫁娶退获将应急着得有两一只边并补吃喝说谈请约找帮替陪则却曾该仍均拟需须称或系任倒停撤拒躲劝嘱催几头比于捐写亲姐弟哥叔爷妈爸奶他她你我掀弯趴捧捏跺超"
)
# 吴老三, 郑老大: how a brother among brothers is called; 周二娃, 李麻子: how a neighbour is.
_CALLED = compiled(
    "家?老[大二三四五六七八九幺]|大头|某[一-鿿](?=[^一-鿿]|$)|某[某甲乙丙丁]?|[一-鿿]?(?:娃子?|寡妇|麻子|瘸子|聋子|驼子|哑巴|疤子|胖子|瞎子|拐子|矮子)"
)
_WITH = frozenset("和同与跟")  # 老人和娃娃
# 佟老蔫, 饶老炮: what a neighbour is like.
_OLD = compiled("[^敬养管路归]老[^师先阿奶妈汉板头人太爷伯实家公婆早是在百乡表来院金活旧化月红千屋了的]")


# Family names that end other words, with the signs before them: 答应, 对方, 已经.
_ENDS = {
    "班": "大小中上下值领加跟带一二三四五六七八九十0123456789)", "师": "老教律厨医中军技讲导药法大0123456789", "程": "工课过行日流进里", "伍": "队", "童": "儿孩学牧", "应": "答适对反供相回响感报效照", "方": "对双地甲乙多各一前后上下南北警校院配药", "经": "已曾财念神", "时": "当有及按平小随临同准到那这",
    "金": "奖资现租押定基罚保老补助扶慰问", "成": "完达建变造养形组", "安": "治公保平转", "常": "经平正日非家异", "计": "会统共合总预累审",
    "管": "不保水城尽主接看交物分协托监掌", "花": "开棉种", "车": "货汽火坐开停上下骑三推拖叉水马轿校", "水": "自洪用污吃喝放积进引下排送打", "路": "修走马公道水小大铁",
    "米": "大小玉平厘毫", "池": "水电粪肥塘", "温": "体气低高保", "高": "提增血", "平": "水太公和", "查": "检调核排复抽巡督审搜稽普", "关": "机相有无海把",
    "包": "红面书背钱承打", "谈": "座恳约洽面访商", "单": "名清账床订传简工保票", "井": "水打窨", "房": "住危楼平租厨厂瓦库烤新老土", "费": "水电学药路话收缴交经保",
    "国": "全中爱祖", "农": "务三惠", "章": "公文盖印规", "白": "明空", "龙": "接乌", "申": "重", "任": "主责担信委现", "项": "事各款", "代": "年时后一下",
    "强": "加坚勉", "步": "散进同逐", "连": "接一", "满": "不坐圆挤", "向": "一方面朝", "习": "学练补预复", "易": "容交贸不", "和": "饱温暖", "于": "由对关至位处属等", "后": "以之然最今前",
}  # fmt: skip


def ends_word(before: str, sign: str) -> bool:
    """Whether a family name is the end of another word: 答应奶奶."""
    return bool(before) and (is_ordinary(before[-1] + sign) or before[-1] in _ENDS.get(sign, ""))


_STANDING = compiled(
    f"{POST}|{STATUS}|老阿|家[大小二三四五六七八九]|[明昨今后前]天|[今明去前]年|现在|家[姐弟兄妹父母]|有[一二三四五六七八九十]"
)  # 扶群众
_SELDOM_GIVEN = compiled("得[福利财胜宝民龙]|[建国爱兴保]社|满屯|[大富广]有|克[俭勤]")  # signs of few names
_COMING = compiled("来[福喜财旺顺宝根弟娣运生有]|[春福运东祥喜]来")  # 来 is mostly a verb


# Words that begin as a name does; only here, for 古建国, 罗城生 and 许诺 are masked as anybody is.
_NOBODY = compiled(
    "廉政|龙[舟灯]|向心|水平|海军|封[建山存]|农家乐|红树林|山妹子|张[罗望]|许诺|应[承声]|查岗|谈成|顾全|成[心天全]|高声|包圆|巴望|牧羊|冷笑|付清|池水|饶恕|益发|宁可|左劝|"
    "家|胡同|[楼居党]委会?|祝(?=领导|大家|[您你]|各位|老师|全家|老人)|[海江河湖]风[大急小]|东[南北]|秋老虎|白露|黄梅|[一-鿿]一天(?=要|[^一-鿿])|桂[东西南北中]|怀[起上着了孕]|第五[年次个天批届组轮期名位条项户村人]|[一-鿿]家先(?=[住搬去来拿交还付吃喝用出给把垫借])|[一-鿿]老(?:先生|太太|奶奶|阿[妈婆爷公]|爷子|头子)|白毛风|占(?:大头|小头|便宜|上风)|[一-鿿]{2}浩特|古建(?=[师修筑彩]|$)|路太[远窄滑烂]|牧户|罗城(?=[那县])"
)


def is_nobody(text: str, start: int) -> bool:
    """Whether words begin as a name does that mean nobody."""
    return bool(_NOBODY.match(text, start))


def given_name(signs: str) -> bool:
    """Whether signs are such as names are given of."""
    return GIVEN.issuperset(signs) or bool(_COMING.fullmatch(signs) or _SELDOM_GIVEN.fullmatch(signs))


# 福康养护院: an office, not who is visited there.
_AN_OFFICE = compiled(
    "[一-鿿]{0,2}(?:[养敬福老医法书]院|(?:养[护老]|敬老|福利|康复)[院中]|幼儿园|家园|花园|小区|社区|公司|超市|[小中大]学|学校|中心|大厦|广场|商店|合作社|[农牧]场)"
)


_NOT_WHOLE = compiled("[小中大]学|.[·•]")  # 桑园小学; 卓玛丽·别克


def name_at(text: str, start: int, surnames: frozenset[str]) -> tuple[int, float] | None:
    """Where a name that begins at an offset ends, and how surely; None where none does."""
    found = _name_at(text, start, surnames)
    return (
        None
        if found and (_AN_OFFICE.match(text, found[0]) or _NOT_WHOLE.match(text, found[0] - 1))
        else found
    )


def _name_at(text: str, start: int, surnames: frozenset[str]) -> tuple[int, float] | None:
    surname = 2 if text[start : start + 2] in COMPOUND else 1
    if (surname == 1 and text[start : start + 1] not in surnames) or is_ordinary(text[start : start + 2]):
        return None
    if is_nobody(text, start):
        return None
    called = _CALLED.match(text, start + surname)
    if called and called[0][0] not in NEVER - {"某"} and text[start] not in _WITH:
        return called.end(), 0.92
    if _OLD.fullmatch(text, start, start + 3) and closes(text, start + 3) and text[start] in COMMON:
        return start + 3, 0.92
    if text[start : start + 2] in PARTS and goes_on(text, start + 2):
        return start + 4, 0.85  # 社长吉克拉铁讲
    long, short = start + surname + 2, start + surname + 1
    coming = bool(_COMING.fullmatch(text[start + surname : long]))
    long_fits = _may_be(text, start, long, surname) and (coming or not WORDS.match(text, long - 1))
    given = text[start + surname : long]
    if long_fits and (text[long - 1] in GIVEN or given_name(given)) and closes(text, long):
        return long, 0.92 if given_name(given) else 0.9
    if _HAVING.match(text, short) and _may_be(text, start, short, surname):
        return short + 1, 0.85  # 代表常福有说
    if (
        _may_be(text, start, short, surname)
        and closes(text, short)
        and not is_ordinary(text[short - 1 : short + 1])
    ):
        return short, 0.92 if text[short - 1] in GIVEN else 0.85
    if surname == 2 and text[short - 1 : short] in GIVEN and not closes(text, long):
        return short, 0.85
    if long_fits:
        return long, 0.85 if closes(text, long) or given_name(given) else 0.7
    return None


_GOES_ON = compiled(r"[一-鿿]|\d{1,3}[岁名个位户]的?(?=[一-鿿])")  # 学生沈洁和14岁的弟弟
_HAVING = compiled("有(?=[说讲问,。、:;(\n]|家(?![人里室族庭])|$)")  # 有 is mostly a verb


def goes_on(text: str, at: int) -> bool:
    """Whether two more signs of a name without a family name stand behind its first part."""
    more = text[at : at + 2]
    return (
        len(more) == 2
        and all(is_han(sign) for sign in more)
        and not NEVER.intersection(more)
        and not WORDS.match(text, at)
        and closes(text, at + 2)
    )


def is_called(name: str) -> bool:
    """Whether somebody is named as neighbours are: 吴老三, 周二娃, 鲍寡妇, 何某."""
    return bool(_CALLED.fullmatch(name[2:] if name[:2] in COMPOUND else name[1:]))


def closes(text: str, end: int) -> bool:
    """Whether what stands at an offset goes on behind a name."""
    sign = text[end : end + 1]
    return not is_han(sign) or sign in _ON or bool(WORDS.match(text, end))


def _may_be(text: str, start: int, end: int, surname: int) -> bool:
    name = text[start:end]
    given = name[surname:]
    return (
        len(name) == end - start
        and all(is_han(sign) for sign in given)
        and not NEVER.intersection(given)
        and (given[0] != "来" or bool(_COMING.fullmatch(given)))
        and (
            given[-1] not in NEVER_LAST
            or (given[-1] == "和" and (not _GOES_ON.match(text, end) or (surname == 2 and len(given) == 2)))
            or bool(_SELDOM_GIVEN.fullmatch(given))
            or bool(_COMING.fullmatch(given))
        )
        and name not in VOCABULARY
        and not is_ordinary(name)
        and not _STANDING.fullmatch(given)
    )


def is_name(name: str) -> bool:
    """Whether some signs that end where a post begins are a full name: 王浩 of 王浩书记."""
    surname = 2 if name[:2] in COMPOUND else 1
    if name in COMPOUND or len(name) > surname + 2:
        return False  # 东街邸老栓
    return (
        (surname == 2 or name[0] in COMMON)
        and not is_ordinary(name[:2])
        and not _NOBODY.fullmatch(name)
        and _may_be(name, 0, len(name), surname)
    )


def typical(name: str) -> bool:
    """Whether a name is made as most are: a surname that is hardly anything else, and signs that names are given of."""
    if name[:2] in COMPOUND:
        return given_name(name[2:])
    doubled = len(name) > 2 and name[1] == name[2] and not is_ordinary(name[1:])  # 小冯谢谢师傅
    return name[0] in COMMON and (given_name(name[1:]) or doubled)
