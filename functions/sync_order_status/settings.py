"""The environment of sync_order_status."""

from shared.settings import InternalFunctionSettings, VatCheckSettings


class Settings(InternalFunctionSettings, VatCheckSettings):
    """What every function called by Pub/Sub reads, and where checks of VAT ids are asked for."""
