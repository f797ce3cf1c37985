"""minqing init: a folder that is a diary, under git where git is there."""

import shutil
import subprocess
from pathlib import Path
from typing import Annotated

from minqing.cli import screen, session
from minqing.cli.params import Argument, Option
from minqing.diary import init_diary, unignored
from minqing.errors import UsageError
from minqing.language import LANGUAGES, _, language, use_language

_CONFIG = {
    "zh": """\
# 这本日记的设置。每一项都有默认值，可以不填。
名称: {name}
# 新日记默认写在哪里，例如 青石镇/柳湾村
区划:
# 新日记默认的记录人
记录人:
# 界面和报表的语言：zh 中文，en 英文
语言: zh
# 走访周期：每类户最多隔几天走访一次
走访周期: {{一般户: 180, 脱贫户: 90, 监测户: 30, 低保户: 60, 特困户: 30}}
# 没有写期限的事项，几天内办结
期限: {{紧急: 3, 重要: 7, 一般: 30}}
# 下面几项，要用就去掉行首的 # 和空格，改成自己的。
# 资金台账里列执行进度的年度预算，一项资金一个数
# 预算: {{县民政局: 20000元}}
# 民情连心卡上印的内容
# 连心卡: {{姓名: 许望山, 职务: 驻村第一书记, 单位: 县水利局, 手机: 13800000000, 服务承诺: 随叫随到}}
# 考核各项占多少分，多少分是什么等次
# 考核权重: {{销号率: 30, 按期办结率: 25, 承诺兑现率: 20, 满意率: 15, 走访覆盖率: 10}}
# 等次线: {{优: 90, 良: 75, 中: 60}}
""",
    "en": """\
# The settings of this diary. Every one has a default and may stay empty.
name: {name}
# where new entries are, such as Qingshi/Liuwan
area:
# who writes new entries
author:
# language of screens and reports: zh or en
lang: en
# at most how many days between two visits, by class of household
visits: {{normal: 180, lifted: 90, watched: 30, dibao: 60, tekun: 30}}
# within how many days an item without a due date should be done
deadlines: {{urgent: 3, important: 7, normal: 30}}
# To use one of these take off the # and the space, and make it your own.
# the plan of a fund for the year, against which the fund ledger shows what is used
# budget: {{Civil affairs: 20000元}}
# what is printed on contact cards
# card: {{name: Xu, post: first secretary, office: Water bureau, phone: 13800000000, promise: call any time}}
# the points that each result counts in the assessment, and the grades
# score: {{closing: 30, on_time: 25, promises: 20, satisfaction: 15, coverage: 10}}
# grades: {{excellent: 90, good: 75, fair: 60}}
""",
}


def command(
    folder: Annotated[
        str | None, Argument(metavar=_("[DIR]"), help=_("The folder; this one if not said."))
    ] = None,
    lang: Annotated[
        str | None, Option("--lang", help=_("zh or en: the language of its templates and reports."))
    ] = None,
) -> None:
    if lang is not None and lang not in LANGUAGES:
        raise UsageError("--lang is zh or en, not {lang}", lang=lang)
    chosen = lang or language()
    root = (session.folder() / folder if folder else session.folder()).absolute()
    use_language(chosen)
    name = root.name.replace('"', "").replace("\\", "") or "minqing"
    for path in init_diary(root, chosen, f'"{name}"', _CONFIG[chosen]):
        screen.out(path)
    if missing := unignored(root, chosen):
        screen.warn(
            "the .gitignore that was there is left as it is; add these lines, or git takes in personal data: {lines}",
            lines=" ".join(missing),
        )
    _init_git(root)
    screen.hint("now write your first entry: minqing -C {folder} new visit", folder=screen.quoted(str(root)))


def _init_git(root: Path) -> None:
    """`git init`, with what keeps a power cut from hurting it. A diary works as well without git."""
    git = shutil.which("git")
    if git is None:
        screen.hint("git is not here; the diary works without it, but has no history")
        return
    if any((folder / ".git").exists() for folder in (root, *root.parents)):
        return
    # settings that a folder brings with it must not run anything
    safe = [
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "safe.bareRepository=explicit",
    ]
    for words in (["init", "--quiet"], ["config", "core.fsync", "committed"]):
        done = subprocess.run([git, *safe, *words], cwd=root, check=False, capture_output=True)
        if done.returncode:
            screen.warn(
                "git said: {words}", words=done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            )
            return
    screen.out(".git/")
