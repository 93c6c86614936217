"""A proposed team in words: the share first, the proof, the rules that stand in the way."""

from __future__ import annotations

from collections.abc import Iterator

from matching.teams import Proof, RuleName, Share, ShareSum
from roster.wording.messages import N_
from roster.wording.speech import Wording

PROOFS = {
    "proven": N_("No other team is better."),
    "time_limit": N_("The search was stopped. At most %(gap)s may be missing."),
    "infeasible": N_("No team keeps all the rules."),
}
RULES = {
    "least_share": N_("at least %(count)s %% women"),
    "most_share": N_("at most %(count)s %% women"),
    "filled": N_("a woman of the roster on %(about)s"),
    "locked": N_("who is settled for %(about)s"),
    "excluded": N_("the women kept out"),
    "not_with": N_("no woman of a linked request"),
    "network_cap": N_("at most %(count)s of %(about)s"),
    "per_network": N_("at most %(count)s of any network"),
    "per_nationality": N_("at most %(count)s of any nationality"),
    "least_networks": N_("at least %(count)s networks"),
    "language": N_("%(about)s spoken by at least %(count)s"),
    "young": N_("at least %(count)s young women"),
    "mentee": N_("a mentee beside a senior woman: %(about)s"),
}
"""The rules of a team, by the codes that the engine gives them."""
KINDS = {"network_cap": "network", "language": "language"}
UNFILLED = {
    "men": N_("Other posts go to men."),
    "empty": N_("Other posts stay empty."),
}


def word_rule(wording: Wording, rule: RuleName) -> str:
    """One rule of the team, as a part of a sentence."""
    kind = KINDS.get(rule.code)
    about = wording.terms(kind, rule.about) if kind else list(rule.about)
    words = wording.list_or(about) if rule.code == "language" else wording.list_and(about)
    return wording.gettext(RULES[rule.code], count=rule.count, about=words)


def word_proof(wording: Wording, proof: Proof) -> str:
    """How sure it is that this is the best team."""
    return wording.gettext(PROOFS[proof.status], gap=wording.percent(proof.gap or 0.0))


def word_share(wording: Wording, share: Share) -> Iterator[str]:
    """The arithmetic of the women's share; nothing where no share is asked."""
    if share.least is None and share.most is None:
        return
    yield wording.gettext(
        N_("Now: women %(women)s, men %(men)s. Posts to fill: %(posts)s."),
        women=share.women,
        men=share.men,
        posts=share.posts,
    )
    for one in share.sums:
        yield " ".join(_word_sum(wording, share, one))
    if share.is_impossible:
        yield wording.gettext(N_("So the share asked cannot be reached with these posts."))


def _word_sum(wording: Wording, share: Share, one: ShareSum) -> Iterator[str]:
    yield wording.gettext(UNFILLED[one.unfilled])
    women = share.women + share.posts
    yield wording.gettext(
        N_("With women on all posts: %(women)s of %(whole)s."),
        women=women,
        whole=women + share.men,
    )
    if share.least is not None:
        yield _word_needed(wording, share.least, one.needed)
    if share.most is not None:
        yield word_allowed(wording, share.most, one.allowed)


def _word_needed(wording: Wording, least: int, needed: int | None) -> str:
    if needed is None:
        return wording.gettext(N_("No number reaches %(least)s %%."), least=least)
    return wording.gettext(
        N_("For %(least)s %%, women needed: %(needed)s."), least=least, needed=needed
    )


def word_allowed(wording: Wording, most: int, allowed: int | None) -> str:
    """How many women of the roster the upper bound lets in."""
    if allowed is None:
        return wording.gettext(N_("There are more than %(most)s %% already."), most=most)
    return wording.gettext(
        N_("For at most %(most)s %%, women allowed: %(allowed)s."), most=most, allowed=allowed
    )
