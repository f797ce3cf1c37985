"""What stands around names: the words that lead to one, and those that go on behind one."""

from minqing.proposals._compiled import compiled
from minqing.proposals._life import GRADE, ILL
from minqing.proposals._posts import AT_OFFICE, POST
from minqing.proposals._said import Said
from minqing.surnames import is_han

# Words that a bare name stands behind.
BEFORE = compiled(
    r"(?:人|里|领导|说|走访了?|看望了?|慰问了?|访问|探望|拜访|来到|去到|去看了?|看了?|到了?|去了?|进了?|找到?了?|"
    r"寻|叫来?|喊|请来?|问|跟|和|与|同|对|替|帮|给|为|把|陪|约上?|遇见|遇到|碰到|碰见|见到|见了?|"
    r"住着|接到|接|说的是|就是|还有|由|是|到|选举|推选|找|、|隔壁|邻居|只有|听|——|—|经|受|凭|让|看|的|"
    r"[组村屯寨户楼栋室号]|联系|通知|安排|委托|动员|劝|送|扶|带|带着|叫做?|名叫|年轻的|数|其中|包括|比如|像|会同|组织)$"
)
VISITED = compiled(
    "(?:走访了?|看望了?|慰问了?|探望了?|看了?|岁的|拜访了?|隔壁|邻居|叫|名叫|的是|位是|个是|[组屯寨]的?|"
    "(?<![全本我各])村的?|[级班]的?|(?:号|单元)的?|\\d[栋室户]的?)$"
)
STRONG = compiled(
    r"一?家|[, ]\d\d(?=\D)|被|父子|母子|父女|母女|兄弟|[, ](?:爸|妈|父|母|爷|奶|跟|随)|"
    r",?(?:丈夫|妻子|老伴|老公|老婆|儿子|女儿|父亲|母亲)|说|讲|今年|现年|(?:得了?)?\d+票|当选|\(|"
    r"[,、 ]?(?:男(?![人方])|女(?![儿方])|\d+岁|[一二三四五六七八九]?十[一二三四五六七八九岁了])|表态|反映|要求|"
    r"提出|告诉|认为|担心|患|"
    r"的?(?:老伴|丈夫|妻子|儿子|女儿|爷爷|奶奶|母亲|父亲|孩子|老婆|媳妇|妈妈|爸爸|公公|婆婆|外婆|家长)"
    r"|等?[一两三四五六七八九十\d]{1,2}[位名户]|捐|收的|(?: ?(?:现金|慰问金|助学金))|特意|"
    r"[,:](?:在|上个?月|前年|去年|昨|今|因|患|他|她|住|现|家)|夫妇|夫妻|两口子|一家|,我|同学|想要?|左手|右手|腿|"
    r"眼睛|血压|身体|不认|"
    r"答应|承诺|保证|打[来电]|来[问找说反]|老[人汉两]|大[爷娘妈]|同志|[他她]|这[几个]|那边|在场|一直|家庭"
)
# What a list tells of somebody right behind their name: 阴小曼,脑瘫; 常晨 二年级; 暨大有,四口人.
LISTED = compiled(
    r"[,:、 (](?:[男女][,、;。) ]|\d{1,3}岁|[一二三四五六七八九]?十[一二三四五六七八九]?[岁了,]|\d\d[,。]|独居|"
    r"单身|丧偶|离异|低保|五保|特困|监测户|脱贫|患|得了|因病|残疾|退伍|退休|原[系在是为]?|家庭|全家|"
    r"[一二两三四五六七八九十\d]{1,2}(?:口|个人)|"
    rf"(?:肢体|智力|精神|听力|视力|言语|语言)|{GRADE}|{ILL}|工伤|下岗|失独|孤儿|留守|家住|住[在址]?|环卫|外卖)"
)
# The head of a line or a point of a list: 1.东沟 褚满堂, 【一组 全守业家】.
HEADS = compiled(
    r"(?:\n|^|[【①-⑳;。])[ 　]*(?:\d{1,2}[.、)] ?|[一二三四五六七八九十]、|\([一二三四五六七八九十\d]+\)|[①-⑳]|"
    r"[-*·])? ?(?:第?[一二两三四五六七八九十\d]{1,2}[户家](?:是|"
    r"[,:]))?(?:[一-鿿\d]{1,4}[组村社屯寨沟湾坪坝坡冲庄号] ?)?$"
)

_POST = compiled(f"(?:{POST})$")  # 班主任卞老师


def opens(said: Said, start: int) -> bool:
    """Whether a name may well begin at an offset: behind a sign, an office or a word that leads to names."""
    before = said.text[max(0, start - 8) : start]
    return (
        not before
        or not is_han(before[-1])
        or bool(BEFORE.search(before) or AT_OFFICE.search(before) or _POST.search(before))
    )
