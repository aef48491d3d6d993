"""Remote function calls to SAP: the one place that knows pyrfc.

A session is one connection and so one LUW: what BAPI_TRANSACTION_COMMIT commits is what
was called on it before. pyrfc re-opens a connection after an error by itself and then
raises, which loses the uncommitted work; a session is therefore never used on after one.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

Call = Callable[..., dict[str, Any]]
"""`call(function_module, **parameters)` answers exporting and table parameters."""

Connect = Callable[[], AbstractContextManager[Call]]

CALL_SECONDS = 15


class SapUnreachableError(Exception):
    """SAP did not answer, broke off, or refused the logon; the text is the library's."""


def connector(destination: Mapping[str, str]) -> Connect:
    """Opens sessions to `destination` (pyrfc's connection parameters)."""

    @contextmanager
    def connect() -> Iterator[Call]:
        # Imported when first needed, so that a test of anything else does without it.
        import pyrfc  # noqa: PLC0415

        try:
            with pyrfc.Connection(config={"timeout": CALL_SECONDS}, **destination) as connection:
                yield connection.call
        except pyrfc.RFCError as error:
            raise SapUnreachableError(str(error)) from error

    return connect
