"""What a change makes of a cart, pure."""

from collections.abc import Iterator, Sequence

from functions.carts.schema import LineChange
from shared.cart.context import CartContext
from shared.cart.model import MAX_LINES, Authorship, Cart, CartLine, UsedKey, line_key
from shared.http.validation import pointer
from shared.idempotency import KeyReusedProblem
from shared.problem import Fault, InvalidInputProblem
from shared.text.message import N_, Message

KEYS_KEPT = 20
REMOVED_KEPT = 1_000

_UNKNOWN_SKU = Message(N_("This article does not exist."))
_UNKNOWN_DOOR = Message(N_("This door does not exist."))
_UNKNOWN_WINDOW = Message(N_("This delivery window does not exist."))
_REPEATED = Message(N_("This article is entered twice for the same door and delivery window."))
_TOO_MANY = N_("A cart has at most %(most)s lines.")


def new_cart(cart: str, company: str, name: str, who: Authorship, origin: str) -> Cart:
    """An empty cart."""
    return Cart(
        id=cart, company=company, name=name, revision=1, created=who, changed=who, origin=origin
    )


def copy_lines(source: Cart, target: Cart) -> Cart:
    """The new cart `target` with the lines of `source`, as if just filled in."""
    update = {"revision": target.revision, "changed": target.changed}
    lines = {key: line.model_copy(update=update) for key, line in source.lines.items()}
    return target.model_copy(update={"lines": lines})


def rename(cart: Cart, name: str, who: Authorship) -> Cart:
    """The cart under another name."""
    return cart.model_copy(update={"name": name, "revision": cart.revision + 1, "changed": who})


def apply_lines(
    cart: Cart, context: CartContext, changes: Sequence[LineChange], who: Authorship
) -> Cart:
    """The cart with the quantities of `changes`; itself where that is what it has.

    Lines that keep their quantity keep who changed them last.

    Raises:
        InvalidInputProblem: with a fault for everything that does not exist.
    """
    if faults := tuple(_faults(cart, context, changes)):
        raise InvalidInputProblem(faults)
    revision = cart.revision + 1
    lines, removed = dict(cart.lines), dict(cart.removed)
    for change in changes:
        key = line_key(change.sku, change.door, change.window)
        old = lines.get(key)
        if change.quantity == (old.quantity if old else 0):
            continue
        if change.quantity:
            lines[key] = CartLine(**change.model_dump(), revision=revision, changed=who)
            removed.pop(key, None)
        elif old:
            removed[key] = old.model_copy(update={"revision": revision, "changed": who})
            del lines[key]
    if lines == cart.lines:
        return cart
    if len(lines) > MAX_LINES:
        message = Message(_TOO_MANY, {"most": MAX_LINES})
        raise InvalidInputProblem((Fault("too_many_lines", pointer("lines"), message),))
    update = {"lines": lines, "revision": revision, "changed": who}
    return cart.model_copy(update=update | _latest_removals(removed, cart.forgotten))


def with_key(cart: Cart, used: UsedKey) -> Cart:
    """The cart that remembers `used`, so that its repetition is recognized."""
    return cart.model_copy(update={"keys": [*cart.keys, used][-KEYS_KEPT:]})


def is_repeated(cart: Cart, used: UsedKey) -> bool:
    """Whether the request of `used` was served before.

    Raises:
        KeyReusedProblem: another request was served under its key.
    """
    served = next((known for known in cart.keys if known.key == used.key), None)
    if served and served != used:
        raise KeyReusedProblem
    return served is not None


def _faults(cart: Cart, context: CartContext, changes: Sequence[LineChange]) -> Iterator[Fault]:
    seen = set()
    for index, change in enumerate(changes):
        place = (change.sku, change.door, change.window)
        if place in seen:
            yield Fault("repeated_line", pointer("lines", index), _REPEATED)
        seen.add(place)
        # What was withdrawn since it came into the cart can still be taken out.
        if change.quantity or line_key(*place) not in cart.lines:
            yield from _unknown(index, change, context)


def _unknown(index: int, change: LineChange, context: CartContext) -> Iterator[Fault]:
    if context.product(change.sku) is None:
        yield Fault("unknown_sku", pointer("lines", index, "sku"), _UNKNOWN_SKU)
    if change.door not in context.company.profile.doors:
        yield Fault("unknown_door", pointer("lines", index, "door"), _UNKNOWN_DOOR)
    if change.window not in context.assortment.windows:
        yield Fault("unknown_window", pointer("lines", index, "window"), _UNKNOWN_WINDOW)


def _latest_removals(removed: dict[str, CartLine], forgotten: int) -> dict[str, object]:
    """As many removals as a document can hold, the latest, and up to where they lack."""
    latest = sorted(removed.items(), key=lambda item: item[1].revision)
    dropped = latest[:-REMOVED_KEPT]
    if dropped:
        forgotten = max(forgotten, dropped[-1][1].revision)
    return {"removed": dict(latest[-REMOVED_KEPT:]), "forgotten": forgotten}
