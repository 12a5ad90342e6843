#!/usr/bin/env python3
"""Measures QuickScale against what the same machine, server and PostgreSQL could do. See ./scripts/bench --help and
src/site/markdown/operating/benchmark.md. Needs nothing but Python's standard library."""

import argparse
import contextlib
import datetime
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import plot
from common import PROJECT, BenchError, java_home_tool, postgresql_bin, run, say, tool
from postgresql import sync_millis
from results import as_markdown, as_text, comparisons, goals, summarise, tables
from scenarios import BY_NAME, COMPARED, QUICK, Bench
from servers import ACCOUNTS, Variant, number


def options():
    parser = argparse.ArgumentParser(
        prog="./scripts/bench",
        description="Measures runs over REST, the same runs with the ledger switched off, the ledger in process and pgbench yardsticks, "
        "interleaved; prints tables and writes bench.json, bench.md and bench.svg.",
        epilog="SETTINGS are name=value with semicolons between them: writers=N (quickscale.ledger.writers), java=OPTIONS (of the server's "
        "JVM), random_page_cost=X (of its sessions), war=FILE, checkout=DIR (another build). "
        "Environment: QUICKSCALE_DB_URL (jdbc:postgresql://host:port/name), QUICKSCALE_DB_USER, QUICKSCALE_DB_PASSWORD: "
        "a PostgreSQL of yours instead of the one that this starts; the user needs CREATEDB, databases named "
        "quickscale_bench_... are made and dropped, none of yours is touched. QUICKSCALE_JAVA_OPTS: options for all servers' JVMs. "
        "Exit codes: 0 measured, 1 failed, 2 wrong use or something is missing.",
    )
    parser.add_argument("--quick", action="store_true",
                        help="3 s a measurement, 12 s warm-up, 1 and 64 connections, no history, no H2: about 5 minutes")
    parser.add_argument("--compare", action="append", default=[], metavar="SETTINGS",
                        help="measure also with other settings, turn by turn with today's; may be given several times")
    parser.add_argument("--against", type=Path, metavar="PATH",
                        help="measure also another build, turn by turn: a folder with a checkout (built as this one is) or a WAR")
    parser.add_argument("--base", metavar="SETTINGS", help="what to compare with instead of today's settings")
    parser.add_argument("--only", metavar="NAMES", help="only these measurements, with semicolons; see the names in the table")
    parser.add_argument("--repetitions", type=int, default=3, help="of everything (3)")
    parser.add_argument("--seconds", type=int, help="for each measurement (10)")
    parser.add_argument("--warm-up", type=int, metavar="SECONDS",
                        help="for each server at least (60), and until two windows agree within 5 %%, four times as long at most")
    parser.add_argument("--usage-rows", type=int, metavar="N", help="how long a history the server with one has (10,000,000)")
    parser.add_argument("--connections", help="numbers of connections, with commas (1,16,64)")
    parser.add_argument("--output", type=Path, default=PROJECT / "target/bench", help="folder for the results (target/bench)")
    parser.add_argument("--postgresql-data", type=Path, default=Path("/var/tmp"), metavar="DIR",
                        help="where the PostgreSQL that this starts keeps its temporary data (/var/tmp): on the disk to be measured")
    parser.add_argument("--jdbc-parameters", default="", metavar="A=B&C=D", help="added to the servers' JDBC URL")
    parser.add_argument("--no-build", dest="build", action="store_false", help="measure what was built last")
    parser.add_argument("--install", action="store_true", help="install with apt-get what is missing (as root, on Debian)")
    return complete(parser, parser.parse_args())


def complete(parser, given):
    """What was not said, and what cannot be."""
    given.seconds = given.seconds or (3 if given.quick else 10)
    given.warm_up = (12 if given.quick else 60) if given.warm_up is None else given.warm_up
    given.usage_rows = given.usage_rows or (200_000 if given.quick else 10_000_000)
    try:
        given.connections = [number("--connections", int, text)
                             for text in (given.connections or ("1,64" if given.quick else "1,16,64")).split(",")]
        given.variants = [Variant.parse(given.base) if given.base else Variant("today")]
        given.variants += [Variant.parse(settings) for settings in given.compare]
        if given.against:
            given.variants.append(Variant.parse(f"{'war' if given.against.is_file() else 'checkout'}={given.against}"))
    except ValueError as wrong:
        parser.error(str(wrong))
    if len({variant.name for variant in given.variants}) < len(given.variants):
        parser.error("two variants have the same settings")
    if min([given.repetitions, given.seconds, given.usage_rows, *given.connections]) < 1 or given.warm_up < 0:
        parser.error("numbers must be positive")
    several = len(given.variants) > 1
    names = [name.strip() for name in given.only.split(";")] if given.only else COMPARED if several else QUICK if given.quick else BY_NAME
    unknown = set(names) - set(BY_NAME)
    if unknown:
        parser.error("--only knows " + "; ".join(BY_NAME))
    given.only = [name for name in BY_NAME if name in names]
    return given


def missing_tools(own_postgresql):
    """What is missing, as (program, Debian package)."""
    needed = (
        ("java", java_home_tool("java"), "openjdk-17-jdk-headless"),
        ("javac", java_home_tool("javac"), "openjdk-17-jdk-headless"),
        ("mvn", shutil.which("mvn"), "maven"),
        ("wrk", shutil.which("wrk"), "wrk"),
        ("psql", tool("psql"), "postgresql-client"),
        ("pgbench", tool("pgbench"), "postgresql"),
        ("postgres and initdb", own_postgresql or postgresql_bin(), "postgresql"),
    )
    return [(name, package) for name, found, package in needed if not found]


def check_tools(given):
    own = os.environ.get("QUICKSCALE_DB_URL")
    missing = missing_tools(own)
    if missing and given.install:
        packages = sorted({package for _, package in missing})
        say("Installing " + ", ".join(packages) + " ...")
        run(["apt-get", "update", "-q"], "apt-get update")
        run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], "apt-get install",
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        missing = missing_tools(own)
    for name, package in missing:
        print(f"bench: {name} is missing: apt-get install {package} (or --install)", file=sys.stderr)
    if not os.path.exists("/proc/self/stat"):
        print("bench: /proc is missing: CPU seconds are read from it, so this runs on Linux alone", file=sys.stderr)
        sys.exit(2)
    if missing:
        sys.exit(2)


def first_line_of(file, pattern):
    with contextlib.suppress(OSError):
        found = re.search(pattern, Path(file).read_text(encoding="utf-8"), re.MULTILINE)
        return found.group(1).strip() if found else None
    return None


def commit_of(checkout):
    told = subprocess.run(["git", "-C", str(checkout), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or None


def machine(bench):
    """What the figures depend on."""
    given, postgresql = bench.given, bench.postgresql
    local = not os.environ.get("QUICKSCALE_DB_URL")
    java = subprocess.run([java_home_tool("java"), "-version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return {
        "processor": first_line_of("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
        "java": (java.stderr or java.stdout).splitlines()[0] if (java.stderr or java.stdout) else None,
        "postgresql": postgresql.query("show server_version"),
        "postgresql_started_by_bench": local,
        "sync_ms": sync_millis(given.postgresql_data) if local else None,
        "h2_sync_ms": sync_millis(given.work),
        "jdbc_parameters": postgresql.parameters,
        "commit": commit_of(PROJECT),
        "variants": [{"name": variant.name, "commit": None if variant.war else commit_of(variant.checkout), "java": variant.java,
                      "session": variant.session} for variant in given.variants],
    }


def headline(about, given):
    sync = "unknown" if about["sync_ms"] is None else f"{about['sync_ms']} ms"
    return (f"{about['cores']} cores of {about['processor']}, {about['memory_gb']} GB; PostgreSQL {about['postgresql']}; {about['java']}; "
            f"sync {sync} (H2: {about['h2_sync_ms']} ms); load before {about['load_before']}; commit {about['commit']}; "
            f"{given.repetitions} x {given.seconds} s")


def report(bench, about, begun, steady):
    given = bench.given
    rows = summarise(bench.results)
    found = goals(bench.results, given.variants, given.usage_rows)
    compared = comparisons(bench.results, given.variants)
    shown = list(tables(rows, found, compared, len(given.variants) > 1))
    say()
    say("\n".join([headline(about, given), "", *(as_text(*table) for table in shown)]))
    whole = {
        "begun": begun,
        "machine": about,
        "options": {"repetitions": given.repetitions, "seconds": given.seconds, "warm_up": given.warm_up,
                    "usage_rows": given.usage_rows, "quick": given.quick, "accounts": ACCOUNTS},
        "warm_up": {"steady": steady, "cpu_ms_of_a_run": {server.name: server.warm_up for server in bench.servers.values()}},
        "measurements": rows,
        "ratios": found,
        "comparisons": compared,
        "ledger_verify": {server.name: verified(server, bench.postgresql) for server in bench.servers.values()},
    }
    begin = "\n".join([f"{begun}, {headline(about, given)}", "", *(as_markdown(*table) for table in shown)])
    files = {"bench.json": json.dumps(whole, indent=2) + "\n", "bench.md": begin,
             "bench.svg": plot.draw([row for row in rows if row["variant"] == given.variants[0].name], about)}
    for name, content in files.items():
        (given.output / name).write_text(content, encoding="utf-8")
        say(str(given.output / name))
    if not all(answer["consistent"] for answer in whole["ledger_verify"].values()):
        raise BenchError("a ledger is not consistent after the load: see ledger_verify in bench.json")


def verified(server, postgresql):
    """What was measured for half an hour is not thrown away because one server does not answer."""
    try:
        return server.verify(postgresql)
    except OSError as failure:
        say(f"ledger/verify on '{server.name}' did not answer: {failure}")
        return {"consistent": False, "failure": str(failure)}


def end_on_signal(number, _frame):
    sys.exit(128 + number)


def main():
    given = options()
    check_tools(given)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end_on_signal)
    begin = time.monotonic()
    begun = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    given.output = given.output.resolve()
    given.output.mkdir(parents=True, exist_ok=True)
    given.work = given.output / "work"
    if given.work.exists():
        shutil.rmtree(given.work)
    given.work.mkdir(mode=0o700)
    with contextlib.ExitStack() as cleanup:
        # Runs last come first: servers, their databases, PostgreSQL, its data.
        cleanup.callback(say, "Stopped.")
        try:
            bench = Bench(given, cleanup)
            about = machine(bench)
            bench.prepare()
            steady = bench.warm_up()
            bench.measure()
            report(bench, about, begun, steady)
            say(f"It took {(time.monotonic() - begin) / 60:.0f} minutes.")
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            say("Stopping ...")


if __name__ == "__main__":
    try:
        main()
    except BenchError as failure:
        print(f"bench: {failure}", file=sys.stderr)
        sys.exit(1)
