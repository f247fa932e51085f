"""Workers that make and send digests, and are killed at random: each fact is in one digest of each of its readers.

Several worker processes share a store, a mail server and an instant, written in a file. Each makes the digests that are
due and sends what waits, again and again, and notes the instant in a file of its own.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from ctg_engine.bootstrap import opened
from ctg_engine.clock import SetClock
from ctg_engine.mailing import digests_of, office_of
from ctg_engine.settings import Settings
from domain import roles
from tests.api.mail_room import BASE
from tests.api.scene import Scene, person_of
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.posting import deliver_due
from workflows.delivery.queueing import queue_letters
from workflows.delivery.rhythm import Rhythm
from workflows.delivery.writing import Letters
from workflows.instants import PARIS

ROOT = Path(__file__).parents[2]
MODULE = "tests.promises.kill_digests"
WORKERS = 3
FIRST = date(2026, 6, 1)
READERS = (roles.PILOT, roles.COOPERATION_OFFICER, roles.CO_PILOT)


def torment(scene: Scene, url: str, port: int, folder: Path, kills: int) -> int:
    """A fact a day, told by workers one of which is killed each day; how many were killed at work."""
    chance, killed = random.Random(20260601), 0
    now = datetime.combine(FIRST, time_of_day(9), PARIS)
    clock = folder / "now"
    _set(clock, now)
    workers = [_start(url, port, folder, number) for number in range(WORKERS)]
    try:
        _await(folder, now)
        for one in READERS:
            scene.house.digests.choose(person_of(one), Rhythm.DAILY, now)
        for number in range(kills):
            now += timedelta(days=1)
            scene.here.today = scene.clock.moment.date()
            scene.here.meet(f"k{number}", scene.here.today)
            scene.clock.moment = now
            _set(clock, now)
            time.sleep(chance.random() * 0.6)
            victim = chance.randrange(WORKERS)
            if workers[victim].poll() is None and not _has_noted(folder, now):
                killed += 1
            workers[victim].send_signal(signal.SIGKILL)
            workers[victim].wait()
            workers[victim] = _start(url, port, folder, victim)
            _await(folder, now)
        now += timedelta(days=(7 - now.weekday()))  # a Monday: nobody is written to on a Saturday
        for _ in range(3):
            now += timedelta(minutes=31)  # what a killed one had in hand is taken over half an hour later
            _set(clock, now)
            _await(folder, now)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return killed


def _start(url: str, port: int, folder: Path, number: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", MODULE, url, str(port), str(folder), str(number)], cwd=ROOT)


def _set(clock: Path, now: datetime) -> None:
    aside = clock.with_suffix(".aside")
    aside.write_text(now.isoformat())
    aside.replace(clock)


def _has_noted(folder: Path, now: datetime) -> bool:
    return any(one.read_text() == now.isoformat() for one in folder.glob("done-*"))


def _await(folder: Path, now: datetime) -> None:
    for _ in range(6000):
        if _has_noted(folder, now):
            return
        time.sleep(0.01)
    raise AssertionError("no worker came to an end")


def main(url: str, port: str, folder: str, number: str) -> None:
    """One worker, until it is killed."""
    clock, done = SetClock(datetime.combine(FIRST, time_of_day(9), PARIS)), Path(folder) / f"done-{number}"
    aside = done.with_name(f"aside-{number}")
    with opened(Settings(database_url=url, base_url=BASE), clock) as house:
        digests, weigh = digests_of(house), office_of(house).weigh
        mailer = Mailer(MailServer(host="127.0.0.1", port=int(port), tls="none"))
        letters = Letters("ctg@gers.example")
        while True:
            now = datetime.fromisoformat((Path(folder) / "now").read_text())
            clock.moment = now
            queue_letters(house.steering, now)
            digests.prepare()
            deliver_due(house.engine, house.vault, mailer, letters, now, weigh, batch=500)
            aside.write_text(now.isoformat())
            aside.replace(done)
            time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
