"""The routes of the accounts service: each parses, calls one use case, and maps its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from google.cloud.firestore import Client

from functions.accounts.company import view
from functions.accounts.doors import door_page
from functions.accounts.me import choose, read_me
from functions.accounts.notices import SapSystem, notices
from functions.accounts.schema import (
    CompanyView,
    DoorPage,
    DoorQuery,
    Me,
    NoticeList,
    Preferences,
)
from shared.company import repository as companies
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS


@dataclass(frozen=True)
class Resources:
    """What the handlers work with; `end_sessions` ends those of the person with a user id."""

    db: Client
    end_sessions: Callable[[str], None]
    system: SapSystem


def me(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Who calls."""
    return _me(resources, call)


def change_me(resources: Resources, call: Call[NoQuery, Preferences]) -> Answer:
    """Other choices."""
    choose(resources.db, call.person, call.body)
    return _me(resources, call)


def sign_out(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Everywhere, since Identity Platform knows no single session."""
    resources.end_sessions(call.person.uid)
    return Answer(status=HTTPStatus.NO_CONTENT)


def company(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The company that the caller acts for."""
    return Answer(view(companies.read(resources.db, call.caller.company), call.locale))


def list_doors(resources: Resources, call: Call[DoorQuery, NoBody]) -> Answer:
    """A page of its doors."""
    db = resources.db
    return Answer(door_page(db, companies.read(db, call.caller.company), call.query))


def list_notices(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """What they should know of the brand's system."""
    found = notices(resources.db, resources.system, call.caller.company, call.locale, call.now)
    return Answer(found)


def _me(resources: Resources, call: Call[Any, Any]) -> Answer:
    return Answer(read_me(resources.db, call.person, call.locale, call.now))


SERVICE: Service[Resources] = Service(
    name="accounts",
    version="1.4.0",
    routes=(
        Route(
            method="GET",
            path="/me",
            handler=me,
            access=Access.PERSON,
            summary="Who calls: companies with roles, language and its formats",
            answer=Me,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="PATCH",
            path="/me",
            handler=change_me,
            access=Access.PERSON,
            summary="Choose language and default company",
            answer=Me,
            query=NoQuery,
            body=Preferences,
        ),
        Route(
            method="POST",
            path="/me/sign-out",
            handler=sign_out,
            access=Access.PERSON,
            summary="Sign out on every device",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
        Route(
            method="GET",
            path="/company",
            handler=company,
            access=READERS,
            summary="The company that the caller acts for, with terms and credit",
            answer=CompanyView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/company/doors",
            handler=list_doors,
            access=READERS,
            summary="Doors that goods can be shipped to, all or those that are searched, by pages",
            answer=DoorPage,
            query=DoorQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/company/notices",
            handler=list_notices,
            access=READERS,
            summary="Since when the brand's system is away, and as of when stock is if that is long ago",
            answer=NoticeList,
            query=NoQuery,
            body=NoBody,
        ),
    ),
)
