"""Which fields, words and numbers say something about a person, and who may see it. Pure; knows no people."""

import re
from collections.abc import Mapping

from minqing.surnames import HAN, KIN

# ---------------------------------------------------------------- who may see what

# What `unit` and `public` see of each kind of field; `self` sees everything as it is.
SEES: Mapping[str, tuple[str, str]] = {
    "code": ("as it is", "as it is"),  # days, numbers, refs, closed words
    "text": ("word by word", "word by word"),  # known names, phones, sensitive words in it go as below
    "resident": ("王**, a child 儿童A", "王**, a child 儿童A"),
    "worker": ("as it is", "冯某"),
    "phone": ("138****1234", "left out"),
    "number": ("left out", "left out"),  # ID, bank card
    "health": ("患病", "left out"),
    "disabled": ("残疾", "left out"),
    "ability": ("劳动能力受限", "left out"),
    "special": ("有特殊情况", "left out"),
    "born": ("18 to 59", "left out"),
    "income": ("left out", "left out"),
    "address": ("left out", "left out"),
    "kin": ("word by word", "left out"),
    "school": ("word by word", "left out"),
    "work": ("word by word", "left out"),
    "other": ("word by word", "left out"),  # facts under keys of the writer's own
}
# Every field of an entry by the kind it is; a test walks the model, so that none is forgotten.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("Entry.id", "Entry.kind", "Entry.date", "Entry.weekday", "Entry.lunar", "Entry.time"), "code"),
    **dict.fromkeys(("Entry.title", "Entry.weather", "Entry.area", "Entry.place", "Entry.tags", "Entry.body"), "text"),
    "Entry.author": "worker", "Entry.who": "resident", "Entry.companions": "worker", "Person.role": "text",
    **dict.fromkeys(("Item.n", "Item.type", "Item.about", "Item.due", "Item.level", "Item.status"), "code"),
    "Item.text": "text", "Item.who": "resident", "Item.owner": "resident",
    **dict.fromkeys(("Update.ref", "Update.status", "Update.reason", "Update.satisfied", "Update.grade"), "code"),
    "Update.note": "text", "Update.by": "worker",
    "Aid.form": "code", "Aid.n": "code", "Aid.what": "text", "Aid.occasion": "text",
    "Aid.to": "resident", "Aid.receipt": "resident", "Aid.fund": "text", "Aid.approver": "worker",
    **dict.fromkeys(("Fund.source", "Fund.what", "Fund.note", "Figure.name", "Figure.of", "Figure.note"), "text"),
    "Quantity.value": "code", "Quantity.unit": "text", "Fact.who": "resident",
    "Decision.type": "code", "Decision.text": "text", "Decision.elected": "worker", "Decision.signed": "code",
    "Decision.posted": "code", "Vote.tally": "resident",
    **dict.fromkeys([f"Vote.{key}" for key in ("how", "issued", "returned", "valid", "yes", "no", "abstain")], "code"),
    "Meeting.type": "code", "Meeting.host": "worker", "Meeting.recorder": "worker", "Meeting.agenda": "text",
    **dict.fromkeys(("Meeting.eligible", "Meeting.present", "Meeting.unit"), "code"),
    "File.path": "text", "File.sha256": "code", "File.original": "code", "File.note": "text",
    "Void.entry": "code", "Void.why": "text",
}  # fmt: skip
# Facts by key; a key that is not here goes by the words in it and in its value, see `kind_of`.
FACTS: Mapping[str, str] = {
    **dict.fromkeys(("group", "members", "labour", "housing", "house_level", "land", "fuel", "water", "road"), "text"),
    **dict.fromkeys(("welfare", "class", "watch", "causes", "card", "sex", "minor", "tags"), "text"),
    "helper": "worker", "relation": "text", "guardian": "kin", "school": "school", "work": "work",
    "income": "income", "phone": "phone", "born": "born", "health": "health", "ability": "ability",
}  # fmt: skip


# ---------------------------------------------------------------- words

# Kinds of facts by the words in their key and value, the first that fits.
KINDS = (
    ("number", "身份证|证件号|卡号|账号|银行|社保号"),
    ("phone", "电话|手机|联系方式|微信|QQ"),
    ("address", "住址|地址|门牌"),
    ("income", "收入|工资|存款|欠[债款]|债务|负债|[iI]ncome"),
    ("special", "刑|狱|拘|毒|艾滋|HIV|劳改|缓刑|社区矫正|邪教|家暴|性侵|赌|卖淫|自杀|宗教|信教"),
    ("disabled", "残|截肢|聋|哑|盲|失明|disab"),
    ("health", "病|癌|瘤|瘫|狼疮|透析|化疗|住院|手术|精神|抑郁|痴呆|智障|伤[情势]|服药|吃药"),
)
_HARMLESS = re.compile("病虫|没有?病|无病|不?生病少|中毒预防")
WELL = re.compile(
    "(?:身体|很|较|基本|比较|都)*(?:健康|良好|正常|好|一般|无病|没病|无|healthy|good|well|fine|yes|有|有劳动能力|普通劳动力|强|正常劳动力)"
)
# Diseases and the like that give somebody away in running text, whatever facts say.
_ILL = (
    "红斑狼疮|狼疮|白血病|尿毒症|糖尿病|高血压|冠心病|心脏病|脑梗死?|脑瘫|脑出血|中风|偏瘫|瘫痪|截瘫|[肝肺胃肠乳血骨]?癌症?|肿瘤|肝炎|肝硬化|"
    "肺结核|结核病?|尘肺病?|哮喘|癫痫|精神病|精神分裂症?|精神障碍|抑郁症?|自闭症|痴呆症?|智障|帕金森病?|类?风湿病?|关节炎|股骨头坏死|"
    "肾病|肾衰竭?|透析|化疗|放疗|乙肝|梅毒|性病|血友病|先天性疾病|截肢|(?<![对分])失明|聋哑|偏盲"
)
_SPECIAL = (
    "服刑(?:人员)?|判刑|坐牢|入狱|劳改|劳教|刑满释放|刑拘|吸毒|戒毒|贩毒|涉毒|艾滋病?|HIV|缓刑|社区矫正|"
    "性侵|强奸|卖淫|嫖娼|自杀"
)
_DISABLED = "(?:肢体|视力|听力|言语|智力|精神|多重)残疾|残疾[一二三四1-4]级|[一二三四1-4]级残疾"
# What somebody takes tells what they have; medicines are known by how their names end.
_TAKES = (
    f"(?:吃|服用?|口服|注射|打)(?:着|了|过|的是)?{HAN}{{1,7}}?"
    "(?:片|丸|胶囊|颗粒|冲剂|口服液|针剂|沙班|他汀|地平|沙坦|普利|洛尔|双胍|格列.|西泮|氮平|替尼|西林|霉素|胰岛素|激素|锂|酮)"
)
TOLD = re.compile(
    f"(?P<health>{_ILL})|(?P<special>{_SPECIAL})|(?P<disabled>{_DISABLED})|(?P<medicine>{_TAKES})"
)
# What is health for `public` although it names no disease.
UNWELL = re.compile(
    "患病|生病|得病|重病|大病(?![保救])|病[故逝危重倒]|住院|手术|残疾(?!人(?:联|两项|补贴|就业))|改嫁|离异|父母双亡|孤儿"
)


def kind_by_words(key: str, value: str) -> str:
    """What a fact under a key of the writer's own is about: a kind of KINDS, "kin" or "other"."""
    told = _HARMLESS.sub("", f"{key} {value}")
    for kind, words in KINDS:
        if re.search(words, told):
            return kind
    return "kin" if KIN.search(key) else "other"


def kind_of(key: str, value: str) -> str:
    """What kind of field a fact is: by its key where that is known, else by the words in key and value."""
    return FACTS.get(key) or kind_by_words(key, value)


# ---------------------------------------------------------------- numbers that name somebody

PHONE = re.compile(
    r"(?<![\d.])(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)|(?<![\d.-])(0\d{2,3})[ -]?\d{3,4}(\d{4})(?!\d)"
)
DOOR = re.compile(
    r"(?<=[路街巷弄])\d+号(?:院|楼)?(?:\d+[栋幢号])?(?:\d+单元)?(?:\d+室?)?|\d+[栋幢](?:\d+单元)?\d+室?"
)
MANY_DIGITS = re.compile(r"\d[ -]?(?:\d[ -]?){6}")
EARNING = re.compile("收入|工资|挣|赚|存款|欠|债|income|wage|earn", re.IGNORECASE)
BIRTH = re.compile("生|born", re.IGNORECASE)
CLAUSE = re.compile(r"[^，,；;。！？!?\n]*[，,；;。！？!?\n]?")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # they could hide a name from us
SPACED = re.compile(rf"(?<={HAN})(?:[ \u3000]+|[ \u3000]*\n[ \u3000]*)(?={HAN})")  # a pad, or a line's end
