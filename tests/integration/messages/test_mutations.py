"""Whatever is changed in a valid message, it is applied right, waits, or is quarantined with place and
reason; it never comes again for ever, and what stands beside it is applied.

A run of CI takes a sample of them, `make campaign` another and larger one.
"""

import json
import os
import random
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.store import read_all
from tests.factories.sap import ECC, S4
from tests.integration.messages.delivery import deliver
from tests.integration.messages.families import FAMILIES
from tests.integration.messages.family import Documents, Family
from tests.integration.messages.mutations import Mutation, mutations
from tests.support.sap_fields import ANY, IGNORED, OTHER, REFUSED, SAME, TOLD, Effect

MUTATIONS = int(os.environ.get("MUTATIONS", "1000"))
"""Of all families and both systems together."""
SEED = os.environ.get("SEED", "1")

AGAIN = 0.25
"""Of them, how many come twice."""

SYSTEMS = {"ecc_eu": ECC, "s4_na": S4}

Stored = dict[str, Any] | None


@contextmanager
def _database() -> Iterator[Client]:
    """An empty one."""
    project = f"test-{uuid.uuid4().hex[:20]}"
    client = Client(project=project, credentials=AnonymousCredentials())
    try:
        yield client
    finally:
        client.close()


def _stored(db: Client, family: Family) -> list[Stored]:
    """What the family's message is about, and what the other is, as they are compared."""
    paths = (family.path, family.other_path)
    documents = read_all(db, [db.document(path) for path in paths])
    return [None if one is None else family.view(one) for one in documents]


@cache
def _expected(name: str, system: str) -> tuple[list[Stored], list[Stored]]:
    """What is stored before any message, and after the valid one and the other."""
    valid = _valid(name, system)
    family = valid.family
    with _database() as db:
        _prepare(db, family.name, system)
        before = _stored(db, family)
        outcome = deliver(db, valid.system, family.topic, valid.data)
        assert outcome is not None
        assert {*outcome.verdicts} == {Verdict.APPLIED}, outcome.reasons
        return before, _stored(db, family)


def _run(one: Mutation, system: str) -> Verdict:
    """Push the message, check all that it must and must not do, and tell what it came to."""
    before, after = _expected(one.family.name, system)
    with _database() as db:
        _prepare(db, one.family.name, system)
        if one.verdict:
            deliver(db, one.system, one.family.topic, _valid(one.family.name, system).data, "0")
        outcome = deliver(db, one.system, one.family.topic, one.data)
        own, other = _stored(db, one.family)
        kept = _kept(db)
        assert outcome is not None, f"not read at all: {kept}"
        result, beside = _results(outcome, one)
        assert other == after[1], "what stands beside it was not applied"
        for entry in kept:
            assert entry["place"]
            assert all(entry["reasons"])
        reasons = [reason for entry in kept for reason in entry["reasons"]]
        told = [_fault(effect, result, own, reasons, before[0], after[0]) for effect in one.effects]
        assert None in told, "; ".join(filter(None, told))
        if one.verdict and beside is not None:
            assert result.verdict is one.verdict
        if result.verdict is Verdict.QUARANTINED:
            names = _names(one.family.name, system)
            assert any(name in reason for name in names for reason in reasons), reasons
        if random.Random(one.what).random() < AGAIN:
            _check_again(db, one, [own, other], len(kept))
        return result.verdict


def _kept(db: Client) -> list[dict[str, Any]]:
    """What is in quarantine, or waits, with nothing of it stored."""
    return [
        document
        for name in ("quarantine", "waiting")
        for snapshot in db.collection(name).stream()
        if not (document := snapshot.to_dict() or {}).get("is_stored")
    ]


def _check_again(db: Client, one: Mutation, stored: list[Stored], kept: int) -> None:
    """Pub/Sub may bring any message twice: the second time it changes nothing."""
    outcome = deliver(db, one.system, one.family.topic, one.data)
    assert outcome is not None
    assert Verdict.APPLIED not in outcome.verdicts, "applied a second time"
    assert _stored(db, one.family) == stored, "something else is stored after a second time"
    assert len(_kept(db)) == kept


@cache
def _known(name: str, system: str) -> list[Mutation]:
    family = next(one for one in FAMILIES if one.name == name)
    return list(mutations(family, SYSTEMS[system]))


_SENT = [
    (family, name)
    for family in FAMILIES
    for name, system in SYSTEMS.items()
    if family.sent_by(system)
]


@cache
def _valid(name: str, system: str) -> Mutation:
    return next(one for one in _known(name, system) if one.verdict is Verdict.DUPLICATE)


@cache
def _documents(name: str, system: str) -> Documents:
    family = next(one for one in FAMILIES if one.name == name)
    return family.before(SYSTEMS[system])


def _prepare(db: Client, name: str, system: str) -> None:
    batch = db.batch()
    for path, document in _documents(name, system).items():
        batch.set(db.document(path), document)
    batch.commit()


@cache
def _names(name: str, system: str) -> frozenset[str]:
    """What a reason may name: segments and fields of the message, or what is stored of it."""
    family = next(one for one in FAMILIES if one.name == name)
    text = json.dumps([family.make(SYSTEMS[system]), *family.fields(SYSTEMS[system])])
    found = re.findall(r"[A-Z][A-Z0-9_]{3,}", text)
    return frozenset(
        [*found, family.path, "E1KNVVM", "held back", "not an IDoc", "not a kind", "order "]
    )


def _results(outcome: MessageOutcome, one: Mutation) -> tuple[Result, Result | None]:
    """What became of the changed part, and of the good one."""
    if one.family.name == "stock":
        other = one.family.other_path.removeprefix("availability/").replace("~", " ")
        is_other = [result.part.place == f"stock {other}" for result in outcome.results]
    else:
        index = 0 if one.what.endswith("(XML)") else 1
        is_other = [result.part.place.startswith(f"IDOCS/{index} ") for result in outcome.results]
    changed = [r for r, other in zip(outcome.results, is_other, strict=True) if not other]
    beside = [r for r, other in zip(outcome.results, is_other, strict=True) if other]
    refused = [r for r in changed if _is_refused(r)]
    return (refused or changed)[0], beside[0] if beside else None


def _is_refused(result: Result) -> bool:
    """Whether nothing of it is stored, for good or before what it waits for comes."""
    waits = result.verdict is Verdict.WAITING and not result.is_stored
    return waits or result.verdict is Verdict.QUARANTINED


def _fault(
    effect: Effect | Mapping[str, Any],
    result: Result,
    own: Stored,
    reasons: list[str],
    before: Stored,
    after: Stored,
) -> str | None:
    """Why the effect is not what happened; None where it is."""
    is_kept = _is_refused(result)
    expected = before
    if effect is SAME or isinstance(effect, Mapping):
        changes = dict(effect) if isinstance(effect, Mapping) else {}
        is_told = changes.pop("", None) is TOLD
        if is_kept != is_told:
            return f"{result.verdict}, {reasons}"
        return _difference(after, own, changes)
    if effect is IGNORED and result.verdict is not Verdict.IGNORED:
        return f"{result.verdict} instead of ignored, {reasons}"
    if effect is REFUSED and not is_kept:
        return f"{result.verdict} instead of quarantined; {_difference(after, own, {})}"
    if effect is OTHER and is_kept:
        return f"quarantined: {reasons}"
    return None if own == expected else f"stored: {own}"


def _difference(valid: Stored, own: Stored, changes: Mapping[str, Any]) -> str | None:
    """What differs between what is stored and what the changes make of the valid one's."""
    if own is None:
        return "nothing is stored"
    expected, found = deepcopy(valid), deepcopy(own)
    for path, value in changes.items():
        *holders, name = path.split(".")
        for document in (expected, found):
            inner: Any = document
            for holder in holders:
                inner = inner[int(holder)] if isinstance(inner, list) else inner.get(holder, {})
            if value is ANY:
                inner.pop(name, None) if isinstance(inner, dict) else None
            elif document is expected:
                inner[int(name) if isinstance(inner, list) else name] = value
    if changes == {"deleted": True}:
        return None if found.get("deleted") else "it is not deleted"
    if expected == found:
        return None
    names = [name for name in found if found[name] != (expected or {}).get(name)]
    return "; ".join(f"{n}: {found[n]}, not {(expected or {}).get(n)}" for n in names) or "less"


@cache
def _number_known() -> int:
    """Of all families and systems."""
    return sum(len(_known(family.name, system)) for family, system in _SENT)


@pytest.mark.parametrize(("family", "system"), _SENT, ids=[f"{f.name}-{s}" for f, s in _SENT])
def test_mutations(family: Family, system: str, firestore_host: str) -> None:
    assert firestore_host
    known = _known(family.name, system)
    sample = random.Random(f"{SEED} {family.name} {system}")
    wanted = -(-MUTATIONS * len(known) // _number_known())
    chosen = sample.sample(known, min(len(known), wanted))
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for one in chosen:
        try:
            counted[_run(one, system).value] += 1
        except AssertionError as error:
            wrong.append(f"{one.what}: {str(error).splitlines()[0][:400]}")
    print(f"{family.name} {system}: {len(chosen)} of {len(known)} {dict(counted)}")
    assert not wrong, "\n".join([f"{len(wrong)} of {len(chosen)}", *wrong])
