"""The women's share of a team: its arithmetic, said before any result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from matching.facts import TeamRules

PERCENT = 100


@dataclass(frozen=True)
class ShareSum:
    """The sum where posts given to nobody of the roster are counted in one way.

    ``reached`` is the share with a woman of the roster on every post: the highest there can be.
    ``needed`` women reach the target, ``allowed`` is the most that the upper bound lets in; None
    where there is none such number, and for ``needed`` also where no target is set.
    """

    unfilled: str
    """``men`` or ``empty``."""
    reached: Fraction
    needed: int | None
    allowed: int | None


@dataclass(frozen=True)
class Share:
    """Women W and men M now, P posts, the bounds in percent, and the sums.

    The first sum is the one that binds. The second, where posts may stay empty, tells what it would
    be if they were given to men instead.
    """

    women: int
    men: int
    posts: int
    least: int | None
    most: int | None
    sums: tuple[ShareSum, ...]
    is_impossible: bool = False
    """No number of women on these posts is within both bounds."""


def count_share(rules: TeamRules, posts: int) -> Share:
    """Return the arithmetic of the women's share (W + w) / (M + W + P).

    Source: product, matching, order of decision 4. Where posts may stay empty, the whole is
    M + W + w, and that sum stands first.
    """
    kinds = ("empty", "men") if rules.unfilled == "empty" else ("men",)
    sums = tuple(_sum_up(rules, posts, kind) for kind in kinds)
    return Share(
        women=rules.present_women,
        men=rules.present_men,
        posts=posts,
        least=rules.least_share,
        most=rules.most_share,
        sums=sums,
        is_impossible=_is_impossible(rules, posts, sums[0]),
    )


def _sum_up(rules: TeamRules, posts: int, kind: str) -> ShareSum:
    shares = [_share(rules, posts, women, kind) for women in range(posts + 1)]
    enough = [w for w, share in enumerate(shares) if _is_within(share, rules.least_share, None)]
    bearable = [w for w, share in enumerate(shares) if _is_within(share, None, rules.most_share)]
    needed = enough[0] if enough and rules.least_share is not None else None
    return ShareSum(kind, shares[-1], needed, bearable[-1] if bearable else None)


def _share(rules: TeamRules, posts: int, women: int, kind: str) -> Fraction:
    """Return the share with so many women of the roster; that of nobody is 0."""
    of_women = rules.present_women + women
    filled = women if kind == "empty" else posts
    whole = rules.present_women + rules.present_men + filled
    return Fraction(of_women, whole) if whole else Fraction(0)


def _is_within(share: Fraction, least: int | None, most: int | None) -> bool:
    percent = share * PERCENT
    return (least is None or percent >= least) and (most is None or percent <= most)


def _is_impossible(rules: TeamRules, posts: int, found: ShareSum) -> bool:
    least = posts if rules.unfilled == "refused" else 0
    if rules.least_share is not None:
        if found.needed is None:
            return True
        least = max(least, found.needed)
    return found.allowed is None or least > found.allowed
