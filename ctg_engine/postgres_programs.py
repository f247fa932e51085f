"""The programs that come with PostgreSQL: found, and run without showing the password to anybody."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from ctg_engine.faults import Failed
from workflows.database import LOCK_WAIT_SECONDS


def run(url: URL, program: str, *arguments: str, connect: bool = True) -> None:
    """Run a program on the database of `url`. Raises `Failed`, saying what it said."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGOPTIONS": f"-c lock_timeout={LOCK_WAIT_SECONDS}s"}
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)  # an argument would be seen by whoever lists processes
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    command = [str(find(program)), *arguments, *([f"--dbname={address}"] if connect else [])]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode != 0:
        said = [line for line in ended.stderr.splitlines() if "error:" in line.lower()]
        raise Failed("error.program-failed", program=program, detail=said[0] if said else f"exit {ended.returncode}")


def find(program: str) -> Path:
    """The program, of the newest PostgreSQL installed. Raises `Failed`."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which(program)
    if installed:
        return installed[-1]
    if on_path is None:
        raise Failed("error.program-missing", program=program)
    return Path(on_path)
