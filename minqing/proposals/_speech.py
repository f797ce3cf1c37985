"""Whether a place in a text is somebody's speech: behind 说, in open quotes, in a chat."""

import re

from minqing.proposals._items import clauses
from minqing.proposals._said import Said, clause, line, sentence

# How people are said to speak, in the first signs of a clause; some words only before what they say.
_VERBS = (
    "(?<!听)说(?!服|明(?![天早晚年]))|讲(?=[,:“他会要得先不没能只这那我你资]|[明后下今本等周])|解释(?=[,:])|[称回](?=[,:])",
    r"回了?[应复话]了?(?=[,:说]|[\d一二三明后今下本周月])|(?<!的当场)答复(?=[,:是]|说|[\d一二三明后下周月本])|告诉(?:我|他|她|大家)",
    "表示|表态|答应|保证|承诺|拍板|松了?口|点了?头|发话|放话|拉钩|包票|胸[脯口]|管到底|[说讲]好了?(?=[,:])|写了(?:条子|保证)",
    "[来回]了?(?:个)?(?:电话|信|短信|微信)(?=[,:说讲])|电话(?:里|上|那头)|(?:让|叫|请)(?:我们?|[他她]们?|大家)?(?:放心|等(?:消息|信|通知))",
)
_SAYS = re.compile(rf"\s*[^,:“\n]{{0,14}}?(?:{'|'.join(_VERBS)})")
# Speech that a colon begins, and speech that goes on behind a semicolon; 讲了三点 begins orders.
_WENT_ON = re.compile(
    "(?:(?:说|讲话?)(?!了?这?[几一二两三四五六]?[点条件])|表示|表态|答复|回话|承诺)[^。:]{0,10}:[^。“”]*$"
    r"|(?:说|解释|讲话?|表示|表态|答复|承诺|答应)[,:]?[^。\n“”]{2,}[;,][^。\n“”]*;[^。\n“”]*$"
)
_CHAT = re.compile(r"[^\n]{1,20} \d{1,2}:\d\d(?::\d\d)?\n[^\n]*$")
_FAR = 160  # signs; no speech or sentence goes farther back


def is_spoken(said: Said, start: int) -> bool:
    """Whether a place stands in somebody's speech."""
    first = max(sentence(said, start)[0], start - _FAR)
    begins = max(line(said, start)[0], start - _FAR)
    if said.text.count("“", begins, start + 1) > said.text.count("”", begins, start):
        return True
    here = [*clauses(said, first, start), clause(said, start)]
    return (
        any(_SAYS.match(said.text, at, end + 1) for at, end in here)
        or bool(_WENT_ON.search(said.text, begins, start))
        or bool(_CHAT.search(said.text, max(0, begins - 40), start))
    )
