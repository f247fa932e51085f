"""Backups that are made by themselves: one at its hour, verified, rotated, and told when it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from ctg_engine import scheduled_backups
from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.clock import SetClock, SystemClock
from ctg_engine.faults import Failed
from ctg_engine.mailing import office_of
from ctg_engine.scheduled_backups import AGAIN_AFTER, STATE, look_at_backups, state_of, tend
from ctg_engine.settings import Settings
from ctg_engine.working import Post
from tests.cli.conftest import Program
from workflows.delivery.about_backups import letters_about
from workflows.delivery.letters import Leaves, Withdrawn
from workflows.delivery.outbox import kept
from workflows.instance import remember
from workflows.texts import Texts

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SetClock:
    clock = SetClock(SystemClock().now())
    clock.set(clock.today(), 12)
    return clock


@pytest.fixture
def house(anywhere: Program, tmp_path: Path, clock: SetClock) -> Iterator[House]:
    settings = Settings(
        database_url=anywhere.settings["database_url"],
        files_folder=tmp_path / "files",
        backup_folder=tmp_path / "backups",
        backup_days=2,
        backup_weeks=0,
        backup_months=0,
        least_megabytes=1,
    )
    prepare(settings)
    with opened(settings, clock) as made:
        yield made


def always() -> bool:
    return True


def made(house: House) -> list[str]:
    folder = house.settings.backup_folder
    assert folder is not None
    return sorted(one.name for one in folder.iterdir())


def name_of(day: date) -> str:
    return f"ctg-{day.isoformat()}-03h.tar.gz"


def found(house: House) -> list[tuple[str, str]]:
    return [(one.level, one.key) for one in look_at_backups(house)]


def test_a_backup_is_made_at_its_hour_verified_rotated_and_can_be_put_back(
    house: House, clock: SetClock, anywhere: Program, tmp_path: Path
) -> None:
    first = clock.today()
    assert found(house) == [("warning", "none-yet")]
    for ago in range(3):
        for _ in range(2):
            tend(house, always)
        assert state_of(house.engine).slot == f"{first + ago * DAY} 03"
        clock.moment += DAY
    assert made(house) == [name_of(first + DAY), name_of(first + 2 * DAY)]
    assert found(house) == [("failed", "late")], "nobody made the one of today"
    tend(house, always)
    assert found(house) == [("ok", "ok")]
    if anywhere.settings["database_url"].startswith("sqlite"):
        again = {"database_url": f"sqlite:///{tmp_path / 'again.db'}", "files_folder": str(tmp_path / "again")}
        anywhere.done("restore", tmp_path / "backups" / name_of(first + 3 * DAY), **again)


def test_of_two_workers_one_makes_it(house: House) -> None:
    one, other = Post(house), Post(house)
    assert one.backs_up()
    tend(house, other.backs_up)
    assert state_of(house.engine).slot == ""
    tend(house, one.backs_up)
    assert len(made(house)) == 1


def test_one_that_fails_is_told_to_the_administrators_and_tried_again(house: House, clock: SetClock) -> None:
    person = house.vault.register_person("Awa", "awa@gers.example")
    house.accounts.create("awa", person, "quatre-mots-assez-longs", clock.now(), is_administrator=True)
    folder = house.settings.backup_folder
    assert folder is not None
    folder.write_text("a file is in the way")
    for _ in range(2):
        tend(house, always)
        clock.moment += AGAIN_AFTER
    assert found(house)[0] == ("failed", "failed-other")
    assert state_of(house.engine).failures == 2
    (letter,) = kept(house.engine, "waiting")
    assert letter.kind == "backup-failed"
    (waiting,) = letters_about(f"{clock.today()} 03", {person})
    assert waiting.message_id == letter.message_id
    office = office_of(house)
    verdict = office.weigh(waiting, clock.now())
    assert isinstance(verdict, Leaves)
    awa = house.vault.person(person)
    assert awa is not None
    said = verdict.says(awa, Texts("fr"))
    assert f"prévue le {clock.today()} 03 h" in str(said.paragraphs[0])
    folder.unlink()
    tend(house, always)
    assert found(house) == [("ok", "ok")]
    assert isinstance(office.weigh(waiting, clock.now()), Withdrawn), "it is no news any more"


def test_one_for_which_there_is_no_room_is_not_begun(house: House) -> None:
    full = Settings(**{**house.settings.model_dump(), "least_megabytes": 1_000_000})
    prepared = House(**{**vars(house), "settings": full})
    tend(prepared, always)
    assert found(prepared)[0] == ("failed", "failed-no-room")
    assert made(prepared) == []


def test_a_backup_that_is_there_is_never_replaced_by_one_of_an_older_store(house: House, clock: SetClock) -> None:
    folder = house.settings.backup_folder
    assert folder is not None
    tend(house, always)
    name = name_of(clock.today())
    newer = (folder / name).read_bytes()
    for again in (1, 2):
        remember(house.engine, **{STATE: "{}"})  # a store of before that backup was put back
        tend(house, always)
        beside = [one for one in made(house) if one != name]
        assert len(beside) == again
        assert all(one.startswith(name.removesuffix(".tar.gz") + "-") for one in beside)
    assert newer in [(folder / one).read_bytes() for one in beside]
    for _ in range(4):
        clock.moment += DAY
        tend(house, always)
    assert set(beside) <= set(made(house)), "and rotation leaves them"


def test_a_worker_whose_lease_ran_out_makes_no_second_file_and_tells_no_false_failure(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = scheduled_backups.verify

    def overtaken(fails: bool, settings: Settings, file: Path) -> None:
        """The others take this worker for dead, and one of them is done before it."""
        monkeypatch.setattr(scheduled_backups, "verify", slow)
        os.utime(file, (clock.moment.timestamp(),) * 2)  # made at the hour of the test, not at that of the machine
        tend(house, always)
        assert file.exists(), "each has a file of its own"
        slow(settings, file)
        if fails:
            raise Failed("error.damaged-backup", file=str(file))

    for fails in (False, True):
        monkeypatch.setattr(scheduled_backups, "verify", partial(overtaken, fails))
        tend(house, always)
        assert found(house) == [("ok", "ok")]
        assert name_of(clock.today()) in made(house)
        clock.moment += DAY
    assert len(made(house)) == 2
    assert not kept(house.engine, "waiting")


def test_what_others_keep_in_the_folder_of_the_backups_stays(house: House, clock: SetClock) -> None:
    folder = house.settings.backup_folder
    assert folder is not None
    tend(house, always)
    ours = folder / f"{name_of(clock.today())}.{'0' * 32}.unverified"
    theirs = folder / "photos.unverified"
    for one in (ours, theirs):
        one.touch()
    (folder / f"{name_of(clock.today())}.{'1' * 32}.unverified").mkdir()
    (folder / name_of(clock.today() - 9 * DAY)).mkdir()
    clock.moment += 2 * DAY
    tend(house, always)
    assert not ours.exists()
    assert theirs.exists()
    assert found(house) == [("ok", "ok")]


def test_backups_that_cannot_be_taken_away_are_told_of_and_taken_away_later(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        tend(house, always)
        clock.moment += DAY

    def refused(*_: object) -> list[str]:
        raise PermissionError("this folder takes nothing away")

    with monkeypatch.context() as patch:
        patch.setattr(scheduled_backups, "rotate", refused)
        for _ in range(2):
            tend(house, always)
            assert found(house) == [("warning", "not-rotated"), ("ok", "ok")]
    assert len(made(house)) == 3
    tend(house, always)
    assert found(house) == [("ok", "ok")]
    assert len(made(house)) == 2
