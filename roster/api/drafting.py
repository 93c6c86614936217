"""While a request is written: what a letter asks for, and how many would fit. Nothing is stored."""

from __future__ import annotations

from dataclasses import asdict

from roster.api import blueprint
from roster.api.bodies import read_body, read_json
from roster.api.calls import Call, Reply, current_actor, serves
from roster.edge.index import get_index
from roster.edge.units_of_work import own_unit_of_work, reading
from roster.permissions import Permission
from roster.schemas.answer_replies import CountReplySchema
from roster.schemas.calls import CriteriaSchema, SentLetterSchema
from roster.schemas.letter import LetterReadingSchema
from roster.schemas.request import load_criteria
from roster.services.live_counts import count_live, note_count
from roster.vocabulary.letter_reader import load_letter_reader


@blueprint.post("/letters")
@serves(
    Call(
        "Read what a letter asks for",
        Permission.CREATE_REQUEST,
        LetterReadingSchema,
        "requests:read",
        takes=SentLetterSchema,
    )
)
def read_letter() -> Reply:
    """Proposals with the words they came from; a person confirms each."""
    values = read_body(SentLetterSchema())
    letter, received = values["letter"], values["received"]
    found = load_letter_reader().read(letter, received)
    return Reply({"received": received, "criteria": found})


@blueprint.post("/counts")
@serves(
    Call(
        "Count who would fit",
        Permission.CREATE_REQUEST,
        CountReplySchema,
        "requests:read",
        takes=CriteriaSchema,
    )
)
def count() -> Reply:
    """By themes, languages, tracks, roles and days, in steps of five."""
    read_body(CriteriaSchema())
    actor = current_actor()
    with own_unit_of_work() as session:
        note_count(session, actor=actor)
    criteria = load_criteria(read_json())
    counts = count_live(reading(), actor=actor, criteria=criteria, index=get_index())
    return Reply({"posts": [asdict(one) for one in counts]})
