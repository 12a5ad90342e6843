"""Draws what the bench measured as one SVG file: throughput above, latency below. Standard library only."""

import math
from html import escape

WIDTH, LEFT, RIGHT = 1160, 70, 20
PANEL, GAP, TOP, LABELS = 300, 60, 70, 80
COLOURS = ["#9ecae1", "#4292c6", "#08519c", "#8c6bb1", "#810f7c"]


def text(x, y, words, anchor="start", size=12, extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" {extra}>{escape(str(words))}</text>'


def line(x1, y1, x2, y2, colour="#333", width=1.0):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def rectangle(x, y, width, height, colour, hint):
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}">'
            f"<title>{escape(hint)}</title></rect>")


def whisker(x, low, high):
    return line(x, low, x, high) + line(x - 3, low, x + 3, low) + line(x - 3, high, x + 3, high)


def nice_step(greatest):
    """A step of 1, 2 or 5 times a power of ten that divides an axis in about five."""
    rough = greatest / 5
    power = 10 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def slots(rows):
    """Where each row's bar begins: rows of the same name stand together. Returns also the width of a bar."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    unit = (WIDTH - LEFT - RIGHT) / (len(rows) + len(names))
    places, labels, at = [], [], LEFT + unit / 2
    for name in names:
        group = [row for row in rows if row["name"] == name]
        labels.append((name, at + unit * len(group) / 2))
        for row in group:
            places.append((row, at))
            at += unit
        at += unit
    return places, labels, unit


def group_labels(labels, bottom):
    for name, middle in labels:
        yield text(middle, bottom + 14, name, "end", 11, f'transform="rotate(-22 {middle:.1f} {bottom + 14:.1f})"')


def throughput(rows, colour, top):
    places, labels, unit = slots(rows)
    greatest = max(row["per_second"]["max"] for row in rows) * 1.05
    bottom = top + PANEL

    def height(value):
        return bottom - value / greatest * PANEL

    yield text(LEFT, top - 12, "Throughput, a second (bars: median; whiskers: least and greatest)", size=14)
    step = nice_step(greatest)
    for number in range(int(greatest / step) + 1):
        y = height(number * step)
        yield line(LEFT, y, WIDTH - RIGHT, y, "#ddd") + text(LEFT - 6, y + 4, f"{number * step:,.0f}", "end", 11)
    for row, x in places:
        value = row["per_second"]
        hint = f"{row['name']}, {row['connections']}: {value['median']:,.0f} ({value['min']:,.0f}..{value['max']:,.0f})"
        yield rectangle(x, height(value["median"]), unit * 0.9, bottom - height(value["median"]), colour[row["connections"]], hint)
        yield whisker(x + unit * 0.45, height(value["min"]), height(value["max"]))
    yield from group_labels(labels, bottom)


def latency(rows, colour, top):
    rows = [row for row in rows if row["p50_ms"]]
    if not rows:
        return
    places, labels, unit = slots(rows)
    least = math.floor(math.log10(max(min(row["p50_ms"]["min"] for row in rows), 0.001)))
    greatest = math.ceil(math.log10(max(row["p99_ms"]["max"] for row in rows)))
    bottom = top + PANEL

    def height(value):
        return bottom - (math.log10(max(value, 10.0**least)) - least) / max(greatest - least, 1) * PANEL

    yield text(LEFT, top - 12, "Latency in milliseconds, logarithmic (bars: from p50 to p99, medians; whiskers: p99's least and greatest)",
               size=14)
    for exponent in range(least, greatest + 1):
        y = height(10.0**exponent)
        yield line(LEFT, y, WIDTH - RIGHT, y, "#ddd") + text(LEFT - 6, y + 4, f"{10.0**exponent:g}", "end", 11)
    for row, x in places:
        low, high = height(row["p50_ms"]["median"]), height(row["p99_ms"]["median"])
        hint = f"{row['name']}, {row['connections']}: p50 {row['p50_ms']['median']:.2f}, p99 {row['p99_ms']['median']:.1f} ms"
        yield rectangle(x, high, unit * 0.9, max(low - high, 2), colour[row["connections"]], hint)
        yield whisker(x + unit * 0.45, height(row["p99_ms"]["min"]), height(row["p99_ms"]["max"]))
    yield from group_labels(labels, bottom)


def draw(rows, about):
    """The whole picture, as text."""
    numbers = sorted({row["connections"] for row in rows})
    colour = {number: COLOURS[min(place, len(COLOURS) - 1)] for place, number in enumerate(numbers)}
    second = TOP + PANEL + LABELS + GAP
    height = second + PANEL + LABELS
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" fill="#222">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        text(LEFT, 24, f"QuickScale, {about['cores']} cores of {about['processor']}, PostgreSQL {about['postgresql']}", size=15),
    ]
    for place, number in enumerate(numbers):
        x = WIDTH - RIGHT - 90 * (len(numbers) - place)
        parts.append(rectangle(x, 36, 12, 12, colour[number], "") + text(x + 17, 47, f"{number} conn."))
    parts += throughput(rows, colour, TOP + 10)
    parts += latency(rows, colour, second)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
