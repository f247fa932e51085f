"""A field is written once: an event takes it from its command, or it is derived when the command is decided."""

from dataclasses import dataclass
from uuid import UUID

import pytest

import domain  # noqa: F401 - registers every command
from domain.convention.deciding import ConventionCommand
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.state import TerritorialConvention
from domain.kernel import COMMANDS, Aggregate, Command, command, event
from domain.values import Code


@pytest.fixture(autouse=True)
def _nothing_stays_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.kernel.commands.COMMANDS", {})


def test_an_event_whose_field_nobody_says_is_seen_at_import() -> None:
    with pytest.raises(TypeError, match=r"Announce does not say ForumConvened\.planned_on, place"):

        @command(TerritorialConvention, records=ForumConvened, derived=("forum_id",))
        @dataclass(frozen=True, kw_only=True)
        class Announce(ConventionCommand):
            themes: tuple[Code, ...]
            format: Code


def test_a_field_of_another_type_is_seen_at_import() -> None:
    with pytest.raises(TypeError, match="partner_id"):

        @command(TerritorialConvention, records=COMMANDS["sign-framework-convention"].RECORDS)
        @dataclass(frozen=True, kw_only=True)
        class Sign(Command):
            partner_id: UUID | None = None


def test_a_derived_field_that_the_event_has_not_is_seen_at_import() -> None:
    with pytest.raises(TypeError, match="mood"):

        @command(TerritorialConvention, records=ForumHeld, derived=("mood", *ForumHeld.__dataclass_fields__))
        @dataclass(frozen=True, kw_only=True)
        class Hold(ConventionCommand):
            pass


def test_every_public_act_says_which_event_tells_of_it() -> None:
    """But those about mistakes: who else could confirm decides what they record."""
    silent = {name for name, kind in COMMANDS.items() if not kind.INTERNAL and kind.RECORDS is None}
    assert silent == {name for name, kind in COMMANDS.items() if kind.AGGREGATE is Aggregate and not kind.INTERNAL}


def test_words_of_the_business_are_free_for_fields() -> None:
    taken = {name for kind in COMMANDS.values() for name in vars(kind) if name in {"name", "kind", "rule", "level"}}
    shared = {name for kind in COMMANDS.values() for name in kind.SHARED}
    assert taken <= shared
    assert {"name", "kind", "rule"} <= shared
    assert event.__name__ == "event"
