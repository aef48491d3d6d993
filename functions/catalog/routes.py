"""The catalog's routes: what a company may see and buy."""

from dataclasses import dataclass

from functions.catalog.answers.detail import show_line_sheet, show_style
from functions.catalog.answers.freshness import Reader
from functions.catalog.answers.lookup import look_up
from functions.catalog.answers.page import list_styles
from functions.catalog.memory import Memory
from functions.catalog.schema import (
    LineSheet,
    LineSheetQuery,
    LookupAnswer,
    LookupRequest,
    StyleDetail,
    StylesPage,
    StylesQuery,
)
from shared.http.rate import Counted, Rate
from shared.http.route import Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS


@dataclass(frozen=True)
class Resources:
    """What the handlers work with."""

    memory: Memory
    media_url: str


def styles(resources: Resources, call: Call[StylesQuery, NoBody]) -> Answer:
    """A page of styles."""
    reader = Reader(call.caller.company, call.locale, call.now)
    return Answer(list_styles(resources.memory, resources.media_url, reader, call.query))


def style(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One style."""
    reader = Reader(call.caller.company, call.locale, call.now)
    return Answer(show_style(resources.memory, resources.media_url, reader, call.path["style"]))


def line_sheet(resources: Resources, call: Call[LineSheetQuery, NoBody]) -> Answer:
    """Several styles whole."""
    reader = Reader(call.caller.company, call.locale, call.now)
    return Answer(show_line_sheet(resources.memory, resources.media_url, reader, call.query.style))


def lookup(resources: Resources, call: Call[NoQuery, LookupRequest]) -> Answer:
    """What SKUs, GTINs and labels are."""
    reader = Reader(call.caller.company, call.locale, call.now)
    return Answer(look_up(resources.memory, resources.media_url, reader, call.body))


SERVICE: Service[Resources] = Service(
    name="catalog",
    version="1.6.0",
    routes=(
        Route(
            method="GET",
            path="/styles",
            handler=styles,
            access=READERS,
            summary="Styles of the company's assortment: search, filters, facets, sort, pages.",
            answer=StylesPage,
            query=StylesQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/styles/<style>",
            handler=style,
            access=READERS,
            summary="A style with everything that a size grid needs.",
            answer=StyleDetail,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/line-sheet",
            handler=line_sheet,
            access=READERS,
            summary="Up to 50 styles with everything that is printed of them.",
            answer=LineSheet,
            query=LineSheetQuery,
            body=NoBody,
            rate=Rate("line-sheet", burst=120, per_minute=60, counted=Counted.INSTANCE),
        ),
        Route(
            method="POST",
            path="/lookup",
            handler=lookup,
            access=READERS,
            summary="What up to 5,000 SKUs or GTINs are, line by line.",
            answer=LookupAnswer,
            query=NoQuery,
            body=LookupRequest,
            safe=True,
            rate=Rate("look-up", burst=120, per_minute=60, counted=Counted.INSTANCE),
        ),
    ),
)
