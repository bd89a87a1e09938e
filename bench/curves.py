"""Growth curves as SVG, on logarithmic axes; readable on light and on dark pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 96, 34, 42
_APART = 14  # between the names of two curves

_STYLE = """
:root { --ink: #1a1a1a; --faint: #d5dbd8; --paper: #ffffff }
@media (prefers-color-scheme: dark) { :root { --ink: #eceeed; --faint: #48524d; --paper: #16191a } }
text { fill: var(--ink); font: 13px system-ui, sans-serif }
.title { font-weight: 600; font-size: 14px }
.grid { stroke: var(--faint) }
.curve { fill: none; stroke-width: 2.5 }
""".strip()

#: Each curve has a colour that is seen on both grounds, and a dash, for those who see no colours.
_LOOKS = {
    "ours": ("#12855f", ""),
    "Whoosh": ("#b3661b", "8 4"),
    "FTS5": ("#4a78c9", "2 4"),
    "tantivy": ("#a0529e", "12 3 2 3"),
    "Datasette": ("#b3661b", "8 4"),
    "plain row": ("#4a78c9", "2 4"),
}


@dataclass(frozen=True)
class Chart:
    """Curves by name, each a figure for some sizes; ``unit`` is said beside the title."""

    title: str
    unit: str
    curves: Mapping[str, Mapping[int, float]]


def draw(charts: Sequence[Chart], described: str) -> str:
    """Draw charts in rows of two; ``described`` says in words what they show."""
    rows = -(-len(charts) // 2)
    size = f"0 0 {2 * WIDTH} {rows * HEIGHT}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" '
        'aria-labelledby="t d">',
        '<title id="t">How figures grow with the register</title>',
        f'<desc id="d">{escape(described)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{2 * WIDTH}" height="{rows * HEIGHT}" fill="var(--paper)"/>',
    ]
    for at, chart in enumerate(charts):
        x, y = at % 2 * WIDTH, at // 2 * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_chart(chart), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _chart(chart: Chart) -> list[str]:
    sizes = sorted({size for curve in chart.curves.values() for size in curve})
    values = [value for curve in chart.curves.values() for value in curve.values()]
    across = _Axis(log10(min(sizes)), log10(max(sizes)), LEFT, WIDTH - RIGHT)
    bottom, top = floor(log10(min(values))), ceil(log10(max(values)))
    up = _Axis(bottom, max(top, bottom + 1), HEIGHT - BOTTOM, TOP)
    parts = [f'<text class="title" x="{LEFT}" y="20">{escape(chart.title)}, {chart.unit}</text>']
    for power in range(bottom, max(top, bottom + 1) + 1):
        y = up.at(10.0**power)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        )
    for size in sizes:
        x = across.at(size)
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        y = HEIGHT - BOTTOM + 18
        parts.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{size:,}</text>')
    ends = {name: up.at(curve[max(curve)]) for name, curve in chart.curves.items()}
    heights = _apart(ends)
    for name, curve in chart.curves.items():
        points = [f"{across.at(size):.1f} {up.at(curve[size]):.1f}" for size in sorted(curve)]
        colour, dash = _LOOKS[name]
        look = f'stroke="{colour}" stroke-dasharray="{dash}"'
        parts.append(f'<path class="curve" {look} d="M{"L".join(points)}"/>')
        x = across.at(max(curve)) + 8
        parts.append(f'<text x="{x:.1f}" y="{heights[name] + 4:.1f}">{escape(name)}</text>')
    return parts


@dataclass(frozen=True)
class _Axis:
    """Logarithms from ``low`` to ``high``, laid between two places."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a value."""
        share = (log10(value) - self.low) / ((self.high - self.low) or 1)
        return self.start + share * (self.end - self.start)


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Move heights down, so that no two names lie over each other."""
    heights: dict[str, float] = {}
    last = float("-inf")
    for name, height in sorted(wanted.items(), key=lambda pair: pair[1]):
        last = max(height, last + _APART)
        heights[name] = last
    return heights
