"""From measurements to tables and ratios."""

import statistics

from scenarios import CALLERS, SCENARIOS

FIELDS = [  # member, heading, digits
    ("per_second", "runs/s", 0),
    ("p50_ms", "p50 ms", 2),
    ("p99_ms", "p99 ms", 1),
    ("server_cpu_ms", "server CPU ms", 3),
    ("database_cpu_ms", "database CPU ms", 3),
    ("neighbours_cores", "neighbours", 2),
]


def summary(values):
    """Median, least and greatest; None if nothing was measured."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return {"median": statistics.median(known), "min": min(known), "max": max(known), "all": known}


def summarise(results):
    """One row for each measurement at each number of connections, in the order of SCENARIOS, its variants together."""
    order = [scenario.name for scenario in SCENARIOS]
    rows = []
    # Sorting keeps the variants' own order.
    for variant, name, connections in sorted(results, key=lambda key: (order.index(key[1]), key[2])):
        repetitions = results[variant, name, connections]
        row = {"variant": variant, "name": name, "connections": connections}
        row.update({field: summary([repetition[field] for repetition in repetitions]) for field, _, _ in FIELDS})
        rows.append(row)
    return rows


class Ratios:
    """What the goals are about. Each ratio is taken within a repetition, whose parts were measured next to each other."""

    def __init__(self, results):
        self.results = results
        self.found = []

    def add(self, title, ours, theirs, field="per_second", goal=None, difference=False, at_most=False):
        """`ours` and `theirs` are keys of results; nothing is added unless both were measured."""
        pairs = [(a[field], b[field]) for a, b in zip(self.results.get(ours, []), self.results.get(theirs, []))]
        pairs = [(a, b) for a, b in pairs if a is not None and b is not None and (difference or b)]
        value = summary([a - b if difference else a / b for a, b in pairs])
        if value:
            reached = None if goal is None else value["median"] <= goal if at_most else value["median"] >= goal
            self.found.append({"name": title, "variant": ours[0], "connections": ours[2], "goal": goal, "at_most": at_most, **value,
                               "reached": reached})

    def goals_of(self, variant, yardstick, usage_rows):
        """The goals for one variant; pgbench was measured with the first one."""
        busy = sorted({connections for who, name, connections in self.results if who == variant and name == "run" and connections > 1})

        def key(name, connections):
            return variant, name, connections

        for number in busy:
            self.add("paid run / ledger off", key("run", number), key("run, ledger off", number), goal=0.6)
            self.add("CPU for metering a run, ms", key("run", number), key("run, ledger off", number), "server_cpu_ms", goal=0.2,
                     difference=True, at_most=True)
            self.add("run / validate", key("run", number), key("validate", number))
            self.add("hot account / 1,000 accounts", key("run hot account", number), key("run", number), goal=0.8)
            self.add("items of batches of 100 / run", key("batch of 100", number), key("run", number), goal=3)
            self.add("idempotent run / run", key("run idempotent", number), key("run", number))
            self.add(f"run with {usage_rows:,} usage rows / none", key("run with history", number), key("run", number), goal=0.9)
            self.add("  (the same of validate, which reads no rows)", key("validate with history", number), key("validate", number))
            self.add("on H2: paid run / ledger off", key("run on H2", number), key("run, ledger off", number))
            self.add("on H2: CPU for metering a run, ms", key("run on H2", number), key("run, ledger off", number), "server_cpu_ms",
                     difference=True)
            self.add("on H2: hot account / 1,000 accounts", key("run hot account on H2", number), key("run on H2", number))
        two = (yardstick, "pgbench two transactions", CALLERS)
        batches = (yardstick, "pgbench batches of 32", 1)
        self.add("paid run / pgbench two transactions", key("run", CALLERS), two, goal=2.2)
        self.add("ledger in process / pgbench two transactions", key("ledger in process", CALLERS), two)
        self.add("ledger in process / pgbench 32 runs a transaction", key("ledger in process", CALLERS), batches, goal=1.2)
        self.add("p50 of run - p50 of two bare commits, ms", key("run", 1), (yardstick, "pgbench two bare commits", 1), "p50_ms", goal=2,
                 difference=True, at_most=True)

    def compare(self, variant, base):
        """Each figure of a variant over the first one's."""
        for who, name, connections in list(self.results):
            if who == variant:
                other = (base, name, connections)
                self.add(f"{name}: throughput", (who, name, connections), other)
                self.add(f"{name}: p50", (who, name, connections), other, "p50_ms")
                self.add(f"{name}: server CPU", (who, name, connections), other, "server_cpu_ms")
                self.add(f"{name}: database CPU", (who, name, connections), other, "database_cpu_ms")


def goals(results, variants, usage_rows):
    """The ratios that have goals, for each variant."""
    ratios = Ratios(results)
    for variant in variants:
        ratios.goals_of(variant.name, variants[0].name, usage_rows)
    return ratios.found


def comparisons(results, variants):
    """Each other variant against the first."""
    ratios = Ratios(results)
    for variant in variants[1:]:
        ratios.compare(variant.name, variants[0].name)
    return ratios.found


def figure(value, digits):
    return "" if value is None else f"{value['median']:,.{digits}f} ({value['min']:,.{digits}f}..{value['max']:,.{digits}f})"


def goal_of(ratio):
    if ratio["goal"] is None:
        return ""
    return f"{'<=' if ratio['at_most'] else '>='} {ratio['goal']:g}: {'reached' if ratio['reached'] else 'MISSED'}"


def tables(rows, found, compared, several):
    """The tables as (title, headings, rows of cells): measurements, goals, comparisons."""
    variant = ["variant"] if several else []

    def who(row):
        return [row["variant"]] if several else []

    yield ("Measured: median (least..greatest) of the repetitions", ["", *variant, "conn.", *[heading for _, heading, _ in FIELDS]],
           [[row["name"], *who(row), str(row["connections"]), *[figure(row[field], digits) for field, _, digits in FIELDS]] for row in rows])
    if found:
        yield ("Ratios and goals, within each repetition", ["", *variant, "conn.", "median (least..greatest)", "goal"],
               [[ratio["name"], *who(ratio), str(ratio["connections"]), figure(ratio, 2), goal_of(ratio)] for ratio in found])
    if compared:
        yield ("Variants over the first one, within each repetition", ["", "variant", "conn.", "median (least..greatest)"],
               [[ratio["name"], ratio["variant"], str(ratio["connections"]), figure(ratio, 2)] for ratio in compared])


def as_text(title, headings, cells):
    """A table for a terminal."""
    widths = [max(len(row[column]) for row in [headings, *cells]) for column in range(len(headings))]
    lines = [title, *("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [headings, *cells])]
    return "\n".join(lines) + "\n"


def as_markdown(title, headings, cells):
    """The same for a page."""
    lines = [f"**{title}**", "", *("| " + " | ".join(row) + " |" for row in [headings, ["---"] * len(headings), *cells])]
    return "\n".join(lines) + "\n"
