"""Sizes as people and spreadsheets write them."""

import re

from shared.text.spelling import plain


def fold_size(text: str) -> str:
    """Equal for spellings of one size: "36,5", "36½" and "36 1/2"; "42.0" and "42"; "30×32"."""
    meant = plain(text).casefold().replace(",", ".").replace("×", "x").replace("*", "x")
    meant = re.sub(r"(?<=[0-9])\s*(?:½|1/2)$", ".5", meant)
    meant = re.sub(r"(?<=[0-9])\s+(?=x)|(?<=x)\s+(?=[0-9])", "", meant)
    return re.sub(r"^([0-9]+)\.0+$", r"\1", " ".join(meant.split()))
