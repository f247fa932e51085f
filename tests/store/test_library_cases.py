"""The event store library's own cases for recorders, unmodified, on our recorders and both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder, ProcessRecorder, TrackingRecorder
from eventsourcing.tests import persistence as cases
from eventsourcing.utils import Environment
from sqlalchemy import Engine

from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.store import (
    SqlAlchemyAggregateRecorder,
    SqlAlchemyApplicationRecorder,
    SqlAlchemyProcessRecorder,
    SqlAlchemyTrackingRecorder,
    StoreFactory,
)


class OnSqlite:
    """Gives the case a new SQLite database."""

    engine: Engine

    @pytest.fixture(autouse=True)
    def _database(self, tmp_path: Path) -> Iterator[None]:
        self.engine = create_database_engine(f"sqlite:///{tmp_path / 'store.db'}")
        migrate(self.engine)
        yield
        self.engine.dispose()


@pytest.mark.postgres
class OnPostgres:
    """Gives the case a new PostgreSQL database."""

    engine: Engine

    @pytest.fixture(autouse=True)
    def _database(self, migrated_postgres_url: str) -> Iterator[None]:
        self.engine = create_database_engine(migrated_postgres_url)
        yield
        self.engine.dispose()


class MyTrackingRecorder(SqlAlchemyTrackingRecorder):
    """What an application may put in the place of ours."""


class TestStreamsOnSqlite(OnSqlite, cases.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return SqlAlchemyAggregateRecorder(self.engine)


class TestStreamsOnPostgres(OnPostgres, TestStreamsOnSqlite):
    pass


class TestLogOnSqlite(OnSqlite, cases.ApplicationRecorderTestCase[SqlAlchemyApplicationRecorder]):
    def create_recorder(self) -> SqlAlchemyApplicationRecorder:
        return SqlAlchemyApplicationRecorder(self.engine)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestLogOnPostgres(OnPostgres, TestLogOnSqlite):
    pass


class TestConsecutivePositionsOnSqlite(OnSqlite, cases.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return SqlAlchemyApplicationRecorder(self.engine)


class TestConsecutivePositionsOnPostgres(OnPostgres, TestConsecutivePositionsOnSqlite):
    pass


class TestPositionsOnSqlite(OnSqlite, cases.TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return SqlAlchemyTrackingRecorder(self.engine)


class TestPositionsOnPostgres(OnPostgres, TestPositionsOnSqlite):
    pass


class TestProcessOnSqlite(OnSqlite, cases.ProcessRecorderTestCase):
    def create_recorder(self) -> SqlAlchemyProcessRecorder:
        return SqlAlchemyProcessRecorder(self.engine)


class TestProcessOnPostgres(OnPostgres, TestProcessOnSqlite):
    pass


class TestFactoryOnSqlite(OnSqlite, cases.InfrastructureFactoryTestCase[StoreFactory]):
    def setUp(self) -> None:
        url = self.engine.url.render_as_string(hide_password=False)
        self.env = Environment(env={"PERSISTENCE_MODULE": "workflows.store", StoreFactory.DATABASE_URL: url})
        super().setUp()

    def expected_factory_class(self) -> type[StoreFactory]:
        return StoreFactory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return SqlAlchemyAggregateRecorder

    def expected_application_recorder_class(self) -> type[ApplicationRecorder]:
        return SqlAlchemyApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return SqlAlchemyTrackingRecorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return MyTrackingRecorder

    def expected_process_recorder_class(self) -> type[ProcessRecorder]:
        return SqlAlchemyProcessRecorder


class TestFactoryOnPostgres(OnPostgres, TestFactoryOnSqlite):
    pass


@pytest.mark.skip(
    reason="cannot apply: it spells out the bytes of the library's JSON transcoder; our events are mapped by msgspec"
)
class TestTranscoder(cases.TranscoderTestCase):
    pass
