"""`ctg person` and `ctg text`: nothing is forgotten unconfirmed, and no backup brings back what is."""

from __future__ import annotations

import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.serving import cleaned
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from tests.forgetting.test_every_event import sample
from tests.projections.story import Story
from workflows import schema
from workflows.forgetting import TEXT, find_texts

PASSWORD = "quatre-mots-assez-longs"
NAME = "Alix Canari"
SURE = ("--reason", "REQUEST", "--yes")


def tell(house: House) -> None:
    """A diagnosis of which one reason names somebody, with an account of theirs."""
    person_id = house.vault.register_person(NAME, "alix@exemple.fr")
    house.accounts.create("alix", person_id, PASSWORD, house.clock.now())
    story = Story(house.engine)
    story.settle()
    story.assign("PILOT", person_id, story.today)


def settings_of(program: Program) -> Settings:
    return Settings(database_url=program.settings["database_url"])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store where somebody is known, and named."""
    path = tmp_path_factory.mktemp("told") / "ctg.db"
    settings = Settings(database_url=f"sqlite:///{path}")
    prepare(settings)
    with opened(settings) as house:
        tell(house)
    return path


@pytest.fixture
def instance(ctg: Program, told: Path) -> Program:
    """Commands on a copy of it."""
    shutil.copy(told, ctg.directory)
    return ctg


def event_naming(program: Program) -> str:
    """An event of which one text says something."""
    with opened(settings_of(program)) as house:
        return str(next(find_texts(house.engine, house.vault, ["Approuvé"]))[0].event_id)


CANNOT_BE = {
    "unconfirmed": (("person", "forget", "alix", "--reason", "REQUEST"), "--yes"),
    "reason in words": (("person", "forget", "alix", "--reason", "Mme Canari le veut", "--yes"), "END_OF_RETENTION"),
    "nobody": (("person", "forget", "zoe", *SURE), "ctg person list"),
    "no such person": (("person", "forget", str(uuid4()), *SURE), "ctg person list"),
    "nothing to change": (("person", "change", "alix"), "--email"),
    "change of nobody": (("person", "change", "zoe", "--name", "Zoé"), "ctg person list"),
    "unusable address": (("person", "change", "alix", "--email", "alix"), "exemple.fr"),
    "unknown language": (("person", "change", "alix", "--language", "oc"), "fr, en"),
    "no such event": (("text", "forget", str(uuid4()), *SURE), "ctg text find"),
    "no event": (("text", "list", "x"), "identifiant"),
    "no list": (("person", "forget-again", "absent"), "absent"),
    "overlong time": (("doctor",), "CTG_KEEP_LETTERS_DAYS"),
}


@pytest.mark.parametrize("case", CANNOT_BE)
def test_what_cannot_be_forgotten_is_said_and_nothing_is(instance: Program, case: str) -> None:
    arguments, remedy = CANNOT_BE[case]
    ended = instance(*arguments, **({"keep_letters_days": "0"} if case == "overlong time" else {}))
    assert ended.returncode == 2, ended.stderr
    assert remedy in ended.stderr
    with opened(settings_of(instance)) as house:
        assert [one.name for one in house.vault.everybody()] == [NAME]
        assert house.forgetting.listed() == []


def test_one_text_is_forgotten_by_its_field(instance: Program) -> None:
    event = event_naming(instance)
    assert [line.split("\t")[1:] for line in instance("text", "list", event).stdout.splitlines()] == [
        ["text", "Approuvé"]
    ]
    unknown = instance("text", "forget", event, "--field", "motif", *SURE)
    assert unknown.returncode == 2
    assert "« motif ». Il a : text." in unknown.stderr
    journal = instance.directory / "security"
    said = instance("text", "forget", event, "--field", "text", *SURE, security_folder=str(journal))
    assert said.returncode == 0, said.stderr
    assert "1 texte effacé" in said.stdout
    assert "texte effacé" in instance("text", "list", event).stdout
    assert event not in instance("text", "find", "approuvé").stdout
    (file,) = journal.iterdir()
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["event"], told["reason"], told["texts"], told["by"]) == ("texts-forgotten", "REQUEST", 1, "operator")


def test_somebody_is_corrected_then_forgotten(instance: Program) -> None:
    assert instance("person", "change", "alix", "--name", "Alix Serin", "--phone", "").returncode == 0
    (listed,) = instance("person", "list").stdout.splitlines()
    assert listed.split("\t")[1:] == ["Alix Serin", "alix@exemple.fr", "alix"]
    ended = instance("person", "forget", "alix", *SURE)
    assert ended.returncode == 0, ended.stderr
    assert "pilote" in ended.stdout, "the roles that nobody answers for any more"
    assert "CTG_FORGOTTEN_LIST" in ended.stdout
    assert instance("person", "list").stdout == ""
    assert "personne supprimée" in instance("account", "list").stdout
    person_id = listed.split("\t")[0]
    assert person_id in instance("person", "forgotten").stdout
    assert not re.search("(?i)serin|canari|alix@", ended.stderr)
    assert "revenu" not in instance("doctor").stdout
    assert instance("person", "forget", person_id, *SURE).returncode == 0


def test_the_list_is_kept_where_the_settings_say(instance: Program) -> None:
    kept = instance.directory / "list"
    said = instance("person", "forget", "alix", *SURE, forgotten_list=str(kept))
    assert str(kept) in said.stdout
    before = kept.read_text()
    assert len(before.splitlines()) == 1
    assert kept.stat().st_mode & 0o077 == 0
    with opened(settings_of(instance)) as house:
        tokens = [one.token for one, _ in find_texts(house.engine, house.vault, ["Approuvé"])]
        house.forgetting.texts(tokens, "MISTAKE", house.clock.today())
    assert "manquent dans" in instance("doctor", forgotten_list=str(kept)).stdout
    assert instance("person", "forgotten", "--export", str(kept)).returncode == 0
    assert set(before.splitlines()) < set(kept.read_text().splitlines())
    assert "aucun n’est revenu" in instance("doctor", forgotten_list=str(kept)).stdout
    store = instance.directory / "ctg.db"
    over = instance("person", "forgotten", "--export", str(store))
    assert over.returncode == 2
    assert "ligne 1" in over.stderr


def test_what_came_back_by_other_ways_is_told_and_forgotten_again(instance: Program) -> None:
    """A copy of the file put back by hand; the jobs mend it too, by the list that is in the store."""
    kept, copy = instance.directory / "list", instance.directory / "copy"
    copy.write_bytes((instance.directory / "ctg.db").read_bytes())
    assert instance("person", "forget", "alix", *SURE).returncode == 0
    assert instance("person", "forgotten", "--export", str(kept)).returncode == 0
    (instance.directory / "ctg.db").write_bytes(copy.read_bytes())
    assert NAME in instance("person", "list").stdout
    assert "1 personne" in instance("person", "forget-again", str(kept)).stdout
    assert instance("person", "list").stdout == ""
    with opened(settings_of(instance)) as house:
        (listed,) = house.forgetting.listed()
        again = house.vault.register_person("Autre", "autre@exemple.fr")
        with house.engine.begin() as connection:
            connection.execute(update(schema.forgotten).values(subject_id=again))
        assert "est revenu" in instance("doctor").stdout
        cleaned(house)
        assert (house.forgetting.returned(), house.vault.everybody()) == (0, [])
    assert listed.kind == "PERSON"


def test_cleaning_that_is_not_done_is_told(instance: Program) -> None:
    with opened(settings_of(instance)) as house:
        old = house.clock.today() - timedelta(days=40)
        with house.engine.begin() as connection:
            connection.execute(update(schema.idempotency).values(day=old))
    assert "ils devraient" not in instance("doctor").stdout
    assert "elles devraient partir après 30 jours" in instance("doctor").stdout
    with opened(settings_of(instance)) as house:
        cleaned(house)
    assert "Réponses gardées pour qui redemande : 0" in instance("doctor").stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("left", ["the store", "a list", "the list of the settings"])
def test_a_backup_of_before_brings_nothing_back(anywhere: Program, left: str) -> None:
    anywhere.done("migrate")
    with opened(settings_of(anywhere)) as house:
        tell(house)
        sample(house.engine)
    file, kept = anywhere.directory / "backup.tar", anywhere.directory / "list"
    anywhere.done("backup", file)
    event = event_naming(anywhere)
    anywhere.done("person", "forget", "alix", *SURE)
    anywhere.done("text", "forget", event, *SURE)
    restored: list[str | Path] = ["restore", file, "--force"]
    if left != "the store":
        anywhere.done("person", "forgotten", "--export", kept)
        restored += ["--forget-again", kept] if left == "a list" else []
        anywhere.settings |= {"forgotten_list": str(kept)} if left != "a list" else {}
        lose(anywhere)
    assert "2 personnes ou textes revenus sont oubliés de nouveau" in anywhere.done(*restored)
    with opened(settings_of(anywhere)) as house:
        assert house.vault.everybody() == []
        assert [one.login.startswith("forgotten-") for one in house.accounts.accounts()] == [True]
        assert sorted(one.kind for one in house.forgetting.listed()) == ["PERSON", TEXT]
        assert house.forgetting.returned() == 0
    assert "texte effacé" in anywhere.done("text", "list", event)


def lose(program: Program) -> None:
    """The store is lost with its list: another, empty one is in its place."""
    settings = settings_of(program)
    if settings.sqlite_path is not None:
        for file in settings.sqlite_path.parent.glob("ctg.db*"):
            file.unlink()
        return
    with opened(settings) as house, house.engine.begin() as connection:
        connection.execute(schema.forgotten.delete())


@pytest.mark.slow
def test_a_list_that_is_none_stops_a_restoration(ctg: Program) -> None:
    ctg.done("migrate")
    ctg.done("backup", ctg.directory / "backup.tar")
    (ctg.directory / "list").write_text("Mme Lacoste\n")
    before = Path(ctg.directory / "ctg.db").read_bytes()
    ended = ctg("restore", ctg.directory / "backup.tar", "--force", "--forget-again", ctg.directory / "list")
    assert ended.returncode == 2
    assert "ligne 1" in ended.stderr
    assert Path(ctg.directory / "ctg.db").read_bytes() == before
