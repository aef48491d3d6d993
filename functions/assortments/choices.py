"""What rules can name: the values that styles have, with what SAP calls them."""

from collections import Counter

from babel import Locale

from functions.assortments.schema import Choice, Choices
from functions.assortments.styles import Styles
from shared.assortment.model import Dimension
from shared.assortment.rules import facts_of
from shared.catalogue.packed_styles import PackedStyle
from shared.text.locale import pick
from shared.text.sorting import sort_key


def choices(styles: Styles, locale: Locale) -> Choices:
    """By dimension, by what people read."""
    counts: dict[Dimension, Counter[str]] = {}
    of_category: dict[str, PackedStyle] = {}
    with styles.current() as known:
        for style in known.values():
            seasons = {season for _, kind in style.colourways for season in kind.seasons}
            for name, values in facts_of(style.facts, seasons).items():
                counts.setdefault(name, Counter()).update(values)
            of_category[style.facts.category] = style
        texts = {
            value: pick(style.unpack().category_names, locale, value)
            for value, style in of_category.items()
        }

    def find_choices(name: Dimension) -> list[Choice]:
        made = [
            Choice(
                value=value, text=texts.get(value, value) if name == "category" else value, styles=n
            )
            for value, n in counts.get(name, Counter()).items()
            if value
        ]
        return sorted(made, key=lambda one: sort_key(one.text, locale.language))

    return Choices(
        brand=find_choices("brand"),
        division=find_choices("division"),
        category=find_choices("category"),
        gender=find_choices("gender"),
        season=find_choices("season"),
        tier=find_choices("tier"),
        exclusive=find_choices("exclusive"),
    )
