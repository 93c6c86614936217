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
from matching.changes import Change, apply_changes
from matching.columns import Columns
from matching.comparison import Comparison, Decision, Difference, compare
from matching.documentation import describe_criteria
from matching.duplicates import Field, Kind, Linkage, link, link_people
from matching.evidence import Evidence, Verdict, public_code
from matching.exchange import Exchange, Partner, explain_partner, propose_partners, takes_part
from matching.facets import Facet, Facets, count_facets, toggle_facet
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
    MenteeSlot,
    Nationality,
    Party,
    Place,
    PlaceWish,
    Post,
    Request,
    Requester,
    Skill,
    Source,
    TeamLanguage,
    TeamRules,
    ThemeWish,
    Training,
)
from matching.fragility import Fragility, Shift, WeightFragility, find_fragility
from matching.names import NameIndex, compare_names
from matching.outlook import Span, look_ahead
from matching.preview import Placed, Preview, Wished, preview
from matching.relaxation import Addition, Relaxation, count_fits, relax
from matching.shortlist import answer
from matching.steadiness import Lean, judge_steadiness
from matching.teams import Proposal, propose_team, replace_drop_out
from matching.terms import Term, TermMatch, Terms
from matching.weights import PUBLISHED, WeightError, Weights
from matching.why_not import HerStep, PostReasons, Reason, Viewer, WhyNot, why_not

__all__ = [
    "PUBLISHED",
    "Accreditation",
    "Addition",
    "Answer",
    "Availability",
    "Candidate",
    "Change",
    "Columns",
    "Comparison",
    "Consent",
    "Decision",
    "Declaration",
    "Difference",
    "Evidence",
    "Exchange",
    "Exclusions",
    "Facet",
    "Facets",
    "Field",
    "Fragility",
    "FunnelStep",
    "Grade",
    "HerStep",
    "Interest",
    "Kind",
    "Language",
    "LanguageWish",
    "Lean",
    "Linkage",
    "Mediator",
    "MenteeSlot",
    "NameIndex",
    "Nationality",
    "Partner",
    "Party",
    "Place",
    "PlaceWish",
    "Placed",
    "Post",
    "PostReasons",
    "Preview",
    "Proposal",
    "Reason",
    "Relaxation",
    "Request",
    "Requester",
    "Shift",
    "Skill",
    "Source",
    "Span",
    "StaleAnswerError",
    "State",
    "TeamLanguage",
    "TeamRules",
    "Term",
    "TermMatch",
    "Terms",
    "ThemeWish",
    "Training",
    "Verdict",
    "Viewer",
    "WeightError",
    "WeightFragility",
    "Weights",
    "Wished",
    "WhyNot",
    "answer",
    "apply_changes",
    "compare",
    "compare_names",
    "count_facets",
    "count_fits",
    "describe_criteria",
    "explain_partner",
    "find_fragility",
    "judge_steadiness",
    "link",
    "link_people",
    "look_ahead",
    "preview",
    "propose_partners",
    "propose_team",
    "public_code",
    "relax",
    "replace_drop_out",
    "takes_part",
    "toggle_facet",
    "why_not",
]
