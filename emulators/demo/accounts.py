"""Demo accounts for every role, with what to try as each."""

from typing import Any

from emulators.demo.companies import (
    AMERICAN,
    BLOCKED,
    FRENCH,
    GERMAN,
    HUNGARIAN,
    LOW_CREDIT,
    POLISH,
    SWEDISH,
    Company,
    ascii_slug,
)

PASSWORD = "sellin-demo"  # noqa: S105 - made to be printed
"""The one password of all demo accounts."""

BRAND_DOMAIN = "alto.example"

_ROLES = ("viewer", "buyer", "approver", "admin")
_PEOPLE = {  # position of the company: language and a name per role, in the order of roles
    GERMAN: ("de", ("Jonas Brandt", "Anna Vogel", "Petra Lange", "Karl Seidel")),
    POLISH: ("pl", ("Marek Zając", "Ewa Nowak", "Tomasz Wrona", "Joanna Lis")),
    HUNGARIAN: ("hu", ("Dóra Kiss", "Bence Tóth", "Zsófia Nagy", "Gábor Farkas")),
    AMERICAN: ("en-US", ("Tyler Reed", "Megan Hart", "Carol Diaz", "Scott Allen")),
}
_DESK = (
    ("Maria Costa", "operator", "Operates the desk: what SAP sent and was not understood, orders."),
    ("Ines Falk", "brand_admin", "Operates the desk too, and sees what others did there."),
)
_ROLE_NOTES = {
    "viewer": "Looks, but may not order.",
    "buyer": "Fills a cart by size grid and places the order.",
    "approver": "Orders as a buyer does: that orders wait for approval is not built yet.",
    "admin": "Orders as a buyer does: managing people and limits is not built yet.",
}


def build_accounts(companies: tuple[Company, ...]) -> list[dict[str, Any]]:
    """Accounts as {email, password, name, language, companies, brand_role, note}.

    People of companies that a small demo does not have are left out.
    """
    accounts = []
    for position, (language, names) in _PEOPLE.items():
        for role, name in zip(_ROLES, names, strict=True):
            note = _ROLE_NOTES[role]
            accounts.append(_person(name, language, companies[position], role, note))
    accounts.append(_in_two_companies(companies[GERMAN], companies[POLISH]))
    if len(companies) > FRENCH:
        note = "Buys in SEK and reads Swedish; sees the core range without exclusives."
        accounts.append(_person("Elin Berg", "sv", companies[SWEDISH], "buyer", note))
        note = "Footwear only; the first pre-book window is closed already; one door is blocked."
        accounts.append(_person("Chloé Martin", "fr", companies[FRENCH], "buyer", note))
    return accounts + _brand_side(companies)


def _person(name: str, language: str, company: Company, role: str, note: str) -> dict[str, Any]:
    first = ascii_slug(name.split(maxsplit=1)[0])
    return _account(f"{first}.{role}@{company.domain}", name, language, {company.id: role}, note)


def _in_two_companies(german: Company, polish: Company) -> dict[str, Any]:
    roles = {german.id: "buyer", polish.id: "approver"}
    note = "Belongs to two companies: switch and see another catalogue and currency."
    return _account(f"lena.kowalska@{german.domain}", "Lena Kowalska", "de", roles, note)


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


def _brand_side(companies: tuple[Company, ...]) -> list[dict[str, Any]]:
    """The rep looks after the German company and the two that can't order freely.

    Who operates the connection to SAP belongs to no company, and sees the desk only.
    """
    wanted = [GERMAN, LOW_CREDIT, BLOCKED, POLISH, HUNGARIAN]
    served = [companies[position] for position in wanted if position < len(companies)][:3]
    roles = {company.id: "rep" for company in served}
    note = "Acts for three companies; look for low credit and a block."
    rep = _account(f"nina.rep@{BRAND_DOMAIN}", "Nina Sommer", "de", roles, note, "rep")
    return [rep, *(_at_desk(*person) for person in _DESK)]


def _at_desk(name: str, role: str, note: str) -> dict[str, Any]:
    first = ascii_slug(name.split(maxsplit=1)[0])
    return _account(f"{first}.{role.replace('_', '.')}@{BRAND_DOMAIN}", name, "en", {}, note, role)
