"""Environments of the peers' own, in the user's cache: the project never depends on what it is compared with."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
CACHE: Final = Path.home() / ".cache" / "ctg-engine" / "peers"
INSTALL_SECONDS: Final = 600


class NotInstalled(Exception):
    """The peer cannot be had here; says why in one line."""


def python_of(peer: str, cache: Path = CACHE, *, install: bool = True) -> Path:
    """The interpreter of a peer's environment in `cache`, made from `<peer>.txt` when it is not there.

    Raises `NotInstalled`.
    """
    wanted = HERE / f"{peer}.txt"
    digest = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:12]
    made = cache / f"{peer}-{digest}"
    python = made / "bin" / "python"
    if (made / "complete").exists():
        return python
    if not install:
        raise NotInstalled("not installed, and nothing was to be")
    shutil.rmtree(made, ignore_errors=True)
    made.parent.mkdir(parents=True, exist_ok=True)
    try:
        _run(sys.executable, "-m", "venv", made)
        _run(python, "-m", "pip", "install", "--quiet", "--requirement", wanted)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(made, ignore_errors=True)
        said = getattr(error, "stderr", None) or str(error)
        lines = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines()
        raise NotInstalled(lines[-1][:200] if lines else type(error).__name__) from error
    (made / "complete").touch()
    return python


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
