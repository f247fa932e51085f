"""Samples of forms by lines: a ceremony with something wrong, the mandates of all, each in its shape."""

from __future__ import annotations

from api.pages.contexts import Choice, Phrase
from api.pages.fields import CheckboxesField, DateField, FieldError, JoinedFile, OneFileField, SelectField, TextField
from api.pages.lines.contexts import Consequence, LineGroup, LineShown, LinesPage

COMMON = (
    DateField("occurred_on", Phrase("field.record-signature.occurred_on"), "2026-06-12", required=True),
    SelectField("text_sha256.choice", Phrase("field.record-signature.text_sha256"), (), required=True),
    OneFileField("evidence.0", Phrase("page.ceremony.copy"), JoinedFile("convention-signee.pdf", "c" * 64)),
)
COVERS = CheckboxesField("covers", Phrase("field.covers"), (Choice("PLAN", Phrase("cover.PLAN"), True),))


def _line(name: str, status: str, *, ticked: bool | None, error: str | None = None) -> LineShown:
    prefix = f"lines.{name.lower()}"
    day = DateField(f"{prefix}.occurred_on", Phrase("field.record-signature.occurred_on"))
    return LineShown(
        prefix,
        f"Commune de {name}",
        ticked,
        status,  # type: ignore[arg-type]
        "Irrégulière : mandat manquant",
        "Aucune décision ne l’autorise encore à signer.",
        fields=(day,) if ticked is None or error else (),
        folded=(day,) if ticked is not None and not error else (),
        fold=Phrase("page.ceremony.other-day"),
        absent=(TextField(f"{prefix}.absent", Phrase("page.ceremony.why-absent")),),
        error=error,
        hidden=((f"{prefix}.known.kind", "BOARD"),),
    )


def ceremony() -> LinesPage:
    """One line refused, one that does not count, one absent, two in order."""
    look = (
        _line("Nizas", "late", ticked=True, error="Ce partenaire a déjà signé ce texte."),
        _line("Polastron", "irregular", ticked=True),
        _line("Sabaillan", "not-started", ticked=False),
    )
    plain = (_line("Lombez", "done", ticked=True), _line("Espaon", "done", ticked=True))
    return LinesPage(
        title=Phrase("page.ceremony.title"),
        lead=(Phrase("page.ceremony.lead", {"total": "cinq"}, 2), Phrase("page.ceremony.lead.look", {}, 3)),
        action="/conventions/1/actes/ensemble/record-signature",
        cancel_href="/t/200072320/partenaires",
        submit=Phrase("page.ceremony.submit"),
        idempotency_key="k1",
        common=COMMON,
        more=(COVERS,),
        groups=(
            LineGroup(Phrase("page.ceremony.look", {}, 3), "look", look, Phrase("page.ceremony.look.note")),
            LineGroup(Phrase("page.ceremony.plain", {}, 2), "ticks", plain, Phrase("page.ceremony.plain.note")),
        ),
        consequences=(
            Consequence("done", Phrase("page.ceremony.change.counts"), 2),
            Consequence(
                "irregular", Phrase("page.ceremony.change.irregular"), 1, ("Polastron",), Phrase("page.nothing")
            ),
        ),
        after=(Phrase("page.ceremony.after.lacking", {}, 1),),
        errors=(FieldError("Commune de Nizas : déjà signé", "lines.nizas.on"), FieldError("Sans champ")),
        hidden=(("form_id", "f1"),),
        step=2,
        steps=3,
    )


def mandates() -> LinesPage:
    """Rows with boxes and days of their own, a button that ticks all."""
    rows = (_line("Lombez", "done", ticked=True), _line("Nizas", "late", ticked=True, error="Date illisible"))
    free = (_line("Samatan", "not-started", ticked=None),)
    return LinesPage(
        title=Phrase("page.mandates.title"),
        lead=(Phrase("page.mandates.lead", {"number": "deux"}, 2),),
        action="/conventions/1/actes/ensemble/record-mandate",
        cancel_href="/t/200072320/partenaires",
        submit=Phrase("page.mandates.submit"),
        idempotency_key="k2",
        common=COMMON[:1],
        more=(),
        groups=(LineGroup(Phrase("page.mandates.group", {}, 2), "rows", (*rows, *free)),),
        ticks_all=True,
        adds_rows=Phrase("page.mandates.submit"),
        note=Phrase("page.mandates.executory"),
    )
