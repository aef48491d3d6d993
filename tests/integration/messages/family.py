"""What is known of a family of SAP's messages: a valid one, what of it is stored where, and what each of
its fields may hold (`tests.support.sap_fields`).

Paths of fields name segments and fields, with the number of a row where it is not the first:
"E1EDP01/E1EDP19#1/IDTNR".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.sap.source_system import SourceSystem
from shared.store import Document, to_document
from tests.factories.sap import STAMP, Idoc, clock
from tests.factories.style import style
from tests.support.sap_fields import Effects, Values

Documents = Mapping[str, Document]
"""By path."""


@dataclass(frozen=True)
class Family:
    """`make` gives a valid message about `path`, `other` one about `other_path`.

    `before` are the documents that are there before, `structure` says what becomes of a message whose segment is dropped, doubled, reversed: by the
    segment's path and which of these; what is not there is refused, and reversed rows say the same.
    `sent_by` tells which systems have such messages.
    """

    name: str
    function: str
    topic: str
    make: Callable[[SourceSystem], Any]
    other: Callable[[SourceSystem], Any]
    path: str
    other_path: str
    fields: Callable[[SourceSystem], Mapping[str, Values]]
    view: Callable[[Mapping[str, Any]], Any] = lambda stored: stored
    before: Callable[[SourceSystem], Documents] = lambda _: {}
    structure: Mapping[tuple[str, str], Effects] = field(default_factory=dict)
    sent_by: Callable[[SourceSystem], bool] = lambda _: True


def of(system: SourceSystem, idoc: Idoc) -> Idoc:
    """The IDoc with the control record of the system."""
    there = clock(system, STAMP)
    head = {"SNDPRN": system.logical_system, "CREDAT": there[:8], "CRETIM": there[8:]}
    return {**idoc, "EDI_DC40": idoc["EDI_DC40"] | head}


def without(stored: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in names}


def styles(system: SourceSystem) -> Documents:
    """Two styles whose case has twelve pieces."""
    case = {system.articles.case: 12}
    found = (style(number, units=case, multiple=12) for number in ("10123", "10124"))
    return {f"styles/{one.number}": to_document(one) for one in found}


GONE = {"deleted": True}
"""What is left of what SAP deleted."""
