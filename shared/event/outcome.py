"""What became of a message: of each of its parts, which stand for themselves. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from shared.event.verdict import Verdict
from shared.event.writing import Fault, Written
from shared.sap.part import Part

if TYPE_CHECKING:  # Who only tells what became of messages reads none.
    from shared.sap.idoc import Packet

T = TypeVar("T")


@dataclass(frozen=True)
class Result:
    """What became of a part, and why, where it is quarantined or waits.

    `awaits` names what it needs and has not come (`shared.event.awaited`); `is_stored` says whether
    it is stored meanwhile, of no effect yet.
    """

    part: Part
    verdict: Verdict
    reasons: list[str] = field(default_factory=list)
    awaits: frozenset[str] = frozenset()
    is_stored: bool = True


@dataclass(frozen=True)
class MessageOutcome:
    """What became of each part of a message, and how many documents were written.

    `arrived` names what the message brought that others may wait for.
    """

    results: list[Result]
    documents: int = 0
    arrived: frozenset[str] = frozenset()

    @property
    def quarantined(self) -> list[Result]:
        """What is to be quarantined."""
        return [one for one in self.results if one.verdict is Verdict.QUARANTINED]

    def with_known(self, results: list["Result"]) -> "MessageOutcome":
        """The same with what became of some parts before, since the message came again."""
        places = {one.part.place for one in results}
        told = [
            replace(one, verdict=Verdict.DUPLICATE)
            if one.verdict is Verdict.QUARANTINED and one.part.place in places
            else one
            for one in self.results
        ]
        return replace(self, results=told)

    @property
    def waiting(self) -> list[Result]:
        """What is to be kept until that comes which it waits for."""
        kept = (Verdict.WAITING, Verdict.DUPLICATE)
        return [one for one in self.results if one.awaits and one.verdict in kept]

    @property
    def reasons(self) -> list[str]:
        """Why, each with its part's place."""
        return [
            f"{one.part.place}: {reason}".removeprefix(": ")
            for one in self.quarantined
            for reason in one.reasons
        ]

    @property
    def verdicts(self) -> list[Verdict]:
        """What became of each part, those first that could be read."""
        return [one.verdict for one in self.results]


def outcome_of(
    packet: "Packet[T]",
    *written: Written,
    awaits: Mapping[str, Iterable[str]] | None = None,
    arrived: Iterable[str] = (),
) -> MessageOutcome:
    """The outcome of a packet after all that it changes was written; what changes nothing is ignored.

    `awaits` names, by a part's place, what is stored of no effect before that comes.
    """
    total = Written()
    for one in written:
        total.add(one)
    faults = _by_origin(total)
    awaited = {place: frozenset(names) for place, names in (awaits or {}).items()}
    results = [
        _quarantined_result(taken.part, faults[taken.place])
        if taken.place in faults
        else _stored_result(
            taken.part,
            total.verdicts.get(taken.place, Verdict.IGNORED),
            awaited.get(taken.place, frozenset()),
        )
        for taken in packet.taken
    ]
    results += [
        Result(
            one.part,
            Verdict.WAITING if one.awaits else Verdict.QUARANTINED,
            one.reasons,
            one.awaits,
            is_stored=False,
        )
        for one in packet.faulty
    ]
    results += [Result(part, Verdict.IGNORED) for part in packet.tests]
    return MessageOutcome(results, total.documents, frozenset(arrived))


def _stored_result(part: Part, verdict: Verdict, awaits: frozenset[str]) -> Result:
    match verdict:
        case Verdict.APPLIED if awaits:
            return Result(part, Verdict.WAITING, awaits=awaits)
        case Verdict.WAITING | Verdict.UNCHANGED | Verdict.DUPLICATE:
            return Result(part, verdict, awaits=awaits)
        case _:
            return Result(part, verdict)


def _quarantined_result(part: Part, faults: list[Fault]) -> Result:
    """What has a fault that nothing can mend is quarantined, whatever else may come for it."""
    reasons = [fault.reason for fault in faults]
    if all(fault.awaits for fault in faults):
        awaits = frozenset(fault.awaits for fault in faults)
        return Result(part, Verdict.WAITING, reasons, awaits, is_stored=False)
    return Result(part, Verdict.QUARANTINED, reasons, is_stored=False)


def _by_origin(written: Written) -> Mapping[str, list[Fault]]:
    faults: dict[str, list[Fault]] = {}
    for fault in written.faults:
        faults.setdefault(fault.origin, []).append(fault)
    return faults


def whole(reasons: list[str], data: bytes) -> MessageOutcome:
    """The outcome of a message that could not be read at all, or not to its end."""
    return MessageOutcome([Result(Part(data=data), Verdict.QUARANTINED, reasons)])
