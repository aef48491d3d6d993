"""Which assortment a company sees: the one that SAP names, or another that the desk gives it."""

from google.cloud.firestore import Client, FieldFilter, Query

from functions.assortments.doing import Deciding
from functions.assortments.paging import require_cursor
from functions.assortments.schema import Assignment, CompanyHead, CompanyList, CompanyQuery
from shared.assortment import repository as assortments
from shared.audit import Action
from shared.catalogue.announcement import announce
from shared.company import repository as companies
from shared.company.model import Company
from shared.optimistic import Attempt, optimistically
from shared.past.keeping import keep, past_of
from shared.past.terms import company_terms
from shared.problem import Fault, InvalidInputProblem
from shared.store import Read, count, find_all
from shared.text.message import N_, Message

_SHOWN = ["profile", "assigned_assortment"]


def count_companies(db: Client, assortment: str) -> int:
    """How many companies see it."""
    by_sap, elsewhere, assigned = (
        count(found)
        for found in (
            _named_by_sap(db, assortment),
            _named_by_sap(db, assortment).where(filter=FieldFilter("assigned_assortment", ">", "")),
            _assigned_query(db, assortment),
        )
    )
    return by_sap - elsewhere + assigned


def list_companies(db: Client, query: CompanyQuery) -> CompanyList:
    """A page of companies by number; those that SAP deleted are left out.

    Raises:
        InvalidInputProblem: the cursor is none of a page before.
    """
    last = None
    if query.cursor is not None:
        last = companies.reference(db, query.cursor)
        require_cursor(db, last)
    wanted = query.assortment
    found = (
        [_all(db)] if wanted is None else [_named_by_sap(db, wanted), _assigned_query(db, wanted)]
    )
    reads: dict[str, Read] = {}
    for one in found:
        page = one.order_by("__name__")
        if last is not None:
            page = page.start_after({"__name__": last})
        reads |= {read.id: read for read in find_all(db, page.limit(query.limit + 1))}
    numbers = sorted(reads)
    shown = numbers[: query.limit]
    parsed = [Company.model_validate({**reads[one].data(), "id": one}) for one in shown]
    items = [_head(one) for one in parsed if wanted is None or one.assortment == wanted]
    return CompanyList(items=items, next=shown[-1] if len(numbers) > query.limit else None)


def assign(db: Client, deciding: Deciding, company: str, wanted: Assignment) -> CompanyHead:
    """Give the company another assortment than SAP names, or SAP's again; from now on.

    Raises:
        NotFoundProblem: there is no such company.
        InvalidInputProblem: there is no such assortment.
    """
    id_ = wanted.assortment or ""

    def body(attempt: Attempt) -> CompanyHead:
        announce(db, "companies")
        own = companies.reference(db, company)
        document, chosen = attempt.read([own, assortments.reference(db, id_)])
        before = companies.parse(company, document)
        if id_ and (chosen is None or assortments.parse(id_, chosen).deleted):
            text = Message(N_("There is no such assortment."))
            raise InvalidInputProblem((Fault("unknown_assortment", "/assortment", text),))
        after = before.model_copy(update={"assigned_assortment": id_})
        if before.assigned_assortment != id_:
            changed = {**(document or {}), "assigned_assortment": id_}
            attempt.save(own, document, changed)
            keep(attempt, own, past_of(document, changed, company_terms))
            deciding.tell_of_company(
                attempt, db, Action.ASSIGN_ASSORTMENT, company, before.assortment, after.assortment
            )
        return _head(after)

    return optimistically(db, body)


def _head(one: Company) -> CompanyHead:
    profile = one.profile
    return CompanyHead(
        id=one.id,
        name=profile.name,
        city=profile.address.city,
        country=profile.address.country,
        assortment=one.assortment,
        saps=profile.assortment,
        assigned=bool(one.assigned_assortment),
    )


def _all(db: Client) -> Query:
    # A document without a profile is of a company that SAP has told no more than credit of.
    return (
        db.collection("companies")
        .where(filter=FieldFilter("profile.deleted", "==", False))
        .select(_SHOWN)
    )


def _named_by_sap(db: Client, assortment: str) -> Query:
    return _all(db).where(filter=FieldFilter("profile.assortment", "==", assortment))


def _assigned_query(db: Client, assortment: str) -> Query:
    return _all(db).where(filter=FieldFilter("assigned_assortment", "==", assortment))
