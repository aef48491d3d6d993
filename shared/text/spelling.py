"""Texts that people spell in more than one way."""


def fold_spelling(text: str) -> str:
    """Without case, and without the blanks, dashes and underscores that people vary."""
    return "".join(text.casefold().replace("-", " ").replace("_", " ").split())
