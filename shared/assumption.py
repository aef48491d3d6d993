"""What a request assumes of a document that this instance has read before: it is still the same.

To look first would cost each request a round trip before all others. So the next read of
documents brings this one along, and nothing is read from documents, written or answered before it
was seen to be the same. Where it is not, the request begins anew (`shared.http.app`).
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from google.cloud.firestore import Client

from shared.firestore_wire import Found, begin_batch_get


class AssumedInVainError(Exception):
    """The document is another than was assumed."""


@dataclass(frozen=True)
class Assumption:
    """The document at `path` is of `version` (as `Read` has it), or there is none where that is None.

    `forget` is called where it is not so.
    """

    db: Client
    path: str
    version: int | None
    forget: Callable[[], None]

    def compare(self, document: Any) -> None:
        """Looks at the document; None where there is none.

        Raises:
            AssumedInVainError: it is not as assumed.
        """
        if (document and document.update_time.ToNanoseconds()) != self.version:
            self.forget()
            raise AssumedInVainError


_OPEN: ContextVar[Assumption | None] = ContextVar("assumption", default=None)


def assume(assumption: Assumption | None) -> None:
    """From now on this request assumes that; None: nothing."""
    _OPEN.set(assumption)


def begin_documents(db: Client, paths: Sequence[str]) -> Callable[[], Found]:
    """`begin_batch_get`, which brings along what is assumed and not yet looked at.

    What is returned raises AssumedInVainError where it is not as assumed, and so whenever it is
    looked at again.
    """
    if (assumed := _OPEN.get()) is None:
        return begin_batch_get(db, paths)
    finish = begin_batch_get(db, [*paths, assumed.path])

    def compare() -> Found:
        read_time, found = finish()
        assumed.compare(found.get(assumed.path))
        _OPEN.set(None)
        return read_time, found

    return compare


def verify_assumed() -> None:
    """Looks at what is assumed, unless that was done: before anything is written or answered.

    Raises:
        AssumedInVainError: it is not as assumed.
    """
    if assumed := _OPEN.get():
        begin_documents(assumed.db, [])()
