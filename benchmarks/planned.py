"""Plans of real size: what an everyday act, the refresher and the sweep cost beside one of 46 sheets; validating one of
60; its pages after five years of reports.

`python -m benchmarks.planned`. Two stores of as many conventions in force take turns: one whose plans are of a single
sheet without money, one of 46 sheets, 40 indicators and 30 pledges; ratios are of processor time, of the small to the
large. Then one convention of 60 sheets, each reported on twenty times: its pages (the board, which is the quilt, the
river, money, results, the committee's, a sheet) are asked over HTTP beside a bare page of the same size, which one
process has ready and gives to anybody: as somebody else with equal rights had them before, as nobody asked for them
before, and unchanged. `--only pages` leaves the stores that are lived in out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.databases import measured_directory
from benchmarks.ground import OURS, house_command
from benchmarks.reading import TOGETHER, Store, bare_page, served, tell_pages, twice
from benchmarks.turns import ratio, spread
from benchmarks.workers import Worker

PATIENCE = 1_800.0
PARTS = ("lived", "validated", "pages")
ASKS = ("act", "refresh", "sweep")
PAGES = {
    "board and quilt": "/plan",
    "river": "/plan/pourquoi",
    "money": "/argent",
    "results": "/resultats",
    "committee": "/comite",
}


def worker_on(directory: Path, name: str) -> Worker:
    """A process on a store of its own."""
    command, checkout = house_command(None, f"sqlite:///{directory / name}.db")
    return Worker(name, command, directory=checkout, patience=PATIENCE)


def lived(directory: Path, asked: argparse.Namespace) -> list[str]:
    """Everyday acts, the refresher and the sweep, beside small plans and large ones."""
    sizes = {"small": (1, 0, 0), "large": (asked.sheets, asked.indicators, asked.pledges)}
    known: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(worker_on(directory, name)) for name in sizes}
        for name, (sheets, indicators, pledges) in sizes.items():
            plan = {"sheets": sheets, "indicators": indicators, "pledges": pledges, "reports": 0, "stage": "in-force"}
            workers[name].ask("plan", conventions=asked.conventions, **plan)
            for first in ("refresh", "sweep", "act", "refresh"):
                workers[name].ask(first)
        for _ in range(asked.rounds):
            for ask in ASKS:
                for name, worker in workers.items():
                    known.setdefault((ask, name), []).append(worker.ask(ask)["processor"])
    lines = [
        f"{asked.conventions} conventions in force: {sizes['large']} sheets, indicators, pledges against one sheet"
    ]
    titles = {"act": "a command", "refresh": "a summary made again", "sweep": "a sweep with nothing to say"}
    for ask, title in titles.items():
        small, large = known[ask, "small"], known[ask, "large"]
        lines.append(f"  {title:30}{_ms(large):>28} ms, {ratio(small, large):.2f} of what it was ({_ms(small)} ms)")
    return lines


def validated(directory: Path, asked: argparse.Namespace) -> list[str]:
    """Validating a plan again."""
    with worker_on(directory, "validated") as worker:
        plan = {"sheets": asked.most, "indicators": 0, "pledges": 0, "reports": 0, "stage": "planned"}
        worker.ask("plan", conventions=1, **plan)
        told = [worker.ask("validate") for _ in range(asked.rounds)]
    return [
        f"validating a plan of {asked.most} sheets, processor",
        *(f"  {name:30}{_ms([one[name] for one in told]):>28} ms" for name in ("warm", "cold")),
    ]


def pages(directory: Path, asked: argparse.Namespace, stack: ExitStack) -> list[str]:
    """The pages of a large plan after many reports."""
    with worker_on(directory, "pages") as worker:
        told = worker.ask(
            "plan",
            conventions=1,
            sheets=asked.most,
            indicators=asked.indicators,
            pledges=asked.pledges,
            reports=asked.reports,
            stage="in-force",
        )
        worker.ask("refresh")
    command, checkout = house_command(None, f"sqlite:///{directory / 'pages'}.db")
    server = stack.enter_context(served(OURS, command[-1], command[0], checkout))
    store = Store(OURS, 1, told, server)
    (page, *_) = twice(store, "today", f"/conventions/{told['convention']}", "pilot")
    wanted = {"today": page.asked.path, **{title: page.asked.path + path for title, path in PAGES.items()}}
    wanted["a sheet"] = f"{page.asked.path}/plan/{told['sheet']}"
    asked_for = [one for title, path in wanted.items() for one in twice(store, title, path, "pilot", anew=True)]
    title = f"pages of a plan of {asked.most} sheets, {asked.reports} reports on each, {TOGETHER} requests at once"
    return [title, *tell_pages(asked_for, bare_page(stack), asked.rounds, asked.seconds)]


def _ms(seconds: list[float]) -> str:
    return spread([one * 1000 for one in seconds], ".2f")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conventions", type=int, default=5)
    parser.add_argument("--sheets", type=int, default=46)
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--pledges", type=int, default=30)
    parser.add_argument("--most", type=int, default=60, help="sheets of the plan that is validated and read")
    parser.add_argument("--reports", type=int, default=20, help="on each sheet of it")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each page is asked in a round")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    asked = parser.parse_args()
    with measured_directory() as directory, ExitStack() as stack:
        parts: dict[str, Callable[[], list[str]]] = {
            "lived": lambda: lived(directory, asked),
            "validated": lambda: validated(directory, asked),
            "pages": lambda: pages(directory, asked, stack),
        }
        for part in asked.only:
            print(*parts[part](), sep="\n", flush=True)


if __name__ == "__main__":
    main()
