"""What `ctg import territories` says: of lines, of what changes, of what cannot be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ctg_engine.speaking import Voice
from workflows.territory_files import Change, Difference, LineVerdict
from workflows.texts import Texts

_SMALL = frozenset({"population", "siren"})
"""Fields that differ for every territory each year: counted, and shown with every line."""


def tell_verdicts(voice: Voice, verdicts: Sequence[LineVerdict], *, every_line: bool) -> None:
    """What is wrong or worth knowing, line by line, and how many lines are neither; or every line, when asked for."""
    for verdict in verdicts:
        if every_line or verdict.status in ("refused", "notice"):
            voice.line(verdict_in_words(voice.texts, verdict))
    counts = Counter(verdict.status for verdict in verdicts)
    voice.line()
    voice.line(
        voice.texts.t(
            "import.summary",
            accepted=counts["accepted"],
            ignored=counts["ignored"],
            refused=counts["refused"],
            notices=counts["notice"],
        )
    )
    if not every_line:
        voice.say("import.every-line")


def verdict_in_words(texts: Texts, verdict: LineVerdict) -> str:
    """One line: where, what, and what became of it."""
    text = texts.t(f"import.{verdict.code}", **verdict.parameters)
    line = texts.t("import.line", file=verdict.file, line=str(verdict.line), text=text)
    return line if verdict.status == "accepted" else f"{line} [{texts.t(f'import.status.{verdict.status}')}]"


def tell_changes(voice: Voice, changes: Sequence[Change], *, every_line: bool) -> None:
    """One line per territory with every line; else what changes besides figures: names, legal forms, communes."""
    texts = voice.texts
    told = [change for change in changes if every_line or change.amends or _shown(change, False)]
    voice.line()
    for change in told:
        differences = _shown(change, every_line)
        moved = change.amends and (change.added or change.removed)
        if every_line or moved:
            voice.line(
                texts.t(
                    f"import.change.{change.kind}",
                    name=change.territory.name,
                    siren=change.territory.siren,
                    communes=len(change.communes),
                    added=len(change.added),
                    removed=len(change.removed),
                    differences=sum(one.taken for one in change.differences),
                )
            )
        for difference in differences:
            voice.line("  " + difference_in_words(texts, difference))
    proposed = sum(one.field == "name" and not one.taken for change in changes for one in change.differences)
    if proposed:
        voice.say("import.names-proposed", count=proposed)


def _shown(change: Change, every_line: bool) -> list[Difference]:
    return [one for one in change.differences if every_line or one.field not in _SMALL]


def difference_in_words(texts: Texts, difference: Difference) -> str:
    """What the file and the register say of one thing, and which is right from now on."""
    kept = "" if difference.taken or difference.field == "department" else "-kept"
    return texts.t(
        f"import.difference.{difference.field}{kept}",
        subject=difference.subject,
        read=difference.read,
        known=difference.known,
    )
