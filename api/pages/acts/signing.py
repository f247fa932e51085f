"""Mandates, signatures and the entry into force."""

from __future__ import annotations

from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Choice, Phrase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form, Narrowed
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.extended import covers_of
from domain.convention.saying_no import RecordMandateRefusal, RecordMandateWithdrawal
from domain.convention.signatories import EXPECTATIONS, ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.steering import SIGNATORIES_CHANGED
from projections import which_signatures_are_missing
from workflows.act_links import Question
from workflows.texts.rules import SHOWN_OF_SHA256


def mandate_kinds(case: ConventionCase, partner_id: str) -> Choices:
    """The acts by which a partner decides to sign (R13)."""
    known = case.signatures.signatories if case.signatures is not None else ()
    return words(
        "mandate-kind", (kind for one in known if str(one.partner_id) == partner_id for kind in one.mandate_kinds)
    )


def _with_a_mandate(case: ConventionCase) -> Choices:
    """The partners of whom some mandate stands."""
    known = case.signatures.signatories if case.signatures is not None else ()
    standing = {
        str(one.partner_id)
        for one in known
        if any(set(mandate.covers) - set(mandate.withdrawn_on) for mandate in one.mandates)
    }
    return tuple(choice for choice in case.signatories() if choice.value in standing)


def _adopted_texts(case: ConventionCase) -> Choices:
    """The texts that the committee adopted: one for all, or one for each thing it covers."""
    adopted: dict[str, list[which_signatures_are_missing.AdoptedText]] = {}
    for text in case.signatures.texts if case.signatures is not None else ():
        adopted.setdefault(text.text_sha256, []).append(text)
    key = "page.form.adopted-text" if len(adopted) == 1 else "page.form.adopted-text-of"
    return tuple(
        Choice(
            sha256,
            Phrase(
                key,
                {
                    "on": texts[-1].adopted_on,
                    "covers": tuple(one.covers for one in texts),
                    "start": f"{sha256[:SHOWN_OF_SHA256]}…",
                },
            ),
        )
        for sha256, texts in adopted.items()
    )


def _covers(case: ConventionCase) -> Choices:
    """What there is to sign: the convention, its plan, and each extension that was decided."""
    return words("cover", covers_of(case.dossier.convention))


def _everything(case: ConventionCase) -> dict[str, str]:
    """All is ticked at first, for a partner most often signs it at once; of a convention that is extended, that."""
    return {"covers": " ".join(case.to_sign)}


RECORD_MANDATE = Form(
    command=RecordMandate,
    place=CONVENTION,
    sections=("signatures",),
    later=("executory_at", "votes_for", "votes_against", "abstentions", "reference"),
    never_optional=("covers",),
    short=("reference",),
    choices={"covers": _covers, "partner_id": ConventionCase.signatories},
    narrowed={"kind": Narrowed("partner_id", mandate_kinds)},
    proposes=_everything,
    by_link=Question.MANDATE,
    example={"kind": "BOARD"},
)

RECORD_MANDATE_REFUSAL = Form(
    command=RecordMandateRefusal,
    place=CONVENTION,
    sections=("signatures",),
    rank=1,
    later=("reference",),
    never_optional=("covers",),
    short=("reference",),
    choices={"covers": _covers, "partner_id": ConventionCase.signatories_awaited},
    narrowed={"kind": Narrowed("partner_id", mandate_kinds)},
    proposes=_everything,
    by_link=Question.MANDATE,
    example={"kind": "MUNICIPAL_COUNCIL"},
)

RECORD_MANDATE_WITHDRAWAL = Form(
    command=RecordMandateWithdrawal,
    place=CONVENTION,
    sections=("signatures",),
    rank=1,
    later=("reference",),
    never_optional=("covers",),
    short=("reference",),
    own_motive=True,
    choices={"covers": _covers, "partner_id": _with_a_mandate},
    needs={"partner_id": RECORD_MANDATE},
    proposes=_everything,
)

RECORD_SIGNATURE = Form(
    command=RecordSignature,
    place=CONVENTION,
    sections=("signatures",),
    later=("signed_at",),
    never_optional=("covers",),
    choices={"covers": _covers, "partner_id": ConventionCase.signatories_awaited, "text_sha256": _adopted_texts},
    proposes=_everything,
)

CHANGE_SIGNATORY = Form(
    command=ChangeSignatory,
    place=CONVENTION,
    sections=("signatures",),
    rank=2,
    own_motive=True,
    carries_version=True,
    fixed={"expectation": words("signatory-expectation", EXPECTATIONS)},
    choices={"partner_id": ConventionCase.all_partners},
    needs={"decided_in": RECORD_MEETING},
    cites=Cited(SIGNATORIES_CHANGED),
    example={"expectation": "OPTIONAL"},
)

ACTIVATE_CONVENTION = Form(
    command=ActivateConvention,
    place=CONVENTION,
    sections=("milestones",),
    carries_version=True,
)

FORMS = (
    RECORD_MANDATE,
    RECORD_MANDATE_REFUSAL,
    RECORD_MANDATE_WITHDRAWAL,
    RECORD_SIGNATURE,
    CHANGE_SIGNATORY,
    ACTIVATE_CONVENTION,
)
