"""What people read: pages of a département, of a convention and of its committee, lists, the sweep, bytes on the disk.

`python -m benchmarks.reading`. Countries are told by commands, with conventions in every phase, in stores of several
sizes; each store is then served by `ctg serve` and asked over HTTP. Two advisers follow 15 and 60 territories of the
largest. Pages are compared with a bare FastAPI page of the same size, answered by a plain function as ours are, and in
the event loop. A page that carries an ETag is asked once more as a browser does that has it already. Processor time is
the server's. Everything takes turns within one run, and ratios are medians of those within each round; those by
processor hold on a machine that others use too. `--quick` is for a look between two changes: a minute, and one store.
"""

from __future__ import annotations

import argparse
import http
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

from benchmarks.databases import measured_directory
from benchmarks.ground import BESIDE, OURS, house_command
from benchmarks.pages import Asked, Load, Server, free_port
from benchmarks.turns import ratio, spread
from benchmarks.workers import Worker

FILLING_SECONDS: Final = 3600
TOGETHER: Final = 4
"""Requests under way at once while requests per second are counted."""
WHOLE: Final[dict[str, Any]] = {"conventions": (80, 1250), "rounds": 5, "seconds": 2.0}
QUICK: Final[dict[str, Any]] = {"conventions": (80,), "rounds": 3, "seconds": 0.4}
ANEW_AT_ONCE: Final = 2_000
"""Ways to ask for the same page: more than are answered in a while."""
_TIMES: Final = count()
BARE: Final = {"threaded": "plain function", "async": "event loop"}


@dataclass
class Store:
    """A told country of one size, told and served by one checkout."""

    name: str
    conventions: int
    told: dict[str, Any]
    server: Server
    facts: list[str] = field(default_factory=list)
    """What was measured while nothing was served."""


@dataclass(frozen=True)
class Page:
    """A page of a store, as somebody asks it, and the status it is answered with."""

    title: str
    store: Store
    asked: Asked
    size: int
    status: int = http.HTTPStatus.OK
    anew: bool = False
    """Whether it is asked each time in other words, so that what was drawn for somebody before is of no use."""

    def asks(self) -> list[Asked]:
        """What is asked in turn, for a while."""
        if not self.anew:
            return [self.asked]
        return [Asked(f"{self.asked.path}?fois={next(_TIMES)}", self.asked.headers) for _ in range(ANEW_AT_ONCE)]


def made(name: str, beside: Path | None, conventions: int, directory: Path, stack: ExitStack) -> Store:
    """Tell a country, weigh it, sweep it, serve it."""
    url = f"sqlite:///{directory / f'{name.replace(chr(32), chr(45))}-{conventions}.db'}"
    command, checkout = house_command(beside, url)
    with Worker(name, command, directory=checkout, patience=FILLING_SECONDS) as house:
        told = house.ask("fill", conventions=conventions)
        first, again = house.ask("sweep"), house.ask("sweep")
        weighed = house.ask("weigh")
    each = {part: weighed[part] / weighed["events"] for part in ("whole", "log")}
    facts = [
        f"{weighed['events']} events, {each['whole']:.0f} bytes each, {each['log']:.0f} of them the log: "
        f"x {each['whole'] / each['log']:.2f}",
        f"sweep, first {first['seconds']:.2f} s ({first['events']} events recorded), "
        f"again {again['seconds']:.2f} s, {again['processor']:.2f} s of processor ({again['events']} events)",
    ]
    server = stack.enter_context(served(name, url, command[0], checkout))
    return Store(name, conventions, told, server, facts)


def served(name: str, url: str, python: str, checkout: Path) -> Server:
    """A store behind `ctg serve`."""
    port = free_port()
    serve = ["env", f"CTG_DATABASE_URL={url}", f"CTG_PORT={port}", str(Path(python).with_name("ctg")), "serve"]
    return Server(name, serve, port, ready="/healthz", directory=checkout)


def bare_page(stack: ExitStack) -> Server:
    """The page that others are compared with."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.peers.bare_page", str(port)]
    return stack.enter_context(Server("bare page", command, port, ready="/async?size=10"))


def pages_of(store: Store) -> list[Page]:
    """The pages that are asked of a store, each twice where it says by an ETag what it shows."""
    convention = f"/conventions/{store.told['convention']}"
    wanted = {
        f"département, {territories} territories": ("/departement", department)
        for department, territories in store.told["followed"].items()
        if territories
    }
    for title, path in (("committee", "/comite"), ("convention", ""), ("journal", "/journal")):
        wanted[title] = (convention + path, "pilot")
    return [page for title, (path, reader) in wanted.items() for page in twice(store, title, path, reader)]


def twice(store: Store, title: str, path: str, reader: str, *, anew: bool = False) -> list[Page]:
    """A page as whoever never saw it asks for it, and as who has it already, where it says by an ETag what it shows;
    `anew`: between the two as nobody asked for it before."""
    pages: list[Page] = []
    asked = Asked(path, {"Cookie": store.told["cookies"][reader]})
    status, headers, body = store.server.get(asked)
    if status == http.HTTPStatus.SEE_OTHER:  # to the page's own address, by the territory
        path = headers["location"]
        asked = Asked(path, asked.headers)
        status, headers, body = store.server.get(asked)
    if status != http.HTTPStatus.OK:
        raise SystemExit(f"{store.name}, {title}: {status}")
    pages.append(Page(title, store, asked, len(body)))
    if anew:
        pages.append(Page(f"{title}, drawn anew", store, asked, len(body), anew=True))
    if "etag" in headers:
        again = Asked(path, {**asked.headers, "If-None-Match": headers["etag"]})
        pages.append(Page(f"{title}, unchanged", store, again, len(body), http.HTTPStatus.NOT_MODIFIED))
    return pages


def list_of(store: Store) -> list[Asked]:
    """Every page of the list of conventions, found by its cursors."""
    headers = {"Authorization": f"Bearer {store.told['key']}"}
    path = "/api/v1/conventions"
    pages = [Asked(path, headers)]
    while (cursor := store.server.json(pages[-1])["next_cursor"]) is not None:
        pages.append(Asked(f"{path}?cursor={cursor}", headers))
    return pages


def tell_pages(pages: Sequence[Page], bare: Server, rounds: int, seconds: float) -> list[str]:
    """Pages in turns, each beside the bare page of its size; the lines that say how fast they were."""
    loads: list[list[Load]] = [[] for _ in pages]
    plain: list[dict[str, list[Load]]] = [{kind: [] for kind in BARE} for _ in pages]
    for page in pages:
        page.store.server.load(page.asks(), 0.2, 1, page.status)
    for _ in range(rounds):
        for page, known, beside in zip(pages, loads, plain, strict=True):
            known.append(page.store.server.load(page.asks(), seconds, TOGETHER, page.status))
            for kind in BARE:
                asked = [Asked(f"/{kind}?size={page.size}", {})]
                beside[kind].append(bare.load(asked, seconds / 2, TOGETHER, http.HTTPStatus.OK))
    heads = "".join(f"{f'/ {one}':>17}{'by processor':>14}" for one in BARE.values())
    lines = [f"  {'page':54}{'bytes':>8}{'processor ms':>26}{'requests/s':>24}{heads}"]
    for page, known, beside in zip(pages, loads, plain, strict=True):
        rates = [load.rate for load in known]
        shares = "".join(
            f"{ratio(rates, [load.rate for load in beside[kind]]):17.3f}"
            f"{_processor(beside[kind]) / _processor(known):14.3f}"
            for kind in BARE
        )
        processor = spread([load.processor_ms for load in known], ".2f")
        title = page.title if page.store.name == OURS else f"{page.title} ({page.store.name})"
        lines.append(f"  {title:54}{page.size:8}{processor:>26}{spread(rates):>24}{shares}")
    return lines


def _processor(loads: Sequence[Load]) -> float:
    """Milliseconds for each request, of all rounds together: Linux counts in hundredths of a second."""
    return max(sum(load.processor for load in loads), 0.01) / sum(len(load.latencies) for load in loads) * 1000


def tell_lists(stores: Sequence[Store], rounds: int, seconds: float) -> list[str]:
    """Measure the list of conventions in stores of every size, one request after the other."""
    lists = [(store, list_of(store)) for store in stores]
    loads: list[list[Load]] = [[] for _ in lists]
    for _ in range(rounds):
        for (store, pages), known in zip(lists, loads, strict=True):
            known.append(store.server.load(pages, seconds, 1, http.HTTPStatus.OK))
    lines = [f"  {'GET /conventions':40}{'conventions':>12}{'p50 ms':>10}{'p99 ms':>10}{'processor ms':>26}"]
    for (store, _), known in zip(lists, loads, strict=True):
        latencies = sorted(one for load in known for one in load.latencies)
        p50, p99 = statistics.median(latencies) * 1000, latencies[len(latencies) * 99 // 100] * 1000
        processor = spread([load.processor_ms for load in known], ".2f")
        lines.append(f"  {store.name:40}{store.conventions:12}{p50:10.2f}{p99:10.2f}{processor:>26}")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conventions", type=int, nargs="+", help="sizes of the stores (80 and 1250)")
    parser.add_argument("--rounds", type=int, help="(5)")
    parser.add_argument("--seconds", type=float, help="how long each page is asked in a round (2)")
    parser.add_argument(
        "--quick", action="store_true", help="80 conventions, 3 rounds of 0.4 s, where nothing else is said"
    )
    parser.add_argument("--beside", type=Path, help="another checkout, with its .venv, measured in turns with this one")
    parser.set_defaults(**(QUICK if "--quick" in sys.argv else WHOLE))
    arguments = parser.parse_args()
    houses = {OURS: None} | ({BESIDE: arguments.beside} if arguments.beside is not None else {})
    with measured_directory() as directory, ExitStack() as stack:
        stores = [
            made(name, beside, conventions, directory, stack)
            for conventions in arguments.conventions
            for name, beside in houses.items()
        ]
        for store in stores:
            print(f"{store.name}, {store.conventions} conventions", *store.facts, sep="\n  ", flush=True)
        bare = bare_page(stack)
        print(f"median of {arguments.rounds} rounds [least-most], pages with {TOGETHER} requests at once")
        largest = [store for store in stores if store.conventions == max(arguments.conventions)]
        pages = [page for store in largest for page in pages_of(store)]
        print(*tell_pages(pages, bare, arguments.rounds, arguments.seconds), sep="\n", flush=True)
        print(*tell_lists(stores, arguments.rounds, arguments.seconds), sep="\n", flush=True)


if __name__ == "__main__":
    main()
