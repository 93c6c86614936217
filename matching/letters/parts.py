"""Which parts of a letter ask for something: not its head, its signature or the mail it answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matching.letters.grammars import GRAMMARS
from matching.letters.words import JOINED, PARAGRAPH, Word

_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.M)
_SIGNATURE_LINE = re.compile(r"^-- ?$", re.M)
_QUOTE_OPENS = re.compile(
    r"^[ \t]*(?:-{2,}|_{2,})?[ \t]*(?:original message|forwarded message|begin forwarded message|message d['’]origine"
    r"|message original|message transféré|mensaje original|mensaje reenviado|mensagem original"
    r"|mensagem (?:reencaminhada|encaminhada)|الرسالة الأصلية)"
    r"|^[^\n]{0,120}\b(?:wrote|a écrit|escribió|escreveu|كتبت?)\s*:\s*$",
    re.M | re.I,
)
_CONTACT_LINE = re.compile(
    r"^[ \t]*(?:cc|bcc|cci|tel|tél|tlf|telephone|téléphone|teléfono|telefone|phone|fax|e-?mail|courriel"
    r"|correo|mobile|móvil|telemóvel|ref|réf|reference|référence|referencia|referência|our ref|sent"
    r"|envoyé|enviado|هاتف|فاكس|البريد|المرجع|نسخة|جوال|العنوان|address|adresse|dirección|endereço"
    r"|date|fecha|data|التاريخ)\.?[ \t]*:[^\n]*$"
    r"|^[ \t]*(?:from|to|de|à|para|من|إلى)[ \t]*:[^\n\d]*$",
    re.M | re.I,
)
_SUBJECT = re.compile(r"\s*(?:subject|objet|asunto|assunto|الموضوع|re|fw|fwd|tr|rv)\s*:", re.I)
_POSTSCRIPT = re.compile(r"\s*(?:p\.?\s?s\.?|n\.?b\.?|ملاحظة)\s*[:.\-–]", re.I)
#: A greeting that is longer belongs to a first sentence; a closing formula may be long.
LONGEST_GREETING = 9
LONGEST_CLOSING = 60

Range = tuple[int, int]


def keep_what_asks(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words outside quotes, letterhead, contact lines, greeting and signature."""
    dropped = [*_list_quoted(text), *((m.start(), m.end()) for m in _CONTACT_LINE.finditer(text))]
    paragraphs = list(_split_paragraphs(_leave_out(words, dropped)))
    kept = _drop_signature(text, _drop_head(text, paragraphs))
    return tuple(word for paragraph in kept for word in paragraph)


def _list_quoted(text: str) -> Iterator[Range]:
    yield from ((match.start(), match.end()) for match in _QUOTED_LINE.finditer(text))
    for pattern in (_QUOTE_OPENS, _SIGNATURE_LINE):
        if match := pattern.search(text):
            yield match.start(), len(text)


def _leave_out(words: Sequence[Word], dropped: Sequence[Range]) -> Iterator[Word]:
    cut = False
    for word in words:
        if any(start <= word.start < end for start, end in dropped):
            cut = True
            continue
        yield replace(word, gap=PARAGRAPH) if cut else word
        cut = False


def _split_paragraphs(words: Iterator[Word]) -> Iterator[list[Word]]:
    paragraph: list[Word] = []
    for word in words:
        if word.gap == PARAGRAPH and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(word)
    if paragraph:
        yield paragraph


def _opens_with(paragraph: Sequence[Word], category: str) -> int | None:
    """The last word of the phrase of that category which opens a paragraph, in any language."""
    lasts = [
        mark.last
        for grammar in GRAMMARS
        for mark in grammar.find_marks(paragraph, 0)
        if mark.category == category
    ]
    return max(lasts, default=None)


def _drop_head(text: str, paragraphs: list[list[Word]]) -> list[list[Word]]:
    """What stands above the greeting is the letterhead, but for the line of the subject."""
    for number, paragraph in enumerate(paragraphs[: len(paragraphs) // 2 + 1]):
        if _opens_with(paragraph, "greeting") is not None:
            head = [one for one in paragraphs[:number] if _is_subject(text, one)]
            greeting = [] if len(paragraph) <= LONGEST_GREETING else [paragraph]
            return [*head, *greeting, *paragraphs[number + 1 :]]
    return paragraphs


def _is_subject(text: str, paragraph: Sequence[Word]) -> bool:
    return _SUBJECT.match(text, paragraph[0].start) is not None


def _drop_signature(text: str, paragraphs: list[list[Word]]) -> list[list[Word]]:
    """A closing formula and all below it; a postscript under it is read again."""
    for number, paragraph in enumerate(paragraphs):
        is_late = number >= len(paragraphs) / 2
        if number and _is_closing(paragraph, is_late=is_late):
            after = [
                one for one in paragraphs[number + 1 :] if _POSTSCRIPT.match(text, one[0].start)
            ]
            return [*paragraphs[:number], *after]
    return paragraphs


def _is_closing(paragraph: Sequence[Word], *, is_late: bool) -> bool:
    last = _opens_with(paragraph, "closing")
    if last is None or len(paragraph) > (LONGEST_CLOSING if is_late else LONGEST_GREETING):
        return False
    return is_late or last + 1 == len(paragraph) or paragraph[last + 1].gap > JOINED
