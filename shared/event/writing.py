"""Writing what SAP's messages change: only what is newer, in few commits.

A document is written if it still is as it was read; nobody waits for anybody's lock. One
that many write at once, or that Firestore would refuse, never keeps the others from being
written.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from google.cloud.firestore import Client, DocumentReference

from shared.catalogue.announcement import CatalogueKind, announce
from shared.document_size import LARGEST_DOCUMENT, size_of
from shared.event.passing import PASSING, why
from shared.event.verdict import Verdict, stronger
from shared.optimistic import Attempt, ChangedMeanwhileError, optimistically
from shared.past.keeping import Terms, beside_past, keep
from shared.reconciliation.snapshot import Sides
from shared.store import Document

CHUNK = 100
"""Documents of one commit."""

COMMIT_BYTES = 2_500_000
"""Bytes of the documents of one commit, as Firestore counts a document. A commit takes 10 MiB
(the emulator 4 MiB) of a request, which is larger: some 1.4 times with texts of 7 characters,
2.5 times with texts of one."""


class UnwritableDocumentsError(Exception):
    """Documents that can never be written, with the reason for each; the others were."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Change:
    """A change of one document: `merge` gives the new one, or None where nothing changes.

    It may be called several times, so it must be pure. `announced` says whether readers of
    these data are told of it. `origin` is the place of the message's part that it comes from, and
    `verdict` what that part is to the document; without one, applied where something changes.
    `sides` tells what it mends with both sides, where that is tallied. `terms` is what of the document
    is kept of before.
    """

    reference: DocumentReference
    merge: Callable[[Document | None], Document | None]
    announced: bool = True
    origin: str = ""
    verdict: Callable[[Document | None], Verdict] | None = None
    sides: Callable[[Document | None], list[Sides]] | None = None
    terms: Terms | None = None


Mended = Mapping[str, list[Sides]]
"""What a commit mends, by the origin of its changes."""

Tally = Callable[[Attempt, Mended], None]
"""Adds to a commit what that mends, so that it is counted once, whoever is killed when."""


@dataclass(frozen=True)
class Fault:
    """Why a part of a message can't be stored; `awaits` names what it needs that may still come."""

    origin: str
    reason: str
    awaits: str = ""


@dataclass
class Written:
    """How many documents were written, what each part of the message was to them, and what can't
    be written."""

    documents: int = 0
    faults: list[Fault] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    @property
    def reasons(self) -> list[str]:
        """The reasons of all faults."""
        return [fault.reason for fault in self.faults]

    def add(self, other: "Written") -> None:
        """Count what `other` counts, too."""
        self.documents += other.documents
        self.faults += other.faults
        self.judge(other.verdicts)

    def judge(self, verdicts: Mapping[str, Verdict]) -> None:
        """Note what parts are to one of their documents."""
        for origin, verdict in verdicts.items():
            self.verdicts[origin] = stronger(verdict, self.verdicts.get(origin, verdict))

    def add_fault(self, changes: "Changes", reason: str) -> None:
        """Note that a document can't be written."""
        self.faults += [Fault(origin, reason) for origin in {one.origin: None for one in changes}]


Changes = list[Change]
"""All changes of one document."""


def write_changes(
    db: Client,
    changes: Iterable[Change],
    kind: CatalogueKind | None = None,
    tally: Tally | None = None,
) -> Written:
    """Apply the changes, in commits of up to `CHUNK` documents and one read each.

    A document that was written has `updated_at` (server time), so that readers can ask for
    what changed; if it is of `kind`, their readers are told before the commit. What changes mend goes
    to the `tally`.
    Documents that others keep changing are tried again after all others, one by one.

    Raises:
        google.api_core.exceptions.RetryError: others kept changing a document for 30 seconds.
    """
    by_path: dict[str, Changes] = {}
    for change in changes:
        by_path.setdefault(change.reference.path, []).append(change)
    documents = list(by_path.values())
    waiting = deque(documents[start : start + CHUNK] for start in range(0, len(documents), CHUNK))
    contended: list[list[Changes]] = []
    written = Written()
    while waiting:
        chunk = waiting.popleft()
        attempt = Attempt(db)
        try:
            saved, rest = _save(attempt, db, chunk, kind, tally)
            attempt.commit()
        except PASSING:
            raise
        except Exception as error:  # noqa: BLE001 (one document never keeps the others away)
            if len(chunk) > 1:
                waiting.extendleft([chunk[len(chunk) // 2 :], chunk[: len(chunk) // 2]])
            elif isinstance(error, ChangedMeanwhileError):
                contended.append(chunk)
            else:
                written.add_fault(chunk[0], f"{chunk[0][0].reference.path}: {why(error)}")
            continue
        written.add(saved)
        if rest:
            waiting.appendleft(rest)
    for chunk in contended:
        written.add(_save_contended(db, chunk, kind, tally))
    return written


def _save_contended(
    db: Client, chunk: list[Changes], kind: CatalogueKind | None, tally: Tally | None
) -> Written:
    try:
        return optimistically(db, partial(_save, db=db, chunk=chunk, kind=kind, tally=tally))[0]
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 (as in `write_changes`)
        written = Written()
        written.add_fault(chunk[0], f"{chunk[0][0].reference.path}: {why(error)}")
        return written


def _save(
    attempt: Attempt,
    db: Client,
    chunk: list[Changes],
    kind: CatalogueKind | None,
    tally: Tally | None,
) -> tuple[Written, list[Changes]]:
    """What the attempt will have written, and what of the chunk is too much for its commit."""
    written = Written()
    size = 0
    rest: list[Changes] = []
    is_announced = False
    mended: dict[str, list[Sides]] = {}
    stored = attempt.read(changes[0].reference for changes in chunk)
    for index, (changes, before) in enumerate(zip(chunk, stored, strict=True)):
        reference = changes[0].reference
        after, verdicts = _merge(changes, before)
        if after is None or after is before:
            written.judge(verdicts)
            continue
        after, past = beside_past(before, after, changes[0].terms)
        own = size_of(reference.path, after)
        if _is_too_large(reference, before, own):
            written.add_fault(
                changes,
                f"{reference.path}: {own} bytes, more than the {LARGEST_DOCUMENT} that a document may have",
            )
            continue
        both = own + (size_of(reference.path, past) if past else 0)
        if size + both > COMMIT_BYTES:
            rest = chunk[index:]
            break
        written.judge(verdicts)
        if attempt.save(reference, before, after):
            size += both
            keep(attempt, reference, past)
            written.documents += 1
            announced = [change for change in changes if change.announced]
            is_announced = is_announced or _merge(announced, before)[0] is not before
            for change in changes if tally else ():
                if change.sides and (found := change.sides(before)):
                    mended.setdefault(change.origin, []).extend(found)
    if tally and mended:
        tally(attempt, mended)
    if kind and is_announced:
        announce(db, kind)
    return written, rest


def _is_too_large(reference: DocumentReference, before: Document | None, own: int) -> bool:
    """Whether a document of so many bytes can't be stored.

    One that was stored so large can still be changed, and brought to less.
    """
    return own > LARGEST_DOCUMENT and (before is None or own > size_of(reference.path, before))


def _merge(
    changes: Sequence[Change], stored: Document | None
) -> tuple[Document | None, dict[str, Verdict]]:
    """The document after all changes, `stored` itself where none changes it, and what each part is to
    it as the parts before left it."""
    verdicts: dict[str, Verdict] = {}
    document = stored
    for change in changes:
        merged = change.merge(document)
        if change.verdict:
            verdict = change.verdict(document)
        else:
            is_new = merged is not None and merged is not document
            verdict = Verdict.APPLIED if is_new else Verdict.UNCHANGED
        verdicts[change.origin] = stronger(verdict, verdicts.get(change.origin, verdict))
        document = document if merged is None else merged
    return document, verdicts


def raise_unwritable(written: Iterable[Written]) -> None:
    """End a work that all documents should have been written by.

    Raises:
        UnwritableDocumentsError: with every reason, if there is any.
    """
    if reasons := [reason for one in written for reason in one.reasons]:
        raise UnwritableDocumentsError(reasons)


def newer(stored: Document | None, stamp: str) -> bool:
    """Whether `stamp` is newer than what is stored; the rule that makes any order safe."""
    return stored is None or str(stored["stamp"]) < stamp
