"""How many of the posts women must fill so that the team reaches its target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Share:
    """The sum, before anybody is searched.

    ``needed`` is the smallest w with (women + w) / (women + men + posts) >= target, posts not given
    to women counting as filled by men. ``is_reachable`` is False where even women in all posts do
    not suffice; ``needed_if_empty`` is the smallest w with (women + w) / (women + men + w) >=
    target, posts not given to women staying empty; None where no number within the posts does.
    """

    women: int
    men: int
    posts: int
    target: int
    """Percent of the whole team; 0 where none is aimed at."""
    needed: int
    is_reachable: bool
    needed_if_empty: int | None
    most: int | None = None
    """Upper bound in percent of the whole team; None where there is none."""
    allowed: int | None = None
    """The largest w that keeps the upper bound, posts not given to women counting as filled by men;
    None where no number does, and where there is no bound."""

    @property
    def is_impossible(self) -> bool:
        """Whether no number of women on these posts is within both bounds."""
        if self.most is None:
            return not self.is_reachable
        return self.allowed is None or not self.is_reachable or self.needed > self.allowed

    @property
    def before(self) -> float | None:
        """Women's share of the team as it is; None for an empty team."""
        total = self.women + self.men
        return self.women / total if total else None

    @property
    def after(self) -> float:
        """Share with ``needed`` women, or with women in all posts where that is not enough."""
        filled = min(self.needed, self.posts)
        return (self.women + filled) / (self.women + self.men + self.posts)


def work_out_share(
    *, women: int, men: int, posts: int, target: int, most: int | None = None
) -> Share:
    """Work the sum out exactly, in whole numbers.

    ``target`` and ``most`` are the lower and upper bound in percent, ``posts`` is at least 1.
    """
    aim, total = Fraction(target, 100), women + men + posts
    needed = max(0, _ceil(aim * total) - women)
    within = (
        filled
        for filled in range(posts + 1)
        if women + men + filled and Fraction(women + filled, women + men + filled) >= aim
    )
    return Share(
        women=women,
        men=men,
        posts=posts,
        target=target,
        needed=needed,
        is_reachable=needed <= posts,
        needed_if_empty=next(within, None),
        most=most,
        allowed=_count_allowed(women, total, posts, most),
    )


def _count_allowed(women: int, total: int, posts: int, most: int | None) -> int | None:
    if most is None:
        return None
    room = most * total // 100 - women
    return min(room, posts) if room >= 0 else None


def _ceil(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
