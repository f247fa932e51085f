"""R13 of the promises: nobody sees or does what their role and their place forbid, with two frameworks in one store."""

from __future__ import annotations

import random

import pytest

from tests.api.matrix import deviations, everything, ground
from tests.api.scene import Scene

SAMPLED = 500
"""Cells that every change pays for; the whole matrix is walked by `make test-all`."""


def test_a_sample_of_the_matrix_is_as_the_table_says(scene: Scene) -> None:
    where = ground(scene)
    cells = list(everything(where))
    assert len(cells) > 8_000
    assert deviations(where, random.Random(33).sample(cells, SAMPLED)) == []


PARTS = 24
"""The whole is walked in so many tests, which share the processors."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_whole_matrix_is_as_the_table_says(scene: Scene, part: int) -> None:
    where = ground(scene)
    assert deviations(where, list(everything(where))[part::PARTS]) == []
