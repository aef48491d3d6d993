"""How titles of columns are compared."""

import re

from shared.text.folding import fold


def fold_title(title: str) -> str:
    """Letters and digits alone, without case and accents: `Delivery_Window *` is `deliverywindow`."""
    return re.sub(r"[\W_]+", "", fold(title.removeprefix("'")))
