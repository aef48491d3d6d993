"""The routes of the assortments service: each parses, calls one use case, and maps its answer."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from google.cloud.firestore import Client

from functions.assortments import companies, listing, saving
from functions.assortments.checks import check_draft
from functions.assortments.choices import choices
from functions.assortments.doing import Deciding
from functions.assortments.past import past_style
from functions.assortments.preview import preview
from functions.assortments.schema import (
    Assignment,
    AssortmentList,
    AssortmentView,
    Choices,
    CompanyHead,
    CompanyList,
    CompanyQuery,
    Decision,
    History,
    NewAssortment,
    PageQuery,
    PastQuery,
    PastStyle,
    Preview,
    PreviewedDraft,
)
from functions.assortments.styles import Styles
from shared.assortment.model import Assortment
from shared.http.route import Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import BRAND_ADMINS
from shared.problem import NotFoundProblem


@dataclass(frozen=True)
class Resources:
    """What the handlers work with."""

    db: Client
    styles: Styles


def list_assortments(resources: Resources, call: Call[PageQuery, NoBody]) -> Answer:
    """A page of assortments."""
    return Answer(listing.list_assortments(resources.db, call.query))


def create(resources: Resources, call: Call[NoQuery, NewAssortment]) -> Answer:
    """Makes an assortment."""
    made = saving.create(resources.db, resources.styles, _deciding(call), call.body)
    return _answer(resources, made, HTTPStatus.CREATED)


def get_assortment(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """An assortment with what is planned."""
    return _answer(resources, listing.read_assortment(resources.db, call.path["assortment"]))


def save(resources: Resources, call: Call[NoQuery, Decision]) -> Answer:
    """What it is to have, at once or later."""
    id_ = call.path["assortment"]
    db, styles = resources.db, resources.styles
    return _answer(
        resources, saving.save(db, styles, _deciding(call), id_, call.body, call.if_match)
    )


def drop_plan(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Gives up what is planned for an assortment."""
    deciding = Deciding(call.person, call.now)
    return _answer(resources, saving.drop_plan(resources.db, deciding, call.path["assortment"]))


def show_preview(resources: Resources, call: Call[NoQuery, PreviewedDraft]) -> Answer:
    """What a draft would change; of an assortment that is not there yet, too."""
    id_ = call.body.id
    check_draft(resources.styles, call.body)
    try:
        now = listing.read_assortment(resources.db, id_)
    except NotFoundProblem:
        now = None
    then = saving.content(call.body)
    count = companies.count_companies(resources.db, id_)
    return Answer(preview(resources.styles, now, then, count, call.locale))


def get_history(resources: Resources, call: Call[PageQuery, NoBody]) -> Answer:
    """What it had before."""
    return Answer(listing.history(resources.db, call.path["assortment"], call.query))


def get_choices(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """What rules can name."""
    return Answer(choices(resources.styles, call.locale))


def get_past(resources: Resources, call: Call[PastQuery, NoBody]) -> Answer:
    """What a company could see of a style on a day."""
    company, style = call.path["company"], call.path["style"]
    return Answer(past_style(resources.db, company, style, call.query, call.now, call.locale))


def list_companies(resources: Resources, call: Call[CompanyQuery, NoBody]) -> Answer:
    """A page of companies with what they see."""
    return Answer(companies.list_companies(resources.db, call.query))


def assign(resources: Resources, call: Call[NoQuery, Assignment]) -> Answer:
    """Has a company see another assortment, or SAP's again."""
    return Answer(companies.assign(resources.db, _deciding(call), call.path["company"], call.body))


def _answer(resources: Resources, one: Assortment, status: int = HTTPStatus.OK) -> Answer:
    shown = listing.view(resources.db, one)
    return Answer(shown, status, {"ETag": shown.etag})


def _deciding(call: Call[Any, Any]) -> Deciding:
    return Deciding(call.person, call.now, call.body.reason)


SERVICE: Service[Resources] = Service(
    name="assortments",
    version="1.1.0",
    routes=(
        Route(
            method="GET",
            path="",
            handler=list_assortments,
            access=BRAND_ADMINS,
            summary="Assortments by pages",
            answer=AssortmentList,
            query=PageQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="",
            handler=create,
            access=BRAND_ADMINS,
            summary="Make an assortment",
            answer=AssortmentView,
            query=NoQuery,
            body=NewAssortment,
            status=201,
        ),
        Route(
            method="GET",
            path="/rules/choices",
            handler=get_choices,
            access=BRAND_ADMINS,
            summary="What rules can name: the values that styles have",
            answer=Choices,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/assignments/companies",
            handler=list_companies,
            access=BRAND_ADMINS,
            summary="Companies with the assortment that each sees, by pages",
            answer=CompanyList,
            query=CompanyQuery,
            body=NoBody,
        ),
        Route(
            method="PUT",
            path="/assignments/companies/<company>",
            handler=assign,
            access=BRAND_ADMINS,
            summary="Have a company see another assortment than SAP names, or SAP's again",
            answer=CompanyHead,
            query=NoQuery,
            body=Assignment,
        ),
        Route(
            method="GET",
            path="/past/companies/<company>/styles/<style>",
            handler=get_past,
            access=BRAND_ADMINS,
            summary="What a company could see of a style on a day, at which prices and minimums",
            answer=PastStyle,
            query=PastQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/<assortment>",
            handler=get_assortment,
            access=BRAND_ADMINS,
            summary="An assortment, with what is planned",
            answer=AssortmentView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="PUT",
            path="/<assortment>",
            handler=save,
            access=BRAND_ADMINS,
            summary="Change an assortment, at once or from a moment on",
            answer=AssortmentView,
            query=NoQuery,
            body=Decision,
            conditional=True,
        ),
        Route(
            method="POST",
            path="/rules/preview",
            handler=show_preview,
            access=BRAND_ADMINS,
            summary="What a draft would change for its companies",
            answer=Preview,
            query=NoQuery,
            body=PreviewedDraft,
            safe=True,
        ),
        Route(
            method="DELETE",
            path="/<assortment>/plan",
            handler=drop_plan,
            access=BRAND_ADMINS,
            summary="Give up what is planned; again changes nothing",
            answer=AssortmentView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/<assortment>/versions",
            handler=get_history,
            access=BRAND_ADMINS,
            summary="What it had before, by pages",
            answer=History,
            query=PageQuery,
            body=NoBody,
        ),
    ),
)
