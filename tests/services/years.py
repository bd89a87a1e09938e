"""Years of a register in which everything happens, and what was given out of it meanwhile."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from register import clock
from register.services.directory import directory
from register.services.directory.bodies import Described, change_body
from register.services.exports import presentations
from register.storage import disclosures, forget
from tests.desk import make_desk
from tests.services.histories import Chronicle, exported, taken_in
from tests.services.inventories import imported, omb

BEGINNING = datetime(2025, 10, 6, 9, tzinfo=UTC)
LATER = timedelta(hours=1)
MINISTRY = {"slug": "ministry", "names": {"en": "Ministry"}, "level": "federal"}
PATHS = (
    "/api/v1/export.ndjson",
    "/api/v1/export.json",
    "/api/v1/export.csv",
    "/api/v1/export?format=omb-2025&file=csv",
    "/api/v1/export?format=register-1",
    "/api/v1/obligations",
    "/coverage.json",
    "/coverage.csv",
)

Answers = dict[str, bytes]


class Years(Chronicle):
    """Deeds of every kind, the same for the same seed; ``seen`` has what was given out when."""

    def __init__(self, app: Flask, seed: int) -> None:
        with clock.at(BEGINNING):
            super().__init__(make_desk(), seed)
            directory.import_agencies([MINISTRY])
        self._now = BEGINNING
        self._app = app
        self.seen: dict[str, Answers] = {}

    def pass_by(self, deeds: int) -> None:
        """Let everything happen once, and then more of it by chance."""
        every = (self._publish, self._rename, self._amend, self._bring, self._move, self._leave)
        more = self._chance.choices(every, k=max(0, deeds - len(every)))
        for deed in (*every, self._take_in, *more):
            self._at(deed)
            self._look_back()

    def ask(self, as_of: str) -> Answers:
        """Everything that is given out of a moment."""
        forget()
        references = sorted(self._public)[:2]
        paths = (*PATHS, *(f"/api/v1/disclosures/{reference}" for reference in references))
        return {path: self._get(path, as_of) for path in paths}

    def changed(self) -> Iterator[tuple[str, str]]:
        """What is given out now, long after, otherwise than it was when it was first asked for."""
        for as_of, answers in self.seen.items():
            for path, body in answers.items():
                if self._get(path, as_of) != body:
                    yield as_of, path

    def _get(self, path: str, as_of: str) -> bytes:
        joint = "&" if "?" in path else "?"
        answer = self._app.test_client().get(f"{path}{joint}as_of={as_of}", buffered=True)
        assert answer.status_code in {200, 404}, (path, as_of, answer.get_data(as_text=True))
        if answer.status_code == 404:
            return b"not public yet"
        return bytes(answer.get_data())

    def _look_back(self) -> None:
        """Ask about the moment of the deed, or about the day before it, a while later."""
        day = (self._now - timedelta(days=1)).date().isoformat()
        as_of = self._chance.choice((clock.stamp(self._now), day))
        if self._chance.random() < 0.5:
            presentations.keep_all()  # what is kept as text and what is not are given out alike
        with clock.at(self._now + LATER):
            self.seen[as_of] = self.ask(as_of)

    def _at(self, deed: Callable[[], object]) -> None:
        self._now += 2 * LATER
        super()._at(deed)

    def _described(self, **changes: Any) -> None:
        reference = self._chance.choice(self._public)
        body = directory.get_body(disclosures.get_disclosure(reference).agency.slug)
        kept = {**vars(body), "parent": body.parent or ""}
        change_body(self._desk["secretariat"], Described(**{**kept, **changes}))

    def _rename(self) -> None:
        number = self._chance.randrange(1000)
        self._described(names={"en": f"Office {number}", "ur": f"دفتر {number}"})

    def _move(self) -> None:
        level = self._chance.choice(("local", "provincial", "federal"))
        self._described(parent="ministry", level=level, sector="health")

    def _bring(self) -> None:
        number = self._chance.randrange(1000)
        imported(omb({"id": f"DOW-{number}", "use_case_name": f"Storm forecast {number}"}))

    def _take_in(self) -> None:
        """Take in the histories of another register, which reach back to the beginning."""
        report = taken_in(exported().replace("AIR-", "OLD-").replace("=System", "Other"))
        assert report.created > 1
