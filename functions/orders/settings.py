"""The environment of orders."""

from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings):
    """Where placed orders are handed over."""

    export_queue: str
    export_url: str
    export_caller: str
