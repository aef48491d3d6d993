"""What became of a message: of each of its parts, which stand for themselves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from shared.event.verdict import Verdict
from shared.event.writing import Written
from shared.sap.idoc import Packet
from shared.sap.part import Part

T = TypeVar("T")


@dataclass(frozen=True)
class Result:
    """What became of a part, and why, where it is quarantined."""

    part: Part
    verdict: Verdict
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What became of each part of a message, and how many documents were written."""

    results: list[Result]
    documents: int = 0

    @property
    def refused(self) -> list[Result]:
        """What is to be quarantined."""
        return [one for one in self.results if one.verdict is Verdict.QUARANTINED]

    def known(self, results: list["Result"]) -> "Outcome":
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
    def reasons(self) -> list[str]:
        """Why, each with its part's place."""
        return [
            f"{one.part.place}: {reason}".removeprefix(": ")
            for one in self.refused
            for reason in one.reasons
        ]

    @property
    def verdicts(self) -> list[Verdict]:
        """What became of each part, those first that could be read."""
        return [one.verdict for one in self.results]


def outcome_of(packet: Packet[T], *written: Written) -> Outcome:
    """The outcome of a packet after all that it changes was written; what changes nothing is ignored."""
    total = Written()
    for one in written:
        total.add(one)
    reasons = _by_origin(total)
    results = [
        Result(taken.part, Verdict.QUARANTINED, reasons[taken.part.place])
        if taken.part.place in reasons
        else Result(taken.part, total.verdicts.get(taken.part.place, Verdict.IGNORED))
        for taken in packet.taken
    ]
    results += [Result(one.part, Verdict.QUARANTINED, one.reasons) for one in packet.refused]
    return Outcome(results, total.documents)


def _by_origin(written: Written) -> Mapping[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for fault in written.faults:
        reasons.setdefault(fault.origin, []).append(fault.reason)
    return reasons


def whole(reasons: list[str], data: bytes) -> Outcome:
    """The outcome of a message that could not be read at all, or not to its end."""
    return Outcome([Result(Part(data=data), Verdict.QUARANTINED, reasons)])
