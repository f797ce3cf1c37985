"""Promises in loose words, which are asked about: 说天亮调挖机来, 讲四十天交工, 电饭锅我下山买, 钱他出一半."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import due_in
from minqing.proposals._intent import BEFALLS, OTHERS, THOUGHT
from minqing.proposals._items import clauses, item, meant, speaker
from minqing.proposals._said import Hit, Rule, Said, sentence
from minqing.proposals._speech import in_turn

_LIKELY = 0.66  # such words are of something else as often as not
_FAR = 80  # signs; what is said stands nearer

# ---------------------------------------------------------------- 说天亮调挖机来: by when, in any words

_N = "一二两三四五六七八九十半"
_WHEN = compiled(
    rf"马上|立刻|这就|现在(?=就|过)|尽[量快]|回[去头来](?!了)|[散会]会|等(?![级待到于着在])[^,。]{{1,8}}?(?:[了就再好完后叫让]|,)|"
    rf"天[亮黑晴]|雨停|下雪|上冻|化冻|入[冬秋夏]|开[春年学]|清明|五一|国庆|中秋|端午|重阳|元旦|春节|过[完了]?年|年[前后]|"
    rf"节[前后]|放假|[寒暑]假|[秋麦]后|[秋麦]收|下(?:一?[次回趟]|个?(?:赶?[集街场圩墟]天?|周|星期|礼拜|月))|今晚|今天(?=[就上下晚中内之])|明[早晚天儿]|后天|"
    rf"(?:周|星期|礼拜)[一二三四五六日天末]|月[底初末]|(?:\d{{1,2}}|[{_N}]{{1,3}})(?:[号日](?!楼)|个?(?:天|工作日|小时|钟头|星期|礼拜))|"
    rf"傍晚|[上下中]午|晚上|[一-鿿][到齐完了]了?就|[前内](?=[一-鿿])"
)
_DOES = compiled(
    "[送来去给修装换补清铺派喊调拨退还付结搬拆买带接帮办排弄配打交开发劝写填递挖拉运建抽种收放寄安测查盯]|请(?!假)|到$|叫(?!做)"
)
_NOT_THAT = compiled(
    "[了过的]$|[收查送发做走去来领]了[\\d一-鿿]|以前|[没吗呢谁哪啥]|什么|怎么|几时|不(?:知|晓|肯|敢|想|愿|能|会|行|够|让|给|去|来)|希望|盼|想(?!办法)|如果|要是|万一|怕|"
    "每[年天个]|年年|已经?|去年|前年|上[个次回月周]|昨|一直|才[来回有能]|就[是没]|必须|务必|要(?![给帮替把紧])|[你您](?!送|家|们?送)|"
    "能不能|是不是|可以|回来[过说]|涨|天气|雨|病历|证、|下来$|一趟$|平均|出发|接到|[年月]内不|停[水电]|比赛|考"
)
_TOLD_BY = compiled(
    "(?:听|据|通知|公告|文件|规定|合同|政策|别人|人家|老师|医生|大夫|邻居|儿子|女儿|老伴|男人|媳妇)[^,。说讲]{0,4}$|[小胡乱再劝听]$"
)


def _says_when(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What stands behind 说 or 答 and tells by when something is done."""
    _start, end = sentence(said, match.start())
    if _TOLD_BY.search(said.text, max(0, match.start() - 10), match.start()):
        return
    if match["turn"] and not (re.search(r"\d", match["turn"]) or in_turn(said, match.end())):
        return  # 医保:
    for start, stop in list(clauses(said, match.end(), min(end, match.end() + _FAR)))[:2]:
        when = _WHEN.search(said.text, start, stop)
        if when and _DOES.search(said.text, when.end(), stop) and (hit := _pledge(said, start, stop)):
            yield hit
            return


# ---------------------------------------------------------------- 电饭锅我下山买: what the writer takes on


def _takes_on(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if hit := _pledge(said, *match.span("what")):
        yield hit


def _pledge(said: Said, start: int, stop: int) -> Hit | None:
    if any(words.search(said.text, start, stop) for words in (_NOT_THAT, BEFALLS, THOUGHT, OTHERS)):
        return None
    told = speaker(said, start)
    who, owner = meant(said, start), told.name if told else None
    due = due_in(said, start, stop)
    return item(said, "promise", start, stop, _LIKELY, due, who=None if who == owner else who, owner=owner)


_ALONE = r"(?:^|(?<=[,。;:“!\n ]))"
# 电饭锅我下山买: what it is about stands before; else a time to come: 我明早去盯
_MATTER = "[^,。;:“(\\n我你他她]{2,10}(?<![了托说讲是给跟对让叫陪和帮替问找劝当请后前时午晚早天日号来里上路次的由背把])我(?:们)?(?:去|来|就|再|先|也|自己|个人){0,2}"
_SOON = (
    "我(?:们)?(?:也|还|就|再|先)?(?:明天|明[早晚]|后天|(?:下周|下?个?(?:周|星期|礼拜))[一二三四五六日天末]|月底|下晌|回头|改天|抽空|得空|"
    "过两天|这[两几]天|下[次回趟周])(?:就|再|也|都|还|先)?"
)
_GOES = "(?:[去到上下回进从](?:[^,。;\\n了过]{0,6}?))?"
_TAKE = (
    "(?:买|找|开|跑|催|借|打听|问|联系|打招呼|张罗|化缘|协调|想办法|盯|垫|供|教|带|陪|接|送|写|递|报|画|装|修|拿|转|说情|弄|安排|争取|"
    "申请|出[一二两三四五六七八九十\\d])"
)

# ---------------------------------------------------------------- 同意拉根管子, 说工钱免一半


_DO = "[拉装换拆搬挪修付补让出先把给帮退接派调赔]"

RULES = (
    Rule(
        "says-when",
        r"(?<![小胡听再没不劝])(?:说|讲)(?![了过起到话课明服的得是])(?:[好定]了?)?[,:]?|(?<=[一-鿿])(?:答复?|回话|回)[:,]|(?:^|(?<=\n))(?P<turn>(?:\d\d:\d\d ?)?[^\n:,。;\d]{2,10}(?: \d{1,2}:\d\d[: ]|:(?!\d\d)))",
        _says_when,
        "镇长说天亮调挖机过来。工头讲，四十天交工。",
        (Item(0, "promise", "天亮调挖机过来"), Item(0, "promise", "四十天交工")),
        "他说去年修好了，听说下周来人。",
    ),
    Rule(
        "takes-on",
        rf"{_ALONE}(?P<what>(?:{_MATTER}|{_SOON}){_GOES}{_TAKE}[^,。;:\n了过]{{0,12}})(?=[,。;!”\n]|$)",
        _takes_on,
        "电饭锅我下山买。",
        (Item(0, "promise", "电饭锅我下山买"),),
        "我下山买了锅。",
    ),
    Rule(
        "agrees",
        rf"(?<![不没一都全致])同意(?P<what>(?:,?(?=\d{{1,2}}月|[一二三四五六七八九十]{{1,3}}月)|(?={_DO}))[^,。;\n了过]{{2,14}})(?=[,。;\n]|$)",
        _takes_on,
        "桑家同意拉根管子来。",
        (Item(0, "promise", "拉根管子来"),),
        "桑家不同意拉管子，大家一致同意修桥。",
    ),
    Rule(
        "says-what",
        r"(?<![小胡听再没不劝])[说讲](?![了过起到话课明服的得是])[,:]?(?P<what>[^,。;:\n我你了过]{0,6}?(?:先(?:试|垫|欠|用|给|借|放)|免(?!费|疫|税)|接(?=[去到回])|带(?=到)|白送)"
        r"[^,。;\n了过]{1,12})(?=[,。;”\n]|$)",
        _takes_on,
        "匠人说工钱免一半。",
        (Item(0, "promise", "工钱免一半"),),
        "他说免费，说先把话讲完。",
    ),
    Rule(
        "he-will",
        rf"{_ALONE}(?:[^,。;:\n]{{0,6}}[说讲])?(?P<what>[^,。;:\n我你了过的说讲]{{1,8}}[他她](?:那个[^,。;:\n]{{1,4}}|自己|家|个人)?(?:来|去|全|都|也|骑车|开车|骑三轮)?"
        rf"(?:赔|接|送|包|管|付|掏|垫|养|喂|教|出(?:[{_N}两\d]+[成元块百千万]+)?))(?=[,。;!”\n]|$)",
        _takes_on,
        "他说，门把手他赔。电费他出三成。",
        (Item(0, "promise", "门把手他赔"), Item(0, "promise", "电费他出三成")),
        "他赔了。",
    ),
    Rule(
        "from-own",
        r"(?:说|讲|答|表示)[,:]?(?P<what>从[他她][^,。;\n]{2,10}[出付支掏])(?=[,。;!”\n]|$)",
        _takes_on,
        "书记说从他的工作经费里出。",
        (Item(0, "promise", "从他的工作经费里出", "income"),),
        "书记说从账上出过。",
    ),
)
