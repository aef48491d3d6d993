"""The environment of reconcile."""

from shared.sap.caller_settings import SapCallerSettings
from shared.settings import InternalFunctionSettings, VatCheckSettings


class Settings(InternalFunctionSettings, VatCheckSettings, SapCallerSettings):
    """Where overdue orders are handed over again, and checks of VAT ids asked for; whose topics
    messages are replayed to, and when it is told that one waits long; which SAP orders are compared
    with."""

    export_queue: str
    export_url: str
    export_caller: str
    topic_region: str
    """What the topics' names begin with: eu or na; empty locally."""
    waiting_hours: int
