"""The themed waves of the diagnoses of a territory, a part of the page of the diagnosis and the forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.pages.acts.waves import CLOSE_DIAGNOSIS_WAVE, MOVE_DIAGNOSIS_WAVE, PLAN_DIAGNOSIS_WAVE
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.waves import ThemeLine, WaveLine, WavesShown
from api.pages.view import View
from domain.values import LocalId
from projections.what_diagnoses_hold import diagnoses
from projections.which_waves_were_planned import CLOSED, OVER, RUNNING, TO_COME, ThemePromised, WaveTold, waves

STATUS_OF: Final[Mapping[str, Status]] = {OVER: "watch", RUNNING: "on-time", TO_COME: "not-started", CLOSED: "done"}


def waves_shown(view: View, acts: tuple[Act, ...]) -> WavesShown | None:
    """The waves; None where none was planned, and no diagnosis is there to plan one in."""
    told, known = view.dossier.once(waves, view.ask.today), view.dossier.once(diagnoses)
    view.ask.open((told, known))
    planning = tuple(one for one in acts if one.href.endswith(PLAN_DIAGNOSIS_WAVE.name))
    if not told and not (known.diagnoses and planning):
        return None
    titles = {one.diagnosis_id: view.ask.said(one.title) for one in known.diagnoses}
    lacking = sum(len(one.without_finding) for one in told)
    return WavesShown(tuple(_line(view, one, titles) for one in told), lacking, planning)


def _line(view: View, one: WaveTold, titles: Mapping[LocalId, str | None]) -> WaveLine:
    may = (CLOSE_DIAGNOSIS_WAVE, MOVE_DIAGNOSIS_WAVE) if one.state != CLOSED else ()
    links = [link for form in may if (link := view.act(form.name, None, wave_id=str(one.wave_id))) is not None]
    due = one.next_act is not None
    return WaveLine(
        title=titles.get(one.diagnosis_id),
        href=view.trail(one.event_id),
        days=Phrase("page.wave.days", {"since": one.starts_on, "until": one.ends_on}),
        status=STATUS_OF[one.state],
        state=Phrase("page.wave.closed", {"on": one.closed_on}) if one.closed_on else Phrase(f"wave-state.{one.state}"),
        themes=tuple(_theme(each, one) for each in one.promised),
        notes=tuple(_notes(view, one)),
        act=links[0] if due and links else None,
        others=tuple(links[1:] if due else links),
    )


def _theme(each: ThemePromised, one: WaveTold) -> ThemeLine:
    counts = {"findings": len(each.finding_ids), "data": len(each.data_ids)}
    brought = tuple(Phrase(f"page.wave.{name}", {}, count) for name, count in counts.items() if count)
    return ThemeLine(each.theme, brought, each.theme in one.without_finding)


def _notes(view: View, one: WaveTold) -> Iterator[Phrase]:
    erased = view.ask.texts.t("page.erased")
    if one.earlier_days:
        before = one.earlier_days[-1]
        why = view.ask.said(one.motive) if one.motive is not None else None
        yield Phrase("page.wave.moved", {"since": before.starts_on, "until": before.ends_on, "why": why or erased})
    if one.learned is not None:
        yield Phrase("page.wave.learned", {"what": view.ask.said(one.learned) or erased})
