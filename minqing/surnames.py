"""What a person's name looks like in Chinese: family names, posts, kin, and what is none. Pure; knows nobody."""

import re

from minqing.words import KEYS, VALUES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPOUND = _words(
    "欧阳 太史 上官 端木 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 亓官 司寇 子车 颛孙 巫马 公西 漆雕 "
    "乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 左丘 东门 西门 第五 纳兰 完颜 "
    "耶律 爱新"
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马"
    "苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪"
    "祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田"
    "樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封"
    "芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶"
    "郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边"
    "扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚"
    "越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况郈有琴归"
    "海晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪年爱阳佟言福仝肖付代覃佀苟冼揭卿麦原化展邸门青尧粟来刀岩玉"
)
SELDOM = frozenset("双有那后来都年言原化相经从能全通空别")  # surnames that mostly begin other words
# Words that may be names but mostly are none: hidden in running text only where they stand alone.
_ORDINARY = _words(
    "自己 本人 大家 群众 村民 全体 全组 全村 全家 学校 老师 高中 高兴 高龄 高温 文明 文化 文件 安全 安心 "
    "安排 平安 和平 和睦 方法 方向 方便 时间 时常 常年 成立 成年 成绩 金额 黄金 水利 水源 白天 万元 单位 "
    "单身 单亲 田地 花生 石头 牛羊 马上 车辆 路面 江山 林地 林业 毛巾 夏天 秋收 秋天 温暖 关心 关于 于是 "
    "何时 谢谢 向前 向上 易地 党员 计划 计生 经济 经常 经商 解决 支持 支部 相关 干部 干旱 应当 都是 广大 "
    "曾经 全部 从事 公开 公路 公益 国家 国庆 建国 建设 建华 建军 建民 爱国 爱民 为民 利民 富民 富强 富裕 "
    "健康 幸福 吉祥 如意 快乐 光明 光荣 先进 胜利 解放 红旗 红星 红军 东风 春风 春天 春节 丰收 发展 发财 "
    "致富 兴旺 振兴 团结 友谊 友爱 学习 进步 前进 长江 黄河 泰山 太阳 月亮 海洋 中秋 重阳 元旦 清明 端午 "
    "大雪 小雪 立春 立夏 立秋 大山 小河 青山 青年 青苗 水生 长久 大成 小满 大学 小学 中学 初中 卫生 康复 "
    "农民 农业 农村 通过 通知 通常 满意 强调 强化 相信 查看 明白 明确 明天 明年 明显 那么 那些 有关 有时 "
    "有人 后来 家庭 家里 家长 家人 房屋 房子 居民 居住 居家 游客 权利 商量 商店 化肥 原因 原来 年底 年龄 "
    "年老 言语 来信 代表 付款 利用 利益 越来越 别人 双方 边界 终于 充分 步行 须知 管理 管护 包括 包装 路灯 "
    "路口 林场 山上 山下 山区 山路 山坡 谷子 池塘 古树 桂花 桑树 柳树 梅雨 桃花 冷库 金融 银行 柏油 水泥 "
    "水库 水渠 水管 水井 水塘 云南 江苏 江西 河南 海南 广东 广西 贵州 云云 平时 平均 平整 严重 严格 成功 "
    "成本 成员 张贴 包干 施工 施肥 项目 盛开 强烈 万一 危房 危险 苗木 支付 支出 解释 解答 应该 宣传 宣讲 "
    "左右 石料 程序 程度 荣誉 储存 富余 焦急 班子 班主任 武装 印发 怀疑 索赔 屠宰 能够 能力 党建 党委 党组 "
    "申请 申报 扶持 扶贫 燕麦 尚未 温室 连续 连接 容易 古老 居委会 都有 满足 国道 文艺 文书 广场 利息 师傅 "
    "养老 养殖 养护 丰富 关爱 关注 相互 后续 红薯 红粮 红包 游泳 益民 公示 公司 公积金 有效 归还 海拔 "
    "祝贺 祝福 祝愿 祝你 车祸 代领 代办 贺卡 简单 简直 艾草 牛奶 鱼塘 柴火 龙头 "
    "纪检 沙场 沙石 沙子 石场 车站 车间 水塔 水站 路边 路段 路基 党费 党课 金秋 钱款 包村 包片 常务 易燃 池边"
)
VOCABULARY = frozenset(
    word
    for family in (KEYS, VALUES)
    for record in family.values()
    for key, words in record.items()
    for word in (key, *words)
)

# What a person's relation to another is called.
KINSHIP = (
    "外祖父|外祖母|曾祖父|曾祖母|祖父|祖母|爷爷|奶奶|外公|外婆|姥爷|姥姥|父亲|母亲|爸爸|妈妈|父母|丈夫|妻子|老伴|配偶|爱人|媳妇|"
    "儿子|女儿|长子|次子|三子|长女|次女|三女|独子|独女|孙子|孙女|外孙女?|儿媳|女婿|哥哥|弟弟|姐姐|妹妹|兄弟|姐妹|兄长|"
    "伯父|大伯|伯母|叔叔|叔父|婶婶|舅舅|舅妈|姑姑|姑父|姑妈|姨妈|姨父|阿姨|公公|婆婆|岳父|岳母|祖辈|亲戚|亲属|邻居|户主|监护人|"
    "子女|孩子|本人|大爷|大妈|大娘|大嫂|大哥|大姐"
)
KIN = re.compile(KINSHIP)
POSTS = (
    "总?支?书记|第一书记|主任|委员|会计|文书|镇长|乡长|县长|村长|局长|所长|站长|科长|处长|组长|队长|校长|院长|园长|主席|部长|经理|"
    "干事|网格员|医生|老师|教师|律师|师傅|同志|先生|女士|小姐"
)
# What stands behind a name without being part of it: 赵小梅家, 赵小梅的爷爷, 赵小梅等3人, 姜素云副局长.
_BEHIND = re.compile(
    rf"(?:等(?:[\d一二三四五六七八九十两几]*[人户名位])?|一?家[里中]?|全家|户|夫妇|夫妻|两口子|的?(?:{KINSHIP})|副?(?:{POSTS}))$"
)
_BODY = re.compile(
    "(?:学校|小学|中学|大学|幼儿园|委员会|[村居]委会?|两委|支部|党委|政府|公司|合作社|超市|银行|信用社|办公室|社区|街道|小组|网格|医院|"
    "卫生室|工作队|党员|代表|群众|村民|居民|农户|住户|家长|教师|老师|老人|儿童|干部|职工|人员|各户|全体|人们|我们|他们|"
    ".[局厅所站办队厂]|..组)$"
)
_LOOSE = re.compile("(?:学生|孩子|[乡镇县市区村庄寨屯湾会社院部团店处方户人室科股局厅所站办组队厂们])$")
VAGUE = re.compile(
    r"^(?:全[体村组家镇乡县校班部]|各|所有|部分|多数|几|本[村组镇乡县]|[\d一二三四五六七八九十]+[名户位个组])"
)
_NOBODY = _words(
    "自己 本人 对方 双方 大家 群众 老师 班主任 班子 支部 党委 妇联 团委 政府 学校 户主 监护人 无 有"
)
_PLACES = frozenset("村镇乡县市区省局班党组总副")  # one of these before a post makes no name of it
STAND_IN = re.compile("某[甲乙丙丁戊己庚辛壬癸]\\d*|Person [A-Z]\\d*")  # what `forget` puts in a name's place


def surname(name: str) -> str:
    """The family name, of one character or two: 王, 欧阳; of a name in letters its first."""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def is_ordinary(word: str) -> bool:
    """Whether a word is one that people use without meaning anybody."""
    return word in _ORDINARY or word in VOCABULARY


def is_body(text: str) -> bool:
    """Whether a text names an office, a group or a place rather than a person: 卫生局, 全体村民, 12户."""
    return bool(
        _BODY.search(text)
        or VAGUE.search(text)
        or (_LOOSE.search(text) and not _begins_like_name(text))
        or text in _NOBODY
        or STAND_IN.fullmatch(text)
    )


def _begins_like_name(text: str) -> bool:
    return text[0] in SURNAMES if len(text) <= 3 else len(text) == 4 and text[:2] in COMPOUND


def looks_like_name(text: str) -> bool:
    """Whether a text in a place that need not hold a name most likely is one."""
    if is_ordinary(text) or is_body(text) or KIN.search(text):
        return False
    if not all("\u4e00" <= sign <= "\u9fff" for sign in text.replace("·", "")):
        return False
    if text[:2] in COMPOUND:
        return 3 <= len(text) <= 4
    return "·" in text or (text[:1] in SURNAMES and 2 <= len(text) <= 3)


def bare(name: str) -> str:
    """A name without what stands behind it; nothing when that is no name: 校长, 村书记. 王老师 stays as it is."""
    while match := _BEHIND.search(name):
        rest = name[: match.start()].removesuffix("的")
        if len(rest) < 2:
            return name if rest in SURNAMES and rest not in _PLACES else ""
        name = rest
    return name
