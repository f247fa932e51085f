"""A form as a browser sees it: what it would send, what is shown in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from httpx2 import Response
from starlette.testclient import TestClient

from domain.steering import Decision, RecordMeeting
from domain.values import Code, LocalId, Prose
from tests.api.scene import Scene
from tests.markup import Attributes, Markup
from tests.projections.story import Story

Pair = tuple[str, str]


@dataclass
class Form:
    """What one form of a page would send when nothing is changed, by name."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    """Everything that may be chosen under a name, chosen or not."""
    labels: dict[str, str] = field(default_factory=dict)
    buttons: list[Pair] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    """What a browser does not send empty."""
    lists: set[str] = field(default_factory=set)
    """The names of drop-down lists."""
    later: set[str] = field(default_factory=set)
    """What is folded, for whoever has it at hand."""

    def one(self, name: str) -> str:
        """The value that would be sent under a name."""
        return self.values[name][-1]

    def filled(self, **changes: str | Iterable[str]) -> dict[str, list[str]]:
        """What would be sent once some fields are filled; `__` stands for a dot in a name."""
        sent = {name: list(values) for name, values in self.values.items()}
        for name, value in changes.items():
            sent[name.replace("__", ".")] = [value] if isinstance(value, str) else list(value)
        return sent


class _Reader(Markup):
    def __init__(self) -> None:
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area: str | None = None
        self._first: dict[str, str] = {}
        self._option: str | None = None
        self._folds = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        self._folds += tag == "details"
        if self._form is None:
            return
        name = given.get("name", "")
        if "required" in given:
            self._form.required.add(name)
        if self._folds and name:
            self._form.later.add(name)
        if tag == "input" and given.get("type") in ("radio", "checkbox"):
            self._form.offered.setdefault(name, []).append(given["value"])
            if "checked" in given:
                self._form.values.setdefault(name, []).append(given["value"])
        elif tag == "input" and given.get("type") != "file":
            self._form.values.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self._select = name
            self._form.lists.add(name)
            self._form.values[name] = []
        elif tag == "option":
            self._form.offered.setdefault(self._select, []).append(given.get("value", ""))
            self._option = given.get("value", "")
            if "selected" in given or not self._form.values[self._select]:
                self._form.values[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._area = name
            self._form.values.setdefault(name, []).append("")
        elif tag == "button" and name:
            self._form.buttons.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self._folds -= tag == "details"
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None and self._form is not None:
            # A browser passes over the line break that follows the opening tag.
            self._form.values[self._area][-1] = self._form.values[self._area][-1].removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._form is None:
            return
        if self._area is not None:
            self._form.values[self._area][-1] += data
        elif self._option is not None and data.strip():
            self._form.labels[self._option] = data.strip()
            self._option = None


def forms_of(html: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_of(html: str, action: str) -> Form:
    """The form that posts to an address, whatever its way back."""
    path = action.partition("?")[0]
    return next(form for form in forms_of(html) if form.action.partition("?")[0] == path)


def act(scene: Scene, command: str) -> str:
    """The address of the form of an act on the convention told first."""
    return f"/conventions/{scene.here.convention}/actes/{command}"


def open_form(client: TestClient, address: str) -> Form:
    """The form at an address, as first shown."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return form_of(answer.text, address)


def confirmed(client: TestClient, answer: Response, action: str) -> Response:
    """The answer to an act once what it asks to be confirmed first is; the same for one that asks nothing."""
    if answer.status_code != 200:
        return answer
    asked = form_of(answer.text, action)
    assert ("_confirmed", "yes") in asked.buttons
    return client.post(asked.action, data={**asked.values, "_confirmed": "yes"})


def decide(story: Story, kind: str, day: date, meeting: str = "m50") -> str:
    """A meeting of the committee with one decision, as a form names it in its list."""
    decision = Decision(LocalId("d1"), Code(kind), Prose(f"Décision du {day.isoformat()}"))
    story.tell(
        RecordMeeting(
            stream_id=story.body, meeting_id=LocalId(meeting), attendance=7, decisions=(decision,), occurred_on=day
        )
    )
    return f"{story.body}/{meeting}/d1"


def sign_in(client: TestClient, login: str, password: str, **more: str) -> Mapping[str, str]:
    """Sign in as a browser does; the headers of the answer."""
    answer = client.post("/connexion", data={"identifier": login, "password": password, **more})
    assert answer.status_code == 303, answer.text
    return answer.headers
