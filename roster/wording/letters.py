"""What was found in a letter, in words: one line for each proposal."""

from collections.abc import Iterator, Sequence

from matching.letters import PresentTeam, Proposal
from matching.terms import Terms
from roster.wording.messages import N_
from roster.wording.speech import Wording

KIND_LABELS = {
    "post_count": N_("Posts"),
    "role": N_("Role"),
    "theme": N_("Theme"),
    "track": N_("Track"),
    "phase": N_("Phase"),
    "language": N_("Language"),
    "country": N_("Country"),
    "region": N_("Region"),
    "network": N_("Network"),
    "nationality": N_("Nationality"),
    "residence": N_("Lives in"),
    "office": N_("Office or employer"),
    "start_date": N_("From"),
    "end_date": N_("Until"),
    "duration": N_("How long"),
    "notice": N_("Notice in days"),
    "days_per_month": N_("Days a month"),
    "modality": N_("Way of working"),
    "women_share": N_("Share of women in percent"),
    "present_team": N_("Present team"),
    "seniority": N_("Seniority"),
    "youth": N_("Youth"),
}
FORCE_LABELS = {
    "must": N_("must"),
    "nice": N_("nice to have"),
    "exclude": N_("keeps out"),
}
VALUE_LABELS = {
    "young": N_("young"),
    "any": N_("any side or employer"),
    "government": N_("any government"),
    "party": N_("any side of the process"),
}
#: Kinds whose code is that of another kind of the vocabulary.
CODE_KINDS = {"nationality": "country", "residence": "country", "office": "country"}


def word_proposals(wording: Wording, criteria: Sequence[Proposal], terms: Terms) -> Iterator[str]:
    """Yield a line for each proposal, or one that says that nothing was found."""
    if not criteria:
        yield wording.gettext(N_("Nothing found in this letter."))
    for one in criteria:
        yield wording.gettext(
            N_("%(kind)s: %(what)s, %(force)s. From “%(words)s”, sure to %(percent)d %%."),
            kind=wording.gettext(KIND_LABELS[one.kind]),
            what=word_what(wording, one, terms),
            force=wording.gettext(FORCE_LABELS[one.force]),
            words=" ".join(one.text.split()),
            percent=round(one.confidence * 100),
        )


def word_what(wording: Wording, one: Proposal, terms: Terms) -> str:
    """The name of the code, or the value, with the level of a language."""
    if one.code is not None:
        name = terms.name(CODE_KINDS.get(one.kind, one.kind), one.code, wording.language)
        return f"{name} {_word_level(wording, one.level, terms)}".strip()
    if isinstance(one.value, PresentTeam):
        message = N_("women %(women)d, men %(men)d")
        return wording.gettext(message, women=one.value.women, men=one.value.men)
    if isinstance(one.value, str):
        label = VALUE_LABELS.get(one.value)
        return wording.gettext(label) if label else one.value
    return str(one.value) if isinstance(one.value, int) else wording.date(one.value)  # type: ignore[arg-type]


def _word_level(wording: Wording, level: str | None, terms: Terms) -> str:
    if level is None:
        return ""
    kind = "level" if terms.has("level", level) else "level_word"
    return terms.name(kind, level, wording.language)
