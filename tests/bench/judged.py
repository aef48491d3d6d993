"""Judged queries over the demo data: what people type, and the styles that they mean.

`search_queries.tsv` describes these by facts of the demo data, not by what any search answers:
`name` is a part of the English name, `shade` of a colour's, `colour` a family. A GTIN begins or
ends with `gtin`, and has `digits` anywhere. Colour and size hold of one SKU.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from emulators.demo.catalogue import Sku, Style

_FILE = Path(__file__).with_name("search_queries.tsv")
SHOWN = 10
"""Styles that somebody looks at."""


class Query(NamedTuple):
    """A text in the box of a reader of `language`."""

    language: str
    text: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]

    def means(self, style: Style) -> bool:
        """Whether a person who types this wants to see the style."""
        return any(
            all(_holds(name, values, style, sku) for name, values in self.facts)
            for sku in style.skus
        )


@dataclass(frozen=True)
class Quality:
    """Means over a language's queries, in per cent.

    `precision` is of the first ten answered, nothing where none is; `recall` of all that is meant.
    """

    precision: float
    recall: float


@cache
def queries() -> tuple[Query, ...]:
    """All of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


def quality(answers: Sequence[tuple[Sequence[int], set[int]]]) -> Quality:
    """Of what was answered, best first, and what was meant, query by query."""
    precisions = [
        _share(len(meant & set(found[:SHOWN])), len(found[:SHOWN])) for found, meant in answers
    ]
    recalls = [_share(len(meant & set(found)), len(meant)) for found, meant in answers]
    return Quality(100 * sum(precisions) / len(answers), 100 * sum(recalls) / len(answers))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _read(line: str) -> Query:
    language, text, facts = line.split("\t")
    pairs = (fact.strip().split("=") for fact in facts.split(";"))
    return Query(language, text, tuple((name, tuple(values.split("|"))) for name, values in pairs))


def _holds(name: str, values: tuple[str, ...], style: Style, sku: Sku) -> bool:
    if name == "gtin":
        return sku.gtin.startswith(values) or sku.gtin.endswith(values)
    if name == "digits":
        return any(value in sku.gtin for value in values)
    english = style.names["en"]
    held = {
        "name": any(value in english for value in values),
        "not": not any(value in english for value in values),
        "shade": sku.colour.names["en"] in values,
        "colour": sku.colour.family in values,
        "size": sku.size.label in values,
        "category": style.category in values,
        "gender": style.gender in values,
    }
    return held[name]
