"""Teams: the best set of women for the posts of a request, under the rules of the whole team.

``pool`` takes the women from an answer, ``frame`` and ``rules`` write the question as sums of zeros
and ones, ``solver`` hands them to HiGHS, which proves the best choice; ``search`` reads it back.
``alternatives``, ``reserves``, ``fallen`` and ``binding`` ask the same question with something
changed, so that no rule is written twice.
"""

from matching.teams.answers import (
    Alternative,
    Difference,
    Fallen,
    Measures,
    Member,
    Proof,
    Proposal,
    Reserve,
    Team,
)
from matching.teams.coverage import list_coverage
from matching.teams.proposal import UnfitTeamError, propose_team, replace_drop_out
from matching.teams.rules import RuleName
from matching.teams.share import Share, ShareSum, count_share

__all__ = [
    "Alternative",
    "Difference",
    "Fallen",
    "Measures",
    "Member",
    "Proof",
    "Proposal",
    "Reserve",
    "RuleName",
    "Share",
    "ShareSum",
    "Team",
    "UnfitTeamError",
    "count_share",
    "list_coverage",
    "propose_team",
    "replace_drop_out",
]
