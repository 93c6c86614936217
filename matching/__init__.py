"""The matching engine: values in, explained values out; no clock, file, database or randomness.

>>> from datetime import UTC, date, datetime, timedelta
>>> now = datetime(2026, 12, 1, 9, tzinfo=UTC)
>>> consents = tuple(Consent(one, now + timedelta(days=90)) for one in ("matching", "card"))
>>> free = Availability("available", now, now + timedelta(days=90), modalities=frozenset({"remote"}))
>>> french = Language("fra", speaking=5, grade=Grade.CONFIRMED)
>>> amal = Mediator(1, consents=consents, availability=free, languages=(french,))
>>> post = Post("adviser", languages=(LanguageWish(("fra",)), LanguageWish(("eng",))))
>>> asked = Request("R-1", date(2027, 1, 11), date(2027, 1, 31), (post,), modality="remote",
...                 accreditation_floor="none")
>>> found = answer(Columns.build([amal], Terms([])), asked, now)
>>> [(one.criterion, one.code, one.facts["asked"]) for one in found.reasons(1)]
[('language', 'L1', ('eng',))]
"""

from matching.answers import Answer, Candidate, FunnelStep, StaleAnswerError, State
from matching.columns import Columns
from matching.documentation import describe_criteria
from matching.evidence import Evidence, Verdict, public_code
from matching.exchange import Exchange, Partner, propose_partners
from matching.facts import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Exclusions,
    Grade,
    Interest,
    Language,
    LanguageWish,
    Mediator,
    Nationality,
    Party,
    Place,
    PlaceWish,
    Post,
    Request,
    Requester,
    Skill,
    Source,
    ThemeWish,
    Training,
)
from matching.outlook import Span, look_ahead
from matching.shortlist import answer
from matching.terms import Term, TermMatch, Terms
from matching.weights import PUBLISHED, WeightError, Weights

__all__ = [
    "PUBLISHED",
    "Accreditation",
    "Answer",
    "Availability",
    "Candidate",
    "Columns",
    "Consent",
    "Declaration",
    "Evidence",
    "Exchange",
    "Exclusions",
    "FunnelStep",
    "Grade",
    "Interest",
    "Language",
    "LanguageWish",
    "Mediator",
    "Nationality",
    "Partner",
    "Party",
    "Place",
    "PlaceWish",
    "Post",
    "Request",
    "Requester",
    "Skill",
    "Source",
    "Span",
    "StaleAnswerError",
    "State",
    "Term",
    "TermMatch",
    "Terms",
    "ThemeWish",
    "Training",
    "Verdict",
    "WeightError",
    "Weights",
    "answer",
    "describe_criteria",
    "look_ahead",
    "propose_partners",
    "public_code",
]
