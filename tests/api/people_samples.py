"""Full samples of the pages of people, with invented facts: what the template tests render."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from api.pages.beginning.commencer import BeginPage, Step, TakeForm
from api.pages.beginning.partners import KnownRow, PartnersPage, ProposedGroup
from api.pages.beginning.steps import STEPS
from api.pages.beginning.territories import FoundRow, TerritoriesPage, WeighedFiles
from api.pages.contexts import Act, NavItem, Phrase, RoleLine
from api.pages.fields import DateField, FieldError, SelectField, TextField
from api.pages.likely_partners import Proposal
from api.pages.people.by_link import ChoosePasswordPage
from api.pages.people.digest_stop import DigestStopPage
from api.pages.people.every_account import AccountRow, AccountsPage
from api.pages.people.forgotten_password import ForgottenPasswordPage
from api.pages.people.founding import FirstAdministratorPage
from api.pages.people.inviting import InviteForm, InvitePage, LinkPage
from api.pages.people.keys import KeyRow, KeysPage
from api.pages.people.one_account import AccountAct, OneAccountPage
from api.pages.people.undelivered import UndeliveredPage, UndeliveredRow
from api.pages.people.who import NEEDED, InvitedRow, PlaceRow, RoleCell, WhoPage
from api.pages.stuck_reactions import StuckPage, StuckRow

AT = datetime(2026, 6, 10, 7, 30, tzinfo=UTC)
TABS = (
    NavItem(Phrase("page.administration.people"), "/administration", current=True),
    NavItem(Phrase("page.administration.accounts"), "/administration/comptes"),
)
WRONG = "Donnez une adresse électronique entière."
PLACE = Phrase("page.literal", {"text": "CC Val de Gers"})


def invite_form(*, mails: bool = False) -> InviteForm:
    """The form of an invitation."""
    return InviteForm(
        action="/administration/inviter",
        key="k1",
        fields=(
            SelectField("place", Phrase("page.invite.place"), ()),
            TextField("name", Phrase("page.invite.name"), required=True),
            TextField("email", Phrase("page.invite.email"), required=True, input_type="email"),
        ),
        later=(SelectField("partner_id", Phrase("page.invite.partner"), ()),),
        later_open=False,
        sends_mail=mails,
    )


def who() -> WhoPage:
    """A territory without a pilot, one whose adviser is invited, one that is whole."""
    give = Act(Phrase("page.who.invite"), "/administration/inviter?role=PILOT")
    vacant = RoleCell("PILOT", vacant_since=date(2026, 5, 2), give=give)
    cells = tuple(RoleCell(role, ("Camille Exemple",)) for role in NEEDED)
    return WhoPage(
        tabs=TABS,
        answer=(
            Phrase("page.who.without-pilot", {"territory": "Artagnan de Fezensac"}),
            Phrase("page.who.invited", count=2),
        ),
        missing=(
            PlaceRow("Artagnan de Fezensac", "/territoires/a", (vacant, *cells[1:3], RoleCell("CAF_ADVISER"))),
            PlaceRow("Val de Gers", "/territoires/b", (*cells[:3], RoleCell("CAF_ADVISER", (), ("Lou Exemple",)))),
        ),
        whole=(PlaceRow("Savès", "/territoires/c", cells),),
        empty=3,
        invited=(
            InvitedRow("Lou Exemple", "/administration/comptes/1", (Phrase("role.CAF_ADVISER"),), AT, AT, True),
            InvitedRow("Jo Exemple", "/administration/comptes/2", (), AT, None, False),
        ),
        columns=NEEDED,
        form=invite_form(),
    )


def who_begins() -> WhoPage:
    """Nobody yet."""
    first = (Phrase("page.who.nobody"),)
    return replace(
        who(), tabs=(), answer=first, missing=(), whole=(), empty=0, invited=(), form=invite_form(mails=True)
    )


def link(*, printed: bool, purpose: str = "join") -> LinkPage:
    """A link that was just made."""
    return LinkPage(
        tabs=TABS,
        purpose=purpose,
        name="Lou Exemple",
        identifier="lou@exemple.invalid",
        href="https://ctg.exemple.invalid/invitation/abcd-efgh" if printed else None,
        until=AT,
        back_href="/administration",
        account_href="/administration/comptes/1",
    )


def one_account() -> OneAccountPage:
    """Somebody with two roles, one taken alone."""
    return OneAccountPage(
        tabs=TABS,
        name="Claire Dubosc",
        identifier="pilote.gers",
        state="open",
        since=AT,
        until=None,
        signed_in_at=AT,
        is_administrator=True,
        roles=(
            RoleLine(
                "PILOT", "Claire Dubosc", None, date(2026, 1, 1), None, True, (Act(Phrase("page.who.invite"), "/a"),)
            ),
            RoleLine("PARTNER_EXECUTIVE", "Claire Dubosc", "Caf du Gers", date(2026, 1, 1), date(2026, 12, 31)),
        ),
        places=("CC Val de Gers", "CC du Savès"),
        acts=(
            AccountAct("lien", Phrase("page.one-account.reset-sent"), Phrase("page.one-account.reset-sent.changes")),
            AccountAct("fermer", Phrase("page.one-account.disable"), Phrase("page.one-account.disable.changes"), True),
        ),
        action="/administration/comptes/1",
        invite_href="/administration/inviter",
        back_href="/administration",
    )


def accounts() -> AccountsPage:
    """Accounts in every state, one of a forgotten person."""
    roles = tuple(Phrase("page.who.role-at", {"role": role, "place": "CC Val de Gers"}) for role in NEEDED)
    return AccountsPage(
        tabs=TABS,
        answer=(Phrase("page.accounts.lead", count=2), Phrase("page.accounts.locked-count", count=1)),
        accounts=(
            AccountRow("/administration/comptes/1", "pilote.gers", "Claire Dubosc", roles, "open", AT),
            AccountRow("/administration/comptes/2", "ancien", None, (), "closed", None),
            AccountRow("/administration/comptes/3", "lou", "Lou Exemple", roles[:1], "invited", None),
            AccountRow("/administration/comptes/4", "jo", "Jo Exemple", (), "locked", AT),
        ),
        total=4,
        query="e",
        action="/administration/comptes",
        invite_href="/administration/inviter",
        newer="/administration/comptes?page=1",
        older="/administration/comptes?page=3",
    )


def stuck() -> StuckPage:
    row = StuckRow(
        UUID(int=3),
        Phrase("reaction.entry-into-force"),
        "Val de Gers",
        "/t/200072320",
        ("Il manque des signatures requises : Caf du Gers.",),
        ("Enregistrez d’abord la signature.",),
        datetime(2026, 6, 2, 8, tzinfo=UTC),
        datetime(2026, 6, 10, 8, tzinfo=UTC),
        4,
    )
    unreadable = replace(
        row,
        stuck_id=UUID(int=4),
        what=Phrase("reaction.unknown"),
        why=("Un fait est illisible.",),
        remedies=(),
        href=None,
    )
    answer = Phrase("page.stuck.answer", count=2)
    return StuckPage(tabs=(), answer=answer, rows=(row, unreadable), action="/administration/suites", all="tout")


def keys() -> KeysPage:
    """Keys in every state."""

    def row(state: str, used: datetime | None) -> KeyRow:
        key_id = UUID(int=1)
        role = Phrase("role.AUDITOR")
        return KeyRow(key_id, "abc", f"Outil {state}", role, PLACE, "Caf du Gers", AT, used, AT, state, "/cles")

    return KeysPage(
        tabs=TABS,
        answer=(Phrase("page.keys.answer", count=3), Phrase("page.keys.soon-count", count=1)),
        live=(row("soon", AT), row("unused", None), row("fine", AT)),
        ended=(row("expired", AT), row("revoked", None)),
        action="/administration/cles",
        fields=(
            TextField("label", Phrase("page.keys.label"), required=True),
            DateField("until", Phrase("page.keys.until"), "2027-06-10"),
        ),
        form_open=False,
    )


def first_administrator() -> FirstAdministratorPage:
    """Whoever opens the first account, once a password was refused."""
    fields = (
        TextField("name", Phrase("page.link.name"), value="Alix Exemple", required=True, autocomplete="name"),
        TextField("new", Phrase("page.link.new"), error="De 12 à 256 caractères.", input_type="password"),
    )
    errors = (FieldError("De 12 à 256 caractères.", "new"),)
    return FirstAdministratorPage("/premier-administrateur/abcd", AT, fields, errors)


def undelivered() -> UndeliveredPage:
    """Two letters given up, one of them to somebody forgotten, and one more folded."""
    why = "Le serveur de courrier refuse ce courriel (550)."
    first = UndeliveredRow(uuid4(), Phrase("cli.letter.kind.reminder"), "Lou Exemple", "CC Val de Gers", AT, 3, why)
    forgotten = UndeliveredRow(uuid4(), Phrase("cli.letter.kind.digest"), None, None, AT, 1, why)
    answer = (Phrase("page.letters.given-up", count=3),)
    return UndeliveredPage((), answer, (first, forgotten), (first,), "/administration/courriels")


def choose_password(purpose: str) -> ChoosePasswordPage:
    """What a link opens."""
    field = TextField("new", Phrase("page.link.new"), required=True, input_type="password")
    return ChoosePasswordPage(f"/invitation/{purpose}", purpose, "Lou Exemple", "lou@exemple.invalid", AT, (field,))


def begin(following: str) -> BeginPage:
    """The six steps, those before one of them done."""
    at = STEPS.index(following)
    said = Phrase("page.begin.partners", count=3)
    go = (Act(Phrase("page.begin.partners.act"), "/administration/partenaires"),)
    states = tuple("done" if place < at else "next" if place == at else "later" for place in range(len(STEPS)))
    take = TakeForm(
        "/commencer", (("a", "CC Val de Gers", True), ("b", "CC du Savès", False)), 2, "Cochez un territoire."
    )
    return BeginPage(
        tabs=TABS,
        answer=(Phrase("page.begin.answer", count=at), Phrase(f"page.begin.next.{following}")),
        steps=tuple(Step(code, place + 1, states[place], said, go) for place, code in enumerate(STEPS)),
        take=take if following == "who" else None,
        invite=invite_form() if following == "people" else None,
        groups=partners().groups if following == "partners" else (),
        territories_href="/administration/territoires",
        one_territory_href="/administration/actes/register-territory",
        partners_href="/administration/partenaires",
        one_partner_href="/administration/actes/register-partner",
        over_href="/" if following == "act" else None,
    )


def territories(*, wrong: bool = False) -> TerritoriesPage:
    """A file that was read: it may be recorded, or something in it is wrong."""
    weighed = WeighedFiles(
        names=("liste.csv",),
        kept=(("kept.liste.csv", "H4sI"),),
        wrong=("liste.csv, ligne 3 : la colonne manque.",) if wrong else (),
        more_wrong=2 if wrong else 0,
        notices=("liste.csv, ligne 4 : écrite autrement.",),
        rows=tuple(FoundRow("CC du Savès", 32, kind) for kind in ("register", "change-perimeter", "unchanged")),
        more_rows=3,
        registered=1,
        changed=1,
        unchanged=1,
        communes=96,
    )
    return TerritoriesPage(
        tabs=TABS,
        answer=(Phrase("page.territories.would", {"communes": Phrase("page.begin.communes", count=96)}, count=2),),
        action="/administration/territoires",
        one_by_one_href="/administration/actes/register-territory",
        department="32",
        on="2026-01-01",
        weighed=weighed,
    )


def partners() -> PartnersPage:
    """What two territories propose, and what the register holds."""
    caf, holder = Proposal("CAF:32", "Caf du Gers", "CAF", True), Proposal("EPCI:1", "CC du Savès", "EPCI", True)
    town = Proposal("COMMUNE:32242", "Lombez", "COMMUNE", False)
    return PartnersPage(
        tabs=TABS,
        answer=(Phrase("page.begin.partners", count=2),),
        action="/administration/partenaires",
        groups=(
            ProposedGroup("Les institutions du Gers", (caf,), ()),
            ProposedGroup("CC du Savès", (holder,), (town,)),
        ),
        places=(("a", "CC du Savès"), ("b", "CC Val de Gers")),
        known=(KnownRow("MSA", "MSA", None), KnownRow("Samatan", "COMMUNE", "CC du Savès")),
        one_by_one_href="/administration/actes/register-partner",
        error="Cochez au moins un partenaire.",
    )


def samples() -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page."""
    wrong = (FieldError(WRONG, "email"), FieldError("Refusé.", None))
    return {
        "who": ("who.html", who()),
        "who-begins": ("who.html", who_begins()),
        "invite": ("invite.html", InvitePage(TABS, invite_form())),
        "invite-refused": ("invite.html", InvitePage(TABS, replace(invite_form(mails=True), errors=wrong))),
        "link-printed": ("link.html", link(printed=True)),
        "link-sent": ("link.html", link(printed=False)),
        "link-reset": ("link.html", link(printed=True, purpose="reset")),
        "link-reset-sent": ("link.html", link(printed=False, purpose="reset")),
        "one-account": ("one-account.html", one_account()),
        "one-account-invited": ("one-account.html", replace(one_account(), state="invited", until=AT)),
        "one-account-waits": ("one-account.html", replace(one_account(), state="invited", roles=(), acts=())),
        "one-account-closed": ("one-account.html", replace(one_account(), state="closed", name=None)),
        "one-account-locked": ("one-account.html", replace(one_account(), state="locked", until=AT)),
        "one-account-new": (
            "one-account.html",
            replace(one_account(), signed_in_at=None, refused=Phrase("page.one-account.not-now")),
        ),
        "accounts": ("accounts.html", accounts()),
        "accounts-none": ("accounts.html", replace(accounts(), accounts=(), newer=None, older=None)),
        **{f"begin-{code}": ("begin.html", begin(code)) for code in STEPS},
        "territory-lists": (
            "territories.html",
            replace(territories(), weighed=None, error=Phrase("page.territories.no-file")),
        ),
        "territory-lists-read": ("territories.html", territories()),
        "territory-lists-wrong": ("territories.html", territories(wrong=True)),
        "first-partners": ("first-partners.html", partners()),
        "first-partners-all": ("first-partners.html", replace(partners(), groups=(), places=(), error=None)),
        "stuck-reactions": ("stuck-reactions.html", stuck()),
        "stuck-reactions-none": ("stuck-reactions.html", replace(stuck(), rows=())),
        "keys": ("keys.html", keys()),
        "keys-new": ("keys.html", replace(keys(), token="ctg_abc_def", live=(), ended=(), form_open=True)),
        "keys-refused": ("keys.html", replace(keys(), errors=(FieldError("Choisissez.", "until"),))),
        "undelivered": ("undelivered.html", undelivered()),
        "undelivered-none": ("undelivered.html", UndeliveredPage((), (), (), (), "/administration/courriels")),
        "digest-stop": ("digest-stop.html", DigestStopPage("/resume/arret/secret", done=False)),
        "digest-stopped": ("digest-stop.html", DigestStopPage("/resume/arret/secret", done=True)),
        "choose-password": ("choose-password.html", choose_password("join")),
        "first-administrator": ("first-administrator.html", first_administrator()),
        "choose-password-wrong": (
            "choose-password.html",
            replace(choose_password("reset"), errors=(FieldError("De 12 à 256 caractères.", "new"),)),
        ),
        "forgotten-password": ("forgotten-password.html", ForgottenPasswordPage("/mot-de-passe-oublie", True)),
        "forgotten-password-asked": ("forgotten-password.html", ForgottenPasswordPage("/m", True, asked=True)),
        "forgotten-password-by-hand": ("forgotten-password.html", ForgottenPasswordPage("/m", False)),
    }
