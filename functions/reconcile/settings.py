"""The environment of reconcile."""

from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings):
    """Where overdue orders are handed over again."""

    export_queue: str
    export_url: str
    export_caller: str
