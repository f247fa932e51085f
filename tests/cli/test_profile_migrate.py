"""`ctg profile migrate`: looked at, then applied on purpose; a second run moves nobody."""

from __future__ import annotations

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from domain.profiles import PublishMethodProfile, profile_stream
from tests.cli.conftest import Program
from tests.specification import other_methods
from tests.workflows.territory_life import Life


def test_looked_at_applied_and_nobody_left(ctg: Program) -> None:
    ctg.done("migrate")
    settings = Settings(database_url=ctg.settings["database_url"])
    with opened(settings) as house:
        life = Life(house.engine)
        life.open(life.clock.today())
        second = other_methods.later("2", "partage du diagnostic", "7")
        life.act(PublishMethodProfile(stream_id=profile_stream(second.name, 2), profile=second), life.office)
    ways = ("profile", "migrate", "cnaf-2020@1", "--to", "cnaf-2020@2")
    looked = ctg(*ways)
    assert (looked.returncode, "1 convention suit cette méthode" in looked.stdout) == (0, True), looked
    assert ctg(*ways, "--apply").returncode == 2, "a reason is asked for"
    applied = ctg(*ways, "--apply", "--reason", "Le département a revu ses délais")
    assert "1 convention suit la nouvelle méthode" in applied.stdout
    again = ctg(*ways, "--apply", "--reason", "Le département a revu ses délais")
    assert "0 convention suit la nouvelle méthode" in again.stdout
    assert ctg("profile", "migrate", "cnaf-2020@1", "--to", "cnaf-2020@9").returncode == 2
    assert ctg("profile", "migrate", "cnaf-2020@1", "--to", "cnaf-2020@1").returncode == 2
