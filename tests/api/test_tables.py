"""A territory hands its table in, answers what is doubtful, and has its plan; the same file again changes nothing."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from httpx2 import Response
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from domain import roles
from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import ActionSheetDrafted, DraftActionSheet
from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import ReviseFunding
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from domain.indicators.defining import DefineIndicator, RedefineIndicator
from domain.kernel import Origin
from domain.values import ValidityPeriod
from tests.api.forms import forms_of
from tests.api.routes import API
from tests.api.scene import Scene
from tests.tables.books import HEAD, xlsx
from workflows import schema
from workflows.forgetting.listing import REASONS
from workflows.tables.finding import tables_of
from workflows.tables.opening import open_workbook
from workflows.texts import Texts

ROWS = [
    ("Plan d’actions", "", "", "", ""),
    HEAD,
    ("Parentalité", "Relais itinérant", "Caf", date(2025, 1, 1), "mi-2026"),
    ("Parentalité", "Navette du samedi", "Caf", date(2025, 2, 1), 46022),
    ("Parentalité", ("=1/0", "#DIV/0!"), "Caf", date(2025, 2, 1), date(2026, 1, 1)),
    ("Total", 3, "", "", ""),
]


def typed_over(data: bytes, changes: dict[tuple[str, int, str], Any]) -> bytes:
    """A workbook in which a person typed over cells: by sheet, row below the head, and the head of the column."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        before = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in before.sheet_names:
            rows, sheet = before.get_sheet_by_name(name).to_python(), book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    said = changes.get((name, number, str(rows[0][column])), value)
                    if isinstance(said, date):
                        sheet.write_datetime(number, column, said, day)
                    elif said != "":
                        sheet.write(number, column, said)
    return packed.getvalue()


def address(scene: Scene) -> str:
    return f"{scene.page_of(scene.here, 'plan')}/tableau"


def hand_in(scene: Scene, client: Any, data: bytes, name: str = "Plan_CTG_v7.xlsx") -> Response:
    """The page that the file leads to, or that says why it does not."""
    form = next(one for one in forms_of(client.get(address(scene)).text) if one.action.endswith("/tableau"))
    answer: Response = client.post(form.action, data=form.values, files=[("table.file", (name, data, "x/x"))])
    return client.get(answer.headers["location"]) if answer.status_code == 303 else answer


def sent(client: Any, page: Response, *, press: str = "", **changes: str) -> Response:
    """What comes of the form of a page; `press`: the button, `__` stands for a dot."""
    form = next(one for one in forms_of(page.text) if "/tableau/" in one.action)
    filled = form.filled(**changes)
    answer: Response = client.post(form.action, data=filled | ({press: ["1"]} if press else {}))
    return answer


def answers(page: Response) -> dict[str, str]:
    """What a person says to the table of these tests: the only priority, the first partner that is proposed."""
    form = next(one for one in forms_of(page.text) if "/tableau/" in one.action)
    found = {}
    for name, offered in form.offered.items():
        if name.startswith("answer.") and name in form.lists:
            found[name.replace(".", "__")] = next(one for one in offered if one)
        elif name == "answer.E3":
            found["answer__E3"] = "2026-06-30"
    return found


def drafted(scene: Scene, since: int) -> list[ActionSheetDrafted]:
    """The sheets that were drafted since the log was so long."""
    return [one for one in scene.events()[since:] if isinstance(one, ActionSheetDrafted)]


def test_a_table_becomes_the_plan_once_its_doubts_are_answered(scene: Scene) -> None:
    client, data, before = scene.browser(roles.PILOT), xlsx(ROWS), scene.event_count()
    page = hand_in(scene, client, data)
    assert "Rien n’est encore enregistré" in page.text
    assert ">mi-2026<" in page.text
    assert "#DIV/0!" in page.text
    said = answers(page)
    assert sent(client, page, **said).status_code == 422, "a refused row waits: it is left out on purpose only"
    assert drafted(scene, before) == []
    again = sent(client, page, press="_check", **said)
    assert "Oui\xa0: deux fiches sur 3 sont lues." in again.text
    assert drafted(scene, before) == []
    done = sent(client, again, leave_out="1")
    assert done.status_code == 303
    sheets = drafted(scene, before)
    assert [one.calendar for one in sheets] == [
        ValidityPeriod(date(2025, 1, 1), date(2026, 6, 30)),
        ValidityPeriod(date(2025, 2, 1), date(2025, 12, 31)),
    ]
    for one in sheets:
        assert one.envelope.origin is Origin.IMPORT
        assert [paper.sha256 for paper in one.envelope.evidence] == [hashlib.sha256(data).hexdigest()]
    plan = client.get(done.headers["location"])
    assert "Relais itinérant" in plan.text
    same = hand_in(scene, client, data)
    last = sent(client, same, leave_out="1", **answers(same))
    assert last.status_code == 303
    assert len(drafted(scene, before)) == 2


def test_what_was_said_of_words_is_ticked_the_next_time(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    page = hand_in(scene, client, xlsx(ROWS))
    said = answers(page)
    assert sent(client, page, leave_out="1", **said).status_code == 303
    other = hand_in(scene, client, xlsx([HEAD, ("Parentalité", "Autre", "Caf", date(2025, 1, 1), date(2026, 1, 1))]))
    form = next(one for one in forms_of(other.text) if "/tableau/" in one.action)
    assert form.one("answer.A2") == said["answer__A3"]


def test_the_rows_that_are_not_ready_are_given_back_as_a_workbook(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    answer = sent(client, hand_in(scene, client, xlsx(ROWS)), press="_errors")
    assert answer.headers["content-disposition"].startswith("attachment")
    found = tables_of(open_workbook("erreurs.xlsx", answer.content).sheets)[0]
    heads = ["Feuille", "Ligne", "Cellules", "Ce qui est lu", "Pourquoi", "Comment corriger"]
    assert [found.heads[column] for column in range(6)] == heads
    assert [found.cell(row, 1).value for row in found.rows] == [3, 4, 5]
    assert [found.cell(row, 2).value for row in found.rows] == ["A3, E3", "A4", "B5"]
    assert "30 juin 2026 ou 31 décembre 2026" in found.cell(found.rows[0], 5).shown


MONEY_HEADS = ("Axe", "Intitulé", "Financeur", "Montant", "Année du financement", "Certitude")


def test_rows_of_money_that_are_not_ready_are_given_back_with_the_rest_mended_and_brought_again(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    rows = [MONEY_HEADS, *(("Parentalité", f"Relais {n}", "Caf", 100 * n, 2026, "promis") for n in (1, 2))]
    page = hand_in(scene, client, xlsx(rows))
    assert sent(client, page, **answers(page)).status_code == 303

    given = client.get(f"{address(scene)}.xlsx").content
    wrong = {("Financements", 1, "Montant du financeur"): -5, ("Plan d’actions", 2, "Début"): "31/02/2026"}
    page = hand_in(scene, client, typed_over(given, wrong))
    errors = sent(client, page, press="_errors").content
    sheets = {one.name: one.grid for one in open_workbook("erreurs.xlsx", errors).sheets}
    told = {name: [row[:4] for row in grid[1:]] for name, grid in sheets.items()}
    assert set(told) == {"Plan d’actions", "Financements"}
    (plan,), (money,) = told["Plan d’actions"], told["Financements"]
    assert (plan[0], plan[1], plan[3]) == ("Plan d’actions", 3, "31/02/2026")
    assert (money[0], money[1], money[3]) == ("Financements", 2, "-5")

    before = scene.event_count()
    right = {("Financements", 1, "Montant du financeur"): 150, ("Plan d’actions", 1, "Début"): date(2026, 2, 1)}
    right |= {("Plan d’actions", 1, "Fin"): date(2026, 12, 31), ("Financements", 1, "Motif du changement"): "Revu"}
    page = hand_in(scene, client, typed_over(errors, right))
    assert "n’a plus de ligne" not in page.text, "the rows that were ready are not missed"
    assert sent(client, page).status_code == 303
    assert {type(one).__name__ for one in scene.events()[before:]} == {"FundingRevised", "ActionScheduled"}


LINKED = xlsx([HEAD, ("a", "='[1]B'!A1", "", "", "")])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", LINKED], ids=["empty", "damaged", "linked"])
def test_a_file_that_is_no_table_is_refused_where_it_was_handed_in(scene: Scene, data: bytes) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    answer = hand_in(scene, client, data)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert scene.event_count() == before


def test_whoever_may_write_no_sheet_hands_no_table_in(scene: Scene) -> None:
    client = scene.browser(roles.COMMITTEE_MEMBER)
    assert client.get(address(scene)).status_code == 403
    assert client.post(address(scene), data={}).status_code == 403
    assert scene.browser("PILOT_ELSEWHERE").get(address(scene)).status_code == 404


def test_a_file_of_another_place_is_unknown_here(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    assert client.get(f"{address(scene)}/{'a' * 64}").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_plan_that_is_given_to_edit_changes_nothing_when_it_comes_back(scene: Scene, kind: str) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    given = client.get(f"{address(scene)}.{kind}")
    assert given.headers["content-disposition"].endswith(f'.{kind}"')
    page = hand_in(scene, client, given.content, f"plan.{kind}")
    assert "sans changement" in page.text
    assert sent(client, page).status_code == 303
    assert scene.event_count() == before


def test_the_plan_of_another_territory_is_refused_by_name(scene: Scene) -> None:
    there = scene.browser("PILOT_ELSEWHERE").get(f"{scene.page_of(scene.there, 'plan')}/tableau.xlsx")
    answer = hand_in(scene, scene.browser(roles.PILOT), there.content)
    assert answer.status_code == 400
    assert "CA Grand Auch Cœur de Gascogne" in answer.text


def test_a_plan_of_many_acts_is_counted_whole(scene: Scene) -> None:
    more = ("Description", "Financeur", "Montant", "Budget", "Année du budget", "Certitude", "État")
    rows: list[tuple[Any, ...]] = [
        ("Parentalité", f"Action {n}", "", date(2025, 1, 1), date(2025, 12, 31)) for n in range(205)
    ]
    rows[0] += ("Trois haltes", "Caf", 100, 200, 2025, "ferme", "en cours")
    client = scene.browser(roles.PILOT)
    page = hand_in(scene, client, xlsx([(*HEAD, *more), *rows]))
    done = sent(client, page, **answers(page))
    told = client.get(done.headers["location"]).text
    assert "205 fiches" in told
    assert "un financement" in told
    assert "et 9 autres" in told
    texts = Texts("fr")
    kinds = (*_RECORDED, DefineIndicator, RedefineIndicator, ReviseFunding)
    topics = [one.RECORDS.TOPIC.removeprefix("ctg.") for one in kinds if one.RECORDS is not None]
    assert all(texts.has(f"done-many.{one}") for one in topics)


_RECORDED = (
    DraftActionSheet,
    DescribeActionSheet,
    EstimateBudget,
    PledgeFunding,
    ReportActionStatus,
    AssignActionOwner,
    ScheduleAction,
)


def by_tool(scene: Scene, data: bytes, role: str = roles.PILOT, key: str = "k1", **said: Any) -> Response:
    """A table given as a file, then read or recorded by a tool."""
    tool, sha256 = scene.tool(role), hashlib.sha256(data).hexdigest()
    named = {"Content-Disposition": 'attachment; filename="plan.xlsx"'}
    tool.put(f"{API}/files/{sha256}?territory_id={scene.here.territory}", content=data, headers=named)
    where = f"{API}/conventions/{scene.here.convention}/tables/{sha256}"
    answer: Response = tool.post(where, json=said, headers={"Idempotency-Key": key})
    return answer


def test_a_tool_reads_a_table_answers_what_is_asked_and_records_it_once(scene: Scene) -> None:
    data, before = xlsx(ROWS), scene.event_count()
    told = by_tool(scene, data).json()
    assert (told["recorded"], told["asked"], told["refused"]) == (False, 2, 1)
    assert [(one["row"], one["verdict"]) for one in told["rows"]] == [(3, "asked"), (4, "asked"), (5, "refused")]
    by_key = {one["key"]: one for one in told["questions"]}
    assert by_key["E3"]["said"] == "mi-2026" and by_key["E3"]["types_day"]
    asked_on_page = answers(hand_in(scene, scene.browser(roles.PILOT), data))
    answered = {key: one["likely"] for key, one in by_key.items() if one["likely"]}
    answered |= {key.removeprefix("answer__"): value for key, value in asked_on_page.items()}
    waits = by_tool(scene, data, answers=answered, dry_run=False)
    assert waits.status_code == 422
    assert [(one["code"], one["field"]) for one in waits.json()["errors"]] == [("row-refused", "Ligne 5")]
    assert drafted(scene, before) == []
    done = by_tool(scene, data, answers=answered, dry_run=False, leave_out=True)
    assert (done.status_code, done.json()["recorded"], done.json()["new"]) == (200, True, 2)
    again = by_tool(scene, data, key="k2", answers=answered, dry_run=False, leave_out=True).json()
    assert (again["new"], again["unchanged"], again["replayed"]) == (0, 2, False)
    assert len(drafted(scene, before)) == 2


def answered_priority(scene: Scene, data: bytes) -> dict[str, str]:
    """The only priority, said of the first axis."""
    return {"A2": answers(hand_in(scene, scene.browser(roles.PILOT), data))["answer__A2"]}


def test_a_table_sent_again_under_its_key_is_answered_the_same_whatever_became_of_the_plan(scene: Scene) -> None:
    data = xlsx([HEAD, ("Parentalité", "Relais itinérant", "", date(2025, 1, 1), date(2026, 1, 1))])
    answered = answered_priority(scene, data)
    first = by_tool(scene, data, answers=answered, dry_run=False)
    assert (first.status_code, first.json()["recorded"], first.json()["replayed"]) == (200, True, False)
    recorded = scene.event_count()
    again = by_tool(scene, data, answers=answered, dry_run=False)
    assert again.json() == {**first.json(), "replayed": True}
    other = by_tool(scene, data, answers=answered, dry_run=False, leave_out=True)
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    elsewhere = by_tool(scene, xlsx([HEAD, ("Parentalité", "Une autre", "", "", "")]), dry_run=False)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "key-reused")
    assert by_tool(scene, data, key="k3", answers=answered, dry_run=False).json()["unchanged"] == 1
    assert by_tool(scene, data, key="k3", dry_run=False).status_code == 422, "nothing was new under it; it is taken"
    assert scene.event_count() == recorded


def test_the_answer_to_a_table_is_forgotten_with_any_text_that_it_tells(scene: Scene) -> None:
    data = xlsx([HEAD, *(("Parentalité", f"Avec Mme Untel {n}", "", "", "") for n in (1, 2))])
    answered = answered_priority(scene, data)
    before = scene.event_count()
    assert by_tool(scene, data, answers=answered, dry_run=False).json()["new"] == 2
    last = drafted(scene, before)[1].title
    assert last.token is not None

    def kept() -> str:
        with scene.house.engine.connect() as connection:
            return "".join(connection.execute(select(schema.idempotency.c.answer)).scalars())

    assert "sealed" in kept() and "Untel" not in kept()
    assert scene.house.forgetting.texts([last.token], REASONS[0], scene.clock.today()) == 1
    assert by_tool(scene, data, answers=answered, dry_run=False).status_code == 422
    assert "sealed" not in kept()


def test_a_tool_takes_no_table_over_without_the_right_the_file_or_a_table(scene: Scene) -> None:
    good, linked = xlsx(ROWS), LINKED
    assert by_tool(scene, good, roles.COMMITTEE_MEMBER).status_code == 403
    assert by_tool(scene, good, "PILOT_ELSEWHERE").status_code == 404
    refused = by_tool(scene, linked)
    assert (refused.status_code, refused.json()["code"]) == (422, "file-refused")
    odd = by_tool(scene, good, columns={"AAAA": "title"})
    assert odd.status_code == 400
    where = f"{API}/conventions/{scene.here.convention}/tables/{'a' * 64}"
    assert scene.tool(roles.PILOT).post(where, json={}, headers={"Idempotency-Key": "k"}).status_code == 404
    assert scene.tool(roles.PILOT).post(where, json={}).status_code == 400
