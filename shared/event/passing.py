"""Which faults pass by themselves: a message that met one comes again.

Every other is the message's own, whatever it is, since what is not named here would fail in the
same way for good (docs/architecture.md, "The way of a stock message").
"""

from google.api_core.exceptions import (
    Aborted,
    BadGateway,
    Cancelled,
    DeadlineExceeded,
    Forbidden,
    GatewayTimeout,
    InternalServerError,
    NotFound,
    RetryError,
    ServiceUnavailable,
    TooManyRequests,
    Unauthorized,
    Unknown,
)
from google.auth.exceptions import GoogleAuthError

PASSING = (
    Aborted,
    BadGateway,
    Cancelled,
    DeadlineExceeded,
    GatewayTimeout,
    InternalServerError,
    RetryError,
    ServiceUnavailable,
    TooManyRequests,
    Unknown,
    # Nobody may read or write, or there is no database: ours to mend, and no message's fault.
    Forbidden,
    GoogleAuthError,
    NotFound,
    Unauthorized,
    # Of the machine and its network.
    ConnectionError,
    MemoryError,
    TimeoutError,
)


def why(error: Exception) -> str:
    """What an error that does not pass says of a message, for who looks at it in quarantine."""
    return f"{type(error).__name__}: {error}"
