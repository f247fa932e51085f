"""The forms of the acts: what is typed is never lost, what is sent twice is done once, and a convention can be led to
its first review with nothing but forms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.pages.acts import FORMS
from api.pages.addresses import DIAGNOSIS
from api.pages.forms.places import BODIES, CONVENTION
from domain import roles
from domain.territories import ChangePerimeter, Commune, PerimeterChanged
from domain.values import Code, PublicName
from tests.api.forms import Form, act, confirmed, decide, form_of, forms_of, open_form
from tests.api.routes import doors, expected
from tests.api.scene import ELSEWHERE, NOW, PASSWORD, Scene, assign, login_of, person_of
from tests.plans import left_aside
from tests.unit.office_files import PDF
from workflows.sessions import SESSION_IDLE
from workflows.texts import LANGUAGES, Texts

TECHNICAL = frozenset({"csrf_token", "idempotency_key", "expected_version", "act"})
GRID = "attendance_by_expertise"
FULL = [f"{expertise}.{side}" for expertise in ("TECHNICAL", "POLITICAL", "USAGE") for side in ("OFFER", "DEMAND")]


def there(scene: Scene, command: str) -> str:
    """The form of an act on the convention at the forums."""
    return f"/conventions/{scene.there.convention}/actes/{command}"


def forum(form: Form, **changes: str | Iterable[str]) -> dict[str, list[str]]:
    """A forum held, as typed."""
    counts = {f"{GRID}__count__{one}": "7" for one in ("TECHNICAL", "POLITICAL", "USAGE")}
    typed: dict[str, Any] = {
        "themes": ["YOUTH"],
        "occurred_on": "2026-05-12",
        "place": "Salle d’« Auch » & environs <b>",
        "outputs": "Un relais\nUne navette",
        f"{GRID}__cell": FULL,
        **counts,
        **changes,
    }
    return form.filled(**typed)


def typed_in(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a person typed, without what the form carries for itself, nor fields left empty."""
    return {
        name: [value.replace("\r\n", "\n") for value in sent]
        for name, sent in values.items()
        if name not in TECHNICAL and any(sent)
    }


# --- nothing typed is lost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"occurred_on": "12 mai"}, 400),
        ({"occurred_on": "0026-05-12"}, 400),
        ({"occurred_on": "1900-01-01"}, 400),
        ({"themes": []}, 400),
        ({f"{GRID}__count__USAGE": "beaucoup"}, 400),
        ({f"{GRID}__count__USAGE": "-1"}, 400),
        ({f"{GRID}__count__USAGE": ""}, 400),
        ({"evidence__0__title": "Compte rendu", "evidence__0__sha256": "abc"}, 400),
        ({"evidence__0__sha256": "c" * 64}, 400),
        ({"occurred_on": "2026-06-02"}, 422),
        ({"_add": "evidence"}, 200),
    ],
)
def test_what_cannot_be_recorded_is_given_back_as_typed(scene: Scene, changes: dict[str, Any], status: int) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    form = open_form(client, there(scene, "record-forum"))
    sent = forum(form, reason="Parce que « oui »\n\n<script>", **changes)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == status
    assert scene.event_count() == before
    again = form_of(answer.text, form.action)
    sent.pop("_add", None)
    assert typed_in(again.values) == typed_in(sent)
    assert again.one("idempotency_key") == form.one("idempotency_key")
    assert ('id="errors"' in answer.text) is (status != 200)
    assert "<script>" not in answer.text.replace("<script type", "")


BADLY = {"occurred_on", "until", "on", "email"}
"""Days and an address, where a person may type what is none."""


def fullest(html: str, address: str) -> Form:
    """The form of a page that asks the most, among those that post to an address; an empty one where there is none."""
    path = address.partition("?")[0]
    found = [form for form in forms_of(html) if form.action.partition("?")[0] == path]
    return max(found, key=lambda form: len(form.values.keys() | form.offered.keys()), default=Form(address))


def full(form: Form) -> dict[str, list[str]]:
    """A form where everything is filled, with a day that is none."""
    sent = {name: list(values) for name, values in form.values.items()}
    hidden = TECHNICAL | {"form_id", "stream_id", "forum_id", "priority_id", "meeting_id"}
    for name, values in sent.items():
        if name not in form.offered and name not in hidden:
            sent[name] = [values[-1] or f"tapé {name}"]
    for name, offered in form.offered.items():
        sent[name] = offered[-1:]
    sent.update({name: ["un jour"] for name in BADLY & sent.keys()})
    return sent


@pytest.mark.parametrize("role", [roles.PILOT, roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT])
def test_no_form_loses_anything_that_was_typed(scene: Scene, role: str) -> None:
    client, before, lost, forms = scene.browser(role), scene.event_count(), [], 0
    for door in doors(scene.app):
        if door.is_api or door.method != "POST" or not expected(str(door.action), role) or door.action == "public":
            continue
        if door.is_about_a_record:
            continue  # it has no field that could be malformed
        if role == roles.PILOT and door.path.startswith("/cadre/"):
            continue  # the pilot of a territory does nothing on a whole framework
        address = door.address(scene)
        form = fullest(client.get(address).text, address)
        if "_choose" in form.values:  # one says first which thing it is about
            address = f"{address}?stream_id={form.offered['stream_id'][-1]}"
            form = fullest(client.get(address).text, address)
        if "/actes/" not in door.path and not form.values.keys() & BADLY:
            continue  # a page where everything is chosen: nothing of it could be malformed
        sent = full(form)
        answer = client.post(form.action, data=sent)
        assert answer.status_code == 400, form.action
        again = typed_in(fullest(answer.text, form.action).values)
        lost += [
            (form.action, name, again.get(name)) for name, value in typed_in(sent).items() if again.get(name) != value
        ]
        forms += 1
    assert lost == []
    assert forms >= 4
    assert scene.event_count() == before


def test_a_form_that_has_nothing_to_choose_from_yet_says_what_comes_first(scene: Scene) -> None:
    """It failed where no committee had decided anything."""
    client, address = scene.browser(ELSEWHERE), f"/conventions/{scene.there.convention}/actes"
    opened = {
        form.name: client.get(f"{address}/{form.name}").status_code
        for form in FORMS
        if form.place in (CONVENTION, BODIES)
    }
    assert set(opened.values()) <= {200, 403, 404}, opened
    wanted = [
        (language, form.name, path)
        for language in LANGUAGES
        for form in FORMS
        for path, first in form.needs.items()
        if not any(Texts(language).has(f"page.form.need.{one}") for one in (f"{form.name}.{path}", first.name))
    ]
    assert wanted == []


def test_a_perimeter_of_many_communes_is_changed_without_losing_one(scene: Scene) -> None:
    communes = [
        Commune(Code(f"32{number:03d}"), None, PublicName(f"Commune {number}"), 100) for number in range(101, 108)
    ]
    scene.here.tell(
        ChangePerimeter(
            stream_id=scene.uncovered,
            name=PublicName("CC Val de Gers"),
            legal_form=Code("CC"),
            communes=tuple(communes),
        ),
        scene.here.administrator,
    )
    client, other = scene.browser(roles.ADMINISTRATOR), scene.browser(roles.ADMINISTRATOR)
    address = f"/territoires/{scene.uncovered}/actes/change-perimeter"
    form, form_of_another = open_form(client, address), open_form(other, address)
    assert client.post(address, data=form.filled(communes__6__population="101")).status_code == 303
    changed = scene.events()[-1]
    assert other.post(address, data=form_of_another.filled(communes__0__population="102")).status_code == 409
    assert scene.events()[-1] == changed
    assert isinstance(changed, PerimeterChanged)
    assert [one.population for one in changed.communes] == [100] * 6 + [101]


def test_each_error_is_said_at_its_field_and_leads_there(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    html = client.post(form.action, data=forum(form, occurred_on="hier", themes=[])).text
    for field in ("occurred_on", "themes"):
        assert f'href="#f-{field}"' in html
        assert f'id="f-{field}-error"' in html


def test_a_refusal_says_every_rule_and_how_to_mend_it(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "choose-priority"))
    sent = form.filled(
        title="Mobilité", themes=["MOBILITY"], decided_in=form.offered["decided_in"][-1], occurred_on="2026-06-02"
    )
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 422
    for said in ("Un fait ne peut pas être daté du", "constat", "n’a pas encore été croisé dans des forums"):
        assert said in answer.text
    assert there(scene, "record-forum") in answer.text, "the act that mends it"
    assert typed_in(form_of(answer.text, form.action).values) == typed_in(sent)


@pytest.mark.parametrize("name", ["findings", "participation", "evidence"])
def test_a_row_more_keeps_what_is_typed_and_records_nothing(scene: Scene, name: str) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    form = open_form(client, there(scene, "record-shared-diagnosis"))
    rows = len(_rows(form, name))
    assert (("_add", name)) in form.buttons
    typed = {"findings__0__statement": "Peu de bus", "findings__0__theme": "MOBILITY", "evidence__0__title": "Note"}
    sent = form.filled(**typed, _add=name)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 200
    again = form_of(answer.text, form.action)
    assert len(_rows(again, name)) == rows + 1
    for field, value in typed.items():
        assert again.one(field.replace("__", ".")) == value
    assert scene.event_count() == before


def _rows(form: Form, name: str) -> set[str]:
    return {key.split(".")[1] for key in form.values if key.startswith(f"{name}.")}


def test_somebody_elses_fact_meanwhile_is_a_conflict_and_nothing_is_lost(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    decided = decide(scene.there, "WAIVER", date(2026, 4, 1))
    form = open_form(client, there(scene, "grant-waiver"))
    sent = form.filled(
        rule="R06", subject="MOBILITY", motive="Public éloigné", expires_on="2027-01-31", decided_in=decided
    )
    scene.there.forum("fo5", date(2026, 4, 2))
    before = scene.event_count()
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 409
    assert scene.event_count() == before
    again = form_of(answer.text, form.action)
    assert typed_in(again.values) == typed_in(sent)
    assert again.one("expected_version") != form.one("expected_version")
    assert client.post(again.action, data=again.values).status_code == 303
    assert scene.event_count() == before + 1


def test_a_fact_of_the_world_is_recorded_whatever_else_was_meanwhile(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    scene.there.forum("fo5", date(2026, 4, 2))
    assert client.post(form.action, data=forum(form)).status_code == 303


# --- once -------------------------------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_done_once(scene: Scene) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    form = open_form(client, there(scene, "record-forum"))
    first, second = (client.post(form.action, data=forum(form)) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert scene.event_count() == before + 1


def test_whoever_steers_and_speaks_for_a_partner_acts_for_none_by_a_form(scene: Scene) -> None:
    """A pilot who also represents a partner records the forum as the pilot: nobody is said to have acted through it."""
    assign(scene.there, roles.PARTNER_REPRESENTATIVE, person_of(ELSEWHERE), scene.here.caf)
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    assert client.post(form.action, data=forum(form)).status_code == 303
    held = scene.events()[-1]
    assert (held.envelope.actor_id, held.envelope.on_behalf_of) == (person_of(ELSEWHERE), None)


def test_success_leads_to_the_page_that_says_so_to_its_author_only(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    answer = client.post(form.action, data=forum(form))
    location = answer.headers["location"]
    page = scene.page_of(scene.there, DIAGNOSIS)
    assert location.startswith(f"{page}?fait=")
    assert "Le forum est enregistré." in client.get(location).text
    assert "Le forum est enregistré." not in scene.browser(roles.AUDITOR).get(location).text
    assert "Le forum est enregistré." not in client.get(page).text
    assert client.get(f"{page}?fait=%00%ff").status_code == 200


@pytest.mark.parametrize(
    ("role", "home"), [(roles.ADMINISTRATOR, "/administration"), (roles.FRAMEWORK_PILOT, "/departement")]
)
def test_an_act_of_the_register_leads_to_a_page_that_its_author_may_open(scene: Scene, role: str, home: str) -> None:
    client = scene.browser(role)
    form = open_form(client, "/administration/actes/register-partner")
    answer = client.post(form.action, data=form.filled(kind="CCAS", name="CCAS d'Auch"))
    assert answer.headers["location"].partition("?")[0] == home
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "Le partenaire est inscrit." in page.text


def test_an_irregular_fact_is_said_to_be(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    location = client.post(form.action, data=forum(form, occurred_on="2026-02-01")).headers["location"]
    assert "il ne compte pas" in client.get(location).text


def test_a_form_changed_after_it_was_recorded_gets_a_new_key(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    assert client.post(form.action, data=forum(form)).status_code == 303
    before = scene.event_count()
    changed = forum(form, place="Ailleurs")
    answer = client.post(form.action, data=changed)
    assert answer.status_code == 422
    again = form_of(answer.text, form.action)
    assert again.one("idempotency_key") != form.one("idempotency_key")
    assert typed_in(again.values) == typed_in(changed)
    assert scene.event_count() == before


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 70_000, 22 * 1024 * 1024])
def test_a_document_is_known_by_its_fingerprint(scene: Scene, size: int) -> None:
    client = scene.browser(ELSEWHERE)
    content = PDF[:9] + b"%" + b"x" * size + b"\n" + PDF[9:]
    form = open_form(client, there(scene, "record-forum"))
    sent = forum(form, evidence__0__title="Feuille de présence", evidence__0__sha256="0" * 64)
    answer = client.post(form.action, data=sent, files={"evidence.0.file": ("f.pdf", content, "application/pdf")})
    assert answer.status_code == 303
    (document,) = scene.events()[-1].envelope.evidence
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_a_document_joined_to_a_form_in_error_is_kept_by_its_fingerprint(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    sent = forum(form, occurred_on="hier", evidence__0__title="Feuille")
    answer = client.post(form.action, data=sent, files={"evidence.0.file": ("f.pdf", b"abc", "application/pdf")})
    assert answer.status_code == 400
    assert form_of(answer.text, form.action).one("evidence.0.sha256") == hashlib.sha256(b"abc").hexdigest()


def test_more_than_the_engine_takes_is_said_plainly(scene: Scene) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    form = open_form(client, there(scene, "record-forum"))
    content = b"x" * (51 * 1024 * 1024)
    answer = client.post(form.action, data=forum(form), files={"evidence.0.file": ("f.pdf", content)})
    assert answer.status_code == 413
    assert "trop grand" in answer.text
    assert scene.event_count() == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"a=%ff&b=%00", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"&".join(b"a%d=1" % number for number in range(6_000)), "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_records_nothing(scene: Scene, content: bytes, kind: str) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    answer = client.post(there(scene, "record-forum"), content=content, headers={"Content-Type": kind})
    assert answer.status_code in (400, 403)
    assert answer.headers["content-type"].startswith("text/html")
    assert scene.event_count() == before


# --- a session that ended meanwhile -----------------------------------------------------------------------------------


def test_what_was_typed_survives_the_end_of_the_session(scene: Scene) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    form = open_form(client, there(scene, "record-forum"))
    sent = forum(form, reason="Long à écrire")
    scene.clock.moment = NOW + SESSION_IDLE
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 401
    sign_in = next(one for one in forms_of(answer.text) if one.action == "/connexion")
    wrong = client.post("/connexion", data=sign_in.filled(identifier=login_of(ELSEWHERE), password="non"))
    sign_in = next(one for one in forms_of(wrong.text) if one.action == "/connexion")
    answer = client.post("/connexion", data=sign_in.filled(identifier=login_of(ELSEWHERE), password=PASSWORD))
    assert answer.status_code == 200
    resumed = form_of(answer.text, form.action)
    (button,) = resumed.buttons
    answer = client.post(form.action, data=resumed.values | {button[0]: [button[1]]})
    again = form_of(answer.text, form.action)
    assert typed_in(again.values) == typed_in(sent)
    assert scene.event_count() == before
    assert client.post(again.action, data=again.values).status_code == 303
    assert scene.event_count() == before + 1


# --- the whole way ----------------------------------------------------------------------------------------------------


class Walker:
    """Someone who does every act by its form."""

    def __init__(self, scene: Scene, client: TestClient) -> None:
        self.scene = scene
        self.client = client

    def do(self, address: str, **typed: Any) -> str:
        """Fill a form and send it; where it leads. A callable picks among what the form offers."""
        form = open_form(self.client, address)
        filled = {
            name: value(form.offered[name.replace("__", ".")]) if callable(value) else value
            for name, value in typed.items()
        }
        answer = self.client.post(form.action, data=form.filled(**filled))
        answer = confirmed(self.client, answer, form.action)
        assert answer.status_code == 303, [
            line for line in answer.text.splitlines() if "rule" in line or "error" in line
        ]
        page = self.client.get(answer.headers["location"])
        assert page.status_code == 200
        return answer.headers["location"].partition("?")[0]


def last(choices: list[str]) -> str:
    """The last of the choices."""
    return choices[-1]


def first(choices: list[str]) -> str:
    """The first real choice."""
    return next(choice for choice in choices if choice)


def test_a_convention_goes_from_its_opening_to_its_first_review_by_forms_alone(scene: Scene) -> None:
    scene.clock.set(date(2024, 1, 8))
    office = Walker(scene, scene.browser(roles.ADMINISTRATOR))
    office.do(
        "/administration/actes/register-partner",
        kind="EPCI",
        name="CC Val de Gers",
        siren="243 200 409",
        home_territory_id=str(scene.uncovered),
    )
    holder = next(
        event for event in scene.events()[::-1] if event.TOPIC == "ctg.partner.partner-registered"
    ).originator_id
    place = f"/territoires/{scene.uncovered}/actes"
    office.do(f"{place}/assign-territory-role", role="PILOT", person_id=str(person_of("NOBODY")))
    department = Walker(scene, scene.browser(roles.FRAMEWORK_PILOT))
    department.do(f"{place}/open-convention", effective_from="2024-06-01", effective_to="", occurred_on="2024-01-08")
    opened = next(one for one in scene.events()[::-1] if one.TOPIC == "ctg.convention.convention-opened")
    pilot = Walker(scene, scene.browser("NOBODY"))
    acts = f"/conventions/{opened.originator_id}/actes"
    pilot.do(f"{place}/constitute-steering-body", name="Comité de pilotage", kind="COPIL")
    scene.clock.set(date(2024, 2, 5))
    pilot = Walker(scene, scene.browser("NOBODY"))
    pilot.do(f"{acts}/record-engagement", partners=[str(scene.here.caf)], occurred_on="2024-01-15")
    pilot.do(
        f"{acts}/record-shared-diagnosis",
        findings__0__theme="MOBILITY",
        findings__0__kind="CONSTRAINT",
        findings__0__statement="Peu de bus le soir",
        occurred_on="2024-01-22",
    )
    pilot.do(f"{acts}/convene-forum", themes=["MOBILITY"], planned_on="2024-03-04")
    scene.clock.set(date(2024, 3, 6))
    pilot = Walker(scene, scene.browser("NOBODY"))
    counts = {f"{GRID}__count__{one}": "5" for one in ("TECHNICAL", "POLITICAL", "USAGE")}
    pilot.do(
        f"{acts}/record-forum",
        forum_id=first,
        themes=["MOBILITY"],
        occurred_on="2024-03-04",
        **{f"{GRID}__cell": FULL, **counts},
    )
    pilot.do(
        f"{acts}/record-meeting",
        attendance="9",
        decisions__0__kind="PRIORITY_CHOSEN",
        decisions__0__text="Des bus le soir",
        decisions__1__kind="PLAN_VALIDATED",
        decisions__1__text="Le plan",
        occurred_on="2024-03-06",
    )
    pilot.do(
        f"{acts}/choose-priority",
        title="Des bus le soir",
        themes=["MOBILITY"],
        findings=lambda offered: [first(offered)],
        decided_in=first,
    )
    pilot.do(
        f"{acts}/draft-action-sheet",
        title="Une navette",
        priority_id=first,
        owner_id=str(holder),
        starts_on="2024-06-01",
        ends_on="2025-06-01",
    )
    aside = {name.replace(".", "__"): value for name, (value,) in left_aside().items()}
    pilot.do(
        f"{acts}/validate-action-plan", sheets=lambda offered: offered, text_sha256="d" * 64, decided_in=last, **aside
    )
    pilot.do(f"{acts}/record-mandate", partner_id=str(scene.here.caf), kind="BOARD")
    pilot.do(
        f"{acts}/record-mandate",
        partner_id=str(holder),
        kind="COMMUNITY_COUNCIL",
        executory_on="2024-03-06",
    )
    for partner in (scene.here.caf, holder):
        pilot.do(f"{acts}/record-signature", partner_id=str(partner), text_sha256__choice=first)
    scene.clock.set(date(2024, 6, 3))
    pilot = Walker(scene, scene.browser("NOBODY"))
    pilot.do(f"{acts}/activate-convention", occurred_on="2024-06-03")
    scene.clock.set(date(2025, 2, 3))
    pilot = Walker(scene, scene.browser("NOBODY"))
    pilot.do(
        f"{acts}/record-meeting",
        attendance="9",
        decisions__0__kind="REVIEW_VALIDATED",
        decisions__0__text="Bilan",
        occurred_on="2025-02-03",
    )
    stands = {"action_statuses.0.status": "RUNNING"}  # the form has a line for each action of the plan
    pilot.do(f"{acts}/record-review", meeting_id=first, users_heard="3", occurred_on="2025-02-03", **stands)
    told = [event for event in scene.events() if event.originator_id == opened.originator_id]
    assert [event.TOPIC.removeprefix("ctg.convention.") for event in told] == [
        "convention-opened",
        "engagement-confirmed",
        "diagnosis-shared",
        "forum-convened",
        "forum-held",
        "priority-chosen",
        "action-plan-validated",
        "mandate-recorded",
        "mandate-recorded",
        "signature-recorded",
        "signature-recorded",
        "convention-signed",
        "action-plan-signed",
        "convention-activated",
        "review-done",
    ]
    assert not any(event.envelope.irregularities for event in told)
    assert scene.clock.today() - date(2024, 1, 8) < timedelta(days=400)


def test_the_registers_forms_reach_the_log(scene: Scene) -> None:
    office = Walker(scene, scene.browser(roles.ADMINISTRATOR))
    office.do(
        "/administration/actes/register-territory",
        siren="243 200 425",
        name="CC du Bas Armagnac",
        legal_form="CC",
        department="32",
        communes__0__insee="32296",
        communes__0__name="Nogaro",
        communes__0__population="2000",
    )
    assert scene.events()[-1].TOPIC == "ctg.territory.territory-registered"
    territory = scene.events()[-1].originator_id
    office.do(f"/cadre/{scene.here.framework}/actes/attach-territory", attached_territory_id=str(territory))
    office.do(f"/cadre/{scene.here.framework}/actes/sign-framework-convention", partner_id=str(scene.here.caf))
    office.do(
        f"/cadre/{scene.here.framework}/actes/assign-framework-role",
        role="AUDITOR",
        person_id=str(person_of("NOBODY")),
    )
    office.do(f"/territoires/{territory}/actes/change-perimeter", communes__0__population="2001")
    assert [event.TOPIC for event in scene.events()[-4:]] == [
        "ctg.framework.territory-attached",
        "ctg.framework.framework-convention-signed",
        "ctg.framework.framework-role-assigned",
        "ctg.territory.perimeter-changed",
    ]
    office.do(
        "/administration/actes/open-framework-convention",
        name="Autre cadre",
        department="65",
        signatories=[str(scene.here.caf)],
        effective_from="2026-01-01",
        effective_to="2030-12-31",
    )
    assert scene.events()[-1].TOPIC == "ctg.framework.framework-convention-opened"


def test_a_waiver_is_granted_by_its_form(scene: Scene) -> None:
    walker = Walker(scene, scene.browser(roles.PILOT))
    decided = decide(scene.here, "WAIVER", date(2026, 4, 1))
    walker.do(
        act(scene, "grant-waiver"),
        rule="R06",
        subject="MOBILITY",
        motive="Public éloigné",
        expires_on="2027-01-31",
        decided_in=decided,
    )
    assert scene.events()[-1].TOPIC == "ctg.convention.waiver-granted"


def test_what_is_seldom_filled_is_folded_and_opens_when_it_is_filled_or_wrong(scene: Scene) -> None:
    """Optional parts never folded: a form of three answers was two screens long."""
    client, address = scene.browser(ELSEWHERE), there(scene, "record-forum")
    html = client.get(address).text
    fold = r'<details class="card fold form-section"( open)?><summary>([^<]*)'
    assert [bool(one) for one, _ in re.findall(fold, html)] == [False, False]
    form = open_form(client, address)
    assert {"outputs", "reason"} <= form.later
    again = client.post(form.action, data=form.filled(reason="Demandé par le comité", _add="evidence")).text
    assert [bool(one) for one, _ in re.findall(fold, again)] == [False, True]


def test_what_an_act_changes_is_said_beside_it_until_something_is_wrong(scene: Scene) -> None:
    client, address = scene.browser(ELSEWHERE), there(scene, "record-forum")
    assert "Ce que cela change" in client.get(address).text
    form = open_form(client, address)
    refused = client.post(form.action, data=form.filled(occurred_on="2090-01-01"))
    assert refused.status_code == 400
    assert "Ce que cela change" not in refused.text
