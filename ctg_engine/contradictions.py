"""Settings that contradict each other, or that have no effect: told at start and by `ctg doctor`, refused by neither.

What could destroy something is refused by the settings themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from api.nearness import is_loopback
from ctg_engine.findings import Finding, ok, warning
from ctg_engine.settings import Settings

_ANYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on
_TLS_PORT: Final = 465
_LOCAL: Final = ".localdomain"


def look_at_settings(settings: Settings) -> Iterator[Finding]:
    """Each contradiction, with what follows from it and which setting to change."""
    found = [*_of_addresses(settings), *_of_mail(settings), *_of_folders(settings)]
    yield from found or [ok("settings")]


def _of_addresses(settings: Settings) -> Iterator[Finding]:
    said = urlsplit(settings.base_url)
    host = said.hostname or ""
    if said.scheme == "https" and not settings.https:
        yield warning("settings", "https-not-said", url=settings.base_url)
    if settings.https and said.scheme == "http":
        yield warning("settings", "https-not-there", url=settings.base_url)
    if said.path.strip("/"):
        yield warning("settings", "path-in-address", url=settings.base_url)
    near = is_loopback(settings.host)
    if not settings.https and not near and said.scheme != "https":
        yield warning("settings", "in-clear", host=settings.host)
    if not settings.base_url and settings.host in _ANYWHERE:
        yield warning("settings", "no-address", host=settings.host)
    if settings.metrics_port and settings.metrics_port == settings.port and settings.metrics_host == settings.host:
        yield warning("settings", "metrics-on-the-port", port=str(settings.port))
    if settings.metrics_port and not is_loopback(settings.metrics_host):
        yield warning("settings", "metrics-open", host=settings.metrics_host)
    if not settings.metrics_port and "metrics_host" in settings.model_fields_set:
        yield warning("settings", "metrics-without-port")
    if settings.smtp_host and (is_loopback(host) if host else near):
        yield warning("settings", "links-lead-here", url=settings.public_url)


def _of_mail(settings: Settings) -> Iterator[Finding]:
    has_password = bool(settings.smtp_password.get_secret_value())
    if not settings.smtp_host and (settings.smtp_user or has_password):
        yield warning("settings", "mail-account-without-server")
    if bool(settings.smtp_user) != has_password:
        yield warning("settings", "half-a-mail-account")
    if settings.smtp_host and (settings.smtp_port == _TLS_PORT) != (settings.smtp_tls == "tls"):
        yield warning("settings", "mail-port", port=str(settings.smtp_port), tls=settings.smtp_tls)
    if (settings.dkim_selector or settings.dns_server) and not settings.dns_check:
        yield warning("settings", "names-not-asked")
    if settings.dns_check and not settings.smtp_host:
        yield warning("settings", "names-without-mail")
    if settings.smtp_host and _LOCAL in settings.mail_sender:
        yield warning("settings", "local-sender", sender=settings.mail_sender)


def _of_folders(settings: Settings) -> Iterator[Finding]:
    store, kept = settings.sqlite_path, settings.forgotten_list
    yield from _of_backups(settings)
    if store is not None and kept and Path(kept).resolve().parent == store.resolve().parent:
        yield warning("settings", "list-beside-store", file=kept)


def _of_backups(settings: Settings) -> Iterator[Finding]:
    folder = settings.backup_folder
    if folder is None:
        if settings.model_fields_set & {"backup_hours", "backup_days", "backup_weeks", "backup_months"}:
            yield warning("settings", "backups-without-folder")
        return
    path = settings.sqlite_path
    if path is not None and _disk_of(folder) == _disk_of(path):
        yield warning("settings", "backups-on-one-disk", folder=str(folder))
    kept = settings.forgotten_list
    if kept and Path(kept).resolve().parent == folder.resolve():
        yield warning("settings", "list-beside-backups", file=kept)


def _disk_of(path: Path) -> int:
    here = next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())
    return here.stat().st_dev
