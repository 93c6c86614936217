"""A report of delivery is read for a Message-ID and a code, whatever else it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.errors import Refused
from roster.mail.reports import MOST_BYTES, DeliveryReport, read_report
from tests.post_office import make_report


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_failure_is_read_with_its_code_from_either_form_of_the_returned_message(
    kind: str,
) -> None:
    assert read_report(make_report("abc123", kind=kind)) == DeliveryReport(
        "abc123", "failed", "5.1.1"
    )


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.2.2 (mailbox full)", ("failed", "5.2.2")),
        ("FAILED", "nonsense", ("failed", "5.0.0")),
        ("delayed", "4.4.1", ("delayed", "4.4.1")),
        ("delivered", "2.0.0", ("delivered", "2.0.0")),
    ],
)
def test_action_and_status_are_codes_of_the_standard(
    action: str, status: str, expected: tuple[str, str]
) -> None:
    report = read_report(make_report("m", action=action, status=status))
    assert (report.action, report.status) == expected


def test_of_several_recipients_one_failure_is_a_failure() -> None:
    more = "Final-Recipient: rfc822; b@example.org\nAction: delivered\nStatus: 2.0.0\n\n"
    raw = make_report("m").replace(b"Final-Recipient", more.encode() + b"Final-Recipient", 1)
    assert read_report(raw).action == "failed"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "no_report"),
        (b"Subject: I am on holiday\n\nBack on Monday.\n", "no_report"),
        (b"\x00\xff\xfe" * 50, "no_report"),
        (b"x" * (MOST_BYTES + 1), "report_too_large"),
        (make_report("m", action="exploded"), "no_report"),
        (make_report("m").replace(b"<m@", b"<m m@"), "report_of_nothing"),
        (make_report("m").replace(b"Message-ID", b"Some-ID"), "report_of_nothing"),
        (make_report("m").replace(b"message/delivery-status", b"text/plain"), "no_report"),
    ],
)
def test_anything_else_is_refused_by_name(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_report(raw)
    assert refusal.value.code == code


def test_parts_within_parts_without_end_are_refused() -> None:
    depth = 5_000
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    with pytest.raises(Refused):
        read_report("".join(heads).encode())


@given(st.binary(max_size=2_000))
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    with pytest.raises(Refused):
        read_report(b"Content-Type: multipart/report; boundary=b\n\n--b\n" + raw)
