"""Full samples of help and of the legal pages, with an operator and without: what the template tests render."""

from __future__ import annotations

from api.notices import Notices
from api.pages.aid import PHASES, frequent_acts
from api.pages.contexts import Contact, HelpPage, KeptLine, LegalPage, Phrase
from api.pages.glossary import GROUPS
from workflows.texts import Texts

TOLD = Notices(
    operator="Département du Gers",
    operator_address="81 route de Pessan, 32000 Auch",
    publisher="Camille Exemple",
    hosting="Hébergeur Exemple, Toulouse",
    accessibility="partial",
    accessibility_audit="Audit du 3 mars 2026 : 82 % des critères",
)
CONTACT = Contact("aide@exemple.fr", "mailto:aide@exemple.fr")
KEPT = (KeptLine(Phrase("page.privacy.kept.letters"), Phrase("page.privacy.lasting.days", {"days": 365}, 365)),)


def samples() -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page."""
    acts = frequent_acts(Texts("fr"))
    told, untold = LegalPage(TOLD, CONTACT, KEPT), LegalPage(Notices())
    return {
        "help": ("help.html", HelpPage(PHASES, acts, GROUPS, CONTACT)),
        "help-nobody": ("help.html", HelpPage(PHASES, acts, GROUPS)),
        **{
            f"{name}{suffix}": (f"{name}.html", shown)
            for name in ("accessibility", "privacy", "notices")
            for suffix, shown in (("", told), ("-untold", untold))
        },
    }
