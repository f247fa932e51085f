"""The benchmarks still run: their figures are for whoever asks, on a machine with nothing else to do."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_read_models_are_measured() -> None:
    asked = [sys.executable, "-m", "benchmarks.projections", "--events", "500", "--sqlite-only"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert answer.returncode == 0, answer.stderr
    assert "rebuild all, one by one" in answer.stdout
