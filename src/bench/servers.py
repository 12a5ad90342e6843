"""The QuickScale servers that are measured: which build, with which settings, in which part."""

import http.client
import json
import os
import secrets
import shutil
import subprocess
import time
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from common import HERE, PROJECT, BenchError, free_port, run, say, stop

ADMIN_KEY = "qs_benchadmin_" + secrets.token_hex(16)
DEMO_KEY = "qs_benchdemo_" + secrets.token_hex(16)
ACCOUNTS = 1000
CALLERS = 64
# What a server's part is in the comparison.
PAID, LEDGER_OFF, HISTORY, ON_H2 = "paid", "ledger-off", "history", "h2"
# Compiled with the tests, added to copies of the WAR; each with what it uses of the tests.
IN_PROCESS, SWITCH = ("LedgerBench", "RunFixture"), ("LedgerSwitchedOff",)
SWITCH_PROPERTY = "-Dquickscale.bench.ledger-switched-off=true"


@dataclass
class Variant:
    """One build with its settings. What is not said is as scripts/run has it."""

    name: str
    checkout: Path = PROJECT
    war: Path = None
    java: list = field(default_factory=list)
    session: dict = field(default_factory=dict)

    @staticmethod
    def parse(text):
        """From "writers=1; java=-XX:+UseParallelGC" and the like; raises ValueError."""
        variant = Variant(name=text.strip())
        for part in text.split(";"):
            key, _, value = (word.strip() for word in part.partition("="))
            if not value:
                raise ValueError(f"'{part.strip()}' is not name=value")
            if key == "writers":
                variant.java.append(f"-Dquickscale.ledger.writers={number(key, int, value)}")
            elif key == "java":
                variant.java += value.split()
            elif key == "random_page_cost":
                variant.session[key] = str(number(key, float, value))
            elif key == "war":
                variant.war = existing(value, Path(value).is_file())
            elif key == "checkout":
                variant.checkout = existing(value, Path(value, "scripts/run").is_file())
            else:
                raise ValueError(f"'{key}' is not writers, java, random_page_cost, war or checkout")
        return variant

    def classes(self, names):
        """The compiled classes and those within them; none if this build does not have the first one, or is a WAR alone."""
        folder = self.checkout / "target/test-classes/io/quickscale/run"
        if self.war or not (folder / f"{names[0]}.class").exists():
            return []
        return sorted(file for name in names for pattern in (f"{name}.class", f"{name}$*.class") for file in folder.glob(pattern))

    def has(self, part):
        return part != LEDGER_OFF or bool(self.classes(SWITCH))


def number(name, kind, text):
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"{name} wants a number, not '{text}'") from None


def existing(text, exists):
    if not exists:
        raise ValueError(f"{text} is neither a WAR nor a checkout that can be measured")
    return Path(text).resolve()


def build(checkout):
    say(f"Building {checkout} ...")
    run(["mvn", "-q", "-B", "-ntp", "-DskipUnitTests=true", "-DskipTests", "-Dspotless.check.skip=true", "package"], "the build",
        cwd=checkout)


class Server:
    """A QuickScale started by scripts/run on a database of its own, with users, keys and credits."""

    def __init__(self, variant, part, given, cleanup):
        self.variant, self.part = variant, part
        self.name = part if variant.name == given.variants[0].name else f"{part} [{variant.name}]"
        self.port = free_port()
        self.folder = given.work / f"{given.variants.index(variant)}-{part}"
        self.log = self.folder / "data/server.log"
        self.cleanup = cleanup
        self.accounts = []
        self.database = None
        self.process = None
        self.pid = None
        self.warm_up = []

    def prepare(self):
        """A folder that looks like the project to scripts/run, but whose WAR has classes of the bench as well."""
        checkout = self.variant.checkout
        for folder in ("scripts", "target", "data", "tmp"):
            (self.folder / folder).mkdir(parents=True)
        (self.folder / "scripts/run").symlink_to(checkout / "scripts/run")
        (self.folder / "server-config").symlink_to(checkout / "server-config")
        (self.folder / "target/server").symlink_to(checkout / "target/server")
        war = self.folder / "target/quickscale.war"
        shutil.copyfile(self.variant.war or checkout / "target/quickscale.war", war)
        with zipfile.ZipFile(war, "a", zipfile.ZIP_DEFLATED) as archive:
            if any(name in path for path in archive.namelist() for name in (*IN_PROCESS, *SWITCH)):
                raise BenchError(f"the WAR of {self.variant.name} has classes of the bench in it: it must not be deployed")
            for file in self.variant.classes(SWITCH if self.part == LEDGER_OFF else IN_PROCESS):
                archive.write(file, Path("WEB-INF/classes/io/quickscale/run") / file.name)

    def launch(self, postgresql):
        """Starts the server and does not wait for it."""
        self.prepare()
        java = [f"-Djava.io.tmpdir={self.folder}/tmp", *self.variant.java]
        if self.part == LEDGER_OFF:
            java.append(SWITCH_PROPERTY)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("QUICKSCALE_DB_")}
        environment.update({
            "QUICKSCALE_HTTP_ADDRESS": "127.0.0.1",
            "QUICKSCALE_HTTP_PORT": str(self.port),
            "QUICKSCALE_DATA_DIR": str(self.folder / "data"),
            # On a busy machine two starts at a time can take longer than people would wait.
            "QUICKSCALE_START_TIMEOUT": "900",
            "QUICKSCALE_BOOTSTRAP_ADMIN_KEY": ADMIN_KEY,
            "QUICKSCALE_BOOTSTRAP_DEMO_KEY": DEMO_KEY,
            "QUICKSCALE_JAVA_OPTS": " ".join([*java, os.environ.get("QUICKSCALE_JAVA_OPTS", "")]),
        })
        if self.part != ON_H2:
            self.database = postgresql.make_database(self.folder.name.replace("-", "_"))
            environment.update({
                "QUICKSCALE_DB_URL": postgresql.jdbc_url(self.database, self.variant.session),
                "QUICKSCALE_DB_USER": postgresql.user,
                "QUICKSCALE_DB_PASSWORD": postgresql.password,
            })
        with open(self.folder / "run.log", "w", encoding="utf-8") as output:
            self.process = subprocess.Popen([str(self.folder / "scripts/run"), "--no-build"], env=environment, stdout=output,
                                            stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)
        self.cleanup.callback(self.remove_data)
        # scripts/run stops its server when it is told to stop.
        self.cleanup.callback(stop, self.process)

    def remove_data(self):
        """What is large; logs stay."""
        for folder in ("tmp", "target"):
            shutil.rmtree(self.folder / folder, ignore_errors=True)
        for file in self.folder.glob("data/*.mv.db"):
            file.unlink()

    def await_ready(self):
        while not self.is_ready():
            if self.process.poll() is not None:
                raise BenchError(f"the server '{self.name}' did not start:\n" + (self.folder / "run.log").read_text(encoding="utf-8"))
            time.sleep(0.5)
        self.pid = int((self.folder / "data/server.pid").read_text(encoding="utf-8"))

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
            file.write_text("".join(key + "\n" for _, key in keys), encoding="utf-8")
        self.admin("PUT", "/services/data_validator", {"credit_cost": 0})

    def load(self, path, body, connections, seconds, keys="keys-all", idempotent=False):
        """Lets wrk loose and returns what it measured; on a cold server that may be nothing."""
        tag = uuid.uuid4().hex if idempotent else ""
        output = run(["wrk", "--latency", "-t", min(2, connections), "-c", connections, "-d", f"{seconds}s", "--timeout", "30s",
                      "-s", HERE / "load.lua", f"http://127.0.0.1:{self.port}", "--", self.folder / keys, path, body, tag], "wrk")
        lines = [line for line in output.splitlines() if line.startswith("bench {")]
        if not lines:
            raise BenchError("wrk did not say what it measured:\n" + output)
        measured = json.loads(lines[0].removeprefix("bench "))
        if measured["non_2xx"] or measured["socket_errors"]:
            key = (self.folder / keys).read_text(encoding="utf-8").splitlines()[0]
            status, answer = self.call("POST", path, body, key)
            raise BenchError(
                f"{measured['non_2xx']} of {measured['requests']} answers to POST {path} on '{self.name}' were errors, and there were "
                f"{measured['socket_errors']} socket errors; one more request is answered {status}: {answer[:500]}\nSee {self.log}")
        return measured

    def in_process(self, hot, seconds):
        """Starts and ends of runs without HTTP, by LedgerBench in the server."""
        accounts = self.accounts[:1] if hot else self.accounts
        status, text = self.call("POST", f"/bench/ledger?seconds={seconds}&callers={CALLERS}", "\n".join(accounts), timeout=seconds + 60)
        if status != 200:
            raise BenchError(f"the ledger in process answered {status}: {text[:500]}\nSee {self.log}")
        return json.loads(text)

    def verify(self, postgresql):
        """Whether the ledger adds up after all that, and what is switched off was."""
        answer = self.admin("GET", "/ledger/verify", timeout=600)
        say(f"ledger/verify on '{self.name}': consistent={str(answer['consistent']).lower()}, "
            f"accounts_checked={answer['accounts_checked']}, discrepancies={len(answer['discrepancies'])}")
        if self.part == LEDGER_OFF:
            recorded = postgresql.query("select count(*) from service_usage", self.database)
            if recorded != "0":
                raise BenchError(f"the ledger was not switched off: '{self.name}' has recorded {recorded} runs")
        return answer
