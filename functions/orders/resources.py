"""What the handlers of orders work with."""

from dataclasses import dataclass

from babel import Locale
from google.cloud.firestore import Client

from functions.orders.placement import VatChecks
from functions.orders.wording import Reader
from shared.order.exporting import EnqueueExport
from shared.sap.buyer_texts import BuyerTexts


@dataclass(frozen=True)
class Resources:
    """The database, and who is asked for what comes after a commit."""

    db: Client
    enqueue: EnqueueExport
    vat_checks: VatChecks
    texts: BuyerTexts

    def reader(self, locale: Locale) -> Reader:
        """Who reads an answer in `locale`."""
        return Reader(locale, self.texts)
