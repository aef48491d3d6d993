"""All styles as the snapshot has them, with which an instance that holds all begins."""

import zlib
from datetime import datetime
from typing import Any

import structlog
from google.cloud.firestore import Client

from shared.catalogue.feed import BEGINNING
from shared.catalogue.packed_styles import PackedStyle, read_chunk
from shared.catalogue.snapshot import read_snapshot


def read_styles(db: Client, known: dict[Any, Any]) -> tuple[datetime, dict[str, PackedStyle]]:
    """Until when changes are in the snapshot, and its styles by number; none where it can't be read.

    What styles have in common with those of `known` is shared.
    """
    snapshot = read_snapshot(db, "styles", "styles")
    if snapshot is None:
        return BEGINNING, {}
    try:
        found: dict[str, PackedStyle] = {}
        for chunk in snapshot.chunks.values():
            found |= {one.number: one for one in read_chunk(chunk, known)}
    except (ValueError, KeyError, TypeError, zlib.error):
        structlog.get_logger().exception("snapshot not readable", snapshot="styles")
        return BEGINNING, {}
    return snapshot.until, found
