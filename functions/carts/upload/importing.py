"""Taking a CSV or XLSX file into a cart: all good rows in one change, every row answered.

Only the routes of files import this, and only when they are called: reading XLSX takes
openpyxl, which everything else starts without.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from babel import Locale
from google.cloud.firestore import Client

from functions.carts.approval import with_rules
from functions.carts.changes import apply_lines, is_repeated, with_key
from functions.carts.editing import Edit, read_cart_and_company
from functions.carts.guard import guard
from functions.carts.reading import CurrentCart, assess
from functions.carts.saving import save
from functions.carts.upload.columns import Column, header_titles, names_of_columns, title
from functions.carts.upload.doors import door_ids
from functions.carts.upload.file import template
from functions.carts.upload.gtins import styles_of
from functions.carts.upload.header_view import cell_text, header_views
from functions.carts.upload.kept_mappings import NAME_KEPT, ImportMapping, keep, read_kept
from functions.carts.upload.mapping import Said, SheetReading, parse_columns
from functions.carts.upload.plan import AT_ONCE, UploadPlan, at_once_words, plan_upload
from functions.carts.upload.schema import SheetFile, TemplateQuery, UploadQuery, UploadView
from functions.carts.upload.sections import Reading, read_sections
from functions.carts.upload.view import upload_view
from shared.assortment import repository as assortments
from shared.cart.context import CartContext
from shared.cart.loading import existing_styles, load_context
from shared.cart.model import MAX_LINES, Authorship, Cart, UsedKey, line_key
from shared.company import repository as companies
from shared.company.doors import collection, parse
from shared.company.model import Company
from shared.http.validation import pointer
from shared.idempotency import payload_hash, request_id
from shared.identity.caller import Caller
from shared.market.day import business_day, market_of
from shared.optimistic import Attempt, optimistically
from shared.problem import Fault, InvalidInputProblem, Problem
from shared.sheets.csv_reader import Hints
from shared.sheets.isolation import read_apart
from shared.sheets.table import MissingColumnsProblem, Table
from shared.store import find_all, read_all
from shared.style.codes import Code, read_code
from shared.style.model import style_of, styles_named, styles_spelt
from shared.text.locale import LANGUAGES
from shared.text.message import N_, Message


class TooManyLinesProblem(Problem):
    """The cart would have more lines than one can have."""

    status = 422
    code = "too_many_lines"
    text = N_(
        "A cart has at most %(most)s lines; with this file it would have %(count)s. "
        "Nothing was taken."
    )


@dataclass(frozen=True)
class Upload:
    """A file with what holds for rows that don't say it; `key` is an Idempotency-Key."""

    query: UploadQuery
    content: bytes
    key: str | None
    locale: Locale


def take_file(db: Client, edit: Edit, upload: Upload) -> UploadView:
    """Fill the lines in that the rows ask for. One change for all, none where none is good.

    What a person said of its columns is kept with it, for the company's next files like it.

    The repetition of `key` answers the cart as it is now, and the rows as they stand to it.

    Raises:
        CartNotFoundProblem, KeyReusedProblem, InvalidInputProblem, TooManyLinesProblem, what
        `guard` raises, and those of files that can't be taken
        (`table`, `columns`, `csv_reader`): nothing was changed.
    """
    planning = _Planning(db, edit, upload, _read_file(db, edit.caller, upload))
    used = upload.key and UsedKey(
        key=request_id(edit.caller, upload.key),
        request=payload_hash(upload.query, sha256(upload.content).hexdigest()),
    )
    committed: dict[int, UploadPlan] = {}

    def body(attempt: Attempt) -> tuple[CurrentCart, UploadPlan]:
        cart, company = read_cart_and_company(db, attempt, edit)
        done = edit.is_maker_of(cart.revision, cart.changed) or (used and is_repeated(cart, used))
        if not done:
            guard(cart, edit.caller, edit.if_match)
        context, plan = planning.plan(cart, company)
        if done:
            # Met again after a lost answer, the cart no longer tells what the rows changed.
            return assess(cart, context), committed.get(cart.revision, plan)
        changed = _apply(cart, context, plan, edit)
        if any(result.key for result in plan.results):
            chosen = _mappings_to_keep(planning.reading, edit.who)
            keep(db, attempt, company.id, planning.reading.said.kept, chosen)
        committed[changed.revision] = plan
        if used:
            changed = with_key(changed, used)
        if changed is cart:
            return assess(cart, context), plan
        return save(db, attempt, cart, changed, context), plan

    current, plan = optimistically(db, body)
    reading = planning.reading
    current = with_rules(db, current, edit.caller)
    return upload_view(current, edit.caller, plan, reading.table, reading.found, upload.locale)


def preview_file(db: Client, edit: Edit, upload: Upload) -> UploadView:
    """What `take_file` would answer of the rows, with the cart as it is. Writes nothing.

    Raises:
        As `take_file` does, except for KeyReusedProblem: a preview uses no key up.
    """
    planning = _Planning(db, edit, upload, _read_file(db, edit.caller, upload))
    cart, company = read_cart_and_company(db, Attempt(db), edit)
    guard(cart, edit.caller, edit.if_match)
    context, plan = planning.plan(cart, company)
    _apply(cart, context, plan, edit)
    reading = planning.reading
    return upload_view(
        assess(cart, context), edit.caller, plan, reading.table, reading.found, upload.locale
    )


def make_template(
    db: Client, caller: Caller, query: TemplateQuery, now: datetime, locale: Locale
) -> SheetFile:
    """An empty file for the company's doors and windows."""
    company = _company_with_doors(db, caller)
    name = company.assortment
    assortment = assortments.parse(name, read_all(db, [assortments.reference(db, name)])[0])
    today = business_day(market_of(company), now)
    return template(query.kind, company, assortment, today, locale)


def _company_with_doors(db: Client, caller: Caller) -> Company:
    company = companies.read(db, caller.company)
    if not company.doors_apart:
        return company
    found = find_all(db, collection(db, company.id).order_by("place"))
    return company.with_doors(filter(None, (parse(read.data(), company) for read in found)))


@dataclass(frozen=True)
class _Reading:
    table: Table
    said: Said
    found: Reading
    gtins: frozenset[str]
    skus: frozenset[str]
    doors: frozenset[str]
    at_once: frozenset[str]


def _read_file(db: Client, caller: Caller, upload: Upload) -> _Reading:
    def names() -> list[str]:
        doors = _company_with_doors(db, caller).profile.doors.values()
        return [
            *(door.name for door in doors),
            *(door.address.city for door in doors),
            *(door.address.street for door in doors),
            *names_of_columns(),
        ]

    named: dict[Column, str | None] = {"door": upload.query.door, "window": upload.query.window}
    given = {column: value for column, value in named.items() if value is not None}
    hints = Hints(upload.query.encoding, names, header_titles())
    table = read_apart(upload.content, upload.locale, hints, caller.company)
    said = Said(parse_columns(upload.query.columns), read_kept(db, caller.company))
    found = read_sections(table, given, upload.locale, said)
    codes = [code for entry in found.entries for code in entry.named.codes]
    styles = {read_code(entry.named.style).text for entry in found.entries}
    languages = [upload.locale, *(Locale.parse(language) for language in LANGUAGES)]
    return _Reading(
        table,
        said,
        found,
        gtins=frozenset(gtin for code in codes for gtin in _gtins(code)),
        skus=frozenset({code.text for code in codes if not code.gtin} | styles),
        doors=frozenset(
            text for entry in found.entries for text in (entry.door, entry.source.sheet)
        ),
        at_once=at_once_words(AT_ONCE.render(language) for language in languages),
    )


def _gtins(code: Code) -> Iterator[str]:
    """The GTINs that a code may be."""
    for one in (code, code.as_gtin()):
        if one and one.gtin:
            yield one.gtin


@dataclass
class _Planning:
    """Plans a file for its cart, as often as that is read; what codes mean is looked up once."""

    db: Client
    edit: Edit
    upload: Upload
    reading: _Reading
    styles: set[str] | None = None
    doors: frozenset[str] = frozenset()

    def plan(self, cart: Cart, company: Company) -> tuple[CartContext, UploadPlan]:
        """What becomes of the rows, and what it was decided by.

        Raises:
            InvalidInputProblem, MissingColumnsProblem: the file can't be taken.
        """
        reading, query = self.reading, self.upload.query
        if self.styles is None:
            self.styles = styles_of(self.db, reading.gtins)
            named = {query.door or "", *reading.doors}
            self.doors = frozenset(door_ids(self.db, company, named))
        context = self._load(cart, company, self.styles)
        if longer := self._longer_numbers(context) - self.styles:
            self.styles |= longer
            context = self._load(cart, company, self.styles)
        _check_given(query, context)
        answers = _answers(query.articles)
        plan = plan_upload(cart, context, reading.found.entries, reading.at_once, answers)
        _check_doors(plan, reading.found.seen, self.upload.locale)
        return context, plan

    def _load(self, cart: Cart, company: Company, numbers: set[str]) -> CartContext:
        lines = cart.lines.values()
        skus = {line.sku for line in lines} | self.reading.skus
        doors = self.doors | {line.door for line in lines}
        return load_context(self.db, company, skus, doors, self.edit.now, styles_too=numbers)

    def _longer_numbers(self, context: CartContext) -> set[str]:
        """Numbers of styles with hyphens among the names that were looked up as SKUs in vain."""
        vain = (text for text in self.reading.skus if style_of(text) not in context.styles)
        return existing_styles(self.db, {n for text in vain for n in _numbers(text)})


def _numbers(sku: str) -> set[str]:
    """What may be a style's number in it, but for what it is looked up by."""
    return {*styles_named(sku), *styles_spelt(sku)} - {style_of(sku)}


def _answers(written: Iterable[str]) -> dict[str, frozenset[str]]:
    """The SKUs that were said, by what they were asked about."""
    said: dict[str, frozenset[str]] = {}
    for about, _, sku in (text.partition(":") for text in written):
        said[about] = said.get(about, frozenset()) | {sku}
    return said


def _check_given(query: UploadQuery, context: CartContext) -> None:
    faults = []
    if query.door is not None and query.door not in context.company.profile.doors:
        message = Message(N_("This door does not exist."))
        faults.append(Fault("unknown_door", pointer("door"), message, "query"))
    if query.window is not None and query.window not in context.assortment.windows:
        message = Message(N_("This delivery window does not exist."))
        faults.append(Fault("unknown_window", pointer("window"), message, "query"))
    if faults:
        raise InvalidInputProblem(tuple(faults))


def _mappings_to_keep(reading: _Reading, who: Authorship) -> dict[str, ImportMapping | None]:
    """By header, the mapping to be kept; None forgets one, since names alone tell the columns now."""
    chosen: dict[str, ImportMapping | None] = {}
    for one in reading.found.seen:
        id_ = one.layout.id
        kept = reading.said.kept.get(id_)
        if id_ not in reading.said.asked or (kept and tuple(kept.meanings) == one.meanings):
            continue
        if not one.is_by_name:
            names = [cell_text(cell)[:NAME_KEPT] for cell in one.layout.row.cells]
            chosen[id_] = ImportMapping(names=names, meanings=[*one.meanings], chosen=who)
        elif kept:
            chosen[id_] = None
    return chosen


def _check_doors(plan: UploadPlan, seen: Sequence[SheetReading], locale: Locale) -> None:
    """Where nothing names a door, the file lacks a column."""
    if all("missing_door" in (note.code for note in row.notes) for row in plan.results) and not any(
        "door" in row.entry.source.header.places for row in plan.results
    ):
        extra = {"headers": header_views(seen)}
        raise MissingColumnsProblem(extra=extra, columns=[title("door", locale)])


def _apply(cart: Cart, context: CartContext, plan: UploadPlan, edit: Edit) -> Cart:
    gone = {line_key(c.sku, c.door, c.window) for c in plan.changes if not c.quantity}
    filled = {line_key(c.sku, c.door, c.window) for c in plan.changes if c.quantity}
    count = len((cart.lines.keys() - gone) | filled)
    if count > MAX_LINES:
        raise TooManyLinesProblem(most=MAX_LINES, count=count)
    return apply_lines(cart, context, plan.changes, edit.who)
