"""What the handlers of accounts work with."""

from collections.abc import Callable
from dataclasses import dataclass

from google.cloud.firestore import Client

from functions.accounts.invitations import KeepAccount
from functions.accounts.notices import SapSystem
from shared.sap.buyer_texts import BuyerTexts


@dataclass(frozen=True)
class Resources:
    """The database, the source system and accounts; `end_sessions` ends those of the person with a
    user id."""

    db: Client
    end_sessions: Callable[[str], None]
    system: SapSystem
    keep_account: KeepAccount
    texts: BuyerTexts
