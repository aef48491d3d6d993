"""The environment of reconcile."""

from shared.settings import InternalFunctionSettings, VatCheckSettings


class Settings(InternalFunctionSettings, VatCheckSettings):
    """Where overdue orders are handed over again, and checks of VAT ids asked for."""

    export_queue: str
    export_url: str
    export_caller: str
