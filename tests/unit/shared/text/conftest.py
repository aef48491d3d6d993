import os

import pytest

from infra import messages
from shared.text import message


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """The compiled catalogues as the sources have them, whether or not they were made."""
    for language in messages.LANGUAGES:
        path, content = messages.compiled_path(language), messages.compiled(language)
        if not path.exists() or path.read_bytes() != content:
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(content)
            part.replace(path)  # another test process may be reading it
    message._translations.cache_clear()
