"""The environment of operations."""

from pydantic import Json

from shared.sap.source_system import SourceSystemSettings
from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings, SourceSystemSettings):
    """Whose SAP it is, where orders are handed over, and whose topics messages are replayed to."""

    export_queue: str
    export_url: str
    export_caller: str
    topic_region: str
    """What the topics' names begin with: eu or na; empty locally."""
    topics: Json[tuple[str, ...]]
    """What SAP publishes to, without the region: those of infra/functions.json."""
