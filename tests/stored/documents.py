"""Documents as files: JSON with Firestore's own types marked, and what a document looks like."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True)
class Sample:
    """A document of the database, with all that its model had when it was written.

    `kind` is its collection, "quarantine/parts" for one within a document; `name` says what it
    is an example of; `reads_as` is the model of then, field by field.
    """

    kind: str
    name: str
    id: str
    document: dict[str, Any]
    reads_as: Any

    def write(self, folder: Path) -> None:
        """Keep it as `folder`/kind/name.json."""
        path = folder / self.kind / f"{self.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"id": self.id, "document": _marked(self.document), "reads_as": self.reads_as}
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(f"{text}\n", encoding="utf-8")


def read(folder: Path) -> Iterator[Sample]:
    """The samples of a folder."""
    for path in sorted(folder.rglob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        kind = str(path.parent.relative_to(folder))
        document = _unmarked(content["document"])
        yield Sample(kind, path.stem, content["id"], document, content["reads_as"])


def folders() -> list[Path]:
    """The folders of all releases whose documents are kept, the oldest first."""
    found = [path for path in FOLDER.iterdir() if re.match(r"\d+-", path.name)]
    return sorted(found, key=lambda path: int(path.name.partition("-")[0]))


def plain(value: Any) -> Any:
    """A model, or what is in one, as JSON has it: every field, nothing packed."""
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    match value:
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case set() | frozenset():
            return sorted(plain(one) for one in value)
        case _:
            return to_jsonable_python(value, bytes_mode="base64")


def shape(value: Any) -> Any:
    """What a document looks like, whatever it says: names of fields, types, places of packed ones.

    Keys that are no field's name (an order's number, a SKU) and members of a list count as one.
    """
    match value:
        case dict():
            named = {key: shape(one) for key, one in value.items() if _NAME.fullmatch(key)}
            others = _together(one for key, one in value.items() if not _NAME.fullmatch(key))
            return {**named, "*": others} if others else named
        case list():
            return _together(value)
        case str() if value.startswith("["):
            return {"packed": [type(field).__name__ for field in json.loads(value)]}
        case str() if re.fullmatch(r"-?\d+( -?\d+)+", value):
            return {"numbers": value.count(" ") + 1}
        case datetime():
            return "datetime"
        case _:
            return type(value).__name__


def _together(values: Iterator[Any] | list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in map(shape, values):
        if one not in found:
            found.append(one)
    return sorted(found, key=repr)


def _marked(value: Any) -> Any:
    match value:
        case dict():
            return {key: _marked(one) for key, one in value.items()}
        case list():
            return [_marked(one) for one in value]
        case datetime():
            return {"$time": value.isoformat()}
        case bytes():
            return {"$bytes": b64encode(value).decode()}
        case _:
            return value


def _unmarked(value: Any) -> Any:
    match value:
        case {"$time": text}:
            return datetime.fromisoformat(text)
        case {"$bytes": text}:
            return b64decode(text)
        case dict():
            return {key: _unmarked(one) for key, one in value.items()}
        case list():
            return [_unmarked(one) for one in value]
        case _:
            return value
