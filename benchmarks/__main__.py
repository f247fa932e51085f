"""`make bench`: every measurement in turn, or those named (`make bench ARGS="append tail"`), each in its process."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_MEASUREMENTS = {"__main__", "__init__", "databases", "ground", "pages", "turns", "workers"}


def main() -> None:
    """Run them; the exit code is 1 when one failed."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_MEASUREMENTS)
    chosen = sys.argv[1:] or known
    unknown = set(chosen) - set(known)
    if unknown:
        raise SystemExit(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    failed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent, check=False).returncode != 0:
            failed.append(name)
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
