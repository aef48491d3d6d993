"""The routes of the accounts service: each parses, calls one use case, and maps its answer."""

from typing import Any

from google.cloud.firestore import Client

from functions.accounts.company import view
from functions.accounts.doors import door_page
from functions.accounts.me import choose, read_me
from functions.accounts.schema import CompanyView, DoorPage, DoorQuery, Me, Preferences
from shared.company import repository as companies
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS, Claims


def me(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """Who calls."""
    return _me(db, call)


def change_me(db: Client, call: Call[NoQuery, Preferences]) -> Answer:
    """Other choices."""
    choose(db, _person(call), call.body)
    return _me(db, call)


def company(db: Client, call: Call[NoQuery, NoBody]) -> Answer:
    """The company that the caller acts for."""
    return Answer(view(companies.read(db, call.caller.company), call.locale))


def list_doors(db: Client, call: Call[DoorQuery, NoBody]) -> Answer:
    """A page of its doors."""
    return Answer(door_page(db, companies.read(db, call.caller.company), call.query))


def _person(call: Call[Any, Any]) -> Claims:
    if call.claims is None:
        raise LookupError("this route is not for people")
    return call.claims


def _me(db: Client, call: Call[Any, Any]) -> Answer:
    return Answer(read_me(db, _person(call), call.locale, call.now))


SERVICE: Service[Client] = Service(
    name="accounts",
    version="1.2.0",
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
    ),
)
