"""Where token buckets are kept: in the region's Firestore, or in an instance's memory."""

from datetime import datetime
from hashlib import sha256
from threading import Lock

import structlog
from google.api_core.exceptions import GoogleAPIError
from google.cloud.firestore import Client

from shared.http.rate import Counted, Rate, draw
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically

COLLECTION = "rates"
MOST_KEPT = 10_000
"""Buckets that an instance keeps; beyond that it forgets those that nobody used for longest."""


class Limiter:
    """Lets requests through as often as their rate says; safe for threads.

    `db` is for rates that are counted in the region: `rates/{id}`, whose only field
    `expires_at` is when the bucket is full again and the document may go.
    """

    def __init__(self, db: Client | None) -> None:
        self._db = db
        self._lock = Lock()
        self._full_at: dict[str, datetime] = {}

    def admit(self, rate: Rate, caller: Caller, now: datetime) -> None:
        """Takes a token of the person's and one of the company's.

        Where Firestore can't count, nobody is kept out. A request whose commit's answer is lost
        may take two.

        Raises:
            TooManyRequestsProblem: there is none; says when there will be one.
        """
        keys = [_key(rate, "person", caller.uid), _key(rate, "company", caller.company)]
        if rate.counted is Counted.INSTANCE:
            self._in_memory(rate, keys, now)
            return
        if self._db is None:
            raise LookupError("this service has no database to count rates in")
        try:
            _in_firestore(self._db, rate, keys, now)
        except GoogleAPIError as error:
            structlog.get_logger().warning("rate not counted", kind=rate.kind, error=repr(error))

    def _in_memory(self, rate: Rate, keys: list[str], now: datetime) -> None:
        with self._lock:
            drawn = draw(rate, [self._full_at.get(key) for key in keys], now)
            for key, full_at in zip(keys, drawn, strict=True):
                self._full_at.pop(key, None)
                self._full_at[key] = full_at
            while len(self._full_at) > MOST_KEPT:
                del self._full_at[next(iter(self._full_at))]


def _in_firestore(db: Client, rate: Rate, keys: list[str], now: datetime) -> None:
    references = [db.collection(COLLECTION).document(key) for key in keys]

    def body(attempt: Attempt) -> None:
        found = attempt.read(references)
        drawn = draw(rate, [one["expires_at"] if one else None for one in found], now)
        for reference, before, full_at in zip(references, found, drawn, strict=True):
            if before is None:
                attempt.create(reference, {"expires_at": full_at})
            else:
                attempt.update(reference, {"expires_at": full_at})

    optimistically(db, body)


def _key(rate: Rate, whose: str, id_: str) -> str:
    """Tells nobody who it is about."""
    return sha256(f"{rate.kind}\n{whose}\n{id_}".encode()).hexdigest()[:40]
