"""Whatever the contexts write into the log is said in a sentence on its page."""

import re
from pathlib import Path

import pytest

import osler.apps
from osler.web.people.deed_words import VERBS

APPS = Path(next(iter(osler.apps.__path__)))
# Where a verb stands: named, or the text that a private helper of an action is given.
NAMED = re.compile(r'verb="([a-z-]+)"|_(?:logged|changed|moved|set)\([a-z_]+,\s*"([a-z]+(?:-[a-z]+)*)"')


def verbs_written() -> set[str]:
    texts = [path.read_text() for path in APPS.glob("*/actions/*.py")]
    return {first or second for text in texts for first, second in NAMED.findall(text)}


@pytest.mark.parametrize("verb", sorted(verbs_written()))
def test_a_verb_has_words(verb: str) -> None:
    assert verb in VERBS
