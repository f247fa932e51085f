"""An instance that lived: names typed in every text of every act, through every door, well and badly formed. Once
everybody and every text is forgotten, no file of it holds a name, and an older backup brings none back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote
from uuid import uuid4

import httpx2 as httpx
import pytest
from sqlalchemy import select, text

from api.access import COOKIE
from api.examples import example_of
from api.pages.acts import FORMS
from ctg_engine.bootstrap import House, make_store, opened
from ctg_engine.settings import Settings
from domain import roles
from domain.kernel import COMMANDS, Command
from domain.values import Code, LocalId, Prose, PublicName, Sha256
from tests.api.forms import Form, forms_of
from tests.clearing import cleared
from tests.cli.conftest import CTG, Program, stop, wait_for_answer
from tests.forgetting.canaries import STEM, Planting, holding, name, naming, places, with_text
from tests.forgetting.conftest import Place
from tests.forgetting.test_every_event import sample
from tests.projections.story import OTHER_TEXT, Story
from workflows import schema
from workflows.forgetting import find_texts

PASSWORD = "un mot de passe assez long"
UNKNOWN = "Zorglub"
"""A name that has the form of a code."""


@dataclass
class Instance:
    """A served store, who is known to it, and where everything is."""

    place: Place
    house: House
    story: Story
    client: httpx.Client
    session: str
    tools: dict[str, str]


def settings_of(place: Place, port: int = 8000) -> Settings:
    return Settings(database_url=place.url, port=port, smtp_host="127.0.0.1", smtp_port=9, smtp_tls="none")


@contextmanager
def lived(place: Place, port: int) -> Iterator[Instance]:
    """Tell a whole convention with names in all its texts, then serve it."""
    settings = settings_of(place, port)
    make_store(settings)
    with opened(settings) as house:
        story = Story(house.engine, Planting(house.engine))
        tell(story)
        tools = people(house, story)
        account = house.accounts.find("zorglub.pilot")
        assert account is not None
        session = house.sessions.open(account.account_id, house.clock.now()).token
        house.summaries.rebuild()
        log, folder = place.folder / "serve.log", place.folder / "tmp"
        folder.mkdir()
        ours = {name: value for name, value in os.environ.items() if not name.startswith("CTG_")}
        given = {f"CTG_{one.upper()}": str(getattr(settings, one)) for one in SETTINGS}
        with log.open("w") as said:
            process = subprocess.Popen(
                [CTG, "serve"], stdout=said, stderr=said, text=True, cwd=place.folder,
                env=ours | given | {"TMPDIR": str(folder)},
            )  # fmt: skip
            try:
                wait_for_answer(port, process)
                with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                    yield Instance(place, house, story, client, session, tools)
            finally:
                stop(process)


SETTINGS = ("database_url", "port", "smtp_host", "smtp_port", "smtp_tls")


def tell(story: Story) -> None:
    story.until_signed()
    story.sign(story.cpam, date(2024, 11, 25), text=OTHER_TEXT)
    story.activate(date(2025, 1, 2))
    story.waive("R06", date(2025, 2, 3), date(2026, 12, 31), subject="PARENTING")
    for number in range(2, 12):
        story.meet(f"m{number}", date(2025, 3, number))  # enough for its state to be kept
    story.review(2025, date(2026, 3, 11), "m11")
    story.attach(story.territory)


def people(house: House, story: Story) -> dict[str, str]:
    """Somebody in each role, whose name, address, login and tool all say who they are; the keys of the tools."""
    now = house.clock.now()
    tools: dict[str, str] = {}
    for role in (roles.PILOT, roles.COOPERATION_OFFICER, roles.AUDITOR):
        called = f"{name()} {role}"
        person_id = house.vault.register_person(called, f"zorglub.{role.lower()}@exemple.invalid", phone="0562 zorglub")
        house.accounts.create(f"Zorglub.{role}", person_id, PASSWORD, now)
        story.assign(role, person_id, date(2024, 1, 1))
        label = f"Tableur de {called}"
        issued = house.api_keys.issue(label, role, now + timedelta(days=9), now, territory_id=story.territory)
        tools[role] = issued.token
    tools[roles.FRAMEWORK_PILOT] = house.api_keys.issue(
        "Tableur du cadre", roles.FRAMEWORK_PILOT, now + timedelta(days=9), now, framework_id=story.framework
    ).token
    return tools


# --- names typed at every door ----------------------------------------------------------------------------------------


def requests(kind: type[Command]) -> Iterator[tuple[bool, object]]:
    """Requests for a command with a name wherever something is typed; whether the form of the fields lets it pass."""
    example = example_of(kind)
    whole: object = {**example, "reason": name(), "evidence": [proof()]}
    for place, _ in places(kind, (Prose,)):
        whole = with_text(whole, place, name())
    yield False, whole
    for place, hint in places(kind, (Code, LocalId, PublicName, Sha256)):
        yield False, with_text(example, place, name() if hint is not PublicName else f"{name()}\n")
        if hint is LocalId:
            yield False, with_text(example, place, UNKNOWN)
        if hint not in (PublicName, LocalId):
            yield True, with_text(example, place, UNKNOWN)


def proof() -> dict[str, str]:
    return {"document_id": str(uuid4()), "sha256": "e" * 64, "title": name()}


def by_api(instance: Instance) -> dict[int, int]:
    """Send every request of every command; how many answers there were of each kind.

    Names that have the form of a code are sent by an auditor, who may write nothing: the log would keep them.
    """
    told: dict[int, int] = {}
    here = {"conventions": instance.story.convention, "steering-bodies": instance.story.body}
    for kind in COMMANDS.values():
        if kind.INTERNAL:
            continue
        stream = here.get(kind.AGGREGATE.COLLECTION, uuid4())
        for passes, body in requests(kind):
            for role in (roles.AUDITOR,) if passes else instance.tools:
                answer = instance.client.post(
                    f"/api/v1/{kind.AGGREGATE.COLLECTION}/{stream}/{kind.NAME}",
                    json=body,
                    headers={
                        "Authorization": f"Bearer {instance.tools[role]}",
                        "Idempotency-Key": f"zorglub-{uuid4()}",
                        "User-Agent": "Zorglub/1.0",
                    },
                )
                told[answer.status_code] = told.get(answer.status_code, 0) + 1
    return told


def by_pages(instance: Instance) -> set[int]:
    """Fill the form of every act with names, a file among them; sign in under a name, and ask for pages by names."""
    told = set()
    client, story = instance.client, instance.story
    ids = {
        "conventions": story.convention,
        "territoires": story.territory,
        "pilotage": story.territory,
        "instances": story.body,
    }
    signed_in = {"Cookie": f"{COOKIE}={instance.session}"}
    for act in FORMS:
        middle = f"/{ids[act.place.word]}" if act.place.key and act.place.word in ids else ""
        address = f"/{act.place.word}{middle}/actes/{act.name}"
        shown = client.get(address, headers=signed_in)
        told.add(shown.status_code)
        for form in forms_of(shown.text) if shown.status_code == 200 else ():
            if form.action == address:
                file = ("evidence.0.file", (f"{name()}.pdf", b"zorglub" * 300_000, "application/pdf"))
                data = [(key, value) for key, values in filled(form).items() for value in values]
                sent = client.post(address, headers=signed_in, files=[file, *((key, (None, one)) for key, one in data)])
                told.add(sent.status_code)
    for typed in (PASSWORD, "zorglub-zorglub"):
        for login in ("zorglub.pilot", "zorglub@exemple.invalid"):
            told.add(client.post("/connexion", data={"identifier": login, "password": typed}).status_code)
    for path in (
        f"/?{STEM}={quote(name())}",
        f"/{quote(name())}",
        f"/conventions/{quote(name())}",
        f"/conventions/{story.convention}/journal?acteur={quote(name())}&type={quote(name())}",
        f"/t/{quote(name())}",
        f"/t/{quote(name())}/c/{quote(name())}/documents",
        f"/connexion?next=/{quote(name())}",
        f"/recherche?q={quote(name())}&quoi={quote(name())}&ou={quote(name())}",
        f"/api/v1/conventions?cursor={quote(name())}",
    ):
        for headers in (signed_in, {"Authorization": f"Bearer {STEM}"}, {"Accept-Language": "zorglub"}):
            told.add(client.get(path, headers=headers).status_code)
    told.add(client.post("/api/v1/conventions", content=b'{"zorglub": zorglub}').status_code)
    return told


def filled(form: Form) -> dict[str, list[str]]:
    """A form with a name in each field that one types in."""
    free = form.values.keys() - form.offered.keys() - {"csrf_token"}
    hidden = {key for key in free if key.startswith("_") or "key" in key}
    return {key: [name()] if key in free - hidden else values for key, values in form.values.items()}


# --- and none is left -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_left_of_anybody_once_forgotten(place: Place, port: int, ctg: Program) -> None:
    ctg.directory, ctg.settings = place.folder, {"database_url": place.url, "forgotten_list": f"{place.folder}/list"}
    with lived(place, port) as instance:
        house, engine = instance.house, instance.house.engine
        answered, seen = by_api(instance), by_pages(instance)
        assert {400, 403, 422} <= answered.keys()
        assert not {500, 503} & (answered.keys() | seen), (answered, seen)
        with engine.connect() as connection:
            kept = {one.name: connection.execute(select(one)).all() for one in schema.metadata.sorted_tables}
            summaries = connection.execute(text(f"SELECT * FROM {summaries_of(house)}")).all()
        assert all(kept[one] for one in ("refusals", "idempotency", "states", "sessions", "api_keys", "accounts"))
        assert summaries
        known, of_log = house.vault.everybody(), list(find_texts(engine, house.vault, [STEM]))
        assert len(known) == 3
        assert len(of_log) > 100
        assert {"names", "findable"} <= summaries[0]._mapping.keys(), "what searches read is looked at too"
        assert found_by_name(instance) > 10, "titles are opened for who may read them"
        told = [one for one in (*kept["refusals"], *kept["idempotency"], *kept["states"], *summaries) if says(one)]
        assert told == [], "what is kept beside the log says no name even before"
        sample(engine)
        backup = place.folder / "before.tar"
        ctg.done("backup", backup)
        keys = house.vault.keys({one.person_id for one in known} | {said.event_id for said, _ in of_log})

        gone = ctg.done("person", "forget", "zorglub.pilot", "--reason", "REQUEST", "--with-texts", "--yes")
        assert "Élodie" in gone.splitlines()[0]
        page = instance.client.get("/", headers={"Cookie": f"{COOKIE}={instance.session}"}, follow_redirects=False)
        assert page.headers["location"].startswith("/connexion"), "the session is closed in the other process at once"
        event = of_log[0][0]
        ctg.done("text", "forget", str(event.event_id), "--field", event.field, "--reason", "MISTAKE", "--yes")
        for person in known:
            house.forgetting.person(person.person_id, "REQUEST", house.clock.today(), house.clock.now())
        tokens = [said.token for said, _ in find_texts(engine, house.vault, [STEM])]
        house.forgetting.texts(tokens, "REQUEST", house.clock.today())
        path = f"/api/v1/conventions/{instance.story.convention}/events"
        trail = instance.client.get(path, headers={"Authorization": f"Bearer {instance.tools[roles.PILOT]}"})
        assert trail.status_code == 200, trail.text
        assert STEM not in trail.text.casefold()
        assert found_by_name(instance) == 0
    ctg.done("person", "forgotten", "--export", place.folder / "list")
    with opened(settings_of(place)) as house:
        assert cleared(house.engine, house.vault) == ()
        assert find_texts_left(house) == 0
    files = place.files()
    assert (naming(files), holding(files, keys.values())) == ({}, {})
    sys.stdout.write(f"\nanswers by kind: {answered}; texts: {len(of_log)}; files looked at: {len(files)}\n")
    sys.stdout.write(f"left in the transaction log: {holding(place.transaction_log(), keys.values())}\n")

    assert naming([backup]) == {} or place.url.startswith("postgresql")
    assert "oubliés de nouveau" in ctg.done("restore", backup, "--force")
    with opened(settings_of(place)) as house:
        assert (find_texts_left(house), house.vault.everybody(), house.forgetting.returned()) == (0, [], 0)
        assert cleared(house.engine, house.vault) == (), "PostgreSQL may have looked at it just then"
    files = place.files()
    assert (naming(files), holding(files, keys.values())) == ({}, {})


def found_by_name(instance: Instance) -> int:
    """How many things a search finds whose title has a name."""
    asked = {"Authorization": f"Bearer {instance.tools[roles.PILOT]}"}
    answer = instance.client.get(f"/api/v1/search?q={STEM}", headers=asked)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


def find_texts_left(house: House) -> int:
    return len(list(find_texts(house.engine, house.vault, [STEM])))


def says(row: object) -> bool:
    return STEM in str(row).casefold()


def summaries_of(house: House) -> str:
    with house.engine.connect() as connection:
        names = connection.dialect.get_table_names(connection)
    return next(one for one in names if one.startswith("summaries_"))
