"""Who decides about assortments, and how it is told of."""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client

from shared import audit
from shared.audit import Action, Doer
from shared.identity.caller import Claims
from shared.optimistic import Attempt


@dataclass(frozen=True)
class Deciding:
    """Which person of the brand decides, when and why."""

    person: Claims
    now: datetime
    reason: str = ""

    def tell(
        self, attempt: Attempt, db: Client, action: Action, assortment: str, before: str, after: str
    ) -> None:
        """Tell of a change of an assortment, in its commit; its versions say what each had."""
        self._tell(attempt, db, action, f"assortments/{assortment}", before, after)

    def tell_of_company(
        self, attempt: Attempt, db: Client, action: Action, company: str, before: str, after: str
    ) -> None:
        """Tell of the assortment that a company sees, in its commit."""
        self._tell(attempt, db, action, f"companies/{company}", before, after, company)

    def _tell(
        self,
        attempt: Attempt,
        db: Client,
        action: Action,
        object_: str,
        before: str,
        after: str,
        company: str = "",
    ) -> None:
        doer = Doer(self.person.name, self.now, self.reason, self.person.uid)
        entry = doer.entry(action, object_, company=company, before=before, after=after)
        audit.tell_with(attempt, db, entry)
