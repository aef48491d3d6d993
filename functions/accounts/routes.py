"""The routes of the accounts service: each parses, calls one use case, and maps its answer."""

from http import HTTPStatus
from typing import Any

from functions.accounts import invitations, people
from functions.accounts.bulk.routes import BULK_ROUTES
from functions.accounts.company import view
from functions.accounts.doors import door_page
from functions.accounts.history_routes import HISTORY_ROUTES
from functions.accounts.me import choose, read_me
from functions.accounts.notices import notices
from functions.accounts.resources import Resources
from functions.accounts.schema import (
    CompanyView,
    DoorPage,
    DoorQuery,
    InvitationList,
    InvitationView,
    Invite,
    Me,
    NoticeList,
    PeoplePage,
    PeopleQuery,
    PersonChange,
    PersonView,
    Preferences,
)
from shared.company import repository as companies
from shared.http.rate import Counted, Rate
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import ADMINS, READERS


def me(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Who calls."""
    return _me(resources, call)


def change_me(resources: Resources, call: Call[NoQuery, Preferences]) -> Answer:
    """Change the language or the default company of the caller."""
    choose(resources.db, call.person, call.body)
    return _me(resources, call)


def sign_out(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """End all of the caller's sessions, since Identity Platform knows no single one."""
    resources.end_sessions(call.person.uid)
    return Answer(status=HTTPStatus.NO_CONTENT)


def company(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The company that the caller acts for."""
    found = companies.read(resources.db, call.caller.company)
    return Answer(view(found, resources.texts, call.locale))


def list_doors(resources: Resources, call: Call[DoorQuery, NoBody]) -> Answer:
    """A page of its doors."""
    db = resources.db
    return Answer(door_page(db, companies.read(db, call.caller.company), call.query))


def list_notices(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """What the company's people should know of the brand's system."""
    found = notices(resources.db, resources.system, call.caller.company, call.locale, call.now)
    return Answer(found)


def accept_invitation(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Join a company."""
    invitations.accept(resources.db, call.person, call.path["invitation"], call.now)
    return Answer(status=HTTPStatus.NO_CONTENT)


def decline_invitation(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Declines an invitation."""
    invitations.decline(resources.db, call.person, call.path["invitation"])
    return Answer(status=HTTPStatus.NO_CONTENT)


def list_people(resources: Resources, call: Call[PeopleQuery, NoBody]) -> Answer:
    """A page of the company's people."""
    return Answer(people.list_people(resources.db, call.caller, call.query))


def get_person(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One of the company's people."""
    return _person(people.read_person(resources.db, call.caller, call.path["uid"]))


def change_person(resources: Resources, call: Call[NoQuery, PersonChange]) -> Answer:
    """Give a person another role, or suspend them."""
    deciding = people.Deciding(call.caller, call.now)
    uid = call.path["uid"]
    return _person(people.change_person(resources.db, deciding, uid, call.body, call.if_match))


def remove_person(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Take a person out of the company."""
    deciding = people.Deciding(call.caller, call.now)
    people.remove_person(resources.db, deciding, call.path["uid"])
    return Answer(status=HTTPStatus.NO_CONTENT)


def list_invitations(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Invitations that nobody answered yet."""
    return Answer(invitations.list_open(resources.db, call.caller.company, call.now))


def invite(resources: Resources, call: Call[NoQuery, Invite]) -> Answer:
    """Invite somebody to join the company."""
    deciding = people.Deciding(call.caller, call.now)
    made = invitations.invite(
        resources.db, resources.keep_account, deciding, call.idempotency_key, call.body
    )
    return Answer(made, status=HTTPStatus.CREATED)


def withdraw_invitation(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Take an invitation back."""
    deciding = people.Deciding(call.caller, call.now)
    invitations.withdraw(resources.db, deciding, call.path["invitation"])
    return Answer(status=HTTPStatus.NO_CONTENT)


def _person(found: PersonView) -> Answer:
    return Answer(found, headers={"ETag": found.etag})


def _me(resources: Resources, call: Call[Any, Any]) -> Answer:
    return Answer(read_me(resources.db, call.person, call.locale, call.now))


SERVICE: Service[Resources] = Service(
    name="accounts",
    version="1.9.0",
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
        Route(
            method="POST",
            path="/me/invitations/<invitation>/accept",
            handler=accept_invitation,
            access=Access.PERSON,
            summary="Join the company that the invitation is of",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
        Route(
            method="POST",
            path="/me/invitations/<invitation>/decline",
            handler=decline_invitation,
            access=Access.PERSON,
            summary="Do not join the company that the invitation is of",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
        Route(
            method="GET",
            path="/company/people",
            handler=list_people,
            access=ADMINS,
            summary="The company's people by name, by pages",
            answer=PeoplePage,
            query=PeopleQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/company/people/<uid>",
            handler=get_person,
            access=ADMINS,
            summary="One of the company's people",
            answer=PersonView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="PATCH",
            path="/company/people/<uid>",
            handler=change_person,
            access=ADMINS,
            summary="Give somebody another role, suspend or reinstate them",
            answer=PersonView,
            query=NoQuery,
            body=PersonChange,
            conditional=True,
        ),
        Route(
            method="DELETE",
            path="/company/people/<uid>",
            handler=remove_person,
            access=ADMINS,
            summary="Let somebody belong to the company no longer",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
        Route(
            method="GET",
            path="/company/invitations",
            handler=list_invitations,
            access=ADMINS,
            summary="Who is invited and has not answered yet",
            answer=InvitationList,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/company/invitations",
            handler=invite,
            access=ADMINS,
            summary="Invite somebody to join the company",
            answer=InvitationView,
            query=NoQuery,
            body=Invite,
            status=201,
            idempotent=True,
            rate=Rate("invite", burst=30, per_minute=6, counted=Counted.REGION),
        ),
        Route(
            method="DELETE",
            path="/company/invitations/<invitation>",
            handler=withdraw_invitation,
            access=ADMINS,
            summary="Take an invitation back",
            answer=None,
            query=NoQuery,
            body=NoBody,
            status=204,
        ),
        *BULK_ROUTES,
        *HISTORY_ROUTES,
    ),
)
