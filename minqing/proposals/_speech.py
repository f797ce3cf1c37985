"""Whether a place in a text is somebody's speech: behind 说, in open quotes, in a chat, behind a name and a colon."""

from bisect import bisect_left

from minqing.proposals._compiled import compiled
from minqing.proposals._items import clauses
from minqing.proposals._posts import POST
from minqing.proposals._said import Said, clause, line, sentence

# How people are said to speak, in the first signs of a clause; some words only before what they say.
_VERBS = (
    "(?<!听)(?<!小)说(?!服|法|明(?![天早晚年儿日])|和|教)|"
    "(?<=[一-鿿]{2})(?<![去到来].)(?<![去到来].{2})(?<![去到来].{3})讲(?!话|课|党|座|究|解|述|习|授|稿|台|理|过(?!年)|了|"
    "完|得|的|师|义|评|学(?![校生])|演|卫生)|讲(?=[,:“他会要得先不没能只这那我你资]|[明后下今本等周开]|过年|星期|礼拜|清明|[0-9一二三四五六七八九十]{1,3}[月号天]|[年月][前底])|"
    "(?<![职名简著宣号自堪统俗人])称(?![赞号职心呼为作之重霸帝兄雄臣])(?=[一-鿿]{4})|"
    "解释(?=[,:])|[称回](?=[,:])",
    r"回了?[应复话]了?(?=[,:说]|[\d一二三明后今当下本周月])|[回答]了?(?:我|他|她|一?句)了?(?=[,:])|"
    r"(?<=[一-鿿])答(?=[,:]|[\d一二三明后今当下本周月腊正初年])|"
    r"(?<!的当场)答复(?=[,:是列]|说|[\d一二三明后下周月本])|告诉(?:我|他|她|大家)",
    "表示|表态|答应|应承|应下|(?<=[我他她])应了(?=[,:])|保证|(?<!服务)承诺|拍板|松了?口|点了?头|发话|放话|拉钩|包票|胸[脯口]|管到底|"
    "[说讲]好了?(?=[,:])|写了(?:条子|保证)|接(?:过)?话(?=[,:])|插话|补了?一句|(?<=[一-鿿])同意(?=,)",
    "(?<!我)记下了?(?=,)|回话是|[来回打]了?(?:个)?(?:电话|信|短信|微信)(?=[,:说讲])|电话(?:里|上|那头)|"
    "(?:让|叫|请)(?:我们?|[他她]们?|大家)?(?:放心|等(?:消息|信|通知))",
)
SAYS = compiled(rf"\s*[^,:“\n]{{0,14}}?(?:{'|'.join(_VERBS)})")
# Speech that a colon begins, and speech that goes on behind a semicolon; 讲了三点 begins orders.
_WENT_ON = compiled(
    "(?:(?:说|讲话?)(?!了?这?[几一二两三四五六]?[点条件])|表示|表态|答复|回话|承诺)[^。:]{0,10}:[^。“”]*$"
    r"|(?:说|解释|讲话?|表示|表态|答复|承诺|答应)[,:]?[^。\n“”]{2,}[;,][^。\n“”]*;(?!\d|[一二三四五六七八九十]、)[^。\n“”]*$"
)
_CHAT = compiled(r"[^\n]{1,20} \d{1,2}:\d\d(?::\d\d)?\n[^\n]*$")
# 07:40 兴达超市崔姐:我出…; 荀福生:我眼睛花: a line that begins with who speaks.
_TURN = compiled(
    r"\s*(?P<at>\d{1,2}:\d\d(?::\d\d)? ?)?(?P<who>[^:\n,。;]{1,14}?)(?:\([^)]{1,10}\))?(?P<then> \d{1,2}:\d\d(?::\d\d)?)?:(?!\n|\d\d)"
)
_TITLE = compiled(rf"(?:{POST}|[哥姐嫂叔婶伯爷奶姨妈总工]|(?:{POST})[一-鿿]{{2,3}})$")
_FAR = 160  # signs; no speech or sentence goes farther back


def is_spoken(said: Said, start: int) -> bool:
    """Whether a place stands in somebody's speech."""
    begins = max(line(said, start)[0], start - _FAR)
    return (
        quoted(said, start)
        or is_said(said, start)
        or bool(_CHAT.search(said.text, max(0, begins - 40), start))
        or in_turn(said, start)
    )


def quoted(said: Said, start: int) -> bool:
    """Whether a place stands in open quotes."""
    begins = max(line(said, start)[0], start - _FAR)
    return said.text.count("“", begins, start + 1) > said.text.count("”", begins, start)


def is_said(said: Said, start: int, near: bool = False) -> bool:
    """Whether a word of speech stands before a place, in its sentence; if `near`, no farther than two clauses."""
    first = max(sentence(said, start)[0], start - _FAR)
    begins = max(line(said, start)[0], start - _FAR)
    own, end = clause(said, start)
    says = SAYS.match(said.text, own, end)
    before = list(clauses(said, first, own))
    return (
        bool(says and says.end() < end - 1)
        or any(SAYS.match(said.text, at, stop + 1) for at, stop in before[-2 if near else -4 :])
        or bool(_WENT_ON.search(said.text, begins, start))
    )


def in_turn(said: Said, start: int) -> bool:
    """Whether a line begins with who speaks: a time and a name, or a name or a post alone."""
    turn = _TURN.match(said.text, line(said, start)[0], start)
    if not turn:
        return False
    if turn["who"].strip() in ("答", "复", "回复", "答复"):
        return True
    who = turn.end("who")
    at = bisect_left(said.people, turn.start("who"), key=lambda one: one.start)
    named = any(one.end == who or one.start == turn.start("who") for one in said.people[at : at + 4])
    return named or bool(_TITLE.search(turn["who"])) or bool(turn["at"] or turn["then"])
