"""The parts of her download about what she was asked, and what came of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from roster.models import (
    Addendum,
    Appraisal,
    Approach,
    ApproachMessage,
    ApproachStep,
    ConflictCheck,
    Deployment,
    Release,
)
from roster.queries.her_reasons import ours
from roster.queries.her_rows import Her, Part

OF_THE_REQUEST = "belongs to the request of somebody else"
OF_NETWORK = "your network's own word; the person in charge tells it on request"
MAY_ENDANGER = "may repeat what a side said in confidence; the person in charge tells it on request"


def _approaches(her: Her) -> Select[int]:
    return select(Approach.id).where(Approach.mediator_id == her.mediator_id)


def _deployments(her: Her) -> Select[int]:
    return select(Deployment.id).where(Deployment.approach_id.in_(_approaches(her)))


def _of_approaches(table: type[Any]) -> Any:
    return lambda her: table.approach_id.in_(_approaches(her))


APPROACH_PARTS: tuple[Part, ...] = (
    Part(
        "approaches", "What you were asked, and how it stands.", Approach,
        lambda her: Approach.mediator_id == her.mediator_id,
        ("code", "state", "network_code", "terms", "created_at", "answer_by", "sent_at",
         "seen_at", "reminded_at", "answered_at", "allows", "held_until", "told_at",
         "is_invented"),
        ours("id", "mediator_id", "version",
             **dict.fromkeys(("request_id", "run_id", "handle", "post"), OF_THE_REQUEST),
             **dict.fromkeys(("network_word", "network_word_by", "network_word_at"), OF_NETWORK)),
    ),
    Part(
        "approach_steps", "Each step of what you were asked.", ApproachStep,
        _of_approaches(ApproachStep), ("from_state", "to_state", "taken_at"),
        ours("id", "approach_id", taken_by=OF_NETWORK),
    ),
    Part(
        "approach_messages", "Your questions and the answers.", ApproachMessage,
        _of_approaches(ApproachMessage), ("is_hers", "text", "written_at"),
        ours("id", "approach_id"),
    ),
    Part(
        "conflict_checks", "When your conflicts of interest were looked at again.", ConflictCheck,
        _of_approaches(ConflictCheck), ("moment", "checked_at"),
        ours("id", "approach_id", verdict=MAY_ENDANGER, findings=MAY_ENDANGER),
    ),
    Part(
        "releases", "Who could see your name: which fields, from when until when.", Release,
        _of_approaches(Release), ("fields", "released_at", "ends_at", "withdrawn_at"),
        ours("id", "approach_id", "version"),
    ),
    Part(
        "deployments", "Your assignments.", Deployment, _of_approaches(Deployment),
        ("state", "starts_on", "ends_on", "outcome", "created_at", "ended_at"),
        ours("id", "approach_id", "reminded", "experience_id", "version"),
    ),
    Part(
        "appraisals", "What you and the other side said of each other.", Appraisal,
        lambda her: Appraisal.deployment_id.in_(_deployments(her)),
        ("given_by", "answers", "given_at", "reply", "replied_at"),
        ours("id", "deployment_id", "version"),
    ),
    Part(
        "addenda", "What was added to it.", Addendum,
        lambda her: Addendum.appraisal_id.in_(
            select(Appraisal.id).where(Appraisal.deployment_id.in_(_deployments(her)))
        ),
        ("written_by", "text", "written_at"), ours("id", "appraisal_id"),
    ),
)  # fmt: skip
