"""The data asked of partners, on the page of the diagnosis: what each was asked, where it is, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.pages.acts.data_asked import ASK_FOR_DATA, PROMISE_DATA, RECORD_DATA_RECEIVED, REFUSE_DATA, REUSE_DATA
from api.pages.addresses import anchor_of
from api.pages.contexts import Act, Delay, Phrase, Status
from api.pages.contexts.diagnosing import DataLine, DataShown
from api.pages.view import View
from domain.convention.themes import named
from projections.which_data_were_asked import LATE, PROMISED, RECEIVED, REFUSED, DataTold, data_asked

STATUS: Final[dict[str, Status]] = {LATE: "late", PROMISED: "on-time", RECEIVED: "done", REFUSED: "watch"}


def data_shown(view: View, acts: tuple[Act, ...]) -> DataShown | None:
    """The data asked on the territory; None where nothing was, and whoever looks may ask for nothing."""
    told = view.dossier.once(data_asked, view.ask.today)
    view.ask.open(told)
    asking = tuple(one for one in acts if one.href.endswith(ASK_FOR_DATA.name))
    lines = [(one.is_awaited, _line(view, one)) for one in told]
    if not lines and not asking:
        return None
    awaited = tuple(line for is_awaited, line in lines if is_awaited)
    return DataShown(awaited, tuple(line for is_awaited, line in lines if not is_awaited), asking)


def _line(view: View, one: DataTold) -> DataLine:
    links = [act for act in _acts(view, one) if act is not None]
    return DataLine(
        anchor=anchor_of("data", one.data_id),
        what=view.ask.said(one.what),
        href=view.trail(one.event_id),
        partner=view.ask.name(one.partner_id),
        theme=named(view.dossier.convention, one.theme),
        years=_years(one),
        form=one.data_form,
        status=STATUS.get(one.state, "not-started"),
        state=_state(one),
        notes=tuple(_notes(view, one)),
        evidence=view.ask.documents(one.evidence),
        act=links[0] if links else None,
        others=tuple(links[1:]),
    )


def _years(one: DataTold) -> Phrase:
    if one.first_year == one.last_year:
        return Phrase("page.data.year", {"year": str(one.first_year)})
    return Phrase("page.data.years", {"first": str(one.first_year), "last": str(one.last_year)})


def _acts(view: View, one: DataTold) -> Iterator[Act | None]:
    """What may be said of it, the likeliest first."""
    if one.state == RECEIVED:
        yield view.act(REUSE_DATA.name, data_id=one.data_id)
        return
    yield view.act(RECORD_DATA_RECEIVED.name, one.partner_id, data_id=one.data_id)
    if one.is_awaited:
        yield view.act(PROMISE_DATA.name, one.partner_id, data_id=one.data_id)
        yield view.act(REFUSE_DATA.name, one.partner_id, data_id=one.data_id)


def _state(one: DataTold) -> Phrase:
    if one.received_on is not None:
        late = Phrase("page.data.received-late", {"on": one.received_on, "delay": Delay(one.days_late)})
        return late if one.days_late else Phrase("page.data.received", {"on": one.received_on})
    if one.refused_on is not None:
        return Phrase("page.data.refused", {"on": one.refused_on})
    if one.days_late:
        return Phrase("page.data.late", {"on": one.awaited_on, "delay": Delay(one.days_late)})
    return Phrase("page.data.promised" if one.promised_for else "page.data.awaited", {"on": one.awaited_on})


def _notes(view: View, one: DataTold) -> Iterator[Phrase]:
    erased = view.ask.texts.t("page.erased")
    if one.beyond is not None:
        yield Phrase("page.data.beyond", {"text": view.ask.said(one.beyond) or erased})
    if one.motive is not None:
        yield Phrase("page.data.motive", {"text": view.ask.said(one.motive) or erased})
    for each in one.reused:
        yield Phrase("page.data.reused", {"on": each.reused_on, "text": view.ask.said(each.purpose) or erased})
