"""The words of the service: codes that are offered, with their names."""

from __future__ import annotations

from roster.api import blueprint
from roster.api.calls import Call, Reply, serves
from roster.api.languages import current_wording
from roster.errors import NotFound
from roster.permissions import Permission
from roster.schemas.vocabulary_replies import KindListSchema, TermListSchema
from roster.vocabulary import load_vocabulary


@blueprint.get("/vocabulary")
@serves(Call("List the kinds of terms", Permission.USE_ACCOUNT, KindListSchema))
def list_kinds() -> Reply:
    """Country, language, theme and so on."""
    return Reply({"kinds": sorted(load_vocabulary().kinds())})


@blueprint.get("/vocabulary/<scheme>")
@serves(Call("List the terms of a kind", Permission.USE_ACCOUNT, TermListSchema))
def list_terms(scheme: str) -> Reply:
    """In the order of the vocabulary."""
    vocabulary, wording = load_vocabulary(), current_wording()
    if scheme not in vocabulary.kinds():
        raise NotFound
    terms = [
        {"code": code, "name": wording.term(scheme, code)} for code in vocabulary.codes(scheme)
    ]
    return Reply({"kind": scheme, "terms": terms})
