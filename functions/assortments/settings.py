"""The environment of assortments."""

from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings):
    """What every function for people reads."""
