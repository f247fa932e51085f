"""One told store and one application for each worker, put back as told before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.scene import Scene, told


@pytest.fixture(scope="session")
def told_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The application on a SQLite store where everything was told."""
    path = tmp_path_factory.mktemp("doors") / "ctg.db"
    with told(f"sqlite:///{path}") as scene:
        scene.told = scene.keep()
        yield scene


@pytest.fixture(scope="session")
def told_https_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The same, where people come over HTTPS."""
    path = tmp_path_factory.mktemp("https") / "ctg.db"
    with told(f"sqlite:///{path}", https=True) as scene:
        scene.told = scene.keep()
        yield scene


@pytest.fixture
def scene(told_scene: Scene) -> Scene:
    """The application on the store as it was told."""
    told_scene.restore()
    return told_scene


@pytest.fixture
def https_scene(told_https_scene: Scene) -> Scene:
    """The application over HTTPS, on the store as it was told."""
    told_https_scene.restore()
    return told_https_scene


@pytest.fixture
def postgres_scene(migrated_postgres_url: str) -> Iterator[Scene]:
    """The application on PostgreSQL."""
    with told(migrated_postgres_url) as scene:
        yield scene
