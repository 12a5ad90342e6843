#!/usr/bin/env python3
"""Measures QuickScale against what the same machine, server and PostgreSQL could do. See ./scripts/bench --help and
src/site/markdown/operating/benchmark.md. Needs nothing but Python's standard library."""

import argparse
import contextlib
import datetime
import glob
import http.client
import json
import math
import os
import platform
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plot

PROJECT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
ADMIN_KEY = "qs_benchadmin_" + secrets.token_hex(16)
DEMO_KEY = "qs_benchdemo_" + secrets.token_hex(16)
ACCOUNTS = 1000
CALLERS = 64
BATCHES = "pgbench batches of 32"
HISTORY = " with history"
SENTIMENT = "/api/v1/services/sentiment_analysis"
FREE = "/api/v1/services/data_validator"
TEXT = '{"text": "I love how simple this is, although the first day was not easy!"}'
EMAIL = '{"data_type": "email", "data": "ada@example.org"}'
TICKS = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """Ends the bench; the message is for people."""


def say(text=""):
    print(text, flush=True)


# ---------------------------------------------------------------------------------------------------- options and tools


def options():
    parser = argparse.ArgumentParser(
        prog="./scripts/bench",
        description="Measures runs over REST, the ledger alone and pgbench yardsticks on one PostgreSQL in one run, "
        "interleaved; prints a table and writes bench.json and bench.svg.",
        epilog="Environment: QUICKSCALE_DB_URL (jdbc:postgresql://host:port/name), QUICKSCALE_DB_USER, QUICKSCALE_DB_PASSWORD: "
        "a PostgreSQL of yours instead of the one that this starts; the user needs CREATEDB, databases named "
        "quickscale_bench_... are made and dropped, none of yours is touched. QUICKSCALE_JAVA_OPTS: options for the servers' JVMs. "
        "Exit codes: 0 measured, 1 failed, 2 wrong use or something is missing.",
    )
    parser.add_argument("--quick", action="store_true", help="3 s a measurement, 15 s warm-up, 200,000 usage rows")
    parser.add_argument("--repetitions", type=int, default=3, help="of everything (3)")
    parser.add_argument("--seconds", type=int, help="for each measurement (10)")
    parser.add_argument("--warm-up", type=int, metavar="SECONDS", help="of mixed load for each server before anything counts (60)")
    parser.add_argument("--usage-rows", type=int, metavar="N", help="how long a history the second server has (10,000,000)")
    parser.add_argument("--connections", default="1,16,64", help="numbers of connections, with commas (1,16,64)")
    parser.add_argument("--only", metavar="NAMES", help="only these measurements, with commas; see the names in the table")
    parser.add_argument("--output", type=Path, default=PROJECT / "target/bench", help="folder for the results (target/bench)")
    parser.add_argument("--postgresql-data", type=Path, default=Path("/var/tmp"), metavar="DIR",
                        help="where the PostgreSQL that this starts keeps its temporary data (/var/tmp): on the disk to be measured")
    parser.add_argument("--jdbc-parameters", default="", metavar="A=B&C=D", help="added to the servers' JDBC URL")
    given = parser.parse_args()
    given.seconds = given.seconds or (3 if given.quick else 10)
    given.warm_up = (15 if given.quick else 60) if given.warm_up is None else given.warm_up
    given.usage_rows = given.usage_rows or (200_000 if given.quick else 10_000_000)
    try:
        given.connections = [int(number) for number in given.connections.split(",")]
    except ValueError:
        parser.error("--connections wants numbers with commas between them")
    if min([given.repetitions, given.seconds, given.usage_rows, *given.connections]) < 1 or given.warm_up < 0:
        parser.error("numbers must be positive")
    given.only = given.only.split(",") if given.only else None
    known = [name for name, _ in SCENARIOS]
    if given.only and set(given.only) - set(known):
        parser.error("--only knows " + ", ".join(known))
    return given


def postgresql_bin():
    """The newest installed server's folder of binaries, or None."""
    folders = [Path(folder) for folder in glob.glob("/usr/lib/postgresql/*/bin")]
    with_server = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    if with_server:
        return max(with_server, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def java_home_tool(name):
    home = os.environ.get("JAVA_HOME")
    return shutil.which(str(Path(home, "bin", name)) if home else name)


def tool(name):
    """A client program of PostgreSQL or another program, in the PATH or beside PostgreSQL's server."""
    beside = postgresql_bin()
    return shutil.which(name) or (shutil.which(str(beside / name)) if beside else None)


def check_tools(own_postgresql):
    missing = []
    for name, found, package in (
        ("java", java_home_tool("java"), "openjdk-17-jdk-headless"),
        ("javac", java_home_tool("javac"), "openjdk-17-jdk-headless"),
        ("mvn", shutil.which("mvn"), "maven"),
        ("wrk", shutil.which("wrk"), "wrk"),
        ("psql", tool("psql"), "postgresql-client"),
        ("pgbench", tool("pgbench"), "postgresql"),
        ("postgres and initdb", own_postgresql or postgresql_bin(), "postgresql"),
    ):
        if not found:
            missing.append(f"bench: {name} is missing: apt-get install {package}")
    if not os.path.exists("/proc/self/stat"):
        missing.append("bench: /proc is missing: CPU seconds are read from it, so this runs on Linux alone")
    if missing:
        print("\n".join(missing), file=sys.stderr)
        sys.exit(2)


def run(command, what, **more):
    """Runs a program to its end and returns its output."""
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        raise BenchError(f"{what} failed (status {done.returncode}):\n{done.stdout[-3000:]}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process, patience=40):
    """Ends a process that this program started: gently, then not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# ------------------------------------------------------------------------------------------------------------ CPU times


def process_stat(pid):
    """The fields of /proc/PID/stat behind the name: [1] is the parent, [11] to [14] are ticks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_of(pid):
    """CPU seconds of a process, without its children."""
    fields = process_stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def cpu_of_family(pid):
    """CPU seconds of a process, its children, and those of its children that have ended."""
    ticks = sum(int(field) for field in process_stat(pid)[11:15])
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                fields = process_stat(entry)
                if fields[1] == str(pid):
                    ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


# ------------------------------------------------------------------------------------------------------------ PostgreSQL


class PostgreSql:
    """Where the databases of this run are. `pid` is its main process if that can be seen from here, else None."""

    def __init__(self, host, port, user, password, database, parameters):
        self.host, self.port, self.user, self.password, self.first_database = host, port, user, password, database
        self.parameters = parameters
        self.pid = None
        self.made = []
        self.prefix = f"quickscale_bench_{os.getpid()}_"

    def environment(self):
        return {**os.environ, "PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user, "PGPASSWORD": self.password}

    def jdbc_url(self, database):
        return f"jdbc:postgresql://{self.host}:{self.port}/{database}" + (f"?{self.parameters}" if self.parameters else "")

    def psql(self, database, *arguments):
        command = [tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments]
        return run(command, "psql", env=self.environment()).strip()

    def query(self, sql, database=None):
        return self.psql(database or self.first_database, "-c", sql)

    def make_database(self, name):
        self.made.append(self.prefix + name)
        self.query(f"create database {self.prefix}{name}")
        return self.prefix + name

    def drop_databases(self):
        for name in self.made:
            with contextlib.suppress(BenchError):
                self.query(f"drop database if exists {name} with (force)")

    def find_pid(self):
        """A session's process, if it runs on this machine, is a child of the main process."""
        if self.host not in ("127.0.0.1", "localhost", "::1"):
            return
        command = [tool("psql"), "-X", "-q", "-A", "-t", "-d", self.first_database]
        with subprocess.Popen(command, env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
            session.stdin.write("select pg_backend_pid();\n")
            session.stdin.flush()
            with contextlib.suppress(OSError, ValueError):
                backend = int(session.stdout.readline())
                if Path(f"/proc/{backend}/comm").read_text().startswith("postgres"):
                    self.pid = int(process_stat(backend)[1])
            session.stdin.close()

    def cpu(self):
        return cpu_of_family(self.pid) if self.pid else None


def given_postgresql(parameters):
    """The one that the environment names."""
    form = re.fullmatch(r"jdbc:postgresql://([^/:?,]+)(?::(\d+))?/([^?]+)(?:\?(.*))?", os.environ["QUICKSCALE_DB_URL"])
    if not form:
        raise BenchError("QUICKSCALE_DB_URL must look like jdbc:postgresql://host:5432/name")
    host, port, database, own = form.groups()
    user = os.environ.get("QUICKSCALE_DB_USER") or ""
    if not user:
        raise BenchError("QUICKSCALE_DB_URL is set, but QUICKSCALE_DB_USER is not")
    both = "&".join(part for part in (own, parameters) if part)
    return PostgreSql(host, port or 5432, user, os.environ.get("QUICKSCALE_DB_PASSWORD") or "none", database, both)


def start_postgresql(given, cleanup):
    """A PostgreSQL at its defaults, but for the number of connections; on 127.0.0.1 alone; gone with its data at the end."""
    import pwd

    account = {}
    folder = Path(tempfile.mkdtemp(prefix="quickscale-bench-", dir=given.postgresql_data))
    cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root.
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        other = names.get("postgres") or names.get("nobody")
        if not other:
            raise BenchError("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody")
        os.chown(folder, other.pw_uid, other.pw_gid)
        account = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    binaries, data, port = postgresql_bin(), folder / "data", free_port()
    database = PostgreSql("127.0.0.1", port, "quickscale", secrets.token_hex(16), "postgres", given.jdbc_parameters)
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(database.password)
    if account:
        os.chown(password_file, account["user"], account["group"])
    run([binaries / "initdb", "-D", data, "-U", database.user, "-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8",
         "--locale=C"], "initdb", cwd=folder, **account)
    password_file.unlink()
    with open(given.output / "postgresql.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", "-c", "max_connections=250"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **account)

    def end():
        if process.poll() is None:
            process.send_signal(signal.SIGINT)  # does not wait for clients
        stop(process)

    cleanup.callback(end)
    database.pid = process.pid
    for _ in range(150):
        if process.poll() is not None:
            break
        with contextlib.suppress(BenchError):
            database.query("select 1")
            return database
        time.sleep(0.2)
    raise BenchError(f"PostgreSQL did not start; see {given.output / 'postgresql.log'}")


def make_postgresql(given, cleanup):
    if os.environ.get("QUICKSCALE_DB_URL"):
        database = given_postgresql(given.jdbc_parameters)
        database.query("select 1")
        database.find_pid()
    else:
        database = start_postgresql(given, cleanup)
    cleanup.callback(database.drop_databases)
    free = int(database.query("select setting::int - (select count(*) from pg_stat_activity where backend_type = 'client backend')"
                              " from pg_settings where name = 'max_connections'"))
    if free < 180:
        raise BenchError(f"PostgreSQL has {free} free connections, but this needs 180: raise max_connections")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if database.query(f"show {setting}") != "on":
            raise BenchError(f"PostgreSQL has {setting} off: commits would not be durable, and the figures worth nothing")
    return database


def sync_millis(folder):
    """The median time of writing and syncing 8 kB, as a commit does; of the disk's file system."""
    block, times = os.urandom(8192), []
    with tempfile.TemporaryFile(dir=folder) as probe:
        for _ in range(200):
            probe.seek(0)
            probe.write(block)
            probe.flush()
            begin = time.perf_counter()
            os.fdatasync(probe.fileno())
            times.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(times), 3)


# --------------------------------------------------------------------------------------------------------------- servers


class Server:
    """A QuickScale started by scripts/run on a database of its own, with users, keys and credits."""

    def __init__(self, name, database, project, given, cleanup):
        self.name, self.database, self.project = name, database, project
        self.port = free_port()
        self.folder = given.work / name
        self.log = self.folder / "server.log"
        self.connection_pool = {}
        self.accounts = []
        self.cleanup = cleanup
        self.process = None
        self.pid = None

    def start(self, postgresql):
        (self.folder / "tmp").mkdir(parents=True)
        environment = {
            **os.environ,
            "QUICKSCALE_HTTP_ADDRESS": "127.0.0.1",
            "QUICKSCALE_HTTP_PORT": str(self.port),
            "QUICKSCALE_DATA_DIR": str(self.folder),
            "QUICKSCALE_DB_URL": postgresql.jdbc_url(self.database),
            "QUICKSCALE_DB_USER": postgresql.user,
            "QUICKSCALE_DB_PASSWORD": postgresql.password,
            "QUICKSCALE_BOOTSTRAP_ADMIN_KEY": ADMIN_KEY,
            "QUICKSCALE_BOOTSTRAP_DEMO_KEY": DEMO_KEY,
            "QUICKSCALE_JAVA_OPTS": f"-Djava.io.tmpdir={self.folder}/tmp " + os.environ.get("QUICKSCALE_JAVA_OPTS", ""),
        }
        with open(self.folder / "run.log", "w", encoding="utf-8") as output:
            self.process = subprocess.Popen([str(self.project / "scripts/run"), "--no-build"], env=environment, stdout=output,
                                            stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)
        self.cleanup.callback(shutil.rmtree, self.folder / "tmp", ignore_errors=True)
        # scripts/run stops its server when it is told to stop.
        self.cleanup.callback(stop, self.process)
        while not self.is_ready():
            if self.process.poll() is not None:
                raise BenchError(f"the server '{self.name}' did not start:\n" + (self.folder / "run.log").read_text())
            time.sleep(0.5)
        self.pid = int((self.folder / "server.pid").read_text())

    def is_ready(self):
        try:
            return self.call("GET", "/health/ready")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def call(self, method, path, body=None, key=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = {"Content-Type": "application/json"}
            if key:
                headers["Authorization"] = "Bearer " + key
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def admin(self, method, path, body=None, timeout=60):
        status, text = self.call(method, "/api/v1/admin" + path, None if body is None else json.dumps(body), ADMIN_KEY, timeout)
        if status >= 300:
            raise BenchError(f"{method} /api/v1/admin{path} on '{self.name}' answered {status}: {text[:500]}")
        return json.loads(text)

    def make_user(self, number):
        user = self.admin("POST", "/users", {"email": f"user{number}@bench.example.org"})
        self.admin("POST", f"/users/{user['id']}/grants",
                   {"kind": "pay_as_you_go", "amount": 1_000_000_000, "description": "bench"})
        key = self.admin("POST", f"/users/{user['id']}/api-keys", {"name": "bench"})["key"]
        return user["account_id"], key

    def make_users(self):
        """The users whose keys wrk takes turns with; the first one is the hot one of its own file."""
        with ThreadPoolExecutor(16) as workers:
            made = list(workers.map(self.make_user, range(ACCOUNTS)))
        self.accounts = [account for account, _ in made]
        for name, keys in (("keys-all", made), ("keys-hot", made[:1])):
            file = self.folder / name
            file.touch(mode=0o600)
            file.write_text("".join(key + "\n" for _, key in keys))
        self.admin("PUT", "/services/data_validator", {"credit_cost": 0})

    def load(self, path, body, connections, seconds, keys="keys-all", idempotent=False):
        """Lets wrk loose and returns what it measured."""
        tag = uuid.uuid4().hex if idempotent else ""
        output = run(["wrk", "--latency", "-t", min(2, connections), "-c", connections, "-d", f"{seconds}s", "--timeout", "30s",
                      "-s", HERE / "load.lua", f"http://127.0.0.1:{self.port}", "--", self.folder / keys, path, body, tag], "wrk")
        lines = [line for line in output.splitlines() if line.startswith("bench {")]
        if not lines:
            raise BenchError("wrk did not say what it measured:\n" + output)
        measured = json.loads(lines[0].removeprefix("bench "))
        if measured["non_2xx"] or measured["socket_errors"] or not measured["requests"]:
            key = (self.folder / keys).read_text().splitlines()[0]
            status, answer = self.call("POST", path, body, key)
            raise BenchError(
                f"{measured['non_2xx']} of {measured['requests']} answers to POST {path} on '{self.name}' were errors, and there were "
                f"{measured['socket_errors']} socket errors; one more request is answered {status}: {answer[:500]}\nSee {self.log}")
        return measured

    def ledger_alone(self, accounts, seconds):
        """Only the WAR with LedgerBench in it knows this."""
        status, text = self.call("POST", f"/bench/ledger?seconds={seconds}&callers={CALLERS}", "\n".join(accounts), timeout=seconds + 60)
        if status != 200:
            raise BenchError(f"the ledger alone answered {status}: {text[:500]}\nSee {self.log}")
        return json.loads(text)


def build():
    say("Building ...")
    run(["mvn", "-q", "-B", "-ntp", "-DskipUnitTests=true", "-DskipTests", "-Dspotless.check.skip=true", "package"], "the build",
        cwd=PROJECT)


def project_with_ledger_bench(work):
    """A folder that looks like the project to scripts/run, but whose WAR has LedgerBench in it as well."""
    other = work / "project"
    (other / "scripts").mkdir(parents=True)
    (other / "target").mkdir()
    (other / "scripts/run").symlink_to(PROJECT / "scripts/run")
    (other / "server-config").symlink_to(PROJECT / "server-config")
    (other / "target/server").symlink_to(PROJECT / "target/server")
    shutil.copyfile(PROJECT / "target/quickscale.war", other / "target/quickscale.war")
    classes = sorted((PROJECT / "target/test-classes").glob("io/quickscale/run/LedgerBench*.class"))
    if not classes:
        raise BenchError("LedgerBench was not compiled")
    with zipfile.ZipFile(other / "target/quickscale.war", "a", zipfile.ZIP_DEFLATED) as war:
        for file in classes:
            war.write(file, Path("WEB-INF/classes") / file.relative_to(PROJECT / "target/test-classes"))
    return other


# ---------------------------------------------------------------------------------------------------------- measurements


class Bench:
    """What is measured on, and what was measured."""

    def __init__(self, given, cleanup):
        self.given = given
        self.postgresql = make_postgresql(given, cleanup)
        self.results = {}
        self.servers = {}
        self.cleanup = cleanup
        self.yardstick = None
        self.id_base = None

    def needs(self, name):
        return self.given.only is None or name in self.given.only

    def prepare(self):
        build()
        self.yardstick = self.postgresql.make_database("pgbench")
        migrations = PROJECT / "src/main/resources/db/migration"
        scripts = sorted([*migrations.glob("common/*.sql"), *migrations.glob("postgresql/*.sql")],
                         key=lambda file: [int(part) for part in re.findall(r"\d+", file.name.split("__")[0])])
        for script in [*scripts, HERE / "yardstick-accounts.sql"]:
            self.postgresql.psql(self.yardstick, "-f", script)
        if any(self.needs(name) and method in CONNECTED and not name.endswith(HISTORY) for name, method in SCENARIOS):
            self.start_server("empty", PROJECT)
        if any(self.needs(name) for name, _ in SCENARIOS if name.endswith(HISTORY)):
            full = self.start_server("full", PROJECT)
            say(f"Inserting {self.given.usage_rows:,} usage rows ...")
            self.postgresql.psql(full.database, "-v", f"rows={self.given.usage_rows}", "-f", HERE / "history.sql")
        if self.needs("ledger alone") or self.needs("ledger alone hot"):
            self.start_server("ledger", project_with_ledger_bench(self.given.work))
        with contextlib.suppress(BenchError):
            self.postgresql.query("checkpoint")  # needs a privilege that a given user may not have

    def start_server(self, name, project):
        say(f"Starting server '{name}' and making {ACCOUNTS:,} users ...")
        server = Server(name, self.postgresql.make_database(name), project, self.given, self.cleanup)
        server.start(self.postgresql)
        server.make_users()
        self.servers[name] = server
        return server

    def warm_up(self):
        """The servers take turns with the same mixed load, until their CPU time for a run has stopped falling: the compiler
        of a JVM is done only after tens of seconds, later on a busy machine."""
        if not self.given.warm_up or not self.servers:
            return
        say(f"Warming up, {self.given.warm_up} s or more for each server ...")
        begin, least, most = time.monotonic(), self.given.warm_up * len(self.servers), 4 * self.given.warm_up * len(self.servers)
        lowest, steady = {}, False
        while time.monotonic() - begin < least or not steady:
            now = {server.name: self.warm_up_round(server) for server in self.servers.values()}
            steady = all(now[name] > 0.9 * lowest.get(name, math.inf) for name in now)
            lowest = {name: min(now[name], lowest.get(name, math.inf)) for name in now}
            if not steady and time.monotonic() - begin > most:
                say(f"Still getting faster after {most} s: the figures will be too low. Is the machine busy?")
                return

    def warm_up_round(self, server):
        """Returns CPU seconds for 1,000 runs."""
        if server.name == "ledger":
            return self.cpu_per_1000(server, lambda: server.ledger_alone(server.accounts, 6))
        server.load(SENTIMENT + "/validate", TEXT, 64, 1)
        server.load(SENTIMENT + "/run", TEXT, 16, 1, idempotent=True)
        server.load(FREE + "/run", EMAIL, 16, 1)
        server.load(SENTIMENT + "/run", TEXT, 1, 1, keys="keys-hot")
        return self.cpu_per_1000(server, lambda: server.load(SENTIMENT + "/run", TEXT, 64, 3))

    @staticmethod
    def cpu_per_1000(server, load):
        before = cpu_of(server.pid)
        runs = load()["requests"]
        return (cpu_of(server.pid) - before) / runs * 1000

    def measure(self):
        """Every other repetition goes through the measurements backwards, so that none is always the later one."""
        for repetition in range(1, self.given.repetitions + 1):
            say(f"Repetition {repetition} of {self.given.repetitions} ...")
            order = SCENARIOS if repetition % 2 else SCENARIOS[::-1]
            chosen = [(name, method) for name, method in order if self.needs(name)]
            for connections in self.given.connections:
                for name, method in chosen:
                    if method in CONNECTED:
                        self.record(name, connections, method)
            for name, method in chosen:
                if method not in CONNECTED:
                    self.record(name, 1 if name == BATCHES else CALLERS, method)

    def record(self, name, connections, method):
        before = self.postgresql.cpu(), {server.name: cpu_of(server.pid) for server in self.servers.values()}
        measured, server = method(self, connections)
        database_after = self.postgresql.cpu()
        runs = measured["requests"]
        result = {
            "per_second": runs / measured["micros"] * 1e6,
            "p50_ms": in_millis(measured.get("p50_micros")),
            "p99_ms": in_millis(measured.get("p99_micros")),
            "server_cpu_s_per_1000": (cpu_of(server.pid) - before[1][server.name]) / runs * 1000 if server else None,
            "database_cpu_s_per_1000": (database_after - before[0]) / runs * 1000 if database_after is not None else None,
        }
        self.results.setdefault((name, connections), []).append(result)

    def pgbench(self, script, clients, accounts, runs_per_transaction=1):
        # Ids of later measurements are greater: milliseconds, as the application's.
        base = int(time.time() * 1000) << 22
        output = run([tool("pgbench"), "-n", "-M", "prepared", "-c", clients, "-j", min(2, clients), "-T", self.given.seconds,
                      "-D", f"accounts={accounts}", "-D", f"base={base}", "-D", "n=0", "-f", HERE / script, self.yardstick],
                     "pgbench", env=self.postgresql.environment())
        tps = re.search(r"tps = ([0-9.]+)", output)
        count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
        failed = re.search(r"number of failed transactions: (\d+)", output)
        if not tps or count == 0 or (failed and int(failed.group(1))):
            raise BenchError("pgbench committed nothing, or not all:\n" + output)
        return {"requests": count * runs_per_transaction, "micros": count / float(tps.group(1)) * 1e6}, None


def in_millis(micros):
    return None if micros is None else micros / 1000


def over_rest(path, body, server="empty", **more):
    def measure(bench, connections):
        chosen = bench.servers[server]
        return chosen.load(path, body, connections, bench.given.seconds, **more), chosen

    CONNECTED.append(measure)
    return measure


def ledger_alone(hot):
    def measure(bench, _connections):
        server = bench.servers["ledger"]
        return server.ledger_alone(server.accounts[:1] if hot else server.accounts, bench.given.seconds), server

    return measure


CONNECTED = []


def both(name, path, body, **more):
    """The same on the server without a history and on the one with it: both get the same load, and so are equally warm."""
    return [(name, over_rest(path, body, **more)), (name + HISTORY, over_rest(path, body, server="full", **more))]


SCENARIOS = [
    *both("validate", SENTIMENT + "/validate", TEXT),
    *both("run", SENTIMENT + "/run", TEXT),
    *both("run hot account", SENTIMENT + "/run", TEXT, keys="keys-hot"),
    *both("run idempotent", SENTIMENT + "/run", TEXT, idempotent=True),
    *both("run free service", FREE + "/run", EMAIL),
    ("ledger alone", ledger_alone(hot=False)),
    ("ledger alone hot", ledger_alone(hot=True)),
    ("pgbench two transactions", lambda bench, clients: bench.pgbench("two-transactions.sql", clients, ACCOUNTS)),
    ("pgbench two transactions hot", lambda bench, clients: bench.pgbench("two-transactions.sql", clients, 1)),
    (BATCHES, lambda bench, clients: bench.pgbench("batch-32.sql", clients, ACCOUNTS, 32)),
]

# --------------------------------------------------------------------------------------------------------------- results


def summary(values):
    """Median, least and greatest; None if nothing was measured."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return {"median": statistics.median(known), "min": min(known), "max": max(known), "all": known}


def summarise(results):
    """One row for each measurement at each number of connections, in the order of SCENARIOS."""
    order = [name for name, _ in SCENARIOS]
    rows = []
    for name, connections in sorted(results, key=lambda key: (order.index(key[0]), key[1])):
        repetitions = results[name, connections]
        row = {"name": name, "connections": connections}
        for field in repetitions[0]:
            row[field] = summary([repetition[field] for repetition in repetitions])
        rows.append(row)
    return rows


def ratios(results, rows_in_history):
    """What the goals are about. Each ratio is taken within a repetition, whose parts were measured next to each other."""
    found = []

    def compare(title, goal, name, of, connections=None, field="per_second", difference=False, at_most=False):
        for number in connections or [CALLERS]:
            ours = results.get((name, number))
            theirs = results.get((of, 1 if of == BATCHES else number))
            if ours and theirs:
                pairs = [(a[field], b[field]) for a, b in zip(ours, theirs)]
                value = summary([a - b if difference else a / b for a, b in pairs])
                reached = None if goal is None else value["median"] <= goal if at_most else value["median"] >= goal
                found.append({"name": title, "connections": number, "goal": goal, "at_most": at_most, **value, "reached": reached})

    busy = sorted({connections for name, connections in results if name == "run" and connections > 1})
    compare("run / validate", 0.7, "run", "validate", busy)
    compare("hot account / 1,000 accounts", 0.8, "run hot account", "run", busy)
    compare(f"run with {rows_in_history:,} usage rows / without", 0.9, "run with history", "run", busy)
    compare("  (the same of validate, which reads no rows)", None, "validate with history", "validate", busy)
    compare("ledger alone / pgbench two transactions", 4, "ledger alone", "pgbench two transactions")
    compare("ledger alone / pgbench 32 runs a transaction", 0.5, "ledger alone", BATCHES)
    compare("p50 of run - p50 of validate, ms", 2, "run", "validate", [1], "p50_ms", difference=True, at_most=True)
    return found


def figure(value, digits):
    return "-" if value is None else f"{value['median']:,.{digits}f}"


def spread(value, digits):
    return "" if value is None else f"({value['min']:,.{digits}f}..{value['max']:,.{digits}f})"


def table(rows):
    yield f"{'':32}{'conn.':>5} {'runs/s':>8} {'(min..max)':18} {'p50 ms':>7} {'(min..max)':15} {'p99 ms':>7} {'(min..max)':17} CPU s/1,000"
    yield f"{'':116}{'server':>7} {'database':>8}"
    for row in rows:
        yield (
            f"{row['name']:32}{row['connections']:>5} {figure(row['per_second'], 0):>8} {spread(row['per_second'], 0):18} "
            f"{figure(row['p50_ms'], 2):>7} {spread(row['p50_ms'], 2):15} {figure(row['p99_ms'], 1):>7} {spread(row['p99_ms'], 1):17} "
            f"{figure(row['server_cpu_s_per_1000'], 3):>6} {figure(row['database_cpu_s_per_1000'], 3):>8}").rstrip()


def ratio_lines(found):
    for ratio in found:
        goal = ""
        if ratio["goal"] is not None:
            bound = f"goal: at {'most' if ratio['at_most'] else 'least'} {ratio['goal']:g}"
            goal = f"{bound:20} {'reached' if ratio['reached'] else 'MISSED'}"
        yield f"{ratio['name']:48}{ratio['connections']:>5} {ratio['median']:>7.2f} {spread(ratio, 2):16} {goal}".rstrip()


def first_line_of(file, pattern):
    with contextlib.suppress(OSError):
        found = re.search(pattern, Path(file).read_text(encoding="utf-8"), re.MULTILINE)
        return found.group(1).strip() if found else None
    return None


def machine(bench):
    """What the figures depend on."""
    given, postgresql = bench.given, bench.postgresql
    local = not os.environ.get("QUICKSCALE_DB_URL")
    java = subprocess.run([java_home_tool("java"), "-version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    commit = subprocess.run(["git", "-C", str(PROJECT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
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
        "jdbc_parameters": postgresql.parameters,
        "commit": commit.stdout.strip() or None,
    }


def verify(servers):
    """Asks each server whether its ledger adds up after all that."""
    answers = {}
    for server in servers.values():
        answer = server.admin("GET", "/ledger/verify", timeout=600)
        answers[server.name] = answer
        say(f"ledger/verify on '{server.name}': consistent={str(answer['consistent']).lower()}, "
            f"accounts_checked={answer['accounts_checked']}, discrepancies={len(answer['discrepancies'])}")
    return answers


def report(bench, about, begun):
    rows, found = summarise(bench.results), ratios(bench.results, bench.given.usage_rows)
    say()
    say(f"{about['cores']} cores of {about['processor']}, {about['memory_gb']} GB; PostgreSQL {about['postgresql']}; {about['java']}; "
        f"sync {about['sync_ms'] if about['sync_ms'] is not None else 'unknown'} ms; load before {about['load_before']}; "
        f"{bench.given.repetitions} x {bench.given.seconds} s, medians (min..max)")
    say()
    lines = [*table(rows), "", *ratio_lines(found)]
    say("\n".join(lines))
    say()
    answers = verify(bench.servers)
    whole = {
        "begun": begun,
        "machine": about,
        "options": {"repetitions": bench.given.repetitions, "seconds": bench.given.seconds, "warm_up": bench.given.warm_up,
                    "usage_rows": bench.given.usage_rows, "quick": bench.given.quick, "accounts": ACCOUNTS},
        "measurements": rows,
        "ratios": found,
        "ledger_verify": answers,
    }
    (bench.given.output / "bench.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    (bench.given.output / "bench.svg").write_text(plot.draw(rows, about), encoding="utf-8")
    say(f"{bench.given.output / 'bench.json'}\n{bench.given.output / 'bench.svg'}")
    if not all(answer["consistent"] for answer in answers.values()):
        raise BenchError("the ledger is not consistent after the load: see ledger_verify in bench.json")


def end_on_signal(number, _frame):
    sys.exit(128 + number)


def main():
    given = options()
    check_tools(own_postgresql=os.environ.get("QUICKSCALE_DB_URL"))
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end_on_signal)
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
            bench.warm_up()
            bench.measure()
            report(bench, about, begun)
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
