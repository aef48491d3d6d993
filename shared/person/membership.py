"""What a verified token is worth: the companies that the person belongs to at this moment.

Claims of an account hold some dozen companies (Identity Platform: 1,000 bytes) and reach a token
within the hour. `people/{uid}` holds any number and counts at once; only of somebody about whom
nothing is stored there the claims count.

An instance keeps what it read of a person, and assumes at their next request that it still is so
(`shared.assumption`): a right that was taken away counts at the next request, also for writing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock
from typing import Any

from google.cloud.firestore import Client

from shared.assumption import Assumption, assume
from shared.identity.caller import read_claims
from shared.identity.tokens import VerifyPerson
from shared.person import repository as people
from shared.store import read_lazily

_MOST_KEPT = 4 << 20
"""Bytes of what an instance keeps of people."""


@dataclass(frozen=True)
class _Known:
    """What `people/{uid}` says in a version; nothing where there is no such document."""

    version: int | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return 1_000 + 200 * len(self.claims.get("companies", ()))


def with_memberships(db: Client, verify: VerifyPerson) -> VerifyPerson:
    """`verify`, whose name and companies are those of `people/{uid}`.

    The first request of a person costs an instance one read before all others; later ones one
    document more in their first read.
    """

    def verify_now(token: str) -> Mapping[str, Any]:
        issued = verify(token)
        claims = read_claims(issued)
        return issued if claims is None else {**issued, **_people_of(db).claims(claims.uid)}

    return verify_now


class _People:
    """What this instance knows of people; for many threads."""

    def __init__(self, db: Client) -> None:
        from cachetools import LRUCache  # noqa: PLC0415

        self._db = db
        self._lock = Lock()
        self._kept: LRUCache[str, _Known] = LRUCache(_MOST_KEPT, lambda known: known.size)

    def claims(self, uid: str) -> Mapping[str, Any]:
        """Name and companies of a person: as known, which is assumed, or as they are now."""
        with self._lock:
            known = self._kept.get(uid)
        if known is None:
            known = _read(self._db, uid)
            with self._lock:
                if known.size <= self._kept.maxsize:
                    self._kept[uid] = known
        else:
            path = people.reference(self._db, uid).path
            assume(Assumption(self._db, path, known.version, partial(self._forget, uid)))
        return known.claims

    def _forget(self, uid: str) -> None:
        with self._lock:
            self._kept.pop(uid, None)


@lru_cache(maxsize=1)  # Those who read and those who write are the same people.
def _people_of(db: Client) -> _People:
    return _People(db)


def _read(db: Client, uid: str) -> _Known:
    [read] = read_lazily(db, [people.reference(db, uid)])
    person = people.parse(read.data()) if read else None
    if read is None or person is None:
        return _Known()
    return _Known(read.version, {"full_name": person.name, "companies": person.roles})
