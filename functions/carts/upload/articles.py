"""Which article a row names: by SKU, GTIN or label, or by style, colour and size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.cart.context import CartContext, Product
from shared.sheets.table import Note
from shared.style.codes import REASONS, RESTORED, Code, read_code, resolve
from shared.style.sizes import fold_size, is_other_spelling
from shared.text.message import N_, Message, Parameter
from shared.text.spelling import fold_spelling, plain

_UNKNOWN = N_("This article does not exist.")
_TWO_ARTICLES = N_("The row names two different articles: %(articles)s.")
_UNKNOWN_COLOUR = N_("%(style)s has no colour %(text)s. It has %(colours)s.")
_UNKNOWN_SIZE = N_("%(style)s has no size %(text)s.")
_WHICH = N_("%(style)s is several articles. Choose one, or name colour and size in the file.")
_COLOUR_READ = N_("Colour %(text)s was read as %(colour)s.")
MOST_CHOICES = 60
"""Articles that a row may be asked about; of more it has to say colour and size."""
_CASES = N_("A case holds %(pieces)s; %(count)s of them are %(sum)s.")


@dataclass(frozen=True)
class Named:
    """How a row names its article. `codes` are those of its columns of articles.

    `row` is its number: what a person says of a style is said of the row, as another may mean
    another size of it.
    """

    row: int = 0
    codes: tuple[Code, ...] = ()
    style: str = ""
    colour: str = ""
    size: str = ""


@dataclass(frozen=True)
class ArticleMatch:
    """The article of a row, and how many pieces one of what is named has."""

    product: Product
    pieces: int = 1
    notes: tuple[Note, ...] = ()

    def count_pieces(self, quantity: int) -> tuple[int, tuple[Note, ...]]:
        """The pieces of so many, and what is to be told of it."""
        if self.pieces == 1:
            return quantity, self.notes
        total = self.pieces * quantity
        about = {"pieces": self.pieces, "count": quantity, "sum": total}
        return total, (*self.notes, Note("cases", Message(_CASES, about)))


@dataclass(frozen=True)
class Ambiguity:
    """Several articles that a row may name: only a person can say which is meant.

    `about` is the GTIN that they have, else the row's number.
    """

    about: str
    choices: tuple[Product, ...]


class Articles:
    """The articles that a company may see, by what a file may call them.

    What is in nobody's or another's assortment is unknown alike. `answers` are the SKUs that
    people said is meant, by what questions are about.
    """

    def __init__(self, context: CartContext, answers: Mapping[str, frozenset[str]]) -> None:
        self._answers = answers
        self._by_id: dict[str, Product] = {}
        self._by_gtin: dict[str, list[Product]] = defaultdict(list)
        self._by_style: dict[str, list[Product]] = defaultdict(list)
        for style in context.styles.values():
            for sku in (sku for colourway in style.colourways for sku in colourway.skus):
                if product := context.product(sku.id):
                    self._add(product)

    def _add(self, product: Product) -> None:
        style, colour = product.style.number.upper(), product.colourway.code.upper()
        self._by_id[product.sku.id.upper()] = product
        self._by_style[style].append(product)
        self._by_style[f"{style}-{colour}"].append(product)
        for text in (product.sku.gtin, product.sku.case_gtin):
            if gtin := read_code(text).gtin:
                self._by_gtin[gtin].append(product)

    def question(self, named: Named) -> Ambiguity | None:
        """What is to be asked of how a row names its article, if anything."""
        for code in map(self._settle, named.codes):
            choices = self._meant(code)
            if len(choices) > 1:
                return Ambiguity(code.gtin, tuple(choices))
        styles = [code.text for code in named.codes] or [read_code(named.style).text]
        for text in styles:
            of_style = self._fitting(text, named)
            if isinstance(of_style, list) and 1 < len(of_style) <= MOST_CHOICES:
                return Ambiguity(str(named.row), tuple(of_style))
        return None

    def _settle(self, code: Code) -> Code:
        """The code, or the GTIN that it is where no article has it as its SKU or style."""
        gtin = code.as_gtin()
        is_known = code.text in self._by_id or code.text in self._by_style
        return gtin if gtin and not is_known and gtin.gtin in self._by_gtin else code

    def _meant(self, code: Code) -> list[Product]:
        """The articles that have its GTIN, or the one of them that a person said."""
        return self._by_answer(code.gtin, self._by_gtin.get(code.gtin, []))

    def _by_answer(self, about: str, choices: list[Product]) -> list[Product]:
        said = self._answers.get(about, frozenset())
        return [one for one in choices if one.sku.id in said] or choices

    def find(self, named: Named) -> ArticleMatch | tuple[Note, ...]:
        """The article, or all that is wrong with how it is named."""
        found: list[ArticleMatch] = []
        faults: list[Note] = []
        for code in map(self._settle, named.codes):
            match self._find_code(code, named):
                case ArticleMatch() as one:
                    found.append(one)
                case notes:
                    faults += notes
        if not named.codes:
            match self._of_style(read_code(named.style).text, named):
                case ArticleMatch() as one:
                    found.append(one)
                case notes:
                    faults += notes
        if faults:
            return tuple(faults)
        products = {one.product.sku.id: one for one in found}
        if len(products) > 1:
            about = Message(_TWO_ARTICLES, {"articles": sorted(products)})
            return (Note("articles_differ", about),)
        # A SKU beside the label of its case says that pieces are meant.
        return next((one for one in found if one.pieces == 1), found[0])

    def _find_code(self, code: Code, named: Named) -> ArticleMatch | tuple[Note, ...]:
        if not code.gtin and (product := self._of_sku(code.text)):
            return ArticleMatch(product)
        if not code.gtin and code.text in self._by_style:
            return self._of_style(code.text, named)
        if code.fault:
            return (Note(code.fault, Message(REASONS[code.fault], {"text": code.text})),)
        choices = self._meant(code)
        found = resolve(choices, lambda one: one.sku.id)
        if found == "ambiguous":
            articles = sorted(one.sku.id for one in choices)
            return (Note("ambiguous", Message(REASONS["ambiguous"], {"articles": articles})),)
        return _of_gtin(code, found)

    def _of_sku(self, text: str) -> Product | None:
        """The article of a SKU, also where its size is spelt otherwise and only one is meant."""
        if product := self._by_id.get(text):
            return product
        starts = {text.rsplit("-", after)[0] for after in (1, 2)}
        near = {one.sku.id: one for start in starts for one in self._by_style.get(start, [])}
        spelt = [
            one
            for one in near.values()
            if is_other_spelling(text, one.sku.id.upper(), one.sku.size)
        ]
        return spelt[0] if len(spelt) == 1 else None

    def _of_style(self, text: str, named: Named) -> ArticleMatch | tuple[Note, ...]:
        found = self._fitting(text, named)
        if isinstance(found, tuple):
            return found
        if len(found) > 1:
            about = {"style": found[0].style.number}
            return (Note("several_articles", Message(_WHICH, about)),)
        return ArticleMatch(found[0], notes=tuple(_read_colour(named.colour, found[0])))

    def _fitting(self, text: str, named: Named) -> list[Product] | tuple[Note, ...]:
        """The articles of a style or colourway that have the row's colour and size, one or more."""
        products = self._by_style.get(text, [])
        if not products:
            return (Note("unknown_article", Message(_UNKNOWN)),)
        style = products[0].style.number
        of_colour = _of_colour(products, named.colour) if named.colour else products
        if not of_colour:
            colours = sorted({one.colourway.code for one in products})
            about: dict[str, Parameter] = {
                "style": style,
                "text": named.colour[:40],
                "colours": colours,
            }
            return (Note("unknown_colour", Message(_UNKNOWN_COLOUR, about)),)
        found = _of_size(of_colour, named.size) if named.size else of_colour
        if not found:
            about = {"style": style, "text": named.size[:40]}
            return (Note("unknown_size", Message(_UNKNOWN_SIZE, about)),)
        return self._by_answer(str(named.row), found)


def _of_gtin(code: Code, product: Product | None) -> ArticleMatch | tuple[Note, ...]:
    if product is None:
        return (Note("unknown_article", Message(_UNKNOWN)),)
    own = code.of_article(product.sku.gtin, product.sku.case_gtin)
    pieces = own.pieces(product.style.multiple)
    if pieces is None:
        return (Note("case_unknown", Message(REASONS["case_unknown"])),)
    notes = (Note("zeros_restored", Message(RESTORED)),) if code.restored else ()
    return ArticleMatch(product, pieces, notes)


def _read_colour(text: str, product: Product) -> Iterator[Note]:
    code = product.colourway.code
    if text and text.upper() != code.upper():
        yield Note("colour_read", Message(_COLOUR_READ, {"text": text[:40], "colour": code}))


def _of_colour(products: Sequence[Product], text: str) -> list[Product]:
    """Those of a colour by its code, also without its leading zeros, else by its name."""
    code = plain(text).upper()
    name = fold_spelling(text)

    def by(fits: Iterable[bool]) -> list[Product]:
        return [product for product, fit in zip(products, fits, strict=True) if fit]

    return (
        by(one.colourway.code.upper() == code for one in products)
        or by(one.colourway.code.upper().lstrip("0") == code.lstrip("0") for one in products)
        or by(name in map(fold_spelling, one.colourway.names.values()) for one in products)
    )


def _of_size(products: Sequence[Product], text: str) -> list[Product]:
    wanted = fold_size(text)
    found = [one for one in products if fold_size(one.sku.size) == wanted]
    return found or [
        one
        for one in products
        if wanted in map(fold_size, one.style.size_names.get(one.sku.size, {}).values())
    ]
