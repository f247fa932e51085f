"""The settings of an instance: environment variables `CTG_…` and nothing else. The only module that reads them."""

from __future__ import annotations

import difflib
import os
import re
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from ctg_engine.name_server import address_and_port

PREFIX = "CTG_"
FOR_TESTS = ("CTG_TEST_POSTGRES", "CTG_REQUIRE_ALL")
"""Read by the tests, never by the engine."""
ONE_LINE = (
    "operator",
    "operator_address",
    "publisher",
    "hosting",
    "help_contact",
    "privacy_contact",
    "accessibility_audit",
)
"""What the operator says in words, shown on pages as it is."""


class UnknownSetting(ValueError):
    """An environment variable begins with CTG_ and is no setting: a mistyped name must not be ignored in silence.

    `near` is the setting it resembles, None when it resembles none.
    """

    def __init__(self, name: str, near: str | None) -> None:
        super().__init__(f"{name} is not a setting" + (f"; did you mean {near}?" if near else ""))
        self.name = name
        self.near = near


class Settings(BaseSettings):
    """What the operator decides. Every field has a default that works on one small machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database_url: str = Field(
        default="sqlite:///var/ctg.db",
        description="sqlite:///path or postgresql://user:password@host/base; one database holds everything",
    )
    host: str = Field(default="127.0.0.1", description="address that `ctg serve` listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that `ctg serve` listens on")
    shared_port: bool = Field(
        default=False, description="whether a second `ctg serve` may take the port beside the first, to relay it"
    )
    metrics_port: int = Field(
        default=0, ge=0, le=65535, description="port on which each process tells its figures to Prometheus; 0: none"
    )
    metrics_host: str = Field(default="127.0.0.1", description="address of that port")
    client_seconds: float = Field(
        default=20, ge=1, le=600, description="seconds that a client may stand still: its request, its body, its answer"
    )
    least_megabytes: int = Field(
        default=100,
        ge=1,
        le=1_000_000,
        description="megabytes left on a disk under which `/readyz` says it is full",
    )
    most_connections: int = Field(default=400, ge=10, le=10_000, description="connections that `ctg serve` has at once")
    base_url: str = Field(
        default="", description="address under which people reach the pages, for links in mails; from host and port"
    )
    https: bool = Field(default=False, description="whether people reach the pages over HTTPS: cookies are then secure")
    language: Literal["fr", "en"] = Field(default="fr", description="language of the command line and default of pages")
    security_folder: Path | None = Field(
        default=None, description="folder of the security journal, a file a day; without it, the journal of the process"
    )
    security_days: int = Field(default=180, ge=1, le=1096, description="days for which its files are kept")
    security_addresses: bool = Field(
        default=False, description="whether the security journal tells from which machine a request came"
    )
    smtp_host: str = Field(default="", description="mail server; empty: mails wait in the outbox")
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Literal["none", "starttls", "tls"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_sender: str = Field(default="CTG Engine <ctg@localhost.localdomain>", description="sender of the mails")
    mail_reply_to: str = Field(
        default="", description="address of the person whom answers to mails reach; empty: nobody"
    )
    digest_day: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = Field(
        default="monday", description="day of the weekly digest"
    )
    digest_hour: int = Field(default=8, ge=3, le=23, description="hour of the digests, in Paris")
    dns_check: bool = Field(
        default=False, description="whether `ctg doctor` asks the name servers about the domain of the sender"
    )
    dns_server: str = Field(
        default="", description="name server to ask, address, address:port or [address]:port; empty: the machine's own"
    )
    dkim_selector: str = Field(default="", description="selector under which the mail server signs (DKIM)")
    mail_hours: str = Field(
        default="8-18", description="hours, on working days where a territory is, at which mails leave: from-until"
    )

    keep_requests_days: int = Field(default=30, ge=1, le=3660, description="days that answers to requests are kept")
    keep_refusals_days: int = Field(default=180, ge=1, le=3660, description="days that refused acts are kept")
    keep_letters_days: int = Field(default=365, ge=1, le=3660, description="days that letters that left are kept")
    clock_jump_days: int = Field(
        default=45, ge=1, le=3660, description="days by which the clock may jump without the operator saying so"
    )
    files_folder: Path | None = Field(
        default=None, description="folder of the files kept as evidence; without it, beside the SQLite file"
    )
    file_megabytes: int = Field(default=25, ge=1, le=25, description="largest file that is kept, in megabytes")
    keep_uncited_files_days: int = Field(
        default=7, ge=1, le=3660, description="days that files are kept that no fact cites"
    )
    forgotten_list: str = Field(
        default="", description="file, apart from the store, that keeps the list of what was forgotten"
    )

    backup_folder: Path | None = Field(
        default=None, description="folder in which backups are made by themselves; without it, none is"
    )
    backup_hours: str = Field(default="3", description="hours in Paris at which they are made: 3 or 3,12,20")
    backup_days: int = Field(default=7, ge=1, le=366, description="days of which a backup is kept")
    backup_weeks: int = Field(default=5, ge=0, le=520, description="weeks of which a backup is kept")
    backup_months: int = Field(default=12, ge=0, le=120, description="months of which a backup is kept")

    operator: str = Field(default="", max_length=300, description="who answers for the instance, on its legal pages")
    operator_address: str = Field(default="", max_length=300, description="where they are")
    publisher: str = Field(default="", max_length=300, description="director of publication, on the legal notice")
    hosting: str = Field(default="", max_length=300, description="who hosts the instance, and where")
    help_contact: str = Field(default="", max_length=300, description="whom to ask about the pages: mail, web or words")
    privacy_contact: str = Field(
        default="", max_length=300, description="whom to ask about personal data; the contact for help where empty"
    )
    accessibility: Literal["none", "partial", "full"] = Field(
        default="none", description="what an audit said of accessibility; none also without an audit"
    )
    accessibility_audit: str = Field(default="", max_length=300, description="by whom, when and with which result")

    @field_validator(*ONE_LINE)
    @classmethod
    def _is_a_line(cls, said: str) -> str:
        if not said.isprintable():
            raise ValueError("not one line of text")
        return said.strip()

    @field_validator("database_url")
    @classmethod
    def _is_an_address_of_ours(cls, url: str) -> str:
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise ValueError("not the address of a database") from None
        if parsed.get_backend_name() not in ("sqlite", "postgresql") or not parsed.database:
            raise ValueError("neither SQLite nor PostgreSQL")
        return url

    @field_validator("security_folder", "files_folder", "backup_folder", mode="before")
    @classmethod
    def _is_a_folder(cls, folder: object) -> object:
        if isinstance(folder, str) and not folder:
            return None
        if isinstance(folder, str) and not folder.isprintable():
            raise ValueError("not the path of a folder")
        return folder

    @field_validator("host", "metrics_host")
    @classmethod
    def _is_a_host(cls, host: str) -> str:
        if not host or host != host.strip() or not host.isprintable() or "/" in host:
            raise ValueError("not the name or address of a machine")
        return host

    @field_validator("base_url")
    @classmethod
    def _is_an_address_of_pages(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)  # ValueError for brackets that do not match; so does the port, out of range
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if not usable or parts.query or parts.fragment or any(one.isspace() for one in url):
            raise ValueError("not an address under which pages can be")
        return url

    @field_validator("smtp_user")
    @classmethod
    def _signs_in_over_tls(cls, user: str, info: ValidationInfo) -> str:
        if user and info.data.get("smtp_tls") == "none":
            raise ValueError("a password is only sent over TLS")
        return user

    @field_validator("forgotten_list")
    @classmethod
    def _is_not_the_store(cls, file: str, info: ValidationInfo) -> str:
        scheme, _, store = info.data.get("database_url", "").partition(":///")
        if file and scheme == "sqlite" and Path(file).resolve() == Path(store).resolve():
            raise ValueError("the store itself, which would be written over")
        return file

    @field_validator("mail_sender")
    @classmethod
    def _is_a_mail_address(cls, sender: str) -> str:
        Address(addr_spec=parseaddr(sender)[1])  # ValueError, or one of its kind, for what no letter can carry
        return sender

    @field_validator("mail_reply_to")
    @classmethod
    def _is_an_address_or_nobody(cls, address: str) -> str:
        if address:
            Address(addr_spec=parseaddr(address)[1])
        return address

    @field_validator("mail_hours")
    @classmethod
    def _are_hours(cls, hours: str) -> str:
        first, last = (int(one) for one in hours.split("-"))  # ValueError, also for more or fewer than two
        if not 0 <= first < last <= 24:
            raise ValueError("not two hours of a day in their order")
        return hours

    @field_validator("dns_server")
    @classmethod
    def _is_a_name_server(cls, server: str) -> str:
        if server:
            address_and_port(server)  # ValueError
        return server

    @field_validator("dkim_selector")
    @classmethod
    def _is_a_selector(cls, selector: str) -> str:
        if selector and not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", selector):
            raise ValueError("not a selector")
        return selector

    @field_validator("backup_hours")
    @classmethod
    def _are_hours_of_a_day(cls, hours: str) -> str:
        if not all(0 <= int(one) <= 23 for one in hours.split(",")):  # ValueError for what is no number
            raise ValueError("not hours of a day")
        return hours

    @property
    def hours_of_backups(self) -> frozenset[int]:
        """The hours, in Paris, at which backups are made."""
        return frozenset(int(one) for one in self.backup_hours.split(","))

    @property
    def sending_hours(self) -> tuple[int, int]:
        """From which hour until which one mails leave."""
        first, last = (int(one) for one in self.mail_hours.split("-"))
        return first, last

    @property
    def public_url(self) -> str:
        """Where people reach the pages, without a final slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host  # IPv6
        return (self.base_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def evidence_folder(self) -> Path:
        """Where files kept as evidence are: the folder of the setting, else one beside the SQLite file."""
        if self.files_folder is not None:
            return self.files_folder
        beside = self.sqlite_path
        return beside.with_name(f"{beside.name}.files") if beside is not None else Path("var/files")

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, None on PostgreSQL."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" and path else None


def read_settings(**given: object) -> Settings:
    """Settings of the environment, with those given on the command line above them.

    Raises `UnknownSetting` for a mistyped variable, pydantic's ValidationError for a bad value.
    """
    known = [name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known and name not in FOR_TESTS:
            # The prefix, which all have in common, makes none of them near.
            near = difflib.get_close_matches(name.removeprefix(PREFIX), known, 1)
            raise UnknownSetting(name, PREFIX + near[0] if near else None)
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
