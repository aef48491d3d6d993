"""The environment of sync_order_status."""

from shared.event.boundary import EventFunctionSettings
from shared.settings import VatCheckSettings


class Settings(EventFunctionSettings, VatCheckSettings):
    """What every function called by Pub/Sub reads, and where checks of VAT ids are asked for."""
