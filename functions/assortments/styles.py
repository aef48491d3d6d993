"""All styles that the brand has, as an instance holds them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from google.cloud.firestore import Client

from shared.catalogue.feed import Feed
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.catalogue.stored_styles import read_styles
from shared.style.repository import parse as parse_style


class Styles:
    """The styles by number, for many threads; a first reading begins with the writer's snapshot."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._feed: Feed | None = None
        self._styles: dict[str, PackedStyle] = {}
        self._shared: dict[Any, Any] = {}

    @contextmanager
    def current(self) -> Iterator[dict[str, PackedStyle]]:
        """Those of now; nothing of them changes while the caller looks at them."""
        with self._lock:
            feed = self._feed or self._begin()
            for document in feed.changed(self._db):
                if style := parse_style(document):
                    self._styles[style.number] = pack(style)
                else:
                    self._styles.pop(document["number"], None)
            # Only now: a reading that broke off is begun anew.
            self._feed = feed
            yield self._styles

    def _begin(self) -> Feed:
        since, self._styles = read_styles(self._db, self._shared)
        return Feed(self._db.collection("styles").order_by("updated_at"), since)
