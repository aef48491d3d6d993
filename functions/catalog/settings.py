"""What the catalog reads from its environment."""

from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings):
    """`media_url` is the prefix of picture URLs, without a trailing slash."""

    media_url: str
