"""The figures told to Prometheus: on a port of their own, how the instance fares, and about nobody."""

from __future__ import annotations

import socket

from tests.cli.conftest import Program, get, stop, wait_for_answer, wait_until

TOLD = (
    *("ctg_info", "ctg_database_up 1.0", "ctg_clock_skew_seconds 0.0", "ctg_workers", "ctg_pool_connections"),
    *("ctg_due_conventions", "ctg_due_oldest_seconds", "ctg_summaries_marked", "ctg_log_position", "ctg_follower_lag"),
    *("ctg_outbox_letters", "ctg_outbox_oldest_seconds", "ctg_backup_failing 0.0", "ctg_requests_total"),
    *('ctg_job_last_run_timestamp_seconds{job="sweep"}', 'ctg_job_failures{job="letters"} 0.0', "ctg_request_seconds"),
    *('ctg_job_stuck{job="backup"} 0.0', "process_cpu_seconds_total"),
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_figures_are_told_on_a_port_of_their_own_and_name_nobody(ctg: Program, port: int) -> None:
    ctg.done("migrate")
    ctg.done(
        *("account", "create", "awa.diallo", "--name", "Awa Diallo", "--email", "awa@gers.example", "--administrator"),
        typed="quatre-mots-assez-longs\nquatre-mots-assez-longs\n",
    )
    own = free_port()
    process = ctg.start("serve", "--port", str(port), metrics_port=str(own))
    wait_for_answer(port, process)
    wait_until(lambda: 'ctg_job_last_run_timestamp_seconds{job="sweep"}' in get(own, "/metrics")[1], process)
    wait_until(lambda: 'ctg_workers{state="well"} 1.0' in get(own, "/metrics")[1], process)
    wait_until(lambda: 'ctg_follower_lag{follower="letters"} 0.0' in get(own, "/metrics")[1], process)
    said = get(own, "/metrics")[1]
    assert [one for one in TOLD if one not in said] == []
    assert 'ctg_requests_total{method="GET",status="2xx"}' in said
    assert "awa" not in said.lower()
    assert get(port, "/metrics")[0] == 404, "not among the pages"
    stop(process)
    assert process.returncode == 0


def test_a_taken_port_of_figures_is_said(ctg: Program, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = ctg("serve", "--port", str(port), metrics_port=str(taken.getsockname()[1]))
    assert ended.returncode == 2
    assert "CTG_METRICS_PORT" in ended.stderr
