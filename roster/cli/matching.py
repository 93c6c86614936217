"""Load profiles, answer a request, print the schemas of what comes in and goes out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from marshmallow import Schema, ValidationError

from matching import Answer, Columns, State, answer
from matching.facts import Request, Requester
from roster import clock
from roster.cli import main
from roster.cli.answer_text import explain_answer_as_text
from roster.cli.opening import open_database
from roster.errors import Refused
from roster.facts import load_mediators, make_request
from roster.permissions import OPERATOR
from roster.schemas.duplicates import DuplicatesSchema
from roster.schemas.exchange import ExchangeSchema
from roster.schemas.explanation import ExplanationSchema
from roster.schemas.her_data import describe_her_data
from roster.schemas.json_schema import make_json_schema
from roster.schemas.letter import LetterReadingSchema
from roster.schemas.profile import ProfilesSchema, load_profiles_document
from roster.schemas.request import RequestSchema, load_criteria
from roster.schemas.shortlist import ShortlistSchema, dump_answer
from roster.schemas.team import TeamProposalSchema
from roster.services.handles import derive_handles
from roster.services.profiles_loading import (
    LoadedProfile,
    check_attestation,
    load_profiles,
    sign_attestation,
)
from roster.settings import load_settings
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording
from roster.wording.codes import word_code

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMAT = click.Choice(["text", "json"])


class Instant(click.ParamType[datetime]):
    """An instant in ISO 8601; without a zone it is UTC."""

    name = "instant"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read the text of an option."""
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant such as 2026-12-01T09:00Z", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@main.command()
@click.argument("profiles", type=FILE)
@click.option("--attestation", type=FILE, help="Signed attestation that the consents were given.")
@click.option("--key-file", type=FILE, help="The operator's key that signed it.")
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
def load(profiles: Path, attestation: Path | None, key_file: Path | None, form: str) -> None:
    """Load complete profiles (see: roster schema profile). All of them or none."""
    content = profiles.read_bytes()
    checked = _check(load_profiles_document, _read_json(profiles))
    settings = load_settings()
    try:
        if attestation is not None:
            _check_signature(content, attestation, key_file)
        with open_database() as database, database.writing() as session:
            loaded = load_profiles(
                session,
                actor=OPERATOR,
                profiles=checked,
                may_bring_consents=settings.is_demo or attestation is not None,
                is_invented=settings.is_demo,
            )
            session.commit()
    except Refused as refusal:
        raise click.ClickException(
            word_code(get_wording("en"), refusal.code, **refusal.values)
        ) from refusal
    _print_loaded(loaded, form)


def _print_loaded(loaded: list[LoadedProfile], form: str) -> None:
    if form == "json":
        rows = [
            {"reference": one.reference, "mediator": one.mediator_id, "outcome": one.outcome}
            for one in loaded
        ]
        click.echo(json.dumps({"loaded": rows}, indent=1))
        return
    new = sum(one.outcome == "new" for one in loaded)
    click.echo(f"{new} profiles loaded, {len(loaded) - new} were there already.")


def _check_signature(content: bytes, attestation: Path, key_file: Path | None) -> None:
    if key_file is None:
        raise click.UsageError("--attestation needs --key-file.")
    check_attestation(
        content=content, attestation=_read_json(attestation), key=key_file.read_bytes().strip()
    )


@main.command()
@click.argument("profiles", type=FILE)
@click.option("--statement", required=True, help="Who collected the consents, when and how.")
@click.option(
    "--key-file", type=FILE, required=True, help="At least 32 bytes, kept by the operator."
)
def attest(profiles: Path, statement: str, key_file: Path) -> None:
    """Sign that the women of this file gave the consents in it; prints the attestation."""
    key = key_file.read_bytes().strip()
    signed = sign_attestation(content=profiles.read_bytes(), statement=statement, key=key)
    click.echo(json.dumps(signed, ensure_ascii=False, indent=1))


@main.command()
@click.argument("request", type=FILE)
@click.option("--at", "instant", type=Instant(), help="Move the engine's clock to this instant.")
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
@click.option("--most", default=10, show_default=True, help="Women explained in full (text).")
@click.option("--standings", is_flag=True, help="Everybody's state and reason codes (json).")
def shortlist(
    request: Path, instant: datetime | None, form: str, most: int, standings: bool
) -> None:
    """Answer a request (see: roster schema request); nothing is stored."""
    criteria = read_criteria(request)
    asked = read_request(criteria)
    at = instant or clock.now()
    with open_database() as database, database.reading() as session:
        columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
    found = answer(columns, asked, at, limit=None if form == "json" else max(most, 1))
    handles = list_handles(found)
    if form == "json":
        document = dump_answer(found, handles, for_operator=True, with_standings=standings)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo(
            explain_answer_as_text(
                get_wording("en"), found, handles, title=criteria["title"], most=most
            ),
            nl=False,
        )


def read_criteria(path: Path) -> dict[str, Any]:
    """The criteria of a request's file, or an exit that names each wrong value."""
    criteria: dict[str, Any] = _check(load_criteria, _read_json(path))
    return criteria


def read_request(criteria: dict[str, Any]) -> Request:
    """A request of the operator; who asks is what its file says."""
    said = criteria["requester"] or {}
    requester = Requester(
        country=said.get("country"),
        is_verified=said.get("is_verified", True),
        party=said.get("party"),
    )
    return make_request(criteria, code=criteria["code"] or "R-0", requester=requester)


def list_handles(*answers: Answer) -> dict[int, str]:
    """One handle for everybody who is listed or a near miss in any of these answers."""
    shown = (State.LISTED, State.NEAR_MISS)
    women = {one for found in answers for state in shown for one in found.list_ids(state)}
    return derive_handles(answers[0].request.code, women)


SCHEMAS: dict[str, type[Schema]] = {
    "duplicates": DuplicatesSchema,
    "exchange": ExchangeSchema,
    "explanation": ExplanationSchema,
    "letter": LetterReadingSchema,
    "profile": ProfilesSchema,
    "request": RequestSchema,
    "shortlist": ShortlistSchema,
    "team": TeamProposalSchema,
}
HER_DATA = "her-data"


@main.command()
@click.argument("name", type=click.Choice(sorted([*SCHEMAS, HER_DATA])))
def schema(name: str) -> None:
    """Print the JSON Schema of what ``load`` or ``shortlist`` reads or prints, or of the file in
    which a woman keeps all data about her."""
    document = describe_her_data() if name == HER_DATA else make_json_schema(SCHEMAS[name])
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise click.ClickException(f"{path.name} is not JSON: {problem}") from problem


def _check(load_document: Any, document: Any) -> Any:
    """The checked document, or an exit that names each wrong value by its path and code."""
    try:
        return load_document(document)
    except ValidationError as error:
        lines = [f"{path}: {code}" for path, code in _list_errors(error.messages)]
        raise click.ClickException("\n".join(["wrong values:", *lines])) from error


def _list_errors(messages: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        return [
            found
            for key, value in messages.items()
            for found in _list_errors(value, f"{path}.{key}".strip("."))
        ]
    codes = messages if isinstance(messages, list) else [messages]
    return [(path, str(code)) for code in codes]
