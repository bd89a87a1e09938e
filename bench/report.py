"""Writes ``docs/scale.md`` and its picture from the figures that are kept."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import figures, goals, kept_log
from bench.asking import KINDS
from bench.curves import Chart, draw
from bench.engines import NAMES

DOCS = Path(__file__).parents[1] / "docs"
WORDS = Path(__file__).with_name("scale.md")
ONE = "one common word"
PIECES = ("search", "index", "http", "log", "hostile")
_WHEN = ("day", "load")
Sizes = Mapping[int, Mapping[str, Any]]


def main() -> None:
    """Write the page and the picture."""
    kept = figures.load()
    pieces = {name: _by_size(kept.get(name, {})) for name in PIECES}
    tables = {
        "machine": "\n".join(f"- {name}: {said}" for name, said in kept["machine"].items()),
        "goals": "\n".join(_goals(pieces["search"])),
        "search": "\n\n".join(_search(pieces["search"])),
        "index": "\n\n".join(_index(pieces["index"])),
        "http": "\n\n".join(_http(pieces["http"])),
        "log": "\n".join(_log(pieces["log"])),
        "hostile": "\n\n".join(_hostile(pieces["hostile"])),
    }
    page = WORDS.read_text(encoding="utf-8")
    for name, table in tables.items():
        page = page.replace(f"<!-- {name} -->", table)
    (DOCS / "scale.md").write_text(page, encoding="utf-8")
    described = "The tables on the page that shows this picture have the same figures in words."
    charts = [*_charts(pieces["search"], pieces["index"]), *_log_charts(pieces["log"])]
    picture = draw(charts, described)
    (DOCS / "img" / "scale.svg").write_text(picture, encoding="utf-8")
    print(f"wrote {DOCS / 'scale.md'} and {DOCS / 'img' / 'scale.svg'}")


def _by_size(kept: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    return {int(size): kept[size] for size in sorted(kept, key=int)}


def _goals(search: Sizes) -> Iterator[str]:
    yield from _head(["Goal", "Records", "Measured", "Met"])
    for size, found in search.items():
        for verdict in goals.judge(size, found["kinds"]):
            less = "" if verdict.is_equal else ", ours finds less"
            said = "yes" if verdict.is_met else f"**no**{less}"
            yield _row([f"{verdict.goal}", f"{size:,}", f"{verdict.ratio:.2f} ×", said])


def _search(search: Sizes) -> Iterator[str]:
    for size, found in search.items():
        engines = list(found["kinds"][ONE])
        clock = found.get("clock", "time that passed")
        lines = [_title(f"{size:,} records, milliseconds a page, {clock}", found), ""]
        lines += _head(["Question", *(NAMES[name] for name in engines), "first time, ours"])
        for kind in KINDS:
            each = found["kinds"][kind]
            cells = [_figure(each[name]["warm"]) for name in engines]
            lines.append(_row([kind, *cells, _figure(each["ours"]["first"])]))
        lines += ["", f"Our page of one common word once more: {_figure(found['repeated'])} ms."]
        yield "\n".join(lines)


def _index(index: Sizes) -> Iterator[str]:
    for size, found in index.items():
        engines = [name for name in NAMES if name in found]
        lines = [_title(f"{size:,} records", found), ""]
        lines += _head(["", *(NAMES[name] for name in engines)])
        for what in found[engines[0]]:
            lines.append(_row([what, *(_figure(found[name][what]) for name in engines)]))
        yield "\n".join(lines)


def _http(http: Sizes) -> Iterator[str]:
    for size, found in http.items():
        lines = [_title(f"{size:,} records", found), ""]
        lines += _head(["Page", "a second", "p50, ms", "p99, ms", "kB"])
        for name, each in found.items():
            if isinstance(each, dict):
                cells = [_figure(each[key]) for key in ("a second", "p50, ms", "p99, ms", "kB")]
                lines.append(_row([name, *cells]))
        yield "\n".join(lines)


def _log(log: Sizes) -> Iterator[str]:
    whats = dict.fromkeys(what for found in log.values() for what in found if what not in _WHEN)
    yield from _head(["Milliseconds", *(f"{size:,} entries" for size in log)])
    for what in whats:
        yield _row([what, *(f"{found[what]:.3f}" for found in log.values())])
    days = (f"{size:,}: {found['day']}, load {found['load']}" for size, found in log.items())
    yield f"\nMeasured: {'; '.join(days)}."


def _hostile(hostile: Sizes) -> Iterator[str]:
    for size, found in hostile.items():
        rows = {name: each for name, each in found.items() if isinstance(each, dict)}
        whats = list(next(iter(rows.values())))
        lines = [_title(f"{size:,} records, milliseconds of work", found), ""]
        lines += _head(["", *whats])
        for name, each in rows.items():
            lines.append(_row([name, *(f"{each[what]:,}" for what in whats)]))
        others = {n: v for n, v in found.items() if n not in (*rows, *_WHEN)}
        lines += ["", "; ".join(f"{name}: {value:.0f}" for name, value in others.items()) + "."]
        yield "\n".join(lines)


def _charts(search: Sizes, index: Sizes) -> Iterator[Chart]:
    for kind in (ONE, f"{ONE}, filtered", "phrase of two words"):
        yield Chart(
            kind.capitalize(), "ms a page", _curves(search, lambda f, k=kind: f["kinds"][k])
        )
    changed = "change seen, ms"
    curves = _curves(index, lambda found: found, changed)
    if curves:
        yield Chart("A change, until it is seen", "ms", curves)


def _log_charts(log: Sizes) -> Iterator[Chart]:
    drawn = {
        "An entry added to the ledger": {"ours": kept_log.ADDED, "plain row": kept_log.PLAIN},
        "A proof": {"ours": kept_log.PROOF},
    }
    for title, names in drawn.items() if log else ():
        curves = {
            name: {size: found[what] for size, found in log.items()} for name, what in names.items()
        }
        yield Chart(title, "ms", curves)


def _curves(pieces: Sizes, engines_of: Any, key: str = "warm") -> dict[str, dict[int, float]]:
    curves: dict[str, dict[int, float]] = {}
    for size, found in pieces.items():
        engines = engines_of(found)
        for name in NAMES:
            if name in engines:
                curves.setdefault(NAMES[name], {})[size] = engines[name][key]
    return curves


def _title(text: str, found: Mapping[str, Any]) -> str:
    load = f", load {found['load']}" if "load" in found else ""
    return f"### {text} ({found['day']}{load})"


def _figure(value: float) -> str:
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"


def _head(names: Sequence[str]) -> list[str]:
    return [_row(names), "|---|" + "---:|" * (len(names) - 1)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
