"""Accounts, sessions and API keys: who gets in, who does not, for how long, and what a stolen database opens."""

import re
import statistics
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, MetaData, Table, select

from workflows.accounts import (
    FIRST_LOCK,
    FREE_ATTEMPTS,
    LONGEST_LOCK,
    Accounts,
)
from workflows.api_keys import ApiKeys, UnknownKey, UnusableKey
from workflows.logins import LoginTaken, UnknownAccount, UnusableLogin
from workflows.passwords import WeakPassword
from workflows.sessions import SESSION_ABSOLUTE, SESSION_IDLE, Sessions

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "une ludothèque à Auch"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def accounts(engine: Engine) -> Accounts:
    return Accounts(engine, CHEAP)


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return Sessions(engine)


@pytest.fixture
def keys(engine: Engine) -> ApiKeys:
    return ApiKeys(engine)


def everything_stored(engine: Engine, *tables: str) -> str:
    """Every value of these tables, as a thief would read them."""
    metadata = MetaData()
    with engine.connect() as connection:
        return repr(
            [connection.execute(select(Table(name, metadata, autoload_with=connection))).all() for name in tables]
        )


def fail(accounts: Accounts, times: int, now: datetime) -> None:
    for _ in range(times):
        assert accounts.verify("zoe", "pas le bon mot de passe", now) is None


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_the_right_password_opens_the_account(accounts: Accounts, now: datetime) -> None:
    person_id = uuid4()
    account_id = accounts.create("Zoé@gers.example", person_id, PASSWORD, now, is_administrator=True)
    account = accounts.verify(" zoé@GERS.example ", PASSWORD, now)
    assert account is not None
    assert (account.account_id, account.person_id, account.is_administrator) == (account_id, person_id, True)
    assert account.created_at == now


def test_the_same_accent_typed_in_two_ways_is_the_same_password(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), "caf\N{LATIN SMALL LETTER E WITH ACUTE} de la gare", now)
    assert accounts.verify("zoe", "cafe\N{COMBINING ACUTE ACCENT} de la gare", now) is not None


def test_anything_else_opens_nothing(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    for login in ("zoe", "personne", "", "zo\0e", "zo\ud800e", "x" * 5000):
        for wrong in ("", "mauvais", PASSWORD + " ", PASSWORD * 5000, "\ud800", "\0"):
            now += LONGEST_LOCK  # so that no lock hides what is asked here
            assert accounts.verify(login, wrong, now) is None, (login[:10], wrong[:10])


def test_a_login_is_taken_once_whatever_its_case(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    with pytest.raises(LoginTaken) as refused:
        accounts.create("ZOE", uuid4(), PASSWORD, now)
    assert "zoe" not in str(refused.value)


def test_an_unusable_login_is_refused(accounts: Accounts, now: datetime, subtests: pytest.Subtests) -> None:
    for login in ("", "  ", "zo\0e", "zo\ne"):
        with subtests.test(login=login), pytest.raises(UnusableLogin):
            accounts.create(login, uuid4(), PASSWORD, now)


WEAK = {
    "": "length",
    "onze lettre": "length",
    "un mot " * 40: "length",
    "Zoe@Gers.Example": "common",
    "zoe@gers.example1": "common",
    "motdepasse12": "common",
    "azertyuiop12": "common",
    "jetaimejetaime": "common",
    "x" * 60: "common",
}


def test_a_weak_password_is_refused(accounts: Accounts, now: datetime, subtests: pytest.Subtests) -> None:
    for password, weakness in WEAK.items():
        with subtests.test(password=password), pytest.raises(WeakPassword) as refused:
            accounts.create("zoe@gers.example", uuid4(), password, now)
        assert refused.value.weakness == weakness
    account_id = accounts.create("zoe@gers.example", uuid4(), PASSWORD, now)
    for password in WEAK:
        with subtests.test(changed_to=password), pytest.raises(WeakPassword):
            accounts.change_password(account_id, password, now)


@pytest.mark.parametrize("password", ["douze lettre", ("quatre mots, puis encore " * 11)[:256]])
def test_the_shortest_and_the_longest_password_work(accounts: Accounts, now: datetime, password: str) -> None:
    accounts.create("zoe", uuid4(), password, now)
    assert accounts.verify("zoe", password, now) is not None


def test_a_stolen_database_shows_no_password(engine: Engine, accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    assert PASSWORD not in everything_stored(engine, "accounts")
    assert "$argon2id$" in everything_stored(engine, "accounts")


def test_wrong_passwords_lock_the_account_then_the_lock_ends(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS, now)
    assert accounts.verify("zoe", PASSWORD, now + FIRST_LOCK - timedelta(seconds=1)) is None
    assert accounts.verify("zoe", PASSWORD, now + FIRST_LOCK) is not None


def test_one_wrong_password_less_locks_nothing(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS - 1, now)
    assert accounts.verify("zoe", PASSWORD, now) is not None


def test_the_right_password_starts_the_count_again(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    for _ in range(3):
        fail(accounts, FREE_ATTEMPTS - 1, now)
        assert accounts.verify("zoe", PASSWORD, now) is not None


def test_each_lock_is_twice_as_long_up_to_the_longest(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS - 1, now)
    locks = []
    for _ in range(40):
        fail(accounts, 1, now)
        account = accounts.find("zoe")
        assert account is not None
        assert account.locked_until is not None
        locks.append(account.locked_until - now)
        now = account.locked_until
    assert locks[:6] == [FIRST_LOCK * 2**step for step in range(6)]
    assert locks[6:] == [LONGEST_LOCK] * 34


def test_guesses_while_locked_do_not_make_the_lock_longer(accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS + 50, now)
    assert accounts.verify("zoe", PASSWORD, now + FIRST_LOCK) is not None


def test_the_lock_holds_for_every_process(engine: Engine, accounts: Accounts, now: datetime) -> None:
    accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS, now)
    assert Accounts(engine, CHEAP).verify("zoe", PASSWORD, now) is None


def test_many_guesses_at_once_are_not_many_free_guesses(engine: Engine, now: datetime) -> None:
    asked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  # the library's own name
            asked.append(str(hash))
            return super().verify(hash, password)

    accounts = Accounts(engine, Counting(time_cost=1, memory_cost=8, parallelism=1))
    accounts.create("zoe", uuid4(), PASSWORD, now)
    guesses = [threading.Thread(target=accounts.verify, args=("zoe", f"essai {n}", now)) for n in range(20)]
    for guess in guesses:
        guess.start()
    for guess in guesses:
        guess.join()
    assert len(asked) == 20
    assert (
        max(asked.count(tried) for tried in set(asked)) == 20 - FREE_ATTEMPTS
    )  # the locked ones meet a hash of nothing


def test_unknown_and_locked_logins_cost_as_much_as_known_ones(engine: Engine, now: datetime) -> None:
    accounts = Accounts(engine, PasswordHasher(time_cost=2, memory_cost=16384, parallelism=1))
    for login in ("zoe", "ali"):
        accounts.create(login, uuid4(), PASSWORD, now)
    for _ in range(FREE_ATTEMPTS):
        accounts.verify("ali", "mauvais", now)

    def cost(login: str) -> float:
        taken = []
        for attempt in range(4):
            before = time.process_time()
            accounts.verify(login, "mauvais", now + attempt * LONGEST_LOCK if login == "zoe" else now)
            taken.append(time.process_time() - before)
        return statistics.median(taken)

    known = cost("zoe")
    assert cost("personne") > known / 2
    assert cost("ali") > known / 2


def test_a_hash_of_another_cost_is_renewed_when_the_password_is_next_given(engine: Engine, now: datetime) -> None:
    Accounts(engine, CHEAP).create("zoe", uuid4(), PASSWORD, now)
    dearer = Accounts(engine, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert dearer.verify("zoe", "mauvais mot de passe", now) is None
    assert "m=8,t=1,p=1" in everything_stored(engine, "accounts")
    assert dearer.verify("zoe", PASSWORD, now) is not None
    assert "m=16,t=2,p=1" in everything_stored(engine, "accounts")
    assert dearer.verify("zoe", PASSWORD, now) is not None


def test_a_disabled_account_lets_nobody_in_until_it_is_enabled(
    accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    opened = sessions.open(account_id, now)
    accounts.disable(account_id, now)
    accounts.disable(account_id, now + MINUTE)
    assert accounts.account(account_id).disabled_at == now
    assert accounts.verify("zoe", PASSWORD, now) is None
    assert sessions.find(opened.token, now) is None
    accounts.enable(account_id)
    assert accounts.verify("zoe", PASSWORD, now) is not None
    assert sessions.find(opened.token, now) is None


def test_changing_the_password_ends_the_sessions_and_the_lock(
    accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    opened = sessions.open(account_id, now)
    fail(accounts, FREE_ATTEMPTS, now)
    accounts.change_password(account_id, "un autre, bien plus long", now)
    assert accounts.verify("zoe", PASSWORD, now) is None
    assert accounts.verify("zoe", "un autre, bien plus long", now) is not None
    assert sessions.find(opened.token, now) is None


def test_whoever_signed_in_with_the_old_password_while_it_was_changed_is_out(
    accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    assert accounts.verify("zoe", PASSWORD, now) is not None
    accounts.change_password(account_id, "un autre, bien plus long", now + MINUTE)
    late = sessions.open(account_id, now)
    assert sessions.find(late.token, now + MINUTE) is None
    assert sessions.sessions(account_id, now + MINUTE) == []
    assert sessions.find(sessions.open(account_id, now + MINUTE).token, now + MINUTE) is not None


def test_a_forgotten_person_leaves_no_login_and_no_way_in(
    engine: Engine, accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    person_id = uuid4()
    account_id = accounts.create("zoe.lacoste", person_id, PASSWORD, now)
    accounts.create("ali", uuid4(), PASSWORD, now)
    opened = sessions.open(account_id, now)
    with engine.begin() as connection:
        assert accounts.forget_person(connection, person_id, now) == ("zoe.lacoste",)
    assert "lacoste" not in everything_stored(engine, "accounts")
    assert accounts.verify("zoe.lacoste", PASSWORD, now) is None
    assert sessions.find(opened.token, now) is None
    assert accounts.verify("ali", PASSWORD, now) is not None


def test_accounts_are_listed_by_login_and_never_printed(accounts: Accounts, now: datetime) -> None:
    for login in ("zoe", "ali"):
        accounts.create(login, uuid4(), PASSWORD, now)
    listed = accounts.accounts()
    assert [account.login for account in listed] == ["ali", "zoe"]
    assert "zoe" not in repr(listed)


@pytest.mark.parametrize(
    "act",
    [
        lambda accounts, now: accounts.disable(uuid4(), now),
        lambda accounts, now: accounts.enable(uuid4()),
        lambda accounts, now: accounts.change_password(uuid4(), PASSWORD, now),
        lambda accounts, now: accounts.account(uuid4()),
    ],
)
def test_an_unknown_account_is_told(
    accounts: Accounts, now: datetime, act: Callable[[Accounts, datetime], object]
) -> None:
    with pytest.raises(UnknownAccount):
        act(accounts, now)


def test_nothing_secret_is_logged(
    accounts: Accounts, sessions: Sessions, keys: ApiKeys, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    fail(accounts, FREE_ATTEMPTS, now)
    opened = sessions.open(account_id, now)
    issued = keys.issue("Caf", "PARTNER", now + MINUTE, now, on_instance=True)
    shown = caplog.text + repr((opened, issued, sessions.find(opened.token, now)))
    for secret in ("zoe", PASSWORD, opened.token, opened.csrf_token, issued.token):
        assert secret not in shown


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_is_found_by_its_cookie(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    person_id = uuid4()
    account_id = accounts.create("zoe", person_id, PASSWORD, now, is_administrator=True)
    opened = sessions.open(account_id, now)
    session = sessions.find(opened.token, now)
    assert session is not None
    assert (session.account_id, session.person_id, session.is_administrator) == (account_id, person_id, True)
    assert (session.created_at, session.expires_at) == (now, opened.expires_at)


def test_a_session_only_accepts_its_own_forms(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    opened, other = sessions.open(account_id, now), sessions.open(account_id, now)
    session = sessions.find(opened.token, now)
    assert session is not None
    assert session.accepts(opened.csrf_token)
    for wrong in ("", other.csrf_token, opened.token, "é", "\ud800"):
        assert not session.accepts(wrong)


def test_every_session_has_an_id_of_256_bits_of_its_own(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    tokens = {sessions.open(account_id, now).token for _ in range(10)}
    assert len(tokens) == 10
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_a_stolen_database_opens_no_session(
    engine: Engine, accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    opened = sessions.open(accounts.create("zoe", uuid4(), PASSWORD, now), now)
    session = sessions.find(opened.token, now)
    assert session is not None
    assert opened.token not in everything_stored(engine, "sessions")
    assert sessions.find(session.session_hash, now) is None


def test_an_unused_session_ends(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    opened = sessions.open(accounts.create("zoe", uuid4(), PASSWORD, now), now)
    assert sessions.find(opened.token, now + SESSION_IDLE) is None
    assert sessions.find(opened.token, now + SESSION_IDLE - MINUTE) is not None
    assert sessions.find(opened.token, now + SESSION_IDLE * 2 - 2 * MINUTE) is not None


def test_a_session_ends_however_much_it_is_used(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    opened = sessions.open(accounts.create("zoe", uuid4(), PASSWORD, now), now)
    moment = now
    while moment < now + SESSION_ABSOLUTE:
        assert sessions.find(opened.token, moment) is not None
        moment += timedelta(hours=1)
    assert sessions.find(opened.token, now + SESSION_ABSOLUTE) is None


def test_an_older_request_never_moves_a_session_back(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    opened = sessions.open(account_id, now)
    sessions.find(opened.token, now + 10 * MINUTE)
    sessions.find(opened.token, now + 5 * MINUTE)
    assert sessions.sessions(account_id, now + 10 * MINUTE)[0].last_seen_at == now + 10 * MINUTE


def test_a_visit_ends_with_its_last_activity_and_the_next_begins_after_a_pause(
    accounts: Accounts, sessions: Sessions, now: datetime
) -> None:
    """Signing in again after a coffee, or on a telephone, is no new visit: what is new would vanish unread."""
    zoe, yann = (accounts.create(login, uuid4(), PASSWORD, now) for login in ("zoe", "yann"))
    desk = sessions.open(zoe, now)
    assert sessions.last_visit(zoe) is None
    sessions.find(desk.token, ended := now + 30 * MINUTE)
    sessions.open(zoe, now + 40 * MINUTE)
    assert sessions.last_visit(zoe) is None, "the same visit on another device"
    sessions.open(yann, now + timedelta(days=1))
    assert sessions.last_visit(zoe) is None, "another account's"
    next_day = now + timedelta(days=1)
    phone = sessions.open(zoe, next_day)
    assert sessions.last_visit(zoe) == now + 40 * MINUTE > ended
    sessions.find(phone.token, next_day + SESSION_IDLE - MINUTE)
    assert sessions.last_visit(zoe) == now + 40 * MINUTE, "read slowly, it is one visit"


def test_closing_sessions(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    zoe, ali = (accounts.create(login, uuid4(), PASSWORD, now) for login in ("zoe", "ali"))
    first, second, third = (sessions.open(zoe, now) for _ in range(3))
    other = sessions.open(ali, now)
    sessions.close(first.token)
    sessions.close(first.token)
    assert sessions.find(first.token, now) is None
    (kept,) = (one for one in sessions.sessions(zoe, now) if one.csrf_token == second.csrf_token)
    assert sessions.close_others(zoe, kept.session_hash) == 1
    assert sessions.find(second.token, now) == kept
    assert sessions.find(third.token, now) is None
    assert sessions.find(other.token, now) is not None


def test_one_closes_sessions_of_ones_own_list_only(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    zoe, ali = (accounts.create(login, uuid4(), PASSWORD, now) for login in ("zoe", "ali"))
    sessions.open(zoe, now)
    (listed,) = sessions.sessions(zoe, now)
    sessions.close_listed(ali, listed.session_hash)
    assert sessions.sessions(zoe, now) == [listed]
    sessions.close_listed(zoe, listed.session_hash)
    assert sessions.sessions(zoe, now) == []


def test_the_list_has_what_is_open_last_seen_first(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    sessions.open(account_id, now - SESSION_IDLE)
    first, second = sessions.open(account_id, now), sessions.open(account_id, now + MINUTE)
    sessions.find(first.token, now + 5 * MINUTE)
    listed = sessions.sessions(account_id, now + 5 * MINUTE)
    assert [session.csrf_token for session in listed] == [first.csrf_token, second.csrf_token]


def test_ended_sessions_are_removed_and_only_those(accounts: Accounts, sessions: Sessions, now: datetime) -> None:
    account_id = accounts.create("zoe", uuid4(), PASSWORD, now)
    sessions.open(account_id, now - SESSION_IDLE)
    open_still = sessions.open(account_id, now)
    assert sessions.remove_ended(now) == 1
    assert sessions.find(open_still.token, now) is not None


# --- API keys ---------------------------------------------------------------------------------------------------------


def test_a_key_is_recognised_with_its_scope(keys: ApiKeys, now: datetime) -> None:
    partner_id, territory_id = uuid4(), uuid4()
    issued = keys.issue(" Caf du Gers ", "PARTNER", now + MINUTE, now, partner_id=partner_id, territory_id=territory_id)
    assert re.fullmatch(r"ctg_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", issued.token)
    key = keys.authenticate(issued.token, now)
    assert key is not None
    assert (key.key_id, key.label, key.role) == (issued.key_id, "Caf du Gers", "PARTNER")
    assert (key.partner_id, key.territory_id) == (partner_id, territory_id)


def test_every_key_that_is_issued_works(keys: ApiKeys, now: datetime) -> None:
    issued = [
        keys.issue("Caf", "PARTNER", now + MINUTE, now, on_instance=True) for _ in range(20)
    ]  # secrets with "_" and "-" too
    assert [key.key_id for key in (keys.authenticate(each.token, now) for each in issued) if key] == [
        each.key_id for each in issued
    ]


def test_other_tokens_are_not_recognised(keys: ApiKeys, now: datetime) -> None:
    issued, other = (keys.issue("Caf", "PARTNER", now + MINUTE, now, on_instance=True).token for _ in range(2))
    scheme, prefix, secret = issued.split("_", 2)
    wrong_secret = other.split("_", 2)[2]
    for token in (
        "",
        "ctg",
        "ctg__",
        f"{scheme}_{prefix}",
        f"{scheme}_{prefix}_",
        f"{scheme}_{prefix}_{wrong_secret}",
        f"{scheme}_{prefix}_{secret}x",
        f"{scheme}_{prefix.upper()}_{secret}",
        f"xyz_{prefix}_{secret}",
        f"{scheme}_{prefix}\0_{secret}",
        f"{scheme}_{prefix}_\ud800",
        f"Bearer {issued}",
    ):
        assert keys.authenticate(token, now) is None


def test_a_stolen_database_opens_no_door(engine: Engine, keys: ApiKeys, now: datetime) -> None:
    issued = keys.issue("Caf", "PARTNER", now + MINUTE, now, on_instance=True)
    stolen = everything_stored(engine, "api_keys")
    assert issued.token.split("_", 2)[2] not in stolen


def test_a_key_expires(keys: ApiKeys, now: datetime) -> None:
    issued = keys.issue("Caf", "PARTNER", now + MINUTE, now, on_instance=True)
    assert keys.authenticate(issued.token, now + MINUTE - timedelta(microseconds=1)) is not None
    assert keys.authenticate(issued.token, now + MINUTE) is None


def test_a_revoked_key_is_refused_and_stays_on_the_list(keys: ApiKeys, now: datetime) -> None:
    issued = keys.issue("Caf", "PARTNER", now + 9 * MINUTE, now, on_instance=True)
    keys.revoke(issued.key_id, now + MINUTE)
    keys.revoke(issued.key_id, now + 2 * MINUTE)
    assert keys.authenticate(issued.token, now) is None
    assert [key.revoked_at for key in keys.issued()] == [now + MINUTE]
    with pytest.raises(UnknownKey):
        keys.revoke(uuid4(), now)


def test_the_last_use_is_known_to_the_minute_and_a_refused_one_does_not_count(keys: ApiKeys, now: datetime) -> None:
    issued = keys.issue("Caf", "PARTNER", now + 9 * MINUTE, now, on_instance=True)
    assert keys.issued()[0].last_used_at is None
    for moment, kept in (
        (now, now),
        (now + MINUTE / 2, now),
        (now + MINUTE, now + MINUTE),
        (now, now + MINUTE),
        (now + 10 * MINUTE, now + MINUTE),
    ):
        keys.authenticate(issued.token, moment)
        assert keys.issued()[0].last_used_at == kept


def test_keys_are_listed_by_partner_newest_first(keys: ApiKeys, now: datetime) -> None:
    partner_id = uuid4()
    first = keys.issue("premier", "PARTNER", now + MINUTE, now - MINUTE, partner_id=partner_id, on_instance=True)
    second = keys.issue("second", "PARTNER", now + MINUTE, now, partner_id=partner_id, on_instance=True)
    keys.issue("autre", "AUDITOR", now + MINUTE, now, on_instance=True)
    assert [key.key_id for key in keys.issued(partner_id)] == [second.key_id, first.key_id]
    assert len(keys.issued()) == 3


@pytest.mark.parametrize(
    ("label", "role", "lifetime"), [(" ", "PARTNER", MINUTE), ("Caf", "", MINUTE), ("Caf", "X", 0 * MINUTE)]
)
def test_an_unusable_key_is_not_issued(
    keys: ApiKeys, now: datetime, label: str, role: str, lifetime: timedelta
) -> None:
    with pytest.raises(UnusableKey):
        keys.issue(label, role, now + lifetime, now, on_instance=True)


def test_a_key_opens_one_place_and_the_whole_instance_only_when_it_says_so(keys: ApiKeys, now: datetime) -> None:
    place = uuid4()
    for scope in ({}, {"territory_id": place, "framework_id": place}, {"framework_id": place, "on_instance": True}):
        with pytest.raises(UnusableKey):
            keys.issue("Caf", "AUDITOR", now + MINUTE, now, **scope)
    found = keys.authenticate(keys.issue("Caf", "AUDITOR", now + MINUTE, now, framework_id=place).token, now)
    assert found is not None
    assert (found.territory_id, found.framework_id, found.on_instance) == (None, place, False)


def test_a_time_without_a_zone_is_refused(keys: ApiKeys, now: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        keys.issue("Caf", "PARTNER", now.replace(tzinfo=None) + MINUTE, now.replace(tzinfo=None), on_instance=True)
