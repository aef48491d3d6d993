"""What the launcher writes: progress lines, and every part's log in its own colour."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

_COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95, 94)
_NAME_WIDTH = 17
_BEGAN = time.monotonic()
# Keys of a structured log line that are shown anyway or are of no use on a terminal.
_SHOWN_OTHERWISE = frozenset({"message", "severity", "time", "timestamp", "logger", "labels"})


def elapsed() -> float:
    """Seconds since the launcher began."""
    return time.monotonic() - _BEGAN


def _coloured(code: int, text: str) -> str:
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def progress(text: str) -> None:
    """One line of what the launcher is at, with the seconds since it began."""
    print(_coloured(2, f"[{elapsed():5.1f} s]"), text, flush=True)


def failure(text: str) -> None:
    """The one line that says what is wrong and how to mend it."""
    print(_coloured(31, text), file=sys.stderr, flush=True)


def _readable(line: str) -> str:
    """A structured log line as a person reads it; any other line as it is."""
    if not line.startswith("{"):
        return line
    try:
        entry: dict[str, Any] = json.loads(line)
    except (ValueError, RecursionError):
        return line
    if "message" not in entry:
        return line
    details = " ".join(
        f"{key}={value}"
        for key, value in entry.items()
        if key not in _SHOWN_OTHERWISE and not key.startswith("logging.googleapis.com/")
    )
    return f"{entry.get('severity', '')} {entry['message']} {details}".strip()


class PartLog:
    """Where one part's output goes: its file always, the terminal if it is of interest."""

    def __init__(self, folder: Path, name: str, number: int, shown: bool) -> None:
        self.path = folder / f"{name}.log"
        self._file: TextIO = self.path.open("a", encoding="utf-8", errors="backslashreplace")
        self._shown = shown
        self._prefix = f"{name:<{_NAME_WIDTH}}│"
        self._colour = _COLOURS[number % len(_COLOURS)]

    def write(self, line: str) -> None:
        self._file.write(line + "\n")
        self._file.flush()
        if self._shown:
            told = f"{_coloured(self._colour, self._prefix)} {_readable(line)}"
            # JSON can hold half a character, and not every terminal writes UTF-8.
            encoding = sys.stdout.encoding or "utf-8"
            print(told.encode(encoding, "backslashreplace").decode(encoding), flush=True)

    def last_words(self) -> str:
        """The last line that the part wrote, or "" if it wrote none."""
        lines = self.path.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")
