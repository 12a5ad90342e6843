"""What all parts of the bench use: the places of things, programs, processes and their CPU time."""

import contextlib
import glob
import os
import shutil
import socket
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """Ends the bench; the message is for people."""


def say(text=""):
    print(text, flush=True)


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


def run(command, what, **more):
    """Runs a program to its end and returns its output."""
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **more)
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


def process_stat(pid):
    """The fields of /proc/PID/stat behind the name: [1] is the parent, [11] to [14] are ticks."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def cpu_of(pid):
    """CPU seconds of a process, without its children."""
    fields = process_stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def cpu_of_family(pid):
    """CPU seconds of a process, its children, and those of its children that have ended."""
    while True:
        before = own_ticks(pid)
        children = sum(sum(own_ticks(child)[:2]) for child in children_of(pid))
        after = own_ticks(pid)
        # Who ends between the two readings would be in neither.
        if after[2:] == before[2:]:
            return (sum(after) + children) / TICKS


def own_ticks(pid):
    """User and system ticks of a process, and of its children that have ended; of one that is gone, none."""
    try:
        return [int(field) for field in process_stat(pid)[11:15]]
    except OSError:
        return [0, 0, 0, 0]


def children_of(pid):
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                if process_stat(entry)[1] == str(pid):
                    yield entry


def cpu_of_children():
    """CPU seconds of the programs that this one has run to their ends: the load generators, above all."""
    ended = os.times()
    return ended.children_user + ended.children_system


def cpu_of_machine():
    """CPU seconds of everything on this machine, also of what other machines on the same hardware took away (steal)."""
    fields = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:]
    user, nice, system, _idle, _iowait, irq, softirq, steal = (int(field) for field in fields[:8])
    return (user + nice + system + irq + softirq + steal) / TICKS
