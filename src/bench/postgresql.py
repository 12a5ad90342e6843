"""The PostgreSQL that is measured: one that this starts and removes, or one that the environment names."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

from common import BenchError, cpu_of_family, free_port, postgresql_bin, process_stat, run, stop, tool


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

    def jdbc_url(self, database, session=None):
        """With settings of the session, those replace what scripts/run would ask for."""
        parameters = [self.parameters] if self.parameters else []
        if session:
            settings = {"plan_cache_mode": "force_generic_plan", "random_page_cost": "1.1", **session}
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            parameters.append("options=" + urllib.parse.quote(options))
        return f"jdbc:postgresql://{self.host}:{self.port}/{database}" + (f"?{'&'.join(parameters)}" if parameters else "")

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
                if Path(f"/proc/{backend}/comm").read_text(encoding="utf-8").startswith("postgres"):
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
    password_file.write_text(database.password, encoding="utf-8")
    if account:
        os.chown(password_file, account["user"], account["group"])
    run([binaries / "initdb", "-D", data, "-U", database.user, "-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8",
         "--locale=C"], "initdb", cwd=folder, **account)
    password_file.unlink()
    with open(given.output / "postgresql.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", "-c", "max_connections=400"],
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
    if free < 250:
        raise BenchError(f"PostgreSQL has {free} free connections, but this needs 250: raise max_connections")
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
