"""What the accounts service takes and answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shared.actor import ActorKind
from shared.audit_search import AuditQuery, AuditSearch
from shared.company.model import Address, AvailabilityDisplay, Door
from shared.http.fields import NO_CONTROLS, Input, Visible
from shared.identity.caller import BrandRole, Role
from shared.money import Currency, Money
from shared.text.locale import LOCALES
from shared.vat.check_wording import VatCheckView

PERSON_ID = r"^[A-Za-z0-9_-]{1,128}$"
"""Pattern of an id of Identity Platform."""

EMAIL = (
    r"^[^\s@\x00-\x1f\x7f-\x9f]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,63}$"
)
"""Pattern of an address as Identity Platform takes it (RFC 5321, 4.5.3.1 has the lengths)."""

LANGUAGES = tuple(name.replace("_", "-") for name in LOCALES)


def _check_supported(tag: str) -> str:
    if tag not in LANGUAGES:
        expected = ", ".join(LANGUAGES)
        raise PydanticCustomError(
            "literal_error", "Input should be {expected}", {"expected": expected}
        )
    return tag


Language = Annotated[
    str,
    AfterValidator(_check_supported),
    Field(json_schema_extra={"enum": [*LANGUAGES]}, description="BCP 47 tag"),
]


class Membership(BaseModel):
    """A company that the person belongs to, or acts for."""

    id: str
    name: str
    role: Role


class Formats(BaseModel):
    """How the chosen language writes things (CLDR), by example."""

    number: str
    money: str
    date: str
    long_date: str
    time: str
    first_day_of_week: int = Field(ge=1, le=7, description="ISO 8601: 1 is Monday")


class MyInvitation(BaseModel):
    """A company that the person is invited to join."""

    id: str
    company: str
    company_name: str
    role: Role
    invited_by: str = Field(description="the name, as it was then")
    ends_at: datetime


class Me(BaseModel):
    """The person who calls. `language` is their choice, else the company's, else the
    best of Accept-Language."""

    uid: str
    email: str
    name: str
    brand_role: BrandRole | None
    companies: list[Membership] = Field(description="by name")
    invitations: list[MyInvitation] = Field(description="not answered yet, by when they end")
    default_company: str | None
    language: Language
    formats: Formats


class Preferences(Input):
    """What a person chooses. An absent field stays as it is, null takes the choice back."""

    language: Language | None = None
    default_company: str | None = Field(default=None, max_length=40, pattern=NO_CONTROLS)


class CreditView(BaseModel):
    """SAP's credit figures, and what Sellin accepted since."""

    limit: Money
    exposure: Money = Field(description="receivables and open orders that SAP counts")
    pending: Money = Field(description="accepted orders that SAP does not count yet")
    left: Money = Field(description="may be negative")
    as_of: datetime


class CompanyView(BaseModel):
    """The company that the person acts for."""

    id: str
    name: str
    address: Address
    time_zone: str = Field(description="IANA's name, of the business day of its market")
    language: str = Field(description="ISO 639-1, of its documents")
    currency: Currency
    payment_terms: str = Field(description="SAP's key, for programs: people read the name")
    payment_terms_name: str = Field(
        default="", description="what the key says, in the reader's language"
    )
    incoterms: str = Field(
        description="code of the ICC's rule; empty where SAP has a key of its own"
    )
    incoterms_place: str
    minimum_order: Money
    order_block: bool = Field(description="the brand takes no orders from it just now")
    availability_display: AvailabilityDisplay
    price_source: Literal["price_list", "market"] = Field(
        description="where prices come from that are not the company's own"
    )
    price_list: str = Field(description="SAP's key, for programs; empty: none")
    vat_id: str
    vat_id_valid: bool = Field(description="whether it counts as valid, by form and by VIES")
    vat_check: VatCheckView | None = Field(
        description="VIES's last answer on it; null where there is none that VIES could know"
    )
    credit: CreditView | None = Field(description="null where there is no limit")


class DoorQuery(Input):
    """Which doors, and which page of them."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(
        default=None, max_length=40, pattern=NO_CONTROLS, description="of the page before"
    )
    q: str = Field(
        default="",
        max_length=100,
        pattern=NO_CONTROLS,
        description="how the name, a later word of it, the city or the number begins",
    )


class DoorPage(BaseModel):
    """Doors, the default one first, then by name."""

    items: list[Door]
    next: str | None = Field(description="cursor of the next page")


class NoticeView(BaseModel):
    """Something that buyers should know of the brand's system (SAP)."""

    code: Literal["sap_away", "stock_old"] = Field(
        description="`sap_away`: orders are taken, and passed on later. `stock_old`: the stock shown"
        " is that of `since`"
    )
    since: datetime
    text: str = Field(description="in the reader's language, times by the clock of their market")


class NoticeList(BaseModel):
    """Notices; none where all is well."""

    items: list[NoticeView]


CompanyRole = Literal[Role.VIEWER, Role.BUYER, Role.APPROVER, Role.ADMIN]
"""A role that a company gives; reps are the brand's."""


class PeopleQuery(Input):
    """Which page of a company's people."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(
        default=None, max_length=128, pattern=PERSON_ID, description="of the page before"
    )


class PersonView(BaseModel):
    """One of a company's people, as its admins see them."""

    uid: str
    name: str
    email: str
    role: CompanyRole
    suspended: bool = Field(description="the role is kept, and is of no effect")
    since: datetime
    let_in_by: str = Field(description="the name, as it was then; empty where nobody knows")
    is_you: bool
    etag: str = Field(description="for `If-Match`; differs after any change of the person")


class PeoplePage(BaseModel):
    """A company's people by name; a page may have fewer than asked for, reps are left out."""

    items: list[PersonView]
    next: str | None = Field(description="cursor of the next page")


class PersonChange(Input):
    """What an admin decides about a person; an absent field stays as it is."""

    role: CompanyRole | None = None
    suspended: bool | None = None


class Invite(Input):
    """Who is to join, and as what."""

    email: Annotated[str, StringConstraints(max_length=254, pattern=EMAIL, strip_whitespace=True)]
    name: Annotated[
        str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), Visible()
    ]
    role: CompanyRole


class InvitationView(BaseModel):
    """An invitation, as the company's admins see it."""

    id: str
    email: str
    name: str
    role: CompanyRole
    invited_by: str = Field(description="the name, as it was then")
    invited_at: datetime
    ends_at: datetime


class InvitationList(BaseModel):
    """A company's invitations that nobody answered yet, by when they end; at most 200."""

    items: list[InvitationView]


class InviteFileQuery(Input):
    """How a file of people is taken."""

    preview: bool = Field(default=False, description="only tell what would become of each row")


class InvitedRow(BaseModel):
    """A row of the file; without faults, whom it invites."""

    row: int = Field(description="as spreadsheet programs number them")
    email: str
    name: str
    role: CompanyRole | None = Field(description="null where the cell names none")
    faults: list[str] = Field(description="all that is wrong with it, in the reader's language")


class InviteFileView(BaseModel):
    """What became of a file, or would become."""

    preview: bool
    invited: int = Field(description="rows without faults; of a preview, who would be invited")
    refused: int
    rows: list[InvitedRow]


CompanyAction = Literal[
    "invite", "withdraw", "join", "change_person", "remove_person", "change_rules", "name_deputy"
]
"""What a company's admins read of the audit."""


class CompanyAuditSearch(AuditSearch):
    """Which entries of the log; its days are those of the company's market."""

    action: CompanyAction | None = None


class CompanyAuditQuery(CompanyAuditSearch, AuditQuery):
    """Which entries of the log, and which page of them."""


class CompanyAuditEntry(BaseModel):
    """Who decided what about whom."""

    at: datetime
    by: str = Field(description="the name, as it was then")
    by_kind: ActorKind | None
    action: CompanyAction
    about: str = Field(description="the name of whom it is about, as it was then; may be empty")
    before: str = Field(description="what held before; a person's role in the reader's language")
    after: str = Field(description="what holds since; a person's role in the reader's language")


class CompanyAuditPage(BaseModel):
    """The newest first."""

    items: list[CompanyAuditEntry]
    next: str | None = Field(description="cursor of the next page")
