"""Every document that a release ever wrote is read today, and those of today are kept.

A test that fails here for a changed document wants `python -m tests.stored.freeze NAME`, and a
reader that still takes the earlier ones.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.store import to_document
from tests.stored.documents import Sample, folders, plain, read, shape
from tests.stored.readers import MOVED, READERS, precise
from tests.stored.readers import read as parse
from tests.stored.samples import made_today

SAMPLES = [
    pytest.param(sample, id=f"{folder.name}/{sample.kind}/{sample.name}")
    for folder in folders()
    for sample in read(folder)
    if sample.reads_as is not None
]
CODE = Path(__file__).parents[2]
TOOLS = {"state:migration"}
"""Documents of commands, which only the release that wrote them reads."""

PACKED = {"orders": ("lines", "shipments", "invoices"), "carts": ("lines", "removed")}


def _differences(kind: str, was: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where the model of today lacks what was in that of then, or has something else."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name, value in was.items():
            if f"{kind}.{name}" in MOVED and not path:
                continue
            if name not in now:
                yield f"{path}/{name} is gone"
            else:
                yield from _differences(kind, value, now[name], f"{path}/{name}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _differences(kind, one, other, f"{path}/{index}")
    elif was != now:
        yield f"{path}: {was!r} was read, now {now!r}"


@pytest.mark.parametrize("sample", SAMPLES)
def test_it_reads_as_it_did_when_it_was_written(sample: Sample) -> None:
    today = plain(parse(sample.kind, sample.id, sample.document))
    kind = precise(sample.kind, sample.id)
    assert list(_differences(kind, sample.reads_as, today)) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_written_back_reads_the_same(sample: Sample) -> None:
    model = parse(sample.kind, sample.id, sample.document)
    assert parse(sample.kind, sample.id, to_document(model)) == model


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_later_release_may_have_added_fields(sample: Sample) -> None:
    """What a release that was rolled back wrote is read by the one before it."""
    # It wrote all that is written today, and more behind.
    later = to_document(parse(sample.kind, sample.id, sample.document))
    for name in PACKED.get(sample.kind, ()):
        packed = later[name]
        later[name] = (
            {key: f"{text} 77 Z" for key, text in packed.items()}
            if isinstance(packed, dict)
            else [json.dumps([*json.loads(text), {"later": [1]}]) for text in packed]
        )
    later["of_a_later_release"] = {"a": [1]}
    assert parse(sample.kind, sample.id, later) == parse(sample.kind, sample.id, sample.document)


@pytest.mark.parametrize("kind", [*PACKED, "availability"])
def test_another_format_is_refused_and_not_misread(kind: str) -> None:
    newest = next(one for one in read(folders()[-1]) if one.kind == kind)
    with pytest.raises(ValueError, match="format 99"):
        parse(kind, newest.id, newest.document | {"format": 99})


def test_packed_records_of_every_kind_are_among_the_samples() -> None:
    for folder in folders():
        found = list(read(folder))
        for kind, names in PACKED.items():
            for name in names:
                assert any(one.document[name] for one in found if one.kind == kind), (folder, name)


def test_every_collection_in_the_code_has_a_sample() -> None:
    named = re.compile(r'collection(?:_group)?\("(\w+)"\)|^COLLECTION = "(\w+)"', re.MULTILINE)
    single = re.compile(r'collection\("state"\)\.document\("(\w+)"\)')
    wanted: set[str] = set()
    for path in (path for name in ("functions", "shared") for path in (CODE / name).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        wanted |= {one or other for one, other in named.findall(text)}
        wanted |= {f"state:{one}" for one in single.findall(text)}
    kept = list(read(folders()[-1]))
    found = {part for one in kept for part in one.kind.split("/")}
    found |= {f"state:{one.id}" for one in kept if one.kind == "state"}
    assert wanted - found - TOOLS == set()


@pytest.fixture(name="today")
def _today(firestore: Client, tmp_path: Path) -> dict[tuple[str, str], Sample]:
    """What the system writes now."""
    return {(one.kind, one.name): one for one in made_today(firestore, tmp_path)}


def test_a_document_that_looks_different_is_kept_as_a_new_sample(
    today: dict[tuple[str, str], Sample],
) -> None:
    kept = {(one.kind, one.name): one for one in read(folders()[-1])}
    assert {kind for kind, _ in today} <= set(READERS)
    assert set(today) == set(kept)
    different = [
        key for key, one in today.items() if shape(one.document) != shape(kept[key].document)
    ]
    assert different == [], "python -m tests.stored.freeze NAME"
