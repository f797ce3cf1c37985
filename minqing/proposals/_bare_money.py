"""Whether a number without a coin is money, where things are given: 王大爷八百, 一人三千, 共三千五."""

import re

from minqing.proposals._compiled import compiled
from minqing.proposals._gift_names import REACH
from minqing.proposals._gift_words import EACH_BEFORE, MONEYS
from minqing.proposals._said import Said, between, sentence

# Who gets it stands before money: 每人, 领, or alone: 烈属王大娘八百.
_MONEY_NAMED = compiled(f"(?:{MONEYS})$")
_MONEY_TOLD = compiled("[助济灾恤捐善学奖慰问][金款]")
_GIVEN_TO = compiled("(?:给了?|捐给?|送给?)[一-鿿]{2,6}$")
_RAISED = compiled("捐|筹[得到集款]|善款|募")
_MADE_UP = compiled(r"[, \u3000]*(?:一?共|总?计|合计?|=)\d")
_GETS = compiled("[每一][人户位名家]$|[得领发]$|(?<![^,、;:。\\n ])[^了着过欠有多近约,、;:。\\n \\d]{2,8}$")


def is_bare_money(
    said: Said, match: re.Match[str], units: list[str], summed: bool, listed: bool, plainly: bool
) -> bool:
    """Whether a round number without a coin is money, where things are given: 王大爷八百, 一人三千, 共三千五."""
    start = match.start()
    told = said.text[max(0, start - REACH) : start]
    if re.search(f"{EACH_BEFORE}$|各$", told) and (
        plainly or listed or _MADE_UP.match(said.text, match.end())
    ):
        return True
    if "," in match["bare"]:
        return plainly and bool(re.search("[捐筹募助善]", told))
    to_whom = re.search(r"[位户人名家各半]$|\d岁以上$", told)
    if match["bare"][0].isdigit() and match["bare"][-1].isdigit() and (to_whom or not summed):
        named = any(one.end == start for one in between(said, max(0, start - 12), start))
        handed = said.text.startswith("给", match.end()) or _MONEY_NAMED.search(told[-6:])
        in_row = units[-1:] == ["元"] and told.endswith(")")
        return bool(handed) or (plainly and bool(named or to_whom or in_row))
    if told.endswith(",") and not units:
        return plainly and bool(_MONEY_TOLD.search(told, max(0, len(told) - REACH // 2)))
    if summed:
        return "元" in units
    if _MONEY_NAMED.search(said.text, max(0, start - 6), start):
        return True
    named = any(one.end == start for one in between(said, max(0, start - 12), start))
    if plainly and (named or _GIVEN_TO.search(told[-8:])):
        return True
    if _GETS.search(told[-12:]) and _RAISED.search(said.text, sentence(said, start)[0], start):
        return True
    return listed and bool(named or _GETS.search(said.text, max(0, start - 12), start))
