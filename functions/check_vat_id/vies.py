"""VIES over HTTP; nothing else in Sellin calls it.

The European Commission's REST interface
(https://ec.europa.eu/taxation_customs/vies/#/technical-information), asked with the seller's own
id, so that it answers with a consultation number. Whatever is no answer of the member state's
is told by a word of VIES, or by one of ours where it says none, and never taken for "invalid".
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

import requests
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    TypeAdapter,
    ValidationError,
)

from shared.vat.check import VatAnswer, VatCheck
from shared.vat.ids import ViesRequest

Ask: TypeAlias = Callable[[ViesRequest, datetime], VatCheck]
"""Asks VIES once, at that moment by our clock; it never raises for what VIES does."""

PATIENCE = (5.0, 25.0)
"""Seconds to connect, and to wait for an answer: member states take up to 20."""

_MOST_BYTES = 64 * 1024
_UNDISCLOSED = "---"
"""What VIES puts where a member state tells no name or address."""


def _disclosed_value(value: Any) -> Any:
    return "" if value in (None, _UNDISCLOSED) else value


def _day(value: Any) -> Any:
    # "2026-11-26T10:15:00.123Z", or "2026-11-26+01:00" as in SOAP; the day is as it stands.
    return value[:10] if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_disclosed_value)]


class _Answer(BaseModel):
    """What VIES says of an id; fields that nobody needs are left out."""

    countryCode: str  # noqa: N815 (VIES's names)
    vatNumber: str  # noqa: N815
    valid: StrictBool
    requestDate: Annotated[date, BeforeValidator(_day)]  # noqa: N815
    requestIdentifier: _Text = ""  # noqa: N815
    name: _Text = ""
    address: _Text = ""
    userError: _Text = ""  # noqa: N815


class _Wrapper(BaseModel):
    error: str


class _Refusal(BaseModel):
    errorWrappers: list[_Wrapper]  # noqa: N815


_REPLY: TypeAdapter[_Answer | _Refusal] = TypeAdapter(
    _Answer | _Refusal, config=ConfigDict(defer_build=True)
)


def client(url: str, patience: tuple[float, float] = PATIENCE) -> Ask:
    """Asks at `url`, the root of the interface, over connections that are kept."""
    session = requests.Session()

    def ask(question: ViesRequest, now: datetime) -> VatCheck:
        try:
            status, body = _post(
                session, f"{url}/check-vat-number", _parameters(question), patience
            )
        except requests.Timeout:
            return _not_checked(question, now, "TIMEOUT")
        except requests.RequestException:
            return _not_checked(question, now, "UNREACHABLE")
        return read_reply(question, now, status, body)

    return ask


def read_reply(question: ViesRequest, now: datetime, status: int, body: bytes) -> VatCheck:
    """What a reply of VIES says of the question that was asked at `now`."""
    try:
        reply = _REPLY.validate_json(body)
    except ValidationError:
        # A gateway before VIES that answers by itself.
        return _not_checked(question, now, "UNREADABLE" if status == 200 else f"HTTP_{status}")
    if isinstance(reply, _Refusal):
        words = [wrapper.error for wrapper in reply.errorWrappers]
        return _not_checked(question, now, words[0] if words else "UNREADABLE")
    if reply.userError not in ("", "VALID", "INVALID"):
        return _not_checked(question, now, reply.userError)
    if status != 200 or reply.countryCode + reply.vatNumber != question.vat_id:
        return _not_checked(question, now, "UNREADABLE")
    return VatCheck(
        vat_id=question.vat_id,
        requester=question.requester,
        answer=VatAnswer.VALID if reply.valid else VatAnswer.INVALID,
        asked_at=now,
        stated_on=reply.requestDate,
        consultation=reply.requestIdentifier,
        name=reply.name,
        address=reply.address,
    )


def _post(
    session: requests.Session, url: str, parameters: dict[str, str], patience: tuple[float, float]
) -> tuple[int, bytes]:
    """Status and body, of which no more is read than an answer can have."""
    with session.post(
        url, json=parameters, timeout=patience, allow_redirects=False, stream=True
    ) as response:
        body = b""
        for piece in response.iter_content(_MOST_BYTES):  # a piece is no more than what has come
            body += piece
            if len(body) >= _MOST_BYTES:
                break
        return response.status_code, body


def _parameters(question: ViesRequest) -> dict[str, str]:
    return {
        "countryCode": question.vat_id[:2],
        "vatNumber": question.vat_id[2:],
        "requesterMemberStateCode": question.requester[:2],
        "requesterNumber": question.requester[2:],
    }


def _not_checked(question: ViesRequest, now: datetime, reason: str) -> VatCheck:
    return VatCheck(
        vat_id=question.vat_id,
        requester=question.requester,
        answer=VatAnswer.NOT_CHECKED,
        asked_at=now,
        reason=reason,
    )
