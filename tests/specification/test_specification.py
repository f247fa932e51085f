"""Every scenario of `features/`, run."""

from pytest_bdd import scenarios

scenarios(".")
