"""Keeping the two processes of the service together: the pages and the scheduler."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import click

from roster.settings import Settings

FOLDER = Path(__file__).parents[2]
"""Where ``wsgi.py`` stands."""
START_SECONDS = 30
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


class Stop(Exception):
    """The person, or the system, asked for an end."""


def serve_until_stopped(settings: Settings, *, workers: int) -> None:
    """Run both until a signal, or until one ends by itself; then end the other too."""
    address = urlsplit(settings.base_url)
    host, port = "127.0.0.1", address.port or 8000
    _refuse_taken_port(host, port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    gunicorn = ["gunicorn", "--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "1"]
    quietly = ["--log-level", "warning", "--chdir", str(FOLDER), "wsgi:app"]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for module in ([*gunicorn, *quietly], ["roster", "scheduler"]):
            processes.append(_start([sys.executable, "-m", *module]))
        _wait_for_answer(host, port, processes)
        click.echo(f"The roster is at {settings.base_url}  (Ctrl-C ends it)")
        _wait_for_an_end(processes)
        raise click.ClickException("one of the two processes ended by itself; see above")
    except Stop:
        click.echo("Stopping")
    finally:
        _end(processes)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches the parent, which ends its children in order.

    On Linux the kernel ends them, too, if the parent dies without a chance to.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def follow_parent() -> None:
        if library is not None:
            library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return subprocess.Popen(  # noqa: S603 - the command is written above, nothing comes from outside
        command, start_new_session=True, preexec_fn=follow_parent
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise click.ClickException(
                f"{host}:{port} is taken. Stop what runs there, or choose another address:"
                f" ROSTER_BASE_URL=http://127.0.0.1:{port + 1} make run"
            ) from problem


def _wait_for_answer(host: str, port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise click.ClickException("the service did not start; see above")
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise click.ClickException(f"no answer from {host}:{port} within {START_SECONDS} seconds")


def _wait_for_an_end(processes: list[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
