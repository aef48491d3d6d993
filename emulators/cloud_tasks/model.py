"""What the emulator keeps of queues and tasks. Times are aware UTC."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import ConfigDict

from emulators.cloud_tasks.rate import RateLimits
from emulators.cloud_tasks.retry import RetryPolicy

UNREACHABLE = 503
TIMED_OUT = 504


@dataclass(frozen=True, slots=True)
class OidcToken:
    """Whom the dispatched request is to be signed as, and for whom."""

    email: str
    audience: str


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """The request that a task stands for."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    url: str
    method: str
    headers: dict[str, str]
    body: bytes
    oidc: OidcToken | None


@dataclass(slots=True)
class Attempt:
    """The last attempt; `answered` and `status` are None while it runs."""

    scheduled: datetime
    dispatched: datetime
    answered: datetime | None = None
    status: int | None = None


@dataclass(slots=True)
class Task:
    """A task that has not completed.

    `executions` counts the answers without a 5xx status, `responses` all answers; an attempt that
    timed out or reached nobody is in neither. `previous_status` is the HTTP status of the last
    failed attempt.
    """

    name: str
    request: HttpRequest
    created: datetime
    scheduled: datetime
    deadline: timedelta
    retry: RetryPolicy | None = None
    dispatches: int = 0
    responses: int = 0
    executions: int = 0
    previous_status: int | None = None
    first_dispatched: datetime | None = None
    last: Attempt | None = None


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """A queue as its owner sees it."""

    name: str
    limits: RateLimits = field(default_factory=RateLimits)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    log_ratio: float = 0.0
    paused: bool = False
    purged: datetime | None = None


@dataclass(frozen=True, slots=True)
class DispatchOutcome:
    """How an attempt ended. `answered` is False if no response came: `status` is then ours."""

    status: int
    answered: bool
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One attempt to send: what it needs, as of its start. `number` counts a task's attempts."""

    queue: str
    task: str
    number: int
    request: HttpRequest
    scheduled: datetime
    executions: int
    previous_status: int | None
