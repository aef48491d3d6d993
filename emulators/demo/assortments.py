"""The eight assortments: rules, explicit in and out, delivery windows; ZLISTING IDoc of each."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from emulators.demo.catalogue import MAIN_BRAND, SUB_BRAND, Style
from emulators.demo.idoc import Idoc, Outbox, dats, material
from emulators.demo.seasons import Window, seasons, windows
from emulators.demo.systems import DemoSystem

Rule = dict[str, tuple[str, ...]]
"""Field → alternatives; all fields have to match. Exclusive styles are all of tier D."""


@dataclass(frozen=True, slots=True)
class Assortment:
    """What companies may see: `items` are (sign "I" or "E", style number, colour or "")."""

    id: str
    rules: tuple[Rule, ...]
    windows: tuple[Window, ...]
    items: tuple[tuple[str, int, str], ...] = field(default=())


def build_assortments(
    styles: tuple[Style, ...], today: date, system: DemoSystem
) -> tuple[Assortment, ...]:
    """Eight assortments, the first four with styles of their own."""
    current = seasons(today)[0].key
    now, brand = system.further_assortments
    offered = windows(today)
    closed = tuple(_closed(w, today) if index == 1 else w for index, w in enumerate(offered))
    core: Rule = {"TIER": ("A", "B")}
    everything: Rule = {"BRAND": (MAIN_BRAND, SUB_BRAND), "TIER": ("A", "B", "C")}
    shoes: Rule = {"DIVISION": ("10",), "TIER": ("A", "B", "C")}
    sporty = ("SHOES", "TEE", "HOODIE", "JACKET", "SHORTS", "SOCKS", "CAP", "BAG")
    return (
        Assortment(
            system.assortments[0],
            (everything, _own(system.exclusives[0])),
            offered,
            _pick(styles, "B", "E", whole=True),
        ),
        Assortment(
            system.assortments[1],
            (core | {"BRAND": (MAIN_BRAND,)}, shoes, _own(system.exclusives[1])),
            offered[:5],
            _pick(styles, "A", "E", whole=False),
        ),
        Assortment(
            system.assortments[2],
            (
                core | {"DIVISION": ("10", "30")},
                {"DIVISION": ("20",), "GENDER": ("W", "U"), "TIER": ("A",)},
                core | {"CATEGORY": ("KIDS",)},
                _own(system.exclusives[2]),
            ),
            offered[:4],
            _pick(styles, "C", "I", whole=True),
        ),
        Assortment(
            system.assortments[3],
            (core | {"CATEGORY": sporty}, _own(system.exclusives[3])),
            offered,
        ),
        Assortment(system.assortments[4], (core,), offered),
        Assortment(system.assortments[5], (shoes, core | {"CATEGORY": ("SOCKS",)}), closed),
        Assortment(now, ({"SEASON": (current,), "TIER": ("A",)},), offered[:1]),
        Assortment(brand, (core | {"BRAND": (MAIN_BRAND,)},), offered),
    )


def _own(exclusive: str) -> Rule:
    return {"EXCLUSIVE": (exclusive,)}


def _closed(window: Window, today: date) -> Window:
    """The window with its cut-off five days ago."""
    return window._replace(cut_off=today - timedelta(days=5))


def _pick(
    styles: tuple[Style, ...], tier: str, sign: str, *, whole: bool
) -> tuple[tuple[str, int, str], ...]:
    """Up to three styles of the tier, or one colour of each; never the first style."""
    found = [style for style in styles[1:] if style.tier == tier][:3]
    return tuple((sign, s.number, "" if whole else s.colourways[-1].colour.code) for s in found)


def listing_idoc(outbox: Outbox, assortment: Assortment) -> Idoc:
    """The ZLISTING of an assortment."""
    key = {"ASORT": assortment.id}
    return outbox.idoc(
        "ZLISTING",
        "ZLISTING01",
        Z1LISTHEAD=[{**key, "FUNCTION": "004"}],
        Z1LISTRULE=[
            {**key, "RULE": str(number), "FIELD": name, "VALUE": value}
            for number, rule in enumerate(assortment.rules, 1)
            for name, values in rule.items()
            for value in values
        ],
        Z1LISTITEM=[
            {**key, "SIGN": sign, "MATERIAL": material(number), "COLOR": colour}
            for sign, number, colour in assortment.items
        ],
        Z1LISTWINDOW=[
            {
                **key,
                "WINDOW": window.id,
                "KIND": window.kind,
                "SEASON": window.season.key,
                "SHIPFROM": dats(window.ship_from),
                "SHIPTO": dats(window.ship_to),
                "OPENFROM": dats(window.open_from),
                "CUTOFF": dats(window.cut_off),
            }
            for window in assortment.windows
        ],
    )
