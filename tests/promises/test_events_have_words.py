"""Whoever writes an event into the trail gives it words: an auditor reads no program's names."""

import re

from register.web.audit.trail_words import EVENTS
from tests.promises.sources import ROOT

WRITTEN = re.compile(r'\b(?:add_event|touch)\(\s*(?:disclosure, by, )?"([a-z_]+)"')


def test_every_event_that_is_written_has_words() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "register").rglob("*.py")]

    written = {name for text in sources for name in WRITTEN.findall(text)}

    assert len(written) > 25
    assert written - set(EVENTS) == set()
