"""What is measured, and the measuring: everything takes turns with everything else."""

import contextlib
import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from common import HERE, BenchError, cpu_of, cpu_of_children, cpu_of_machine, run, say, tool
from postgresql import make_postgresql
from servers import ACCOUNTS, CALLERS, HISTORY, IN_PROCESS, LEDGER_OFF, ON_H2, PAID, Server, build

SENTIMENT = "/api/v1/services/sentiment_analysis"
FREE = "/api/v1/services/data_validator"
TEXT = '{"text": "I love how simple this is, although the first day was not easy!"}'
BATCH = 100
ITEMS = '{"items": [' + ", ".join([TEXT] * BATCH) + "]}"
EMAIL = '{"data_type": "email", "data": "ada@example.org"}'
WINDOW_SECONDS = 4
AGREE = 0.05


@dataclass(frozen=True)
class Scenario:
    """One line of the table."""

    name: str
    part: str = None
    """Of which server; none for pgbench."""

    path: str = None
    body: str = None
    """Of a POST; neither for the ledger in process."""

    more: dict = field(default_factory=dict)
    script: str = None
    """Of pgbench."""

    clients: int = CALLERS
    """Where it is not measured at each number of connections."""

    runs_per_transaction: int = 1
    """Or a request."""

    accounts: int = ACCOUNTS

    @property
    def over_rest(self):
        return self.path is not None

    @property
    def in_process(self):
        return self.part is not None and self.path is None


def rest(name, path, body, part=PAID, **more):
    return Scenario(name, part=part, path=path, body=body, more=more)


SCENARIOS = [
    rest("validate", SENTIMENT + "/validate", TEXT),
    rest("run", SENTIMENT + "/run", TEXT),
    rest("run, ledger off", SENTIMENT + "/run", TEXT, part=LEDGER_OFF),
    rest("run hot account", SENTIMENT + "/run", TEXT, keys="keys-hot"),
    rest("run idempotent", SENTIMENT + "/run", TEXT, idempotent=True),
    Scenario("batch of 100", part=PAID, path=SENTIMENT + "/batch", body=ITEMS, runs_per_transaction=BATCH),
    rest("run free service", FREE + "/run", EMAIL),
    rest("validate with history", SENTIMENT + "/validate", TEXT, part=HISTORY),
    rest("run with history", SENTIMENT + "/run", TEXT, part=HISTORY),
    rest("validate on H2", SENTIMENT + "/validate", TEXT, part=ON_H2),
    rest("run on H2", SENTIMENT + "/run", TEXT, part=ON_H2),
    rest("run hot account on H2", SENTIMENT + "/run", TEXT, part=ON_H2, keys="keys-hot"),
    rest("run idempotent on H2", SENTIMENT + "/run", TEXT, part=ON_H2, idempotent=True),
    Scenario("ledger in process", part=PAID, more={"hot": False}),
    Scenario("ledger in process hot", part=PAID, more={"hot": True}),
    Scenario("ledger in process on H2", part=ON_H2, more={"hot": False}),
    Scenario("pgbench two transactions", script="two-transactions.sql"),
    Scenario("pgbench two transactions hot", script="two-transactions.sql", accounts=1),
    Scenario("pgbench batches of 32", script="batch-32.sql", clients=1, runs_per_transaction=32),
    Scenario("pgbench two bare commits", script="two-commits.sql", clients=1),
]
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
QUICK = ["validate", "run", "run, ledger off", "run hot account", "batch of 100", "ledger in process", "pgbench two transactions",
         "pgbench batches of 32", "pgbench two bare commits"]
COMPARED = ["validate", "run", "run, ledger off", "run hot account", "ledger in process", "pgbench two transactions"]


class Bench:
    """What is measured on, and what was measured: results[variant, scenario, connections] has a dict for each repetition."""

    def __init__(self, given, cleanup):
        self.given = given
        self.cleanup = cleanup
        self.postgresql = make_postgresql(given, cleanup)
        self.chosen = [BY_NAME[name] for name in given.only]
        self.results = {}
        self.servers = {}
        self.yardstick = None

    def prepare(self):
        if self.given.build:
            for checkout in dict.fromkeys(variant.checkout for variant in self.given.variants):
                build(checkout)
        self.yardstick = self.postgresql.make_database("pgbench")
        self.postgresql.psql(self.yardstick, "-f", HERE / "yardstick.sql")
        for variant in self.given.variants:
            for part in dict.fromkeys(scenario.part for scenario in self.chosen if scenario.part):
                if variant.has(part):
                    self.servers[variant.name, part] = Server(variant, part, self.given, self.cleanup)
                else:
                    say(f"'{variant.name}' cannot switch its ledger off: it is measured without that")
        self.start_servers()
        with contextlib.suppress(BenchError):
            self.postgresql.query("checkpoint")  # needs a privilege that a given user may not have

    def start_servers(self):
        if not self.servers:
            return
        say(f"Starting {len(self.servers)} servers with {ACCOUNTS:,} users each ...")
        # Two at a time: more would only slow each other down.
        servers = list(self.servers.values())
        for pair in (servers[at:at + 2] for at in range(0, len(servers), 2)):
            for server in pair:
                server.launch(self.postgresql)
            for server in pair:
                server.await_ready()
        for server in servers:
            server.make_users()
            if server.part == HISTORY:
                say(f"Inserting {self.given.usage_rows:,} usage rows ...")
                self.postgresql.psql(server.database, "-v", f"rows={self.given.usage_rows}",
                                     "-f", server.variant.checkout / "src/bench/history.sql")

    def warm_up(self):
        """The servers take turns with the same load until two windows of each agree in the CPU time of a run: the compiler of a JVM is
        done only after tens of seconds, later on a busy machine. (Throughput would tell of neighbours too.)"""
        if not self.servers or not self.given.warm_up:
            return True
        say(f"Warming up, {self.given.warm_up} s or more for each server ...")
        begin = time.monotonic()
        least, most = (self.given.warm_up * factor * len(self.servers) for factor in (1, 4))
        while True:
            for server in self.servers.values():
                server.warm_up += self.warm_up_window(server)
            steady = all(self.agree(server.warm_up) for server in self.servers.values())
            taken = time.monotonic() - begin
            if steady and taken >= least:
                return True
            if taken > most:
                say(f"Two windows still do not agree after {taken:.0f} s: the figures may be too low. Is the machine busy?")
                return False

    @staticmethod
    def agree(windows):
        return len(windows) > 1 and abs(windows[-1] - windows[-2]) <= AGREE * windows[-2]

    def warm_up_window(self, server):
        """Returns CPU milliseconds for one run, in a list that is empty if a cold server has not answered at all."""
        server.load(SENTIMENT + "/validate", TEXT, 64, 1)
        server.load(SENTIMENT + "/run", TEXT, 16, 1, idempotent=True)
        server.load(SENTIMENT + "/run", TEXT, 1, 1, keys="keys-hot")
        server.load(FREE + "/run", EMAIL, 16, 1)
        if any(scenario.body == ITEMS for scenario in self.chosen) and server.part == PAID:
            server.load(SENTIMENT + "/batch", ITEMS, 4, 1)
        if any(scenario.in_process and self.can(server.variant, scenario) for scenario in self.chosen) and server.part in (PAID, ON_H2):
            server.in_process(hot=False, seconds=1)
        before = cpu_of(server.pid)
        runs = server.load(SENTIMENT + "/run", TEXT, 64, WINDOW_SECONDS)["requests"]
        return [round((cpu_of(server.pid) - before) / runs * 1000, 4)] if runs else []

    def can(self, variant, scenario):
        if scenario.part is None:
            return variant is self.given.variants[0]
        return (variant.name, scenario.part) in self.servers and (scenario.over_rest or bool(variant.classes(IN_PROCESS)))

    def measure(self):
        """Every other repetition goes through everything backwards, variants too, so that none is always the later one."""
        turns = [(scenario, connections, variant) for connections in self.given.connections for scenario in self.chosen
                 if scenario.over_rest for variant in self.given.variants]
        turns += [(scenario, scenario.clients, variant) for scenario in self.chosen
                  if not scenario.over_rest for variant in self.given.variants]
        turns = [turn for turn in turns if self.can(turn[2], turn[0])]
        for repetition in range(1, self.given.repetitions + 1):
            say(f"Repetition {repetition} of {self.given.repetitions}: {len(turns)} measurements of {self.given.seconds} s ...")
            for scenario, connections, variant in turns if repetition % 2 else turns[::-1]:
                self.record(scenario, connections, variant)

    def record(self, scenario, connections, variant):
        server = self.servers.get((variant.name, scenario.part))
        begin, before = time.monotonic(), self.cpu(server)
        measured = self.once(scenario, connections, server)
        taken, after = time.monotonic() - begin, self.cpu(server)
        spent = {what: after[what] - before[what] for what in after if after[what] is not None}
        runs = measured["requests"]
        if not runs:
            raise BenchError(f"'{scenario.name}' at {connections} connections answered nothing in {self.given.seconds} s")
        neighbours = spent.pop("machine") - sum(spent.values())
        result = {
            "per_second": runs / measured["micros"] * 1e6,
            "p50_ms": in_millis(measured.get("p50_micros")),
            "p99_ms": in_millis(measured.get("p99_micros")),
            "server_cpu_ms": spent["server"] / runs * 1000 if server else None,
            "database_cpu_ms": spent["database"] / runs * 1000 if "database" in spent and scenario.part != ON_H2 else None,
            "neighbours_cores": max(0.0, neighbours / taken),
        }
        self.results.setdefault((variant.name, scenario.name, connections), []).append(result)

    def cpu(self, server):
        return {"machine": cpu_of_machine(), "load": cpu_of_children(), "database": self.postgresql.cpu(),
                "server": cpu_of(server.pid) if server else None}

    def once(self, scenario, connections, server):
        if scenario.over_rest:
            measured = server.load(scenario.path, scenario.body, connections, self.given.seconds, **scenario.more)
            return {**measured, "requests": measured["requests"] * scenario.runs_per_transaction}
        if scenario.in_process:
            return server.in_process(seconds=self.given.seconds, **scenario.more)
        return self.pgbench(scenario)

    def pgbench(self, scenario):
        # Ids of later measurements are greater: milliseconds, as the application's.
        base = int(time.time() * 1000) << 22
        log = self.given.work / "pgbench"
        # A log of each transaction costs something: only where latency is asked for.
        logged = ["--log", f"--log-prefix={log}"] if scenario.clients == 1 else []
        output = run([tool("pgbench"), "-n", "-M", "prepared", "-c", scenario.clients, "-j", min(2, scenario.clients),
                      "-T", self.given.seconds, "-D", f"accounts={scenario.accounts}", "-D", f"base={base}", "-D", "n=0", *logged,
                      "-f", HERE / scenario.script, self.yardstick], "pgbench", env=self.postgresql.environment())
        tps = re.search(r"tps = ([0-9.]+)", output)
        count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
        failed = re.search(r"number of failed transactions: (\d+)", output)
        if not tps or count == 0 or (failed and int(failed.group(1))):
            raise BenchError("pgbench committed nothing, or not all:\n" + output)
        return {"requests": count * scenario.runs_per_transaction, "micros": count / float(tps.group(1)) * 1e6,
                **(latencies(log) if logged else {})}


def latencies(prefix):
    """Of each transaction, by pgbench's log: client, number, microseconds and so on."""
    micros = []
    for file in Path(prefix).parent.glob(Path(prefix).name + ".*"):
        micros += [int(line.split()[2]) for line in file.read_text(encoding="utf-8").splitlines()]
        file.unlink()
    micros.sort()
    return {"p50_micros": statistics.median(micros), "p99_micros": micros[len(micros) * 99 // 100]}


def in_millis(micros):
    return None if micros is None else micros / 1000
