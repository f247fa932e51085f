"""What both pages of a partner say in the same words: its name in a sentence, what is expected, what it signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Delay, PartnerCell, Phrase, WorkLine
from api.pages.next_steps import next_act, place_of
from api.pages.telling import Telling
from projections.what_comes_next import Awaited
from projections.where_a_partner_stands import PartnerStanding
from projections.where_signatories_stand import SignatureStanding
from workflows.application import UnknownStream

FEW: Final = 3
"""Of more, those awaited longest are named and the others counted."""

SIGNATURE: Final = Phrase("page.partner.signature")


def known_partner(ask: Asking, partner_id: UUID) -> UUID:
    """The partner that answers for an id. Raises `UnknownStream` where none is registered."""
    kept = ask.register.kept(partner_id)
    if kept is None or kept not in ask.register.partners:
        raise UnknownStream(str(partner_id))
    return kept


def spoken(ask: Asking, partner_id: UUID) -> str:
    """The name of a partner as a sentence says it: « la Caf du Gers », « le Département du Gers »."""
    name = ask.name(partner_id)
    first, space, rest = name.partition(" ")
    key = f"partner-article.{first}"
    return f"{ask.texts.t(key)}{space}{rest}" if ask.texts.has(key) else name


def own_lines(told: Telling, territory: str, several: Iterable[Awaited]) -> tuple[WorkLine, ...]:
    """What is expected of the partner, as lines with their act; its own signature without its name."""
    return tuple(_line(told, territory, one, own=one.what.word == "signature") for one in several)


def lines_of(told: Telling, territory: str, several: Iterable[Awaited]) -> tuple[WorkLine, ...]:
    """What others have to bring."""
    return tuple(_line(told, territory, one) for one in several)


def _line(told: Telling, territory: str, one: Awaited, *, own: bool = False) -> WorkLine:
    shown = next_act(told, one)
    return WorkLine(territory, place_of(told.home, one), replace(shown, what=SIGNATURE) if own else shown)


def sorted_lines(several: Iterable[WorkLine]) -> tuple[WorkLine, ...]:
    """The oldest delay first, then by day."""
    return tuple(sorted(several, key=lambda one: (-one.next.days_late, one.next.due_on or date.max)))


def answer_of(
    name: str, expected: Sequence[WorkLine], waits_for: Sequence[WorkLine], *, here: bool
) -> tuple[Phrase, ...]:
    """What is expected of the partner first, then whom it waits for itself; `here`: all of it on one territory."""
    said = [_expected(name, expected, "-here" if here else "")]
    late = tuple(dict.fromkeys(one.next.who for one in waits_for if one.next.days_late > 0 and one.next.who))
    if late[FEW:]:
        said.append(Phrase("page.partner.waits-more", {"partner": name, "names": late[:FEW]}, len(late) - FEW))
    elif late:
        said.append(Phrase("page.partner.waits", {"partner": name, "names": late}, len(late)))
    return tuple(said)


def _expected(name: str, expected: Sequence[WorkLine], where: str) -> Phrase:
    if not expected:
        return Phrase("page.partner.nothing", {"partner": name})
    first = expected[0]
    late = sum(one.next.days_late > 0 for one in expected)
    said: dict[str, object] = {"partner": name, "what": first.next.what, "territory": first.territory}
    if late:
        return Phrase(f"page.partner.late{where}", {**said, "delay": Delay(first.next.days_late)}, late)
    return Phrase(f"page.partner.soon{where}", said, len(expected))


def refused(one: PartnerStanding, name: str) -> tuple[Phrase, ...]:
    """That it said no, or will not sign; nothing where it is expected like the others."""
    if one.signatory is None or not one.refused:
        return ()
    word = "will-not-sign" if one.signatory.signatory.will_not_sign else "said-no"
    return (Phrase(f"page.partner.{word}", {"partner": name}),)


# --- mandates and signatures in few words -----------------------------------------------------------------------------


def mandate_cell(one: PartnerStanding) -> PartnerCell | None:
    """The mandate: adopted or executory since when, refused, withdrawn; None while there is none."""
    if one.signatory is None:
        return PartnerCell(None, Phrase("page.partner.not-asked"))
    if (no := one.signatory.said_no) is not None:
        return PartnerCell(None, Phrase(f"page.partner.no.{no.outcome}"), no.on)
    if (mandate := one.signatory.mandate) is None:
        return None
    status = one.signatory.mandate_status
    if mandate.executory_on is not None and one.signatory.signatory.acts_must_be_transmitted:
        return PartnerCell(status, Phrase("page.partner.executory"), mandate.executory_on)
    return PartnerCell(status, Phrase("page.partner.adopted"), mandate.adopted_on)


def signature_cell(one: PartnerStanding, signature: SignatureStanding | None) -> PartnerCell | None:
    """The signature of one text: since when, for how long it is late; None while nothing is asked for."""
    if signature is None:
        return None
    if signature.status == "done" and signature.signed_on is not None:
        return PartnerCell("done", Phrase("page.partner.signed"), signature.signed_on)
    if one.refused:
        return PartnerCell(None, Phrase("page.partner.will-not"))
    if signature.days_late:
        return PartnerCell(signature.status, Phrase("page.partner.awaited", {"delay": Delay(signature.days_late)}))
    return PartnerCell("irregular", Phrase("page.partner.irregular")) if signature.status == "irregular" else None
