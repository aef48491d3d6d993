"""What a verified token is worth: the companies that the person belongs to at this moment.

Claims of an account hold some dozen companies (Identity Platform: 1,000 bytes) and reach a token
within the hour. `people/{uid}` holds any number and counts at once; only of somebody about whom
nothing is stored there the claims count.
"""

from collections.abc import Mapping
from typing import Any

from google.cloud.firestore import Client

from shared.identity.caller import read_claims
from shared.identity.tokens import VerifyPerson
from shared.person import repository as people


def with_memberships(db: Client, verify: VerifyPerson) -> VerifyPerson:
    """`verify`, whose name and companies are those of `people/{uid}`; costs one read."""

    def verify_now(token: str) -> Mapping[str, Any]:
        issued = verify(token)
        claims = read_claims(issued)
        person = people.read(db, claims.uid) if claims else None
        if person is None:
            return issued
        return {**issued, "full_name": person.name, "companies": person.roles}

    return verify_now
