"""How people are called without their full name: 姜奶奶, 老余, 赵支书; and names that have no family name."""

import re
from collections.abc import Iterator

from minqing.proposals._around import HEADS, LISTED, STRONG, opens
from minqing.proposals._compiled import compiled
from minqing.proposals._names import COMMON, closes, ends_word, goes_on, is_name, is_nobody, name_at, typical
from minqing.proposals._posts import BEHIND, POST, role_before
from minqing.proposals._said import Mention, Said
from minqing.surnames import COMPOUND, GIVEN, KIN, PARTS, SELDOM, SURNAMES, is_han, is_ordinary

# 赵支书, 班老师: a post behind nothing but a surname.
TITLED = compiled(
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))}|[一-鿿])(?:第一|副)?(?:{POST}|老师(?!傅)|工|所|局|总|队|指导|"
    rf"法师))(?!们|[地程作业资人厂]|$(?<=[工所局总队]))"
)


ELDER = (
    "老?太(?:[公婆]|奶奶|爷爷)|爹爹|妈妈|嫂嫂|公公|奶奶|爷爷|姐姐|哥哥|老师傅|老伯|伯伯|叔叔|婆婆|大[爷娘妈婶叔伯嫂姐哥姨舅]|婶[子娘儿]?|嫂子?|[二三四五六]娘|"
    "[叔伯婆公姐哥姨爷舅妈爹]|阿[婆公姨爹妈奶爷]|婆婆|伯伯|叔叔|老爷子|老头子|老太爷|老汉|老太太?|老爹|大爹|先生|女士|大夫|"
    "老先生|师傅|老倌|孃孃?|嬢嬢?"
)
BY_AGE = compiled(f"(?:{'|'.join(sorted(COMPOUND))}|[一-鿿])(?:{ELDER})")  # 仉大妈
_NICK = compiled(
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))}|[老小]?[一-鿿])家?[大小一二三四五六七八九幺]?(?:{ELDER}))(?<!公(?=[孙羊良西冶]))(?<![公婆](?=[坳坡岭山庙桥村湾坪寨沟垴]))(?<![公](?=[示约开告布里斤司路园安平正证共益]))(?<!妈(?=妈))(?<!爷(?=爷))(?![们父母妹弟婆哥子])(?!(?<=[^婆]婆)媳|(?<=[^爷]爷)孙|(?<=[^公]公)孙|(?<=[^叔]叔)侄)"
)
_OFFICES = ("大夫", "师傅")  # 奶奶 says no more than that she is old
# 小欧阳; but 小东门 is a place
_TWO_SIGNS = "欧阳|司马|上官|诸葛|尉迟|慕容|皇甫|司徒|令狐|夏侯|公孙|仲孙|申屠|宇文|端木|呼延|赫连|鲜于|长孙"
YOUNG = compiled(rf"(?P<name>[老小阿](?:{_TWO_SIGNS}|[一-鿿])(?:头(?![发上顶疼痛]))?)(?![板师家人乡百村镇])")
_NOYOUNG = compiled(
    "[老小阿](?:[时车米水麦康路农商满寒暑花房石山鱼牛马羊龙区组学户孩心雨雪家人年师公支党党百])|老[弟包]"
)


def called(said: Said) -> Iterator[Mention]:
    """姜奶奶, 老余叔, 汪先生; of 周振应老汉 and 邓小平先生 the full name."""
    for match in _NICK.finditer(said.text):
        name, start, end = match["name"], match.start(), match.end()
        young = name[0] in "老小" and len(name) > 2
        given = start + 1 + young  # where a full name would end
        full = next((at for at in (given - 3, given - 2) if _is_full(said, at, given)), start)
        if full < start:
            title = said.text[given:end]
            role = role_before(said, full) or (title if title in _OFFICES else "")  # 司机尚志文师傅
            short = len(title) == 1 and given - full == 2  # 韩亚公 may be called so, or be 韩亚
            yield Mention(full, given, said.text[full:given], role, 0.85 if short else 0.92)
        elif (end == start + 2 and _goes_on(said, start)) or _OF_TWO.match(said.text, end - 1):
            continue  # 仲伯安; 龚家姐弟
        elif set(said.text[start - 1 : start + 1]) <= GIVEN and (role := role_before(said, start - 1)):
            yield Mention(start - 1, end, said.text[start - 1 : end], role, 0.92)  # 副主任秋菊嫂
        elif _is_called(said, start, name, name[1] if young else name[0]):
            role = role_before(said, start)
            # 临出门大娘给我装了辣白菜, 安英姬大嫂: hardly 门大娘 and 姬大嫂
            plain = len(name) > 2 and name[0] in COMMON and opens(said, start)
            # 接了一宿的水老太太: a name that is mostly none; 王婆 and 冉婶 may go on
            told = name[0] in COMMON and opens(said, start) and said.text.count(name) > 1
            sure = 0.92 if (plain or role or told) and not _begins_before(said, start) else 0.8
            behind = name_at(said.text, end, COMMON)
            if behind and said.text[end] == name[0] and typical(said.text[end : behind[0]]):
                yield Mention(end, behind[0], said.text[end : behind[0]], role, 0.92)  # 郝家老太太郝玉莲
            else:
                yield Mention(start, end, name, role, sure)


_OF_TWO = compiled("[姐哥兄][弟妹]")


def _goes_on(said: Said, start: int) -> bool:
    """Whether what may be a title is part of a longer name."""
    longer = name_at(said.text, start, COMMON)
    return bool(
        longer and longer[1] >= 0.92 and longer[0] == start + 3 and typical(said.text[start : start + 3])
    )


_ENDS_POST = compiled(f"(?:{POST})$")


def _is_full(said: Said, start: int, end: int) -> bool:
    name = said.text[start:end]
    if name[:1] in set("楼组班村") and said.text[max(0, start - 1) : start] in _HOUSES:
        return False  # 6号楼荣大爷
    if _ENDS_POST.search(said.text, max(0, start - 4), start + 1):
        return False  # 副主任秋菊嫂
    if ends_word(said.text[max(0, start - 1) : start], name[:1]):
        return False  # 儿童权利公约
    return start >= 0 and is_name(name) and typical(name) and (len(name) > 2 or opens(said, start))


def _is_called(said: Said, start: int, name: str, sign: str) -> bool:
    """Whether a family name, and not the end of another word, stands before 奶奶 or 叔."""
    before = said.text[max(0, start - 1) : start]
    if name[:2] in COMPOUND:
        return True
    if is_ordinary(name) or is_ordinary(name[:2]) or ends_word(before, name[0]) or KIN.fullmatch(name):
        return False
    if _NUMBER.search(before) or (sign == "周" and _WEEKS.search(before)):
        return False
    listed = LISTED.match(said.text, start + len(name))  # 原奶奶,91岁
    if len(name) == 2 and sign in GIVEN - _KIN_LIKE and said.text.count(name) > 1 and opens(said, start):
        return True  # 国叔, told of more than once
    return sign in (COMMON if len(name) < 3 else SURNAMES - _NO_FAMILY - (frozenset() if listed else SELDOM))


_KIN_LIKE = frozenset("太叔伯爷婶大小二三四五六七老表堂亲阿家金")  # 大伯, 表叔
_NUMBER = compiled("[\\d.一二三四五六七八九十百千]")  # 43万公顷
_WEEKS = compiled("[上下本每这两几半一]")  # 下周公示


def young(said: Said) -> Iterator[Mention]:
    """老隋家, 小郎来看了: where somebody may be named, and is told of."""
    for match in YOUNG.finditer(said.text):
        start, end, name = match.start(), match.end(), match["name"]
        if said.text[max(0, start - 1) : start + 1] in _SCHOOLS:
            continue  # 村小邓校长
        post = BEHIND.match(said.text, end)  # 老田副镇长
        led = opens(said, start) or (
            _PLACE.search(said.text, max(0, start - 1), start) and STRONG.match(said.text, end)
        )
        if name[1] not in COMMON or _NOYOUNG.match(name) or not led:
            continue
        if post or closes(said.text, end):
            sure = 0.92 if post or STRONG.match(said.text, end) else 0.82
            yield Mention(start, end, name, post[0] if post else "", sure)


_SCHOOLS = ("村小", "镇小", "完小")
_PLACE = compiled("[场房店厂铺站]")  # 砂场老阚讲好


def titled(said: Said) -> Iterator[Mention]:
    """赵支书, 班老师: by surname and post, where nobody of that surname is named in full with a post."""
    for match in TITLED.finditer(said.text):
        name, start = match["name"], match.start()
        sign, short = name[0], name[-1] in "工所局总队"
        if ends_word(said.text[max(0, start - 1) : start], sign):
            continue  # 人武部长
        if said.text[start - 1 : start + 1] == "语文" or name.endswith("匠"):
            continue  # 语文老师, 雷山银匠
        if sign == "向" and _REPORTS.match(said.text, match.end()):
            continue  # 厕所名单的事向乡长反映
        if _OF_HOUSES.match(name) or (sign == "楼" and said.text[max(0, start - 1) : start] in _HOUSES):
            continue  # 5号楼楼长
        young = said.text[start - 1 : start] in ("小", "老") and opens(said, start - 1)
        if young and said.text[max(0, start - 2) : start] not in _SCHOOLS:
            continue  # 小晏老师 is called 小晏
        if name[:2] not in COMPOUND and sign not in (
            COMMON if is_han(said.text[start - 1 : start].strip("的")) else SURNAMES - SELDOM - _NO_TITLE
        ):
            continue  # 部门负责人
        led = opens(said, start) or (sign in COMMON - _NO_TITLE and _SURELY_TITLED.search(name))
        if not led or name == "班主任":
            continue
        if is_ordinary(name) or is_ordinary(name[:2]) or is_nobody(said.text, start):
            continue
        if not short or (sign in COMMON and closes(said.text, match.end())):
            plain = sign in COMMON and not short
            yield Mention(
                start, match.end(), name, "", 0.92 if plain and not _begins_before(said, start) else 0.8
            )


def _begins_before(said: Said, start: int) -> bool:
    """Whether a name may begin before what seems its family name: 老作家冯牧先生, 金顺姬大娘."""
    one, two = said.text[max(0, start - 1) : start], said.text[max(0, start - 2) : start - 1]
    return not opens(said, start) and (one in COMMON or (two in COMMON and one in GIVEN))


_REPORTS = compiled(
    "[^,。]{0,4}?(?:反[映应]|汇报|报告|请示|请假|打[了个]|提[出了议交]|申请|说明|解释|要[了钱人车]|求|保证|承诺|借)"
)
_OF_HOUSES = compiled("楼(?:楼|[栋组]?长|组)")
_HOUSES = frozenset("号栋元0123456789一二三四五六七八九十")
_SURELY_TITLED = compiled(
    "(?:老板|主任|科长|书记|经理|警官|镇长|乡长|站长|所长|校长|院长|医生|老师|局长|会长|总)$"
)
_NO_FAMILY = frozenset("家山公支党干安常和乐代车国法司成时总全")  # 家长, 党委委员, 车队长
_NO_TITLE = _NO_FAMILY | set("任连井占")  # 由他任组长, 打井队


_FOREIGN = (
    "[阿艾安巴拜保比布达代得德迪地丁都多尔法古哈海吉加江居卡开凯克肯库拉来兰力里立丽利列林玲罗洛马买麦曼米蜜明莫姆木穆那娜乃尼努帕"
    "皮普其恰热仁日如肉撒萨赛沙山谢苏孙索塔太泰提图吐托瓦外维吾乌西希夏辛休逊雅亚叶伊依以尤玉孜则扎增札只汗洪甫合苟亨]"
)
_DOTTED = compiled(
    f"(?P<first>{_FOREIGN}{{2,6}})[·•](?P<second>{_FOREIGN}{{2,6}})(?=[,。:;、( \\n)家说的]|$)"
)


def dotted(said: Said) -> Iterator[Mention]:
    """阿依谢姆·热合曼: a name with its father's; afterwards 阿依谢姆 alone."""
    for match in _DOTTED.finditer(said.text):
        whole = role_before(said, match.start()) or not is_han(
            said.text[max(0, match.start() - 1) : match.start()]
        )
        # 热孜万古丽·艾海提 begins before what these signs are
        yield Mention(*match.span(), match[0], role_before(said, match.start()), 0.92 if whole else 0.8)
        for again in re.finditer(match["first"] + "(?![·•])", said.text):
            yield Mention(*again.span(), match[0], "", 0.92 if whole else 0.8)


_PARTS = compiled(f"(?:{'|'.join(sorted(PARTS, key=len, reverse=True))}){{1,3}}")
_STANDING = compiled(f"老?(?:{ELDER}|{POST}|老师|阿[妈爸爷])")


def of_parts(said: Said) -> Iterator[Mention]:
    """斯琴高娃, 次仁卓玛: names without a family name."""
    for match in _PARTS.finditer(said.text):
        if said.text[match.end() : match.end() + 1] in tuple("·•") or said.text[
            match.start() - 1 : match.start()
        ] in tuple("·•"):
            continue
        standing = _STANDING.match(said.text, match.end())  # 央金大夫, 卓玛老阿妈
        led = opens(said, match.start()) or role_before(said, match.start())
        if led and (standing or closes(said.text, match.end())):
            if len(match[0]) == 2 and not standing and goes_on(said.text, match.end()):
                name = said.text[match.start() : match.end() + 2]  # 社长吉克拉铁讲
                yield Mention(match.start(), match.end() + 2, name, role_before(said, match.start()), 0.85)
                continue
            whole = len(match[0]) > 3 or HEADS.search(said.text, max(0, match.start() - 12), match.start())
            role = standing[0] if standing else role_before(said, match.start())
            yield Mention(*match.span(), match[0], role, 0.92 if whole or standing else 0.82)
