"""What an upload makes of a cart, pure: every row is taken, changed or refused, with reasons.

The order of the rows does not matter. Rows for the same line are added up; the sum
replaces what the line had, as when a cell of the size grid is filled in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from functions.carts.schema import MAX_QUANTITY, LineChange
from functions.carts.upload.articles import Ambiguity, ArticleMatch, Articles
from functions.carts.upload.days import read_days, windows_holding
from functions.carts.upload.rows import Entry, door_number
from functions.carts.upload.schema import MOST_ANSWERS, RowOutcome
from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open, windows_of
from shared.cart.checks import check_line
from shared.cart.context import CartContext, Product
from shared.cart.model import Cart, CartLine, line_key
from shared.cart.pricing import PricedLine
from shared.company.model import Door
from shared.sheets.table import Note
from shared.text.message import N_, Message, N_plural, Parameter
from shared.text.spelling import fold_spelling, spelt_out

_UNKNOWN_DOOR = N_("This door does not exist.")
_TWO_DOORS = N_("Several doors have this name. Enter the door's number.")
_NO_DOOR = N_("The row names no door, and its sheet has no door's name.")
_TWO_DATES = N_("%(text)s is two days, by who reads it. Write it as 2027-01-15.")
_TWO_WINDOWS = N_("%(text)s is in several delivery windows: %(windows)s. Enter one of them.")
_NO_WINDOW = N_("This article has no delivery window for %(text)s.")
_BY_DAYS = N_("%(text)s was taken as the delivery window %(window)s, %(first)s to %(last)s.")
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

_NO_ANSWERS: Mapping[str, frozenset[str]] = MappingProxyType({})

Key = tuple[str, str, str]  # SKU, door, window
Names = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class RowResult:
    """What becomes of a row; the line's SKU, door, window and quantity unless refused.

    It may be refused only until `question` is answered.
    """

    entry: Entry
    outcome: RowOutcome
    notes: tuple[Note, ...]
    key: Key | None = None
    quantity: int | None = None
    question: Ambiguity | None = None


@dataclass(frozen=True)
class UploadPlan:
    """A result for each row, in the file's order, and the lines that come of them."""

    results: list[RowResult]
    changes: list[LineChange]


@dataclass(frozen=True)
class _Ask:
    """What one entry asks of a line; `place` is that of the entry in the file."""

    place: int
    entry: Entry
    pieces: int
    notes: tuple[Note, ...]


@dataclass
class _Line:
    """What rows ask of one line."""

    product: Product
    asks: list[_Ask] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(ask.pieces for ask in self.asks)


@dataclass
class _Asking:
    """What rows are asked, no more than can be answered and than a person looks at."""

    articles: Articles
    answers_left: int
    choices_left: int = 1_000

    def of(self, entry: Entry) -> Ambiguity | None:
        question = self.articles.question(entry.named) if self.answers_left > 0 else None
        if question is None or len(question.choices) > self.choices_left:
            return None
        self.choices_left -= len(question.choices)
        return question


class _Known:
    """What there is for the company, by what a file may call it."""

    def __init__(
        self, context: CartContext, at_once: frozenset[str], answers: Mapping[str, frozenset[str]]
    ) -> None:
        self.context = context
        self.at_once = at_once
        self.articles = Articles(context, answers)
        self.windows = {fold_spelling(id_): id_ for id_ in context.assortment.windows}
        self.doors: dict[str, list[Door]] = defaultdict(list)
        self.spelt_out: dict[str, list[Door]] = defaultdict(list)
        for door in context.company.profile.doors.values():
            for name in {fold_spelling(door.name), door.id}:
                self.doors[name].append(door)
            self.spelt_out[spelt_out(door.name)].append(door)

    def door(self, text: str) -> Door | Note:
        """By its number or its name, at last with umlauts in two letters."""
        found = self.doors.get(door_number(text)) or self.doors.get(fold_spelling(text))
        found = found or self.spelt_out.get(spelt_out(text), [])
        if len(found) > 1:
            return Note("ambiguous_door", Message(_TWO_DOORS))
        return found[0] if found else Note("unknown_door", Message(_UNKNOWN_DOOR))

    def window(self, text: str, product: Product | None, today: date) -> "_Window | Note":
        """By its id; at-once by its word, and a day or a week by the window that holds it, each
        of those that the article is offered in."""
        folded = fold_spelling(text)
        if found := self.windows.get(folded):
            return _Window(found)
        offered = windows_of(self.context.assortment, product.colourway) if product else []
        windows = offered or list(self.context.assortment.windows.values())
        if folded in self.at_once:
            ids = [w.id for w in windows if w.kind == "at_once" and is_open(w, today)]
            ids += [w.id for w in windows if w.kind == "at_once"]
            if ids:
                return _Window(ids[0])
        days = read_days(text, today)
        if days is None:
            return Note("unknown_window", Message(_UNKNOWN_WINDOW))
        if days == "two_ways":
            return Note("ambiguous_date", Message(_TWO_DATES, {"text": text[:40]}))
        # A cell with a date is read as this; people read days in their own format.
        named = days.first if text == days.first.isoformat() else text[:40]
        return _holding(named, windows_holding(days, windows))


@dataclass(frozen=True)
class _Window:
    """A delivery window, and what is to be told of how it was found."""

    id: str
    notes: tuple[Note, ...] = ()


def _holding(named: str | date, windows: list[DeliveryWindow]) -> _Window | Note:
    """The one window that holds what a cell names."""
    if len(windows) != 1:
        told: dict[str, Parameter] = {"text": named, "windows": [w.id for w in windows]}
        if windows:
            return Note("ambiguous_window", Message(_TWO_WINDOWS, told))
        return Note("no_window_then", Message(_NO_WINDOW, told))
    found = windows[0]
    about: dict[str, Parameter] = {
        "text": named,
        "window": found.id,
        "first": found.ship_from,
        "last": found.ship_to,
    }
    return _Window(found.id, (Note("window_of_days", Message(_BY_DAYS, about)),))


def at_once_words(texts: Iterable[str]) -> frozenset[str]:
    """What at-once may be called: all alternatives of `AT_ONCE`, as rendered."""
    return frozenset(fold_spelling(word) for text in texts for word in text.split("|")) | {"atonce"}


def plan_upload(
    cart: Cart,
    context: CartContext,
    entries: Sequence[Entry],
    at_once: frozenset[str],
    answers: Mapping[str, frozenset[str]] = _NO_ANSWERS,
) -> UploadPlan:
    """The outcome of every entry for `cart` as it is.

    `answers` are the SKUs that a person said are meant, by what their questions were about.
    No more is asked than can be answered, nor shown.
    """
    known = _Known(context, at_once, answers)
    results: dict[int, RowResult] = {}
    lines: dict[Key, _Line] = {}
    asking = _Asking(known.articles, MOST_ANSWERS - sum(map(len, answers.values())))
    for place, entry in enumerate(entries):
        found = _resolve(entry, known, cart)
        if isinstance(found, tuple):
            results[place] = RowResult(entry, "refused", found, question=asking.of(entry))
        else:
            line = lines.setdefault(_key(found.line), _Line(found.product))
            line.asks.append(_Ask(place, entry, found.line.quantity, found.notes))
    changes = []
    for key, line in lines.items():
        told, change = _take(key, line, cart.lines.get(line_key(*key)))
        results |= told
        changes += [change] if change else []
    return UploadPlan([results[place] for place in range(len(entries))], changes)


@dataclass(frozen=True)
class _Resolved:
    line: CartLine
    product: Product
    notes: tuple[Note, ...]


def _resolve(entry: Entry, known: _Known, cart: Cart) -> _Resolved | tuple[Note, ...]:
    """The line that the entry is about, or all that is wrong with it."""
    faults = list(entry.faults)
    article = _article(entry, known, faults)
    product = article.product if article else None
    door = _door(entry, known)
    window = known.window(entry.window, product, known.context.today) if entry.window else None
    faults += [found for found in (door, window) if isinstance(found, Note)]
    if not (isinstance(door, Door) and isinstance(window, _Window) and article and product):
        return tuple(faults)
    quantity, notes = article.count_pieces(entry.quantity or 0)
    line = CartLine.model_construct(
        sku=product.sku.id,
        door=door.id,
        window=window.id,
        quantity=quantity,
        revision=cart.revision,
        changed=cart.changed,
    )
    checks = check_line(0, PricedLine(line, product, None, None), known.context)
    faults += [Note(c.code, c.message) for c in checks if c.code != "not_a_multiple"]
    if faults:
        return tuple(faults)
    return _Resolved(line, product, (*notes, *window.notes))


def _article(entry: Entry, known: _Known, faults: list[Note]) -> ArticleMatch | None:
    if not (entry.named.codes or entry.named.style):
        return None
    found = known.articles.find(entry.named)
    if isinstance(found, ArticleMatch):
        return found
    faults += found
    return None


def _door(entry: Entry, known: _Known) -> Door | Note | None:
    """That of the row, else that which the sheet's name is, else that which holds for all."""
    if entry.door:
        return known.door(entry.door)
    if not entry.source.sheet:
        return None
    by_sheet = known.door(entry.source.sheet)
    if isinstance(by_sheet, Door):
        return by_sheet
    if given := entry.source.otherwise:
        return known.door(given)
    return Note("missing_door", Message(_NO_DOOR))


def _take(
    key: Key, line: _Line, had: CartLine | None
) -> tuple[dict[int, RowResult], LineChange | None]:
    asked, multiple = line.asked, line.product.style.multiple
    quantity = -(-asked // multiple) * multiple
    if quantity > MAX_QUANTITY:
        parameters = {"sum": quantity, "most": MAX_QUANTITY}
        note = Note("sum_too_large", Message(_SUM_TOO_LARGE, parameters))
        return {a.place: RowResult(a.entry, "refused", (note,)) for a in line.asks}, None
    earlier = had.quantity if had else 0
    notes: list[Note] = []
    if quantity != asked:
        about = {"asked": asked, "quantity": quantity, "multiple": multiple}
        notes.append(Note("rounded_up", Message(_ROUNDED, about)))
    if earlier and not quantity:
        notes.append(Note("removed", Message(_REMOVED, {"earlier": earlier})))
    elif earlier not in (0, quantity):
        notes.append(Note("replaced", Message(_REPLACED, {"earlier": earlier})))
    results = {}
    for ask in line.asks:
        all_notes = (*ask.notes, *_add_quantity(ask, line), *notes)
        outcome: Literal["taken", "changed"] = "changed" if all_notes else "taken"
        results[ask.place] = RowResult(ask.entry, outcome, all_notes, key, quantity)
    sku, door, window = key
    if quantity == earlier:
        return results, None
    return results, LineChange(sku=sku, door=door, window=window, quantity=quantity)


def _add_quantity(ask: _Ask, line: _Line) -> list[Note]:
    others = sorted(other.entry.row.number for other in line.asks if other is not ask)
    if not others:
        return []
    rows = [str(number) for number in others[:_ROWS_NAMED]]
    rows += ["…"] if len(others) > _ROWS_NAMED else []
    message = Message(_SUMMED, {"count": len(others), "rows": rows, "sum": line.asked})
    return [Note("summed", message)]


def _key(line: CartLine) -> Key:
    return line.sku, line.door, line.window
