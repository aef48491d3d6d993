"""What an upload makes of a cart, pure: every row is taken, changed or refused, with reasons.

The order of the rows does not matter. Rows for the same line are added up; the sum
replaces what the line had, as when a cell of the size grid is filled in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from functions.carts.schema import MAX_QUANTITY, LineChange
from functions.carts.upload.rows import Entry, door_number, gtin_of
from functions.carts.upload.schema import Outcome
from functions.carts.upload.table import Note
from shared.assortment.rules import is_open, windows_of
from shared.cart.checks import check_line
from shared.cart.context import CartContext, Product
from shared.cart.model import Cart, CartLine, line_key
from shared.cart.pricing import PricedLine
from shared.company.model import Door
from shared.text.message import N_, Message, N_plural
from shared.text.spelling import fold_spelling

_UNKNOWN_ARTICLE = N_("This article does not exist.")
_TWO_ARTICLES = N_("The row names two different articles: %(articles)s.")
_UNKNOWN_DOOR = N_("This door does not exist.")
_TWO_DOORS = N_("Several doors have this name. Enter the door's number.")
_UNKNOWN_WINDOW = N_("This delivery window does not exist.")
_SUMMED = N_plural(
    "Added up with row %(rows)s: %(sum)s in all.", "Added up with rows %(rows)s: %(sum)s in all."
)
_ROUNDED = N_("Rounded up from %(asked)s to %(quantity)s: it is ordered in steps of %(multiple)s.")
_REPLACED = N_("Replaces the earlier quantity of %(earlier)s.")
_REMOVED = N_("Takes the line with %(earlier)s out of the cart.")
_SUM_TOO_LARGE = N_("Together with other rows this is %(sum)s; a line has at most %(most)s.")
AT_ONCE = Message(N_("At once|Immediately"))
"""At-once as people write it in the column of delivery windows, between bars."""

_ROWS_NAMED = 10

Key = tuple[str, str, str]  # SKU, door, window
Names = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class RowResult:
    """What becomes of a row; the line's SKU, door, window and quantity unless refused."""

    entry: Entry
    outcome: Outcome
    notes: tuple[Note, ...]
    key: Key | None = None
    quantity: int | None = None


@dataclass(frozen=True)
class UploadPlan:
    """A result for each row, in the file's order, and the lines that come of them."""

    results: list[RowResult]
    changes: list[LineChange]


@dataclass
class _Line:
    """What rows ask of one line."""

    product: Product
    entries: list[Entry] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(entry.quantity or 0 for entry in self.entries)


class _Known:
    """What there is for the company, by what a file may call it."""

    def __init__(self, context: CartContext, at_once: frozenset[str]) -> None:
        self.context = context
        self.at_once = at_once
        self.windows = {fold_spelling(id_): id_ for id_ in context.assortment.windows}
        self.products: dict[str, Product] = {}
        for style in context.styles.values():
            for sku in (sku for colourway in style.colourways for sku in colourway.skus):
                if product := context.product(sku.id):
                    self.products[sku.id.upper()] = product
                    if gtin := gtin_of(sku.gtin):
                        self.products[gtin] = product
        self.doors: dict[str, list[Door]] = defaultdict(list)
        for door in context.company.profile.doors.values():
            for name in {fold_spelling(door.name), door.id}:
                self.doors[name].append(door)

    def product(self, article: str) -> Product | None:
        """By SKU or GTIN; what is in nobody's or another's assortment is unknown alike."""
        return self.products.get(gtin_of(article) or article.upper())

    def door(self, text: str) -> Door | Note:
        """By its number or its name."""
        found = self.doors.get(door_number(text)) or self.doors.get(fold_spelling(text), [])
        if len(found) > 1:
            return Note("ambiguous_door", Message(_TWO_DOORS))
        return found[0] if found else Note("unknown_door", Message(_UNKNOWN_DOOR))

    def window(self, text: str, product: Product | None, today: date) -> str | Note:
        """By its id; at-once by its word, the one that the article is offered in."""
        folded = fold_spelling(text)
        if found := self.windows.get(folded):
            return found
        if folded in self.at_once:
            windows = product and windows_of(self.context.assortment, product.colourway)
            offered = windows or self.context.assortment.windows.values()
            ids = [w.id for w in offered if w.kind == "at_once" and is_open(w, today)]
            ids += [w.id for w in offered if w.kind == "at_once"]
            if ids:
                return ids[0]
        return Note("unknown_window", Message(_UNKNOWN_WINDOW))


def at_once_words(texts: Iterable[str]) -> frozenset[str]:
    """What at-once may be called: all alternatives of `AT_ONCE`, as rendered."""
    return frozenset(fold_spelling(word) for text in texts for word in text.split("|")) | {"atonce"}


def plan_upload(
    cart: Cart, context: CartContext, entries: Sequence[Entry], at_once: frozenset[str]
) -> UploadPlan:
    """The outcome of every entry for `cart` as it is."""
    known = _Known(context, at_once)
    results: dict[int, RowResult] = {}
    lines: dict[Key, _Line] = {}
    for entry in entries:
        found = _resolve(entry, known, cart)
        if isinstance(found, tuple):
            results[entry.row.number] = RowResult(entry, "refused", found)
        else:
            line = lines.setdefault(_key(found.line), _Line(found.product))
            line.entries.append(entry)
    changes = []
    for key, line in lines.items():
        told, change = _take(key, line, cart.lines.get(line_key(*key)))
        results |= {result.entry.row.number: result for result in told}
        changes += [change] if change else []
    return UploadPlan([results[entry.row.number] for entry in entries], changes)


@dataclass(frozen=True)
class _Resolved:
    line: CartLine
    product: Product


def _resolve(entry: Entry, known: _Known, cart: Cart) -> _Resolved | tuple[Note, ...]:
    """The line that the entry is about, or all that is wrong with it."""
    faults = list(entry.faults)
    product = _product(entry, known, faults)
    door = known.door(entry.door) if entry.door else None
    window = known.window(entry.window, product, known.context.today) if entry.window else None
    faults += [found for found in (door, window) if isinstance(found, Note)]
    if isinstance(door, Door) and isinstance(window, str) and product:
        line = CartLine.model_construct(
            sku=product.sku.id,
            door=door.id,
            window=window,
            quantity=entry.quantity or 0,
            revision=cart.revision,
            changed=cart.changed,
        )
        priced = PricedLine(line, product, None, None)
        checks = check_line(0, priced, known.context)
        faults += [Note(c.code, c.message) for c in checks if c.code != "not_a_multiple"]
        if not faults:
            return _Resolved(line, product)
    return tuple(faults)


def _product(entry: Entry, known: _Known, faults: list[Note]) -> Product | None:
    found = {article: known.product(article) for article in entry.articles}
    products = {product.sku.id: product for product in found.values() if product}
    if len(products) > 1:
        parameters = {"articles": sorted(products)}
        faults.append(Note("articles_differ", Message(_TWO_ARTICLES, parameters)))
        return None
    told = {fault.code for fault in entry.faults}
    if None in found.values() and not told & {"digits_lost", "check_digit"}:
        faults.append(Note("unknown_article", Message(_UNKNOWN_ARTICLE)))
        return None
    return next(iter(products.values()), None)


def _take(key: Key, line: _Line, had: CartLine | None) -> tuple[list[RowResult], LineChange | None]:
    asked, multiple = line.asked, line.product.style.multiple
    quantity = -(-asked // multiple) * multiple
    if quantity > MAX_QUANTITY:
        parameters = {"sum": quantity, "most": MAX_QUANTITY}
        note = Note("sum_too_large", Message(_SUM_TOO_LARGE, parameters))
        return [RowResult(entry, "refused", (note,)) for entry in line.entries], None
    earlier = had.quantity if had else 0
    notes: list[Note] = []
    if quantity != asked:
        about = {"asked": asked, "quantity": quantity, "multiple": multiple}
        notes.append(Note("rounded_up", Message(_ROUNDED, about)))
    if earlier and not quantity:
        notes.append(Note("removed", Message(_REMOVED, {"earlier": earlier})))
    elif earlier not in (0, quantity):
        notes.append(Note("replaced", Message(_REPLACED, {"earlier": earlier})))
    results = []
    for entry in line.entries:
        all_notes = (*_summed(entry, line), *notes)
        outcome: Literal["taken", "changed"] = "changed" if all_notes else "taken"
        results.append(RowResult(entry, outcome, all_notes, key, quantity))
    sku, door, window = key
    if quantity == earlier:
        return results, None
    return results, LineChange(sku=sku, door=door, window=window, quantity=quantity)


def _summed(entry: Entry, line: _Line) -> list[Note]:
    others = sorted(e.row.number for e in line.entries if e is not entry)
    if not others:
        return []
    rows = [str(number) for number in others[:_ROWS_NAMED]]
    rows += ["…"] if len(others) > _ROWS_NAMED else []
    message = Message(_SUMMED, {"count": len(others), "rows": rows, "sum": line.asked})
    return [Note("summed", message)]


def _key(line: CartLine) -> Key:
    return line.sku, line.door, line.window
