"""A backup put back under a process that remembers what came after it: nothing of that is ever told again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

from ctg_engine.backup import back_up, restore
from ctg_engine.bootstrap import make_store, opened
from ctg_engine.settings import Settings
from projections.what_happened import history
from projections.which_partners_and_places_are_known import territories
from projections.who_holds_which_role import role_holders
from tests.projections.story import Story
from workflows.reading import Reader

TODAY = date(2026, 6, 1)


def test_versions_that_come_again_with_other_facts_are_told_apart(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'ctg.db'}")
    make_store(settings)
    with opened(settings) as house:
        story = Story(house.engine)
        story.set_up()
        story.open()
        backup = tmp_path / "backup.tar"
        back_up(settings, backup)
        first, second = uuid4(), uuid4()
        story.engage(date(2024, 1, 15))
        story.assign("PILOT", first, date(2024, 1, 2))
        seen = [one.event_id for one in history(story.dossier, limit=500).entries]
        assert [one.person_id for one in role_holders(story.known, story.territory, None, TODAY)] == [first]
        house.engine.dispose()
        restore(settings, backup, force=True)
        again = Story(house.engine)
        for name in ("administrator", "pilot", "territory", "convention", "caf", "epci", "cpam", "body"):
            setattr(again, name, getattr(story, name))
        again.engage(date(2024, 2, 20))
        again.assign("PILOT", second, date(2024, 1, 2))
        fresh = Reader(house.engine).dossier(story.convention)
        assert fresh is not None
        assert story.dossier.entries == fresh.entries
        assert [one.event_id for one in history(story.dossier, limit=500).entries] != seen
        assert [one.person_id for one in role_holders(story.known, story.territory, None, TODAY)] == [second]
        assert territories(story.known) == territories(fresh.register)
