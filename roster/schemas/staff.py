"""What an administrator says of an account, and what somebody invited chooses."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.queries.staff import STAFF
from roster.schemas.codes import Code
from roster.schemas.record import LONGEST_NAME, one_of
from roster.wording import LANGUAGES

LONGEST_OFFICE = 200


class InvitedForm(Schema):
    """Who is asked to work with the service, and as what. State and office are a requester's."""

    name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    email = fields.Email(required=True, validate=validate.Length(max=254))
    role = fields.Str(required=True, validate=validate.OneOf(STAFF))
    network = fields.Str(load_default=None, validate=one_of("network"))
    language = fields.Str(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
    country = Code("country", load_default=None)
    office = fields.Str(load_default=None, validate=validate.Length(max=LONGEST_OFFICE))
    is_checked = fields.Bool(load_default=False)
    """A person has made sure that this requester is who she says."""


class RoleForm(Schema):
    """A role to give or to take. ``version`` is the account's."""

    version = fields.Int(required=True)
    role = fields.Str(required=True, validate=validate.OneOf(STAFF))
    network = fields.Str(load_default=None, validate=one_of("network"))


class NetworkForm(Schema):
    """A network's own rules. ``version`` is the network's."""

    version = fields.Int(required=True)
    availability_days = fields.Int(required=True, validate=validate.Range(min=1, max=366))
    time_zone = fields.Str(required=True, validate=validate.Length(max=64))


class JoiningForm(Schema):
    """A first password, twice."""

    new = fields.Str(required=True, metadata={"verbatim": True})
    again = fields.Str(required=True, metadata={"verbatim": True})


class CheckForm(Schema):
    """What a person saw who checked a requester."""

    note = fields.Str(load_default=None, validate=validate.Length(max=LONGEST_OFFICE))
