"""The grammars, one file per language."""

from matching.letters.grammar import Grammar
from matching.letters.grammars.arabic import ARABIC
from matching.letters.grammars.english import ENGLISH
from matching.letters.grammars.french import FRENCH
from matching.letters.grammars.portuguese import PORTUGUESE
from matching.letters.grammars.spanish import SPANISH

GRAMMARS: tuple[Grammar, ...] = (ENGLISH, FRENCH, ARABIC, SPANISH, PORTUGUESE)
