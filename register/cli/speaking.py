"""How the command line speaks: results on the output, trouble in sentences on the other."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import click

from register.errors import Invalid, Message, RegisterError


class SentenceGroup(click.Group):
    """A group of commands whose failures are sentences, and whose exit code is then 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say what went wrong, if it is something a person can mend."""
        try:
            return super().invoke(ctx)
        except RegisterError as error:
            complain(english(error))
            for path, sentences in error.errors.items() if isinstance(error, Invalid) else ():
                for sentence in sentences:
                    complain(f"  {path}: {english(sentence)}")
        except (OSError, ValueError) as error:
            complain(_in_one_line(error))
        ctx.exit(1)


class Progress:
    """A bar on a terminal, and nothing elsewhere; called with how much is done, of how much.

    While nothing is done yet, what there is to do is only being counted; then the count is shown.
    """

    def __init__(self, label: str) -> None:
        """Show ``label`` before the bar."""
        self._label = label
        self._stack = ExitStack()
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __call__(self, done: int, total: int) -> None:
        """Move the bar to ``done`` of ``total``."""
        if not sys.stderr.isatty():
            return
        if self._bar is None and not done:
            click.echo(f"\r{self._label}: {total:,} so far", nl=False, err=True)
            return
        if self._bar is None:
            click.echo("\r\033[K", nl=False, err=True)
            bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar = self._stack.enter_context(bar)
        self._bar.update(done - self._done)
        self._done = done


def say(text: str = "") -> None:
    """Print a line of the result."""
    click.echo(text)


def complain(text: str) -> None:
    """Print a line about what went wrong."""
    click.echo(text, err=True)


def english(sentence: object) -> str:
    """Give a sentence, or an error's sentence, in English with its values."""
    if isinstance(sentence, Exception) and sentence.args:
        sentence = sentence.args[0]
    return sentence.english if isinstance(sentence, Message) else str(sentence)


def counted(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun: ``1 row``, ``1,805 rows``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a report for other programs to read."""
    write_whole(path, lambda file: file.write(json.dumps(value, ensure_ascii=False, indent=1)))


def write_whole(path: Path, write: Callable[[Any], object]) -> None:
    """Write a text file that is there whole or not at all."""
    with whole_file(path) as file:
        write(file)


@contextmanager
def whole_file(path: Path, *, is_text: bool = True, is_private: bool = False) -> Iterator[Any]:
    """Lend a file to write into, which is there whole afterwards, or not at all.

    A private one is never, while it is written either, for anybody but its owner.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        if is_text:
            file: IO[Any] = beside.open("w", encoding="utf-8", newline="")
        else:
            mode = 0o600 if is_private else 0o666
            beside.unlink(missing_ok=True)  # what a killed command left would keep its own mode
            file = open(beside, "xb", opener=partial(os.open, mode=mode))  # noqa: SIM115
        with file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _in_one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}."
    return " ".join(str(error).split()) or type(error).__name__
