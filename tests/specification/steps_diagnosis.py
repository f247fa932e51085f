"""On what knowledge a territory acts: data asked of partners."""

from __future__ import annotations

import re

from pytest_bdd import parsers, step

from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.diagnosis.answering import PromiseData, RecordDataReceived, RefuseData, ReuseData
from domain.diagnosis.asking import AskForData
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.finding import AttachEvidence, RecordFinding
from domain.diagnosis.publishing import PublishDiagnosisVersion, StartDiagnosis
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code, Evidence, LocalId, Prose, Sha256, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import PARTNER, World, text_of

DATA = r"la donnée « (?P<what>[^»]+) »"


def data_id_of(what: str) -> LocalId:
    """The datum of that name."""
    return local_id(what)


@step(
    parsers.re(
        rf"{DATA} est demandée à {PARTNER} sur (?P<theme>.+?), (?P<first>\d{{4}}) à (?P<last>\d{{4}}), "
        rf"pour le (?P<due>{DAY})(?:, en plus : « (?P<beyond>[^»]+) »)?"
    )
)
def _asked(
    world: World, what: str, partner: str, theme: str, first: str, last: str, due: str, beyond: str | None
) -> None:
    world.act(
        AskForData(
            stream_id=diagnosis_stream(world.territory_id),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            data_id=data_id_of(what),
            partner_id=world.partner(partner),
            what=Prose(what),
            theme=french.code("theme", theme),
            first_year=int(first),
            last_year=int(last),
            data_form=Code("TABLE"),
            due_on=french.day(due),
            beyond=Prose(beyond) if beyond else None,
        )
    )


@step(parsers.re(rf"{PARTNER} promet {DATA} pour le (?P<day>{DAY})"))
def _promised(world: World, partner: str, what: str, day: str) -> None:
    command = PromiseData(
        stream_id=diagnosis_stream(world.territory_id), data_id=data_id_of(what), promised_for=french.day(day)
    )
    world.act(command, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(
    parsers.re(
        rf"{DATA} est reçue le (?P<day>{DAY})(?P<proof>, sur pièce)?"
        r"(?:, la plus petite case comptant (?P<count>\d+) personnes)?"
    )
)
def _received(world: World, what: str, day: str, proof: str | None, count: str | None) -> None:
    paper = Evidence(deterministic_id("data", what), Sha256(text_of(what)), Prose("Tableau transmis"))
    world.act(
        RecordDataReceived(
            stream_id=diagnosis_stream(world.territory_id),
            data_id=data_id_of(what),
            smallest_count=int(count) if count else None,
            occurred_on=french.day(day),
        ),
        evidence=(paper,) if proof else (),
    )


@step(parsers.re(rf"{PARTNER} refuse {DATA}, parce que « (?P<why>[^»]+) »"))
def _refused(world: World, partner: str, what: str, why: str) -> None:
    command = RefuseData(stream_id=diagnosis_stream(world.territory_id), data_id=data_id_of(what), motive=Prose(why))
    world.act(command, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(parsers.re(rf"{DATA} ressert pour « (?P<purpose>[^»]+) »"))
def _reused(world: World, what: str, purpose: str) -> None:
    stream = diagnosis_stream(world.territory_id)
    world.act(ReuseData(stream_id=stream, data_id=data_id_of(what), purpose=Prose(purpose)))


@step(parsers.re(rf"{DATA} est dite « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    assert world.door.datum(world.convention, data_id_of(what), world.today).state == french.code("data-state", state)


@step(parsers.re(rf"{DATA} a resservi (?P<times>\d+) fois"))
def _served_again(world: World, what: str, times: str) -> None:
    assert len(world.door.datum(world.convention, data_id_of(what), world.today).reused) == int(times)


FINDING = r"le constat « (?P<statement>[^»]+) »"
FOUND_BY = r"(?P<nature>[^:]+?) de (?P<year>\d{4}) : « (?P<source>[^»]+) »"


@step(parsers.re(r"le diagnostic « (?P<title>[^»]+) » est engagé par (?P<owners>.+)"))
def _started(world: World, title: str, owners: str) -> None:
    world.act(
        StartDiagnosis(
            stream_id=diagnosis_stream(world.territory_id),
            home_territory_id=world.territory_id,
            diagnosis_id=local_id(title),
            title=Prose(title),
            owners=tuple(world.partner(one) for one in owners.split(" et ")),
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} apporte {FINDING} sur (?P<theme>.+?), montré par {FOUND_BY}"
        r"(?:, auprès de (?P<sample>\d+) personnes)?"
    )
)
def _found(
    world: World, partner: str, statement: str, theme: str, nature: str, year: str, source: str, sample: str | None
) -> None:
    command = RecordFinding(
        stream_id=diagnosis_stream(world.territory_id),
        convention_id=world.convention,
        home_territory_id=world.territory_id,
        finding_id=local_id(statement),
        theme=french.code("theme", theme),
        kind=Code("CONSTRAINT"),
        statement=Prose(statement),
        contributor_id=world.partner(partner),
        nature=french.code("nature", nature),
        source=Prose(source),
        year=int(year),
        sample_size=int(sample) if sample else None,
    )
    world.act(command, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(
    parsers.re(
        rf"{PARTNER} ajoute au constat « (?P<statement>[^»]+) » une preuve de (?P<year>\d{{4}}) : "
        r"« (?P<source>[^»]+) »"
    )
)
def _attached(world: World, partner: str, statement: str, year: str, source: str) -> None:
    world.act(
        AttachEvidence(
            stream_id=diagnosis_stream(world.territory_id),
            finding_id=local_id(statement),
            contributor_id=world.partner(partner),
            nature=Code("QUANTITATIVE"),
            source=Prose(source),
            year=int(year),
        )
    )


@step(parsers.re(r"la version du diagnostic « (?P<title>[^»]+) » est publiée avec (?P<findings>.+)"))
def _published(world: World, title: str, findings: str) -> None:
    named = re.findall(r"« ([^»]+) »", findings)
    world.act(
        PublishDiagnosisVersion(
            stream_id=diagnosis_stream(world.territory_id),
            diagnosis_id=local_id(title),
            findings=tuple(local_id(one) for one in named),
        )
    )


@step(
    parsers.re(
        r"la version (?P<version>\d+) du diagnostic « (?P<title>[^»]+) » tient (?P<total>\d+) constats, "
        r"dont la Caf en apporte (?P<caf>\d+), l'intercommunalité (?P<epci>\d+) et la MSA (?P<msa>\d+)"
    )
)
def _held(world: World, version: str, title: str, total: str, caf: str, epci: str, msa: str) -> None:
    known = world.door.diagnoses(world.convention)
    told = next(one for one in known.diagnoses if one.diagnosis_id == local_id(title))
    last = told.versions[0]
    assert (last.version, len(last.findings)) == (int(version), int(total))
    brought = {one.partner_id: one.brought for one in last.contributions}
    said = {"la Caf": caf, "l'intercommunalité": epci, "la MSA": msa}
    assert brought == {world.partner(one): int(count) for one, count in said.items()}


@step(parsers.re(rf"le diagnostic « (?P<title>[^»]+) » est partagé le (?P<day>{DAY})"))
def _shared(world: World, title: str, day: str) -> None:
    known = world.door.diagnoses(world.convention)
    held = next(one for one in known.diagnoses if one.diagnosis_id == local_id(title)).versions[0].findings
    shared = RecordSharedDiagnosis(
        stream_id=world.convention,
        findings=tuple(
            Finding(one.finding_id, one.theme, one.kind, Prose(f"Constat {one.finding_id}"))
            for one in known.findings
            if one.finding_id in held
        ),
        occurred_on=french.day(day),
    )
    assert world.act(shared).accepted, world.outcome
    told = next(one for one in world.door.diagnoses(world.convention).diagnoses if one.diagnosis_id == local_id(title))
    assert told.versions[0].shared_on == french.day(day)


@step(parsers.re(r"le diagnostic « (?P<title>[^»]+) » (?P<said>a pu mener quelque part|n'a mené à rien)"))
def _led(world: World, title: str, said: str) -> None:
    led = world.door.led_nowhere(world.convention, local_id(title), world.today)
    assert led == (said == "n'a mené à rien")


@step(parsers.re(rf"{FINDING} sert à (?P<times>\d+) diagnostics"))
def _serves(world: World, statement: str, times: str) -> None:
    known = world.door.diagnoses(world.convention)
    told = next(one for one in known.findings if one.finding_id == local_id(statement))
    assert len(told.serves) == int(times)


@step(parsers.re(r"le constat sur (?P<theme>.+) est dit « (?P<fate>[^»]+) »"))
def _fate(world: World, theme: str, fate: str) -> None:
    known = world.door.findings(world.convention, world.today)
    told = next(one for one in known if one.finding.theme.code == french.code("theme", theme))
    assert told.fate == french.code("finding-fate", fate)
