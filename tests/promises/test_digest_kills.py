"""Workers that make digests together and are killed at random tell each fact once to each reader, on both databases."""

from collections import Counter
from pathlib import Path

import pytest

from tests.api.mail_room import MailRoom, facts_in
from tests.api.scene import told
from tests.promises.kill_digests import READERS, torment
from tests.workflows.post_office import PostOffice

KILLS = 8

pytestmark = [pytest.mark.promises, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_each_fact_is_in_one_digest_of_each_reader_whoever_is_killed(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "postgresql":
        url = str(request.getfixturevalue("migrated_postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'ctg.db'}"
    server = PostOffice()
    server.start()
    try:
        with told(url) as scene:
            before = {one.envelope.event_id for one in scene.events()}
            killed = torment(scene, url, server.port, tmp_path, KILLS)
            facts = {
                one.envelope.event_id
                for one in scene.events()
                if one.envelope.event_id not in before and not one.TOPIC.startswith("ctg.agenda.")
            }
            room = MailRoom(scene, scene.house, server)
            for reader in READERS:
                letters = {one["Message-ID"]: one for one in room.digests_to(reader)}  # one that arrived twice is one
                found = Counter(fact for one in letters.values() for fact in facts_in(one))
                assert {fact: found[fact] for fact in facts} == dict.fromkeys(facts, 1), reader
    finally:
        server.stop()
    assert len(facts) >= KILLS
    assert killed >= 1
