"""Demo accounts for every role, with what to try as each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulators.demo import approvals
from emulators.demo.companies import BLOCKED, LOW_CREDIT, Company, ascii_slug
from emulators.demo.systems import ECC_EU, S4_NA, DemoSystem

PASSWORD = "sellin-demo"  # noqa: S105 - made to be printed
"""The one password of all demo accounts."""

BRAND_DOMAIN = "alto.example"

_ROLES = ("viewer", "buyer", "approver", "admin")


@dataclass(frozen=True)
class _Cast:
    """Who has accounts; companies are named by their positions.

    `staff` has of each a language, and a name per role in the order of roles; `buyers` of
    further ones a buyer's name, language and note; `in_two` buys for the first, approves for
    the second; `rep` acts for the first three of `served` that there are.
    """

    staff: Mapping[int, tuple[str, tuple[str, str, str, str]]]
    buyers: Mapping[int, tuple[str, str, str]]
    in_two: tuple[str, str, int, int]
    rep: tuple[str, str]
    served: tuple[int, ...]


_CASTS = {
    ECC_EU.name: _Cast(
        staff={
            0: ("de", ("Jonas Brandt", "Anna Vogel", "Petra Lange", "Karl Seidel")),
            1: ("pl", ("Marek Zając", "Ewa Nowak", "Tomasz Wrona", "Joanna Lis")),
            2: ("hu", ("Dóra Kiss", "Bence Tóth", "Zsófia Nagy", "Gábor Farkas")),
            3: ("en-US", ("Tyler Reed", "Megan Hart", "Carol Diaz", "Scott Allen")),
        },
        buyers={
            4: ("Elin Berg", "sv", "Buys in SEK and reads Swedish; no exclusives."),
            5: ("Chloé Martin", "fr", "Footwear only; one window is closed; one door is blocked."),
        },
        in_two=("Lena Kowalska", "de", 0, 1),
        rep=("Nina Sommer", "de"),
        served=(0, LOW_CREDIT, BLOCKED, 1, 2),
    ),
    S4_NA.name: _Cast(
        staff={
            0: ("en-US", ("Tyler Reed", "Megan Hart", "Carol Diaz", "Scott Allen")),
            1: ("en-CA", ("Owen Clarke", "Hannah Singh", "Grace Wong", "Liam Murray")),
            2: ("fr-CA", ("Luc Gagnon", "Amélie Roy", "Sylvie Côté", "Marc Tremblay")),
            3: ("es-MX", ("Diego Ramos", "Lucía Herrera", "Rosa Vidal", "Pablo Ortega")),
        },
        buyers={
            4: ("Ethan Brooks", "en-US", "Sees the core range without exclusives."),
            5: ("Noah Patel", "en-CA", "Footwear only; one window is closed; one door is blocked."),
        },
        in_two=("Claire Bennett", "en-CA", 0, 1),
        rep=("Dana Whitfield", "en-US"),
        served=(0, LOW_CREDIT, BLOCKED, 1, 2),
    ),
}
_DESK = (
    ("Maria Costa", "operator", "Operates the desk: what SAP sent and was not understood, orders."),
    (
        "Ines Falk",
        "brand_admin",
        "Operates the desk too, makes the catalogues of customers, and sees what others did.",
    ),
)
_ROLE_NOTES = {
    "viewer": "Looks, but may not order.",
    "buyer": "Fills a cart by size grid and places the order.",
    "approver": "Orders as a buyer does, and approves what waits by the company's rules.",
    "admin": "Orders and approves, and decides who belongs to the company and which orders wait.",
}


def build_accounts(companies: tuple[Company, ...], system: DemoSystem) -> list[dict[str, Any]]:
    """Accounts as {email, password, name, language, companies, brand_role, note}.

    People of companies that a small demo does not have are left out.
    """
    cast = _CASTS[system.name]
    accounts = [
        _person(name, language, companies[position], role, _note(role, position, system))
        for position, (language, names) in cast.staff.items()
        for role, name in zip(_ROLES, names, strict=True)
    ]
    accounts.append(_in_two_companies(companies, cast))
    accounts += [
        _person(name, language, companies[position], "buyer", note)
        for position, (name, language, note) in cast.buyers.items()
        if position < len(companies)
    ]
    return accounts + _brand_side(companies, cast)


def _note(role: str, position: int, system: DemoSystem) -> str:
    waits = role == "buyer" and position == approvals.POSITION
    return " ".join([_ROLE_NOTES[role], *([approvals.note(system.name)] if waits else [])])


def _person(name: str, language: str, company: Company, role: str, note: str) -> dict[str, Any]:
    email = f"{_first(name)}.{role}@{company.domain}"
    return _account(email, name, language, {company.id: role}, note)


def _first(name: str) -> str:
    return ascii_slug(name.split(maxsplit=1)[0])


def _in_two_companies(companies: tuple[Company, ...], cast: _Cast) -> dict[str, Any]:
    name, language, first, second = cast.in_two
    roles = {companies[first].id: "buyer", companies[second].id: "approver"}
    note = "Belongs to two companies: switch and see another catalogue and currency."
    email = f"{ascii_slug(name).replace('-', '.')}@{companies[first].domain}"
    return _account(email, name, language, roles, note)


def _account(
    email: str,
    name: str,
    language: str,
    roles: dict[str, str],
    note: str,
    brand_role: str | None = None,
) -> dict[str, Any]:
    return {
        "email": email,
        "password": PASSWORD,
        "name": name,
        "language": language,
        "companies": roles,
        "brand_role": brand_role,
        "note": note,
    }


def _brand_side(companies: tuple[Company, ...], cast: _Cast) -> list[dict[str, Any]]:
    """The rep, among whose companies are two that can't order freely.

    Who operates the connection to SAP belongs to no company, and sees the desk only.
    """
    served = [companies[position] for position in cast.served if position < len(companies)][:3]
    roles = {company.id: "rep" for company in served}
    note = "Acts for three companies; look for low credit and a block."
    name, language = cast.rep
    email = f"{_first(name)}.rep@{BRAND_DOMAIN}"
    rep = _account(email, name, language, roles, note, "rep")
    return [rep, *(_at_desk(*person) for person in _DESK)]


def _at_desk(name: str, role: str, note: str) -> dict[str, Any]:
    email = f"{_first(name)}.{role.replace('_', '.')}@{BRAND_DOMAIN}"
    return _account(email, name, "en", {}, note, role)
