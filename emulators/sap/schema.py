"""What Pub/Sub makes of a message that is published to a topic with a schema.

Avro in JSON: a record must have every field that the schema names, with its type, in any
order; what the schema does not name passes. Only the parts that functions/*/messages.avsc use are here.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from google.api_core.exceptions import InvalidArgument

from infra.functions import topics

_IN_JSON: dict[str, type[Any]] = {"record": dict, "array": list, "string": str, "enum": str}
_FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"


def schema_file(topic: str) -> Path:
    """The schema of a topic, beside the function that reads it; Terraform takes the same."""
    return _FUNCTIONS / topics()[topic] / "messages.avsc"


@cache
def _schema(topic: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_file(topic).read_text())
    return found


def check(topic: str, data: bytes) -> None:
    """See that a message fits the schema of its topic.

    Raises:
        InvalidArgument: as Pub/Sub says; nothing is published then.
    """
    try:
        faults = list(_faults(_schema(topic), json.loads(data), ""))
    except ValueError:
        faults = ["it is not JSON"]
    if faults:
        raise InvalidArgument(f"Message failed schema validation: {faults[0]}")


def _faults(schema: Any, value: Any, place: str) -> Iterator[str]:
    kind = schema["type"] if isinstance(schema, Mapping) else schema
    if not isinstance(value, _IN_JSON[kind]):
        yield f"{place or '/'} is no {kind}"
    elif kind == "record":
        for field in schema["fields"]:
            name = field["name"]
            if name in value:
                yield from _faults(field["type"], value[name], f"{place}/{name}")
            else:
                yield f"{place}/{name} was not found"
    elif kind == "array":
        for index, item in enumerate(value):
            yield from _faults(schema["items"], item, f"{place}/{index}")
    elif kind == "enum" and value not in schema["symbols"]:
        yield f"{place} is none of {', '.join(schema['symbols'])}"
