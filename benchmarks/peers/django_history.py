"""Django with django-simple-history: a row for each convention and forum, and a row of history at each save.

Each command is one transaction: milestones read and save the convention, forums are inserted. SQLite: as it comes (a
rollback journal, synchronous FULL); PostgreSQL: a connection kept open.
"""

import sys
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

from benchmarks.peers.asked import answer, telling
from benchmarks.peers.facts import MILESTONES, Fact, conventions


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database."""
    scheme, _, path = url.partition(":///")
    if scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    parts = urlsplit(url)
    host = parts.hostname or parse_qs(parts.query)["host"][0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "HOST": host,
        "PORT": parts.port or "",
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "CONN_MAX_AGE": None,
    }


settings.configure(
    DATABASES={"default": database(sys.argv[1])},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history"],
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402 - models need the settings
from django.db import models, transaction  # noqa: E402
from simple_history.models import HistoricalRecords  # noqa: E402


class Convention(models.Model):  # type: ignore[misc]  # the library ships no types
    """A convention and the days of its milestones."""

    territory_id = models.UUIDField()
    actor_id = models.UUIDField()
    signatories = models.JSONField()
    engaged_on = models.DateField(null=True)
    diagnosed_on = models.DateField(null=True)
    chosen_on = models.DateField(null=True)
    drafted_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    known = models.JSONField()
    history = HistoricalRecords()

    class Meta:
        """Where it lives."""

        app_label = "simple_history"


class Forum(models.Model):  # type: ignore[misc]  # the library ships no types
    """A forum of a convention."""

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE)
    forum_id = models.CharField(max_length=40)
    occurred_on = models.DateField()
    known = models.JSONField()
    history = HistoricalRecords()

    class Meta:
        """Where it lives; once each."""

        app_label = "simple_history"
        unique_together = (("convention", "forum_id"),)


def record(convention_id: int, kind: str, known: dict[str, Any]) -> None:
    """One command."""
    with transaction.atomic():
        convention = Convention.objects.select_for_update().get(pk=convention_id)
        if kind in MILESTONES:
            if getattr(convention, f"{kind}_on") is not None:
                raise ValueError(kind)
            setattr(convention, f"{kind}_on", date.fromisoformat(known["occurred_on"]))
            convention.known = known
            convention.save()
        else:
            Forum.objects.create(
                convention=convention,
                forum_id=known["forum_id"],
                occurred_on=date.fromisoformat(known["occurred_on"]),
                known=known,
            )


def tell(facts: list[Fact]) -> int:
    """The commands of one convention."""
    (_, opening), *others = facts
    with transaction.atomic():
        convention = Convention.objects.create(
            territory_id=opening["territory_id"],
            actor_id=opening["actor_id"],
            signatories=opening["signatories"],
            known=opening,
        )
    for kind, known in others:
        record(convention.pk, kind, known)
    return len(facts)


def main() -> None:
    """Answer on the database named by the first argument."""
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # our models refer to those
    answer(telling(conventions, tell))


if __name__ == "__main__":
    main()
