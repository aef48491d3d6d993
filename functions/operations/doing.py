"""What a person is doing at the desk, and how it is told of."""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client

from shared import audit
from shared.audit import Action, AuditEntry, Doer
from shared.identity.caller import Claims
from shared.optimistic import Attempt


@dataclass(frozen=True)
class Doing:
    """Who does what, now, and why."""

    person: Claims
    action: Action
    now: datetime
    reason: str = ""

    @property
    def doer(self) -> Doer:
        """Who does it, as orders, differences and the audit keep it."""
        return Doer(self.person.name, self.now, self.reason, self.person.uid)

    def tell(self, db: Client, object_: str) -> None:
        """Tell of it before it is done, where no commit can hold both."""
        audit.tell(db, self._entry(object_))

    def tell_with(self, attempt: Attempt, db: Client, object_: str) -> None:
        """Tell of it in the commit that does it."""
        audit.tell_with(attempt, db, self._entry(object_))

    def _entry(self, object_: str) -> AuditEntry:
        return self.doer.entry(self.action, object_)
