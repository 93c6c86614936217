"""Scored criteria, one documented function each: a share from 0 to 1 of the published weight.

A preference that is not asked costs nobody anything and is not in ``out_of``. No preference looks
at refusals, silence, degrees, family, faith, ethnicity, health or disability, and none can fall
because a woman has more of anything: Track III work, languages, years, needs.
"""

from matching.preferences import experience, reach, wishes
from matching.preferences.register import PREFERENCES, Preference, Scored
from matching.weights import PUBLISHED

PREFERENCES.arrange(tuple(PUBLISHED.by_preference()))

__all__ = ["PREFERENCES", "Preference", "Scored", "experience", "reach", "wishes"]
