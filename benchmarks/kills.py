"""Killing four writers at random during appends: acknowledged, lost, torn, doubled. `python -m benchmarks.kills`."""

import argparse
import dataclasses

from benchmarks.databases import measured_directory, new_sqlite, postgres_server
from tests.promises.kill_appends import Outcome, torment


def main() -> None:
    """Torment both databases and print what came of it; the exit code is 1 when a promise was broken or not tested."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--acknowledged", type=int, default=5000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    arguments = parser.parse_args()
    broken = 0
    for kind in ("sqlite", "postgresql"):
        if arguments.only in (None, kind):
            with measured_directory() as directory:
                if kind == "sqlite":
                    url = new_sqlite(directory)
                else:
                    server = postgres_server(directory)
                    url = server.create_database(server.template)
                outcome = torment(url, directory, kills=arguments.kills, acknowledged=arguments.acknowledged)
            print(_line(kind, outcome))
            broken += outcome.lost + outcome.torn + outcome.doubled
            if not (outcome.between_commit_and_answer and outcome.replayed):
                print(f"{kind}: nobody died between the commit and the answer, so nothing is shown of it")
                broken += 1
    if broken:
        raise SystemExit(1)


def _line(kind: str, outcome: Outcome) -> str:
    figures = (f"{name.replace('_', ' ')} {value}" for name, value in dataclasses.asdict(outcome).items())
    return f"{kind}: {', '.join(figures)}"


if __name__ == "__main__":
    main()
