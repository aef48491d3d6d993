"""Caches that are bounded in bytes."""

from typing import Any

from cachetools import LRUCache

MEBIBYTE = 2**20


def keep(cache: LRUCache[Any, Any], key: Any, value: Any) -> None:
    """Keep a value if a cache of that size can."""
    try:
        cache[key] = value
    except ValueError:  # It is larger than the cache.
        cache.pop(key, None)
