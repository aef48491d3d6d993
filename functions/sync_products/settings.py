"""The environment of sync_products."""

from shared.event.boundary import EventFunctionSettings


class Settings(EventFunctionSettings):
    """What every function called by Pub/Sub reads."""
