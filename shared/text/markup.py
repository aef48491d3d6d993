"""Markup from elsewhere as plain text with its paragraphs.

SAP's texts come from web editors and other systems: with HTML, with HTML that was escaped once
more, or with the marks of its own editor around an ampersand (SAPscript's `<(>&<)>`). What looks
like a tag and is none (`<3 kg`, `T<M`) is text.
"""

import re
from html import unescape
from html.parser import HTMLParser

from shared.text.unicode import without_unseen

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "div",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "br",
        "button",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "del",
        "em",
        "font",
        "i",
        "iframe",
        "img",
        "ins",
        "kbd",
        "label",
        "li",
        "mark",
        "nobr",
        "o:p",
        "picture",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "svg",
        "tt",
        "u",
        "var",
        "video",
        "wbr",
        "body",
        "head",
        "html",
        "link",
        "meta",
        "title",
    ]
)
_SILENT = frozenset({"script", "style", "template", "title"})
_NAMES = _BLOCKS | _INLINE | _SILENT
_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SAPSCRIPT = re.compile(r"<[()]>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CHARACTERS = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TIMES = 2  # that markup is read: its entities may be tags again
_PARAGRAPH, _LINE, _ITEM = "\n\n", "\n", "\n• "


def plain_text(markup: str) -> str:
    """The text, with an empty line between paragraphs and each item of a list in its own line."""
    text = _CHARACTERS.sub(r"\1", _COMMENT.sub("", _SAPSCRIPT.sub("", markup)))
    for _ in range(_TIMES):
        if not _TAG.search(text):
            text = _REFERENCE.sub(lambda found: unescape(found.group()), text)
        if _TAG.search(text):
            text = _read(text)
    return _tidy(text)


def plain_line(markup: str) -> str:
    """The same in one line, for a name."""
    return " ".join(plain_text(markup).replace(_ITEM.strip("\n"), "").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._unsaid: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append(_PARAGRAPH)
        elif tag in ("br", "li"):
            self.parts.append(_LINE if tag == "br" else _ITEM)
        elif tag not in _NAMES:
            self.handle_data(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
            if not self._silent:
                self._unsaid.clear()
        elif tag in _BLOCKS:
            self.parts.append(_PARAGRAPH)

    def handle_data(self, data: str) -> None:
        # Where there is markup, lines of the source mean nothing.
        told = re.sub(r"\s+", " ", data)
        (self._unsaid if self._silent else self.parts).append(told)

    def close(self) -> None:
        """A title that is never closed swallows nothing."""
        super().close()
        self.parts += self._unsaid


def _read(markup: str) -> str:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.parts)


def _tidy(text: str) -> str:
    """Lines without blanks around, at most one empty one in a row, and nothing unseen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = (without_unseen(line.replace("\t", " ")) for line in lines)
    tidied = "\n".join(" ".join(line.split()) for line in shown)
    return re.sub(r"\n{3,}", _PARAGRAPH, tidied).strip()
