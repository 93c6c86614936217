"""The text of a request in five languages -> proposed criteria with the words they came from."""

from matching.letters.reader import LetterReader
from matching.letters.sides import Side
from matching.letters.values import KINDS, Force, PresentTeam, Proposal

__all__ = ["KINDS", "Force", "LetterReader", "PresentTeam", "Proposal", "Side"]
