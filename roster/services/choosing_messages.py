"""She chooses how the service may write to her; what is queued follows her choice at once."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Mediator, MessageChoice, OutboxMessage, Reminder
from roster.permissions import Actor, Permission, Subject
from roster.services.availability import choose_time_zone
from roster.services.message_choices import Choice, get_choice
from roster.services.trail import add_audit, require


def choose_messages(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    choice: Choice,
    language: str,
    time_zone: str,
) -> None:
    """Take the whole page as her choice. ``expected_version`` is the mediator's.

    With her coordinator as channel nothing that is queued goes out to her any more; without
    reminders no reminder. StaleVersion for a second page that was open at the same time.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise NotFound
    if mediator.version != expected_version:
        wanted = {**vars(choice), "language": language, "time_zone": time_zone}
        raise StaleVersion(describe(session, mediator), wanted)
    if choice.quiet_from is not None and choice.quiet_from == choice.quiet_until:
        raise Refused("quiet_all_day")
    _store(session, mediator, choice)
    mediator.language = language
    flag_modified(mediator, "language")  # a change of the choice alone is a new version, too
    choose_time_zone(session, actor=actor, mediator=mediator, name=time_zone)
    _cancel(session, mediator_id, choice)
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="mediator.messages_chosen",
        subject_kind="mediator",
        subject_id=mediator_id,
    )


def describe(session: Session, mediator: Mediator) -> dict[str, object]:
    """What she has chosen, as the second editor of two is shown it."""
    choice = get_choice(session, mediator.id)
    return {**vars(choice), "language": mediator.language, "time_zone": mediator.time_zone}


def _store(session: Session, mediator: Mediator, choice: Choice) -> None:
    row = session.get(MessageChoice, mediator.id)
    if row is None:
        row = MessageChoice(mediator_id=mediator.id)
        session.add(row)
    for name, value in vars(choice).items():
        setattr(row, name, value)


def _cancel(session: Session, mediator_id: int, choice: Choice) -> None:
    """What is on its way (``sending``) is judged again before another try."""
    hers = update(OutboxMessage).where(
        OutboxMessage.mediator_id == mediator_id, OutboxMessage.state == "queued"
    )
    reminders = select(Reminder.message_id).where(Reminder.mediator_id == mediator_id)
    if choice.channel != "mail":
        session.execute(hers.values(state="cancelled"))
    elif choice.cadence == "none":
        session.execute(hers.where(OutboxMessage.id.in_(reminders)).values(state="cancelled"))
