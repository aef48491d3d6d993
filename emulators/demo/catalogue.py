"""Styles with their colourways and SKUs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import ean

from emulators.demo.colours import COLOURS, Colour
from emulators.demo.descriptions import describe
from emulators.demo.seasons import Season, seasons
from emulators.demo.sizes import Size, size_run
from emulators.demo.systems import DemoSystem
from emulators.demo.vocabulary import ADJECTIVES_OF, LINES, NOUNS, SPRAS, Noun, style_name

FIRST_STYLE = 10001
"""Number of the first style, the one of the last-ten-pairs story."""

MAIN_BRAND, SUB_BRAND = "ALTO", "ALTX"

GTIN_PREFIX = "952"
"""GS1 prefix set aside for demonstrations and examples."""

FOOTWEAR, BULKY = "FW", "BU"
"""Material pricing groups."""

BLOCKED_EVERY, BLOCKED_AT = 60, 37
"""Styles that the second distribution chain does not sell."""

REUSED_GTIN = (10020, 10021)
"""Two styles whose first articles have the same GTIN, as master data has at times."""

_LAST_STYLE = 99_999  # the GTIN has five digits for the style and four for the variant
_MOST_COLOURS = 6

# Position in the range decides the category, so that a small range has variety too.
_CATEGORIES = [
    "SHOES",
    "TEE",
    "TROUSERS",
    "CAP",
    "JACKET",
    "HOODIE",
    "SHOES",
    "BRA",
    "TEE",
    "SOCKS",
    "HOODIE",
    "KIDS",
    "SHORTS",
    "SHOES",
    "TEE",
    "BAG",
    "SHOES",
    "JACKET",
    "BALL",
    "SHOES",
    "TEE",
    "TROUSERS",
    "SHORTS",
    "KIDS",
    "HOODIE",
    "SHOES",
]
_TIERS = "AABABCABAACB"
_EXCLUSIVE_AT = (4, 6, 8, 10)
_BLOCK = 13  # in every fourth block of this length the styles at these places are exclusive
_DIVISIONS = {"SHOES": "10", "SOCKS": "30", "CAP": "30", "BAG": "30", "BALL": "30"}
_GENDERS = {"SHOES": "MWUMWMWK", "TEE": "MWU", "HOODIE": "UMW", "JACKET": "MWU", "SHORTS": "MWU"}
_GENDERS |= {"TROUSERS": "MW", "BRA": "W", "KIDS": "K"}
# Which of the three seasons (current, coming, later) a style is offered in.
_LIVES = ((0, 1, 2), (0,), (0, 1), (1,), (1, 2), (2,))
_LIFE_WEIGHTS = (18, 18, 22, 18, 12, 12)


@dataclass(frozen=True, slots=True)
class Sku:
    """A colourway in one size; `article` is the variant's number without zeros."""

    article: str
    colour: Colour
    size: Size
    gtin: str


@dataclass(frozen=True, slots=True)
class Colourway:
    """A style in one colour, with the seasons it is offered in."""

    colour: Colour
    seasons: tuple[Season, ...]
    picture: str
    skus: tuple[Sku, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A generic article; `names` and `descriptions` are keyed by ISO language.

    `position` counts from 0 in the range, `drawing` and `look` say how it is pictured,
    `minimum` is in pieces per style, `prepacks` maps a pack code to pieces by size label.
    """

    number: int
    position: int
    category: str
    division: str
    gender: str
    brand: str
    tier: str
    exclusive: str
    names: dict[str, str]
    descriptions: dict[str, str]
    drawing: str
    look: int
    rank: int
    launch: date
    multiple: int
    minimum: int
    prepacks: dict[str, dict[str, int]]
    sizes: tuple[Size, ...]
    colourways: tuple[Colourway, ...]

    @property
    def skus(self) -> Iterator[Sku]:
        """Every SKU, colour by colour in wearing order of sizes."""
        return (sku for colourway in self.colourways for sku in colourway.skus)


def build_styles(seed: int, count: int, today: date, system: DemoSystem) -> tuple[Style, ...]:
    """`count` styles numbered from 10001. Raises ValueError beyond style number 99999."""
    if not 1 <= count <= _LAST_STYLE - FIRST_STYLE + 1:
        raise ValueError(f"between 1 and {_LAST_STYLE - FIRST_STYLE + 1} styles, not {count}")
    ranks = [1, *Random(f"{seed}/ranks").sample(range(2, count + 1), count - 1)]
    used: Counter[tuple[str, str]] = Counter()
    return tuple(
        _build_style(
            Random(f"{seed}/style/{position}"), position, ranks[position], today, used, system
        )
        for position in range(count)
    )


def _build_style(
    rng: Random,
    position: int,
    rank: int,
    today: date,
    used: Counter[tuple[str, str]],
    system: DemoSystem,
) -> Style:
    number = FIRST_STYLE + position
    category = _CATEGORIES[position % len(_CATEGORIES)]
    division = _DIVISIONS.get(category, "20")
    gender = "U" if position == 0 else rng.choice(_GENDERS.get(category, "U"))
    exclusive = _exclusive(position, system)
    noun = rng.choice(NOUNS[category])
    life = _life(rng, position, exclusive, today)
    sizes = size_run(category, gender, number, system.sizes)
    multiple, minimum, prepacks = _packs(rng, position, category, sizes)
    return Style(
        number=number,
        position=position,
        category=category,
        division=division,
        gender=gender,
        brand=SUB_BRAND if position and rng.random() < 0.2 else MAIN_BRAND,
        tier="D" if exclusive else _TIERS[position % len(_TIERS)],
        exclusive=exclusive,
        names=_names(rng, category, noun, used),
        descriptions=describe(rng, division),
        drawing=noun.drawing,
        look=rng.randrange(1_000),
        rank=rank,
        launch=life[0].start + timedelta(days=7 * rng.randrange(8)),
        multiple=multiple,
        minimum=minimum,
        prepacks=prepacks,
        sizes=sizes,
        colourways=_colourways(rng, number, sizes, life),
    )


def _exclusive(position: int, system: DemoSystem) -> str:
    block, place = divmod(position, _BLOCK)
    if block % 4 or place not in _EXCLUSIVE_AT:
        return ""
    return system.exclusives[_EXCLUSIVE_AT.index(place)]


def _life(rng: Random, position: int, exclusive: str, today: date) -> tuple[Season, ...]:
    """The first style and every exclusive one are carried over, so always there to see."""
    (chosen,) = rng.choices(_LIVES, _LIFE_WEIGHTS)
    if position == 0 or exclusive:
        chosen = _LIVES[0]
    return tuple(seasons(today)[index] for index in chosen)


def _names(
    rng: Random, category: str, noun: Noun, used: Counter[tuple[str, str]]
) -> dict[str, str]:
    """Names that no other style has: a line met again with the same noun gets a version."""
    line = rng.choice(LINES)
    adjective = rng.choice(ADJECTIVES_OF[category]) if rng.random() < 0.65 else ""
    used[line, noun.words["en"]] += 1
    times = used[line, noun.words["en"]]
    version = "" if times == 1 else f"{times}.0"
    return {language: style_name(language, line, version, noun, adjective) for language in SPRAS}


def _packs(
    rng: Random, position: int, category: str, sizes: tuple[Size, ...]
) -> tuple[int, int, dict[str, dict[str, int]]]:
    """Order multiple, minimum per style and pre-packs; the first style is free of all."""
    if position == 0:
        return 1, 0, {}
    if category in ("SOCKS", "BALL"):
        return 6, 0, {}
    if category == "TEE" and rng.random() < 0.4:
        curve = dict(zip(("S", "M", "L", "XL"), (2, 4, 4, 2), strict=True))
        return 1, 0, {"P12": curve}
    if category == "SHOES" and len(sizes) > 12 and rng.random() < 0.25:
        labels = (size.label for size in sizes[2:12:2])
        return 1, 0, {"P10": dict(zip(labels, (1, 2, 3, 3, 1), strict=True))}
    multiple = rng.choice((1, 1, 1, 1, 1, 2, 4))
    return multiple, rng.choice((0, 0, 0, 0, 12)), {}


def _colourways(
    rng: Random, number: int, sizes: tuple[Size, ...], life: tuple[Season, ...]
) -> tuple[Colourway, ...]:
    """Two to six colours, the first offered as long as the style, some only later."""
    amount = rng.choice((2, 3, 3, 3, 4, 4, 5, _MOST_COLOURS))
    colours = rng.sample(COLOURS[1:], amount)
    if number == FIRST_STYLE or rng.random() < 0.5:
        colours[0] = COLOURS[0]
    found = []
    for index, colour in enumerate(colours):
        offered = life[1:] if index and len(life) > 1 and rng.random() < 0.25 else life
        skus = tuple(
            _sku(number, index * len(sizes) + place, colour, size)
            for place, size in enumerate(sizes, 1)
        )
        found.append(Colourway(colour, offered, f"{number}-{colour.code}.svg", skus))
    return tuple(found)


def _sku(number: int, variant: int, colour: Colour, size: Size) -> Sku:
    of, reused_by = REUSED_GTIN
    coded = of if (number, variant) == (reused_by, 1) else number
    digits = f"{GTIN_PREFIX}{coded:05d}{variant:04d}"
    return Sku(f"{number}{variant:03d}", colour, size, digits + ean.calc_check_digit(digits))
