"""Fields of the vocabulary and the base of schemas whose every error is a code, not a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from roster.facts import LEVELS
from roster.schemas.signs import Text
from roster.vocabulary import load_vocabulary

GRADES = ("stated", "confirmed", "recorded")


class CodedSchema(Schema):
    """Refuses unknown fields; error messages are the keys of marshmallow's own messages.

    The codes: required, null, invalid, unknown_field, not_an_object, unknown_code, ambiguous_code,
    out_of_range, not_a_choice, wrong_length, and those that a schema names itself.
    """

    class Meta:
        """Said aloud, so that the printed JSON Schema says it too."""

        unknown = RAISE

    error_messages = {"unknown": "unknown_field", "type": "not_an_object"}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let the field speak in codes."""
        _code(field_obj)


def _code(declared: fields.Field[Any]) -> None:
    declared.error_messages = {key: key for key in declared.error_messages}
    if isinstance(declared, fields.List):
        _code(declared.inner)


class Code(fields.String):
    """A code of the vocabulary, or a word that certainly means one; loads as the code.

    ``kinds`` are tried in order. ``also`` are codes outside the vocabulary that this field takes.
    """

    default_error_messages = {
        "unknown_code": "unknown_code",
        "ambiguous_code": "ambiguous_code",
    }

    def __init__(self, *kinds: str, also: tuple[str, ...] = (), **options: Any) -> None:
        known = {"x-vocabulary": list(kinds), **({"x-also": list(also)} if also else {})}
        options["metadata"] = {**options.get("metadata", {}), **known}
        super().__init__(**options)
        self._kinds, self._also = kinds, also

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **options)).strip()
        if text in self._also:
            return text
        vocabulary = load_vocabulary()
        for kind in self._kinds:
            if vocabulary.has(kind, text):
                return vocabulary.read(kind, text)
        for kind in self._kinds:
            if found := vocabulary.find(text, kind):
                return found.code
        is_ambiguous = any(vocabulary.ambiguous(text, kind) for kind in self._kinds)
        raise self.make_error("ambiguous_code" if is_ambiguous else "unknown_code")


def codes(*kinds: str, **options: Any) -> fields.List[str]:
    """Several codes; an empty list is the default."""
    return fields.List(Code(*kinds), load_default=list, **options)


def places(**options: Any) -> fields.List[str]:
    """Countries (ISO 3166-1 alpha-3) and regions (UN M49)."""
    return codes("country", "region", **options)


def choice(*values: str, **options: Any) -> fields.String:
    """One of a few words."""
    return fields.String(validate=validate.OneOf(values, error="not_a_choice"), **options)


def grade(default: str | None = None) -> fields.String:
    """stated, confirmed or recorded: the least grade that counts, or the grade of a value."""
    return choice(*GRADES, load_default=default, allow_none=default is None)


def level_of_scale(**options: Any) -> fields.String:
    """A level of CEFR, ``native`` or of the UN scale, exactly as the scale writes it."""
    return choice(*LEVELS, **options)


def number(lowest: int, highest: int, **options: Any) -> fields.Integer:
    """A whole number within bounds, both included."""
    bounds = validate.Range(lowest, highest, error="out_of_range")
    return fields.Integer(strict=True, validate=bounds, **options)


def text(longest: int, **options: Any) -> fields.String:
    """A text of at most so many characters, in one line unless ``lines``."""
    return Text(validate=validate.Length(max=longest, error="wrong_length"), **options)


def code_word(**options: Any) -> fields.String:
    """A code that the caller makes up: a party, a post, a community."""
    form = validate.Regexp(r"^[\w.:\-]{1,64}$", error="wrong_form")
    return fields.String(validate=form, **options)
