"""The vocabulary of the field: every key and value with its Chinese, and the words that count as it.

Keys and values are stable ASCII in the model, in JSON and in the ledger; a file may use either
language. The first Chinese word of a row is the one shown; the others are also understood.
"""

from collections.abc import Mapping

# What stands in front matter, record by record.
KEYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "entry": {
        "id": ("编号",),
        "kind": ("类型",),
        "title": ("标题",),
        "date": ("日期",),
        "weekday": ("星期",),
        "lunar": ("农历",),
        "time": ("时间",),
        "weather": ("天气",),
        "area": ("区划", "村组", "地区"),
        "place": ("地点",),
        "author": ("记录人", "作者"),
        "who": ("对象", "走访对象"),
        "with": ("同行", "陪同"),
        "tags": ("标签",),
        "facts": ("情况",),
        "figures": ("数据",),
        "items": ("事项",),
        "updates": ("进展",),
        "aid": ("帮扶",),
        "funds": ("资金",),
        "meeting": ("会议",),
        "decisions": ("议定",),
        "files": ("附件",),
        "void": ("更正", "红字更正"),
    },
    "item": {
        "type": ("类型",),
        "about": ("类别",),
        "who": ("对象", "反映人"),
        "text": ("内容",),
        "owner": ("责任人", "承诺人"),
        "due": ("期限", "时限"),
        "level": ("级别",),
        "status": ("状态",),
    },
    "update": {
        "ref": ("编号",),
        "status": ("状态",),
        "reason": ("原因",),
        "note": ("说明",),
        "by": ("办理人",),
        "satisfied": ("满意度",),
        "grade": ("等次",),
    },
    "aid": {
        "what": ("内容",),
        "form": ("形式",),
        "each": ("每份",),
        "n": ("份数", "数量"),
        "total": ("合计",),
        "to": ("领取人", "对象"),
        "fund": ("资金来源", "来源"),
        "approver": ("审批", "审批人"),
        "occasion": ("名目",),
        "receipt": ("签收",),
    },
    "fund": {
        "from": ("来源", "资金来源"),
        "what": ("内容",),
        "amount": ("金额", "数额"),
        "note": ("说明",),
    },
    "figure": {"value": ("数值", "数"), "of": ("其中", "占"), "note": ("说明",)},
    "facts": {
        "group": ("组",),
        "members": ("人口",),
        "labour": ("劳动力",),
        "housing": ("住房面积", "住房"),
        "house_level": ("危房等级",),
        "land": ("耕地",),
        "fuel": ("燃料",),
        "water": ("饮水",),
        "road": ("入户路",),
        "income": ("人均年收入", "收入"),
        "welfare": ("低保情况", "低保"),
        "class": ("户属性",),
        "watch": ("监测类别",),
        "causes": ("致贫原因", "贫困原因"),
        "helper": ("帮扶责任人",),
        "phone": ("电话", "手机"),
        "sex": ("性别",),
        "born": ("出生",),
        "relation": ("与户主关系", "关系"),
        "school": ("就学",),
        "health": ("健康状况", "健康"),
        "ability": ("劳动能力",),
        "work": ("务工地",),
        "guardian": ("监护人",),
        "minor": ("未成年",),
        "tags": ("标签",),
        "card": ("连心卡",),
    },
    "meeting": {
        "type": ("类型",),
        "host": ("主持",),
        "recorder": ("记录",),
        "eligible": ("应到",),
        "present": ("实到",),
        "unit": ("单位",),
        "agenda": ("议题",),
    },
    "decision": {
        "type": ("类型",),
        "text": ("内容",),
        "elected": ("当选",),
        "signed": ("签订数",),
        "posted": ("公示日期",),
        "vote": ("表决",),
    },
    "vote": {
        "how": ("方式",),
        "issued": ("发出",),
        "returned": ("收回",),
        "valid": ("有效",),
        "yes": ("赞成",),
        "no": ("反对",),
        "abstain": ("弃权",),
        "tally": ("得票",),
    },
    "file": {
        "path": ("路径", "文件"),
        "sha256": ("校验",),
        "note": ("说明",),
        "original": ("原件校验", "原件"),
    },
    "void": {"entry": ("日记", "编号"), "why": ("原因",)},
    "config": {
        "name": ("名称",),
        "area": ("区划", "村组"),
        "author": ("记录人", "作者"),
        "lang": ("语言",),
        "areas": ("村组表",),
        "deadlines": ("期限",),
        "visits": ("走访周期",),
        "quorum": ("法定人数",),
        "score": ("考核权重",),
        "mask": ("脱敏",),
        "card": ("连心卡",),
        "grades": ("等次线",),
        "budget": ("预算",),
    },
    # What a quarterly assessment weighs.
    "score": {
        "closing": ("销号率",),
        "on_time": ("按期办结率",),
        "promises": ("承诺兑现率",),
        "satisfaction": ("满意率",),
        "coverage": ("走访覆盖率",),
        "collected": ("收集件数",),
        "volume": ("日记篇数",),
    },
    # A procedure with its steps: templates/flows/NAME.yaml.
    "flow": {"name": ("名称",), "about": ("类别",), "steps": ("步骤",)},
    "step": {"name": ("名称",), "days": ("天数", "期限"), "when": ("凭据",)},
    "evidence": {
        "fact": ("情况",),
        "words": ("字样",),
        "unless": ("除非",),
        "status": ("状态",),
        "kind": ("类型",),
        "meeting": ("会议",),
    },
    # What stands on a 民情连心卡.
    "card": {
        "name": ("姓名",),
        "post": ("职务",),
        "office": ("单位",),
        "phone": ("手机", "电话", "联系电话", "手机号码"),
        "promise": ("服务承诺", "行动要求", "承诺"),
    },
    "kind": {
        "kind": ("类型",),
        "name": ("名称",),
        "asks": ("询问",),
        "needs": ("必填",),
    },
    # Which column of a table is which key: templates/forms/NAME.yaml.
    "map": {
        "name": ("名称",),
        "columns": ("栏目", "列", "各列"),
        "values": ("取值",),
        "always": ("固定",),
        "repeats": ("重复表",),
    },
    # A ledger that an office lays out itself: templates/ledgers/NAME.yaml.
    "form": {
        "title": ("标题", "表名"),
        "source": ("来源",),
        "filter": ("筛选", "条件"),
        "columns": ("栏目", "列", "各列"),
        "sort": ("排序",),
        "by": ("汇总",),
        "unit": ("单位",),
        "footer": ("页脚", "落款"),
        "numbered": ("纸面序号",),
    },
}

_PLACE = {
    "ref": ("编号",),
    "date": ("日期",),
    "time": ("时间",),
    "area": ("村组", "区划"),
    "author": ("记录人",),
}


def _as_in(record: str, *keys: str) -> dict[str, tuple[str, ...]]:
    """Columns that are called as the keys of a record are."""
    return {key: KEYS[record][key] for key in keys}


# What a ledger can be drawn from, with its columns; `no` is a running number.
SOURCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "items": {
        **_PLACE,
        "source": ("来源",),
        **_as_in("item", "type", "about", "who", "text", "owner", "due", "level"),
        "progress": ("办理情况", "进展"),
        **_as_in("item", "status"),
        "closed": ("销号日期",),
        "kept": ("兑现日期",),
        "satisfied": ("满意度",),
        "overdue": ("是否逾期", "逾期"),
    },
    "aid": {
        **_PLACE,
        "who": ("对象", "领取人"),
        **_as_in("aid", "what", "form", "each", "n", "total"),
        "unit": ("单位",),
        "fund": ("资金来源",),
        **_as_in("aid", "occasion"),
        "by": ("经办人",),
        **_as_in("aid", "receipt"),
    },
    "visits": {
        **_PLACE,
        **_as_in("entry", "who"),
        "class": ("户属性",),
        "by": ("走访人",),
        "facts": ("主要情况", "情况"),
        "items": ("反映问题",),
        "answers": ("处理意见",),
    },
    "figures": {
        **_PLACE,
        "name": ("名称", "数据", "数据项"),
        "value": ("数值",),
        "unit": ("单位",),
        "change": ("增减", "变化"),
        "of": ("属于", "占"),
        **_as_in("figure", "note"),
    },
    "entries": {**_PLACE, **_as_in("entry", "kind", "title", "place", "weather", "who", "with", "tags")},
    "decisions": {
        **_PLACE,
        "title": ("会议", "会议名称"),
        **_as_in("entry", "place"),
        **_as_in("decision", "type"),
        "text": ("内容", "议定事项"),
        **_as_in("decision", "elected"),
        "signed": ("签订数", "签订"),
        **_as_in("decision", "posted"),
        "yes": ("赞成",),
        "no_votes": ("反对",),
        "abstain": ("弃权",),
    },
    "facts": {**_PLACE, "who": ("对象", "户主"), "fact": ("项目",), "value": ("情况", "内容", "数值")},
    "funds": {
        **_PLACE,
        **_as_in("fund", "from", "what"),
        "amount": ("金额", "数量"),
        "unit": ("单位",),
        **_as_in("fund", "note"),
    },
}
SOURCE_NAMES: Mapping[str, tuple[str, ...]] = {
    "items": ("事项",),
    "aid": ("帮扶",),
    "visits": ("走访",),
    "figures": ("数据",),
    "entries": ("日记",),
    "decisions": ("议定",),
    "facts": ("情况",),
    "funds": ("资金",),
}
# The words that a column's values are taken from; kinds and facts may also be the writer's own.
SOURCE_VALUES: Mapping[str, Mapping[str, str]] = {
    "items": {
        "source": "kind",
        "type": "item",
        "about": "about",
        "level": "level",
        "status": "status",
        "satisfied": "satisfied",
        "overdue": "truth",
    },
    "aid": {"form": "form"},
    "visits": {"class": "class"},
    "entries": {"kind": "kind"},
    "decisions": {"type": "decision"},
    "facts": {"fact": "fact"},
}
OPEN = ("kind", "fact")
OVERDUE = ("overdue", "逾期", "超期")  # what a status may be asked for besides

# What a key may hold, where the words are a closed set.
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {
        "visit": ("走访", "入户走访"),
        "survey": ("调研", "调查"),
        "meeting": ("会议",),
        "aid": ("慰问帮扶", "慰问", "帮扶"),
        "mediate": ("调解",),
        "publicize": ("宣讲",),
        "serve": ("代办",),
        "inspect": ("督查",),
        "review": ("批阅",),
        "note": ("随记",),
    },
    "item": {
        "problem": ("问题",),
        "need": ("诉求", "需求"),
        "complaint": ("意见",),
        "advice": ("建议",),
        "promise": ("承诺",),
        "task": ("待办",),
        "measure": ("措施",),
    },
    "about": {
        "income": ("增收就业", "增收", "就业"),
        "farm": ("农业生产", "农业"),
        "land": ("土地",),
        "water": ("水利饮水", "水利", "饮水"),
        "road": ("道路交通", "道路", "交通"),
        "house": ("住房搬迁", "住房", "搬迁"),
        "health": ("医疗健康", "医疗", "健康"),
        "school": ("教育就学", "教育", "就学"),
        "welfare": ("低保救助", "低保", "救助"),
        "care": ("关爱照料", "关爱", "照料"),
        "dispute": ("矛盾纠纷", "纠纷"),
        "affairs": ("村务公开", "村务"),
        "culture": ("文化设施", "文化"),
        "environment": ("人居环境", "环境"),
        "safety": ("安全",),
        "policy": ("政策",),
        "other": ("其他", "其它"),
    },
    "level": {"normal": ("一般",), "important": ("重要",), "urgent": ("紧急", "急", "特急", "加急")},
    "status": {
        "open": ("未办理",),
        "doing": ("办理中",),
        "referred": ("已转办", "转办"),
        "done": ("已办结", "办结"),
        "closed": ("已销号", "销号"),
        "declined": ("不予办理",),
        "reopened": ("重新办理",),
    },
    "reason": {
        "resolved": ("已解决",),
        "explained": ("政策解释",),
        "transferred": ("移交",),
        "withdrawn": ("本人撤回",),
        "duplicate": ("重复",),
        "moved": ("迁出",),
        "died": ("去世",),
    },
    "satisfied": {"yes": ("满意",), "basic": ("基本满意",), "no": ("不满意",)},
    "grade": {"excellent": ("优",), "good": ("良",), "fair": ("中",), "poor": ("差",)},
    "form": {
        "cash": ("现金",),
        "goods": ("物资", "实物"),
        "service": ("服务",),
        "project": ("项目",),
        "policy": ("政策",),
    },
    "meeting": {
        "group": ("村民小组会议", "小组会议"),
        "villagers": ("村民会议",),
        "reps": ("村民代表会议",),
        "party": ("党员大会",),
        "committee": ("两委会",),
        "hearing": ("民主评议会",),
        "forum": ("座谈会",),
        "other": ("其他", "其它"),
    },
    "unit": {"person": ("人",), "household": ("户",)},
    "decision": {"resolution": ("决议",), "election": ("选举",), "agreement": ("协议",)},
    "how": {"secret": ("无记名", "无记名投票"), "show": ("举手",), "voice": ("口头",)},
    "class": {
        "normal": ("一般户",),
        "lifted": ("脱贫户",),
        "watched": ("监测户",),
        "dibao": ("低保户",),
        "tekun": ("特困户",),
    },
    "watch": {
        "unstable": ("脱贫不稳定户",),
        "edge": ("边缘易致贫户",),
        "sudden": ("突发严重困难户",),
    },
    "causes": {
        "illness": ("因病",),
        "disability": ("因残",),
        "school": ("因学",),
        "disaster": ("因灾",),
        "land": ("缺土地",),
        "water": ("缺水",),
        "skill": ("缺技术",),
        "labour": ("缺劳力", "缺劳动力"),
        "capital": ("缺资金",),
        "transport": ("交通条件落后",),
        "drive": ("自身发展动力不足",),
        "marriage": ("因婚",),
        "funeral": ("因丧",),
        "other": ("其他", "其它"),
    },
    "person_tag": {"left_behind": ("留守",), "hardship": ("特困", "特别困难")},
    "house_level": {"A": ("A级",), "B": ("B级",), "C": ("C级",), "D": ("D级",)},
    # Whether what a rate is counted from meets it.
    "met": {"met": ("达到",), "failed": ("未达到",)},
    # How a step of a procedure stands.
    "stage": {
        "done": ("已完成",),
        "late": ("超期完成",),
        "doing": ("进行中",),
        "overdue": ("已超期",),
        "waiting": ("未开始",),
        "unrecorded": ("缺记录",),
    },
    # How a household stands against the days its class allows between two visits, in words and as a light.
    "visited": {
        "on_time": ("按期",),
        "falling_due": ("快到期",),
        "overdue": ("超期",),
        "never": ("从未走访",),
    },
    "light": {"green": ("绿",), "yellow": ("黄",), "red": ("红",), "grey": ("灰",)},
    "fact": KEYS["facts"],
    "truth": {"true": ("是", "有", "yes"), "false": ("否", "无", "不是", "没有")},
    "grain": {"day": ("日",), "week": ("周",), "month": ("月",), "quarter": ("季", "季度"), "year": ("年",)},
}

# Facts whose values are a closed set, with the set they are of.
FACT_WORDS: Mapping[str, str] = {
    "class": "class",
    "watch": "watch",
    "house_level": "house_level",
    "causes": "causes",
    "minor": "truth",
    "tags": "person_tag",
}

# Order in which statuses of one moment apply; reopened comes last.
STATUS_ORDER = ("open", "doing", "referred", "done", "closed", "declined", "reopened")
CLOSED = ("closed", "declined")
# What the relation to the head of a household is called for the head.
HEADS = ("户主", "本人", "户主本人", "head")
# Units of money, with what one of each is worth in yuan.
MONEY = {"元": "1", "yuan": "1", "块": "1", "块钱": "1", "圆": "1", "角": "0.1", "分": "0.01"}
# What else is counted by; only before these a Chinese numeral is surely a number: 一套, not 一般.
MEASURES = frozenset("人户名位个只套袋桶床盏箱件瓶盒本份副双条斤吨包台把辆张株棵头册罐壶筐匹顶支根部家次亩篇间" + "口岁天") | {
    "口人", "个人", "公斤", "千克", "公里", "平方米", "小时"
}  # fmt: skip
RAISED = ("problem", "need", "complaint", "advice")  # what people bring up, as against what is done about it
PENDING = ("open", "doing", "referred")  # what can be overdue

FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Letters and digits only: Chinese punctuation belongs to the sentence it stands in.
FULLWIDTH_ALNUM = {code: half for code, half in FULLWIDTH.items() if chr(half).isalnum()}

_KEY_OF = {
    record: {word: key for key, words in keys.items() for word in (key, *words)}
    for record, keys in KEYS.items()
}
_VALUE_OF = {
    name: {word.lower(): value for value, words in values.items() for word in (value, *words)}
    for name, values in VALUES.items()
}


def plain(text: str) -> str:
    """Full-width letters, digits and punctuation as their half-width twins; outer space off."""
    # most of what is read is plain already, and a translation is the slowest way to see that
    return text.strip() if text.isascii() else text.translate(FULLWIDTH).strip()


_ID_SIGNS = str.maketrans("oil。", "011.")


def fold_id(text: str) -> str:
    """An id as it is meant, however the input method left it: full-width, capitals, O for 0, I and L for 1, 。 for a dot."""
    return plain(text).lower().translate(_ID_SIGNS)


def key_of(record: str, typed: str) -> str | None:
    """The key that a person means by `typed` in a record, or None."""
    return _KEY_OF[record].get(typed) or _KEY_OF[record].get(plain(typed).lower())


def value_of(name: str, typed: str) -> str | None:
    """The value of a closed set that a person means by `typed`, or None."""
    return _VALUE_OF[name].get(typed) or _VALUE_OF[name].get(plain(typed).lower())


def show_key(record: str, key: str, language: str) -> str:
    """A key as its language writes it in a file: the word itself in English."""
    return KEYS[record][key][0] if language == "zh" and key in KEYS[record] else key


def show_value(name: str, value: str, language: str) -> str:
    """A value as its language writes it; what is not in the set stays as it is."""
    words = VALUES[name].get(value)
    if not words or language != "zh":
        return value
    return words[0]


def label(name: str, value: str, language: str) -> str:
    """A value as a reader wants to see it: `left_behind` is "left behind" in English."""
    shown = show_value(name, value, language)
    return shown.replace("_", " ") if shown == value and value in VALUES[name] else shown


def nearest(typed: str, known: "list[str]") -> str | None:
    """The known word a slip of the finger most likely meant, or None."""
    import difflib  # only on the way to an error message

    word = plain(typed).lower()
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return close[0] if close and word not in (f"未{close[0]}", f"不{close[0]}") else None


def words_of(record: str) -> list[str]:
    """Every word that a record's keys may be written as."""
    return list(_KEY_OF[record])
