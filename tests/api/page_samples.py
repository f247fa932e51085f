"""One full sample of every page contract, with invented facts: what the template tests render."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from api.pages.account import AccountPage, SessionRow
from api.pages.contexts import (
    Act,
    ActionSeen,
    ActionsSeen,
    AdjustmentShown,
    AnnulledPage,
    AskedOfCommittee,
    AsOf,
    AttachedLine,
    AuditEntry,
    AuditFilters,
    AuditGroup,
    AuditLine,
    AuditPage,
    AuditRun,
    BarLine,
    Beside,
    CarriedSheet,
    ChangedLine,
    Choice,
    CommitteePage,
    DeadlineLine,
    DecisionLine,
    Delay,
    DemoAccount,
    DepartmentFilters,
    DepartmentPage,
    DiagnosisPage,
    DocumentGroup,
    DocumentLine,
    DocumentsPage,
    ErrorPage,
    EvidenceShown,
    FindingLine,
    ForumCard,
    ForumGrid,
    FoundGroup,
    FoundLine,
    Fraction,
    FrameworkPage,
    FrameworkSignatory,
    HeadingLine,
    IrregularFact,
    JumpItem,
    JumpLink,
    KeptForm,
    KnownThen,
    LanguageChoice,
    LookFirst,
    MandateCell,
    MarkLine,
    MeasureShown,
    MeetingCard,
    MendedShown,
    Message,
    MethodFollowed,
    MilestoneLine,
    Missing,
    MovedLine,
    Narrowing,
    NavItem,
    NextAct,
    NotYet,
    Obstacle,
    Of,
    OwnThemeLine,
    PartnerCell,
    PartnerFact,
    PartnerGroup,
    PartnerPage,
    PartnerRow,
    PartnersPage,
    Phrase,
    PlaceLine,
    PolicyPage,
    PolicyRow,
    PublishedShown,
    RefusalLine,
    Reserved,
    ResumePage,
    ReviewComing,
    ReviewPaper,
    ReviewSeen,
    ReviewsPage,
    RoleLine,
    RowGroup,
    RuleText,
    SearchPage,
    Shell,
    SignatoryRow,
    SignatureCell,
    SignatureMatrix,
    SignedIn,
    SignInPage,
    Spelled,
    Status,
    StatusCount,
    TerritoryBar,
    TerritoryPage,
    TerritoryRow,
    The,
    ThemeCrossingShown,
    Tile,
    TodayPage,
    ToDecide,
    UnprovenLine,
    VacancyLine,
    VersionConflictShown,
    WaiverLine,
    WorkLine,
    WorkPage,
)
from api.pages.contexts.fates import fates_bar
from api.pages.contexts.money import MoneyPage
from api.pages.fields import (
    BrokenRule,
    CheckboxesField,
    DateField,
    EvidenceField,
    EvidenceRow,
    FieldError,
    FormPage,
    FormSection,
    ForumGridField,
    ProseField,
    RadioField,
    RowsField,
    SelectField,
    TextField,
)
from api.pages.pictures import Tile as MapTile
from api.pages.pictures import bar, tile_map
from api.pages.road import Flag, Road, RoadPoint, road
from domain.values import Code, Theme
from tests.api import (
    aid_samples,
    answering_samples,
    decision_samples,
    lines_samples,
    matrix_samples,
    means_samples,
    meetings_samples,
    methods_samples,
    network_samples,
    opening_samples,
    participation_samples,
    people_samples,
    plan_samples,
    results_samples,
    sitting_samples,
    table_samples,
)
from tests.api.matrix_samples import HEALTH, MATRIX, MOBILITY, OWN, PARENTING, VOICES, YOUTH
from workflows.texts import Texts

TODAY = date(2026, 6, 12)
SHA = "3f5a" * 16
HERE = "/t/200072320"
REPORT = (EvidenceShown("Compte rendu du 18 septembre 2024", SHA),)
GRID = ForumGrid({"TECHNICAL": 9, "POLITICAL": 4, "USAGE": 0}, frozenset({"TECHNICAL.OFFER", "POLITICAL.DEMAND"}))
FULL_GRID = ForumGrid(
    {"TECHNICAL": 14, "POLITICAL": 6, "USAGE": 11},
    frozenset(
        f"{expertise}.{side}" for expertise in ("TECHNICAL", "POLITICAL", "USAGE") for side in ("OFFER", "DEMAND")
    ),
)
R13 = RuleText("R13", "La signature précède la délibération exécutoire de la commune.")
R06 = RuleText("R06", "Le thème n’est pas encore croisé par ses forums.")


def act(name: str, why: Phrase | None = None) -> Act:
    """A link to the form of one command."""
    return Act(Phrase(f"command.{name}"), f"{HERE}/actes/{name}", why)


REVIEW = DeadlineLine(
    "D16",
    Phrase("milestone.REVIEW", {"period": "2025"}),
    "late",
    date(2026, 3, 31),
    days_late=73,
    expected_from="Claire Dubosc",
    last_reminder_on=date(2026, 4, 30),
    href=f"{HERE}/journal#4211",
    act=act("record-review"),
)
LATE = Phrase(
    "answer.late",
    {"what": REVIEW.label, "the": Phrase("the.milestone.review-of", {"period": "2025"}), "delay": Delay(73)},
)
MISSING_SIGNATURE = DeadlineLine(
    "D11",
    Phrase("missing.signature", {"partner": "Masseube"}),
    "watch",
    date(2026, 7, 2),
    act=act("record-signature"),
)
MET = DeadlineLine("D01", Phrase("deadline.D01"), "done", date(2024, 7, 14), met_on=date(2024, 7, 20), days_late=6)


def shell(language: str, *, place: str = "department", signed_in: bool = True) -> Shell:
    """The frame of a page read by a co-pilot of the demonstration."""
    return Shell(
        language=language,
        languages=(
            LanguageChoice("fr", "Français", "?lang=fr", language == "fr"),
            LanguageChoice("en", "English", "?lang=en", language == "en"),
        ),
        home_href="/",
        today=TODAY,
        picture_at=datetime(2026, 6, 12, 7, 4, tzinfo=UTC),
        demo=True,
        here=HERE,
        bar=BAR if place == "territory" else None,
        nav=(
            NavItem(Phrase("page.nav.department"), "/departement", place == "department"),
            NavItem(Phrase("page.nav.accounts"), "/comptes", place == "accounts"),
        )
        if signed_in
        else (),
        signed_in=SignedIn("Claire Dubosc", "FRAMEWORK_CO_PILOT", "/deconnexion", "/compte") if signed_in else None,
        csrf_token="jeton",
    )


def sign_in() -> SignInPage:
    """The first page, after a wrong password."""
    return SignInPage(
        action="/connexion",
        identifier="pilote.gers",
        next_href="/departement",
        error=Phrase("page.sign-in.wrong"),
        demo_accounts=(
            DemoAccount("pilote.gers", "FRAMEWORK_PILOT"),
            DemoAccount("officier.val-de-gers", "COOPERATION_OFFICER", "CC Val de Gers"),
        ),
        demo_password="gers-2026",
    )


SITUATIONS: tuple[tuple[str, str, str, Status, str | None], ...] = (
    ("200072320", "CC Val de Gers", "Val de Gers", "late", "SIGNING"),
    ("243200607", "CC Artagnan de Fezensac", "Artagnan de Fezensac", "late", "IN_FORCE"),
    ("243200458", "CC du Grand Armagnac", "Grand Armagnac", "watch", "PLANNING"),
    ("200034726", "CC Bastides de Lomagne", "Bastides de Lomagne", "watch", "FORUMS"),
    ("243200508", "CC Bastides et Vallons du Gers", "Bastides et Vallons", "watch", "DIAGNOSIS"),
    ("243200425", "CC Cœur d’Astarac en Gascogne", "Cœur d’Astarac", "not-started", None),
    ("243200417", "CC de la Ténarèze", "Ténarèze", "on-time", "IN_FORCE"),
    ("243200391", "CC de la Lomagne Gersoise", "Lomagne Gersoise", "on-time", "IN_FORCE"),
    ("243200409", "CC du Bas Armagnac", "Bas Armagnac", "on-time", "IN_FORCE"),
    ("200066926", "CA Grand Auch Cœur de Gascogne", "Grand Auch", "on-time", "IN_FORCE"),
    ("200042372", "CC des Coteaux Arrats Gimone", "Arrats Gimone", "on-time", "PRIORITISATION"),
    ("200023620", "CC de la Gascogne Toulousaine", "Gascogne Toulousaine", "on-time", "IN_FORCE"),
    ("200035632", "CC Armagnac Adour", "Armagnac Adour", "on-time", "SIGNING"),
    ("243200599", "CC du Savès", "Savès", "on-time", "IN_FORCE"),
    ("200035756", "CC Astarac Arros en Gascogne", "Astarac Arros", "on-time", "PREPARATION"),
)


def department() -> DepartmentPage:
    """The fifteen EPCI of the Gers, late first."""
    rows = tuple(
        TerritoryRow(
            name,
            siren,
            f"/t/{siren}",
            status,
            phase,
            since=date(2026, 2, 3) if phase else None,
            age_months=27 if phase else None,
            reason=Phrase("page.look.plan-missing") if status == "watch" else None,
            next_act=Phrase("step.record-engagement") if phase == "PREPARATION" else None,
            deadline={"late": REVIEW, "watch": replace(REVIEW, days_late=0, due_on=date(2026, 12, 15))}.get(status),
            crossed=Fraction(2, 3, f"/t/{siren}/diagnostic#forums") if phase else None,
            signatures=Fraction(4, 6, f"/t/{siren}/partenaires#signatures") if phase == "SIGNING" else None,
        )
        for siren, name, _, status, phase in SITUATIONS
    )
    return DepartmentPage(
        department="Le Gers",
        rows=rows,
        listed=(RowGroup("late", 2, rows[:2]), RowGroup(None, 7, rows[2:9])),
        calm=(RowGroup("on-time", 6, rows[9:]),),
        found=len(rows),
        newer_href="/departement",
        older_href="/departement?page=3",
        filters=DepartmentFilters(
            (Choice("late", Phrase("status.late"), chosen=True),),
            "val",
            (Choice("nom", Phrase("page.department.order.nom")),),
            active=True,
        ),
        tile_map=tile_map(
            [
                MapTile(
                    siren,
                    short,
                    status,
                    Texts("fr").t(f"phase-short.{phase or 'NOT_COVERED'}"),
                    f"/t/{siren}",
                )
                for siren, _, short, status, phase in SITUATIONS
            ],
            {one[0]: (number % 5, number // 5) for number, one in enumerate(SITUATIONS)},
            unplaced=2,
        ),
        to_decide=(
            AskedOfCommittee("CC Val de Gers", HERE, REVIEW.label, REVIEW.due_on, 73),
            AskedOfCommittee("CC Bastides de Lomagne", HERE, Phrase("page.decide.waiver"), more=1),
        ),
        decide_more=2,
        look_first=(
            LookFirst(
                "late",
                "CC Val de Gers",
                HERE,
                LATE,
                act("record-review"),
            ),
            LookFirst(
                "late",
                "CC Artagnan de Fezensac",
                HERE,
                Phrase("missing.review", {"period": "2025"}),
                label=Phrase("command.record-review"),
                who="Victoire Tamaris (pilote)",
            ),
            LookFirst(
                "watch",
                "CC Bastides de Lomagne",
                HERE,
                Phrase("missing.expertise.USAGE"),
                act("record-forum"),
            ),
        ),
        look_more=2,
        bars=(
            BarLine(
                Phrase("page.department.bar.signed"),
                Phrase("page.fraction", {"done": 8, "total": 12}),
                bar(8, 12),
                "#t",
            ),
            BarLine(
                Phrase("page.department.bar.crossed"),
                Phrase("page.fraction", {"done": 31, "total": 39}),
                bar(31, 39, median=26),
                "#t",
            ),
        ),
        acts=(act("open-convention"),),
    )


def path() -> Road | None:
    """The road of a convention whose plan waits for two communes and whose review is late."""
    return road(
        (
            RoadPoint("Engagement", "done", date(2024, 1, 14), "14 janv. 2024"),
            RoadPoint("Diagnostic partagé", "done", date(2024, 5, 14), "14 mai 2024"),
            RoadPoint("Forums (3)", "done", date(2024, 9, 18), "18 sept. 2024"),
            RoadPoint("Priorités (3)", "done", date(2024, 11, 12), "12 nov. 2024"),
            RoadPoint("Plan validé", "done", date(2025, 1, 20), "20 janv. 2025"),
            RoadPoint("Plan signé 4/6", "late", date(2026, 4, 30), "attendu depuis 43 jours", 43),
            RoadPoint("Bilan 2025", "late", date(2026, 3, 31), "attendu depuis 73 jours", 73),
            RoadPoint("Bilan 2026", "not-started", date(2027, 3, 31), "attendu le 31 mars 2027"),
        ),
        (Flag(date(2024, 11, 12), "12 novembre"), Flag(date(2026, 3, 12), "12 mars")),
        date(2024, 1, 5),
        TODAY,
        "aujourd’hui, 12 juin",
        ("Entrée en vigueur",),
    )


def milestones() -> tuple[MilestoneLine, ...]:
    """The same path as lines, with evidence, irregularities and what is missing."""
    return (
        MilestoneLine(
            "engagement",
            Phrase("milestone.ENGAGEMENT"),
            "done",
            date(2024, 1, 14),
            evidence=REPORT,
            href=f"{HERE}/journal#1",
        ),
        MilestoneLine(
            "diagnosis",
            Phrase("milestone.DIAGNOSIS"),
            "done",
            date(2024, 5, 14),
            recorded_on=date(2024, 6, 20),
            facts=(Phrase("event.convention.diagnosis-shared", {"diagnosis_version": 1, "findings_count": 12}),),
            evidence=(EvidenceShown(None, SHA),),
            href=f"{HERE}/journal#2",
        ),
        MilestoneLine(
            "forums-held",
            Phrase("milestone.FORUMS-count", {"count": 3}),
            "watch",
            date(2024, 9, 18),
            missing=(Missing(Phrase("missing.expertise.USAGE")),),
        ),
        MilestoneLine(
            "priorities-chosen", Phrase("milestone.PRIORITIES-count", {"count": 3}), "done", date(2024, 11, 12)
        ),
        MilestoneLine("plan-validated", Phrase("milestone.PLAN"), "done", date(2025, 1, 20), evidence=REPORT),
        MilestoneLine(
            "plan-signed",
            Phrase("milestone.PLAN_SIGNED-count", {"done": 4, "total": 6}),
            "irregular",
            due_on=date(2025, 4, 30),
            rules=(R13,),
            missing=(
                Missing(Phrase("missing.signature", {"partner": "Seissan"}), "Seissan"),
                Missing(Phrase("missing.mandate", {"partner": "Masseube"}), "Masseube"),
            ),
        ),
        MilestoneLine(
            "review-2025",
            Phrase("milestone.REVIEW", {"period": "2025"}),
            "late",
            due_on=date(2026, 3, 31),
            missing=(Missing(Phrase("missing.review", {"period": "2025"}), "Claire Dubosc"),),
        ),
    )


def signatures() -> SignatureMatrix:
    """Signatories in every state: signed, irregular, waiting, optional."""
    mandate = MandateCell("MUNICIPAL_COUNCIL", date(2025, 3, 2), date(2025, 3, 9), REPORT)
    signed = SignatureCell("done", date(2025, 4, 2), evidence=REPORT)
    waiting = SignatureCell("not-started")
    later = replace(signed, counts_on=date(2025, 4, 9))
    return SignatureMatrix(
        4,
        6,
        (
            SignatoryRow(
                "CC Val de Gers", "EPCI", True, replace(mandate, kind="COMMUNITY_COUNCIL"), "done", signed, signed
            ),
            SignatoryRow(
                "Caf du Gers", "CAF", True, MandateCell("BOARD", date(2025, 2, 11), None), "done", later, signed
            ),
            SignatoryRow(
                "Seissan",
                "COMMUNE",
                True,
                mandate,
                "done",
                signed,
                SignatureCell("irregular", date(2025, 3, 5), (R13,), REPORT),
                act("record-signature"),
            ),
            SignatoryRow("Masseube", "COMMUNE", True, None, "watch", waiting, waiting, act("record-mandate")),
            SignatoryRow("MSA Midi-Pyrénées Sud", "MSA", False, None, "not-started", waiting, waiting, group="refused"),
        ),
    )


def sixteen() -> SignatureMatrix:
    """More signatories than a page holds: some of them are folded, of two groups."""
    waiting = SignatureCell("not-started")
    communes = (SignatoryRow(f"Commune {n}", "COMMUNE", True, None, "watch", waiting, waiting) for n in range(1, 12))
    return replace(signatures(), rows=(*communes, *signatures().rows))


BAR = TerritoryBar(
    name="CC Val de Gers",
    href=HERE,
    status="late",
    tabs=tuple(NavItem(Phrase(f"page.tab.{name}"), f"{HERE}/{name}", name == "plan") for name in ("today", "plan")),
    previous=JumpItem("CC Astarac Arros en Gascogne", "/t/200034726", "late"),
    following=JumpItem("CC du Savès", "/t/200023620", "on-time"),
    jump=(JumpItem("CC Val de Gers", HERE, "late", current=True), JumpItem("CC du Savès", "/t/200023620", "on-time")),
    jump_all=NavItem(Phrase("page.nav.all"), "/departement"),
    conventions=(
        NavItem(Phrase("page.literal", {"text": "2026-2030"}), HERE, current=True),
        NavItem(Phrase("page.literal", {"text": "2021-2025"}), f"{HERE}/c/2021-2025"),
    ),
)
"""The bar of a territory with neighbours and two conventions."""


KEPT = KeptForm(
    f"{HERE}/actes/record-forum", (("place", "Salle des fêtes"), ("themes", "YOUTH")), ("compte-rendu.pdf",)
)
"""A form that could not be received."""

WAIVERS = (
    WaiverLine(
        R06, Phrase("theme.PARENTING"), "Les parents seront réunis en septembre.", date(2024, 11, 12), None, "#w"
    ),
)
ANSWER = (
    Phrase("answer.signing", {"total": Spelled(6)}, 2),
    LATE,
)


TILES = (
    Tile(
        Phrase("page.tile.phase"), Phrase("cover.PLAN"), Phrase("page.tile.phase-since", {"on": date(2026, 2, 3)}), HERE
    ),
    Tile(
        Phrase("page.tile.decided"),
        Phrase("page.tile.decisions", {}, 1),
        Phrase("page.tile.waiting", {}, 2),
        f"{HERE}/comite#meetings",
        "watch",
    ),
    Tile(
        Phrase("page.tile.signatures"),
        Phrase("page.fraction", {"done": 4, "total": 6}),
        Phrase("page.tile.missing", {"partners": ("Seissan", "Masseube")}),
        f"{HERE}/partenaires#signatures",
        "late",
    ),
    Tile(
        Phrase("page.tile.themes"),
        Phrase("page.fraction", {"done": 2, "total": 3}),
        Phrase("page.tile.to-cross", {"themes": ("PARENTING",)}),
        f"{HERE}/diagnostic#forums",
        "watch",
    ),
    Tile(
        Phrase("page.tile.plan"),
        Phrase("page.tile.sheets", {}, 12),
        Phrase("page.tile.priorities", {}, 3),
        f"{HERE}/plan#plan",
    ),
)


def today() -> TodayPage:
    """A convention with something in every part."""
    return TodayPage(
        territory="CC Val de Gers",
        holders=("CC Val de Gers",),
        effective_from=date(2024, 1, 1),
        effective_to=date(2028, 12, 31),
        status="late",
        answer=ANSWER,
        tiles=TILES,
        road=path(),
        milestones=milestones(),
        not_yet=(
            NotYet(
                Phrase("command.choose-priority"),
                (
                    Obstacle(R06, "Tenez un forum complémentaire.", act("record-forum")),
                    Obstacle(
                        RuleText("", "Rien à citer."), "À faire d’abord : la réunion.", who="Claire Dubosc (pilote)"
                    ),
                ),
            ),
        ),
        next_acts=(
            NextAct(
                REVIEW.label,
                "late",
                Phrase("command.record-review"),
                act("record-review"),
                due_on=REVIEW.due_on,
                days_late=73,
            ),
            NextAct(
                Phrase("milestone.signature-of", {"of_partner": Of("Seissan")}),
                "watch",
                Phrase("command.record-signature"),
                who="Seissan",
                due_on=date(2026, 7, 3),
            ),
            NextAct(
                Phrase("step.choose-priority"),
                "not-started",
                Phrase("command.record-forum"),
                who="Claire Dubosc (pilote)",
                why=Phrase("page.decide.theme", {"theme": "PARENTING", "missing": Phrase("missing.expertise.USAGE")}),
            ),
            NextAct(Phrase("milestone.review-of", {"period": "2026"}), "on-time", due_on=date(2027, 3, 31)),
        ),
        next_more=(NextAct(Phrase("milestone.review-of", {"period": "2027"}), "on-time", due_on=date(2028, 3, 31)),),
        acts=(act("record-engagement"), act("activate-convention"), act("record-review")),
        deadlines=(REVIEW, MISSING_SIGNATURE),
        deadlines_met=(MET,),
    )


def work() -> WorkPage:
    """Something late, something for the week, something that somebody else has to do, news."""
    late, waiting = today().next_acts[:2]
    groups = {
        "late": (WorkLine("CC Val de Gers", f"{HERE}#step-review-2025", late),) * 7,
        "week": (WorkLine("CC Val de Gers", HERE, replace(late, days_late=0, due_on=date(2026, 6, 15))),),
        "others": (WorkLine("CC Val de Gers", f"{HERE}/partenaires#signatures", waiting),),
        "later": (WorkLine("CC du Savès", HERE, today().next_acts[2]),),
    }
    moved = (MovedLine(date(2026, 6, 10), "La commune de Seissan a autorisé sa signature.", "CC Val de Gers", HERE),)
    places = (PlaceLine("CC Val de Gers", HERE, "late"), PlaceLine("CC du Savès", "/t/200023620", "on-time"))
    said = Phrase("page.work.first-late", {**LATE.params, "for_territory": The("CC Val de Gers")})
    answer = (said, Phrase("page.work.late-others", {}, 6))
    return WorkPage(answer, groups, moved, 3, date(2026, 6, 5), True, places)


def diagnosis() -> DiagnosisPage:
    """Themes, forums of every sort and findings."""
    return DiagnosisPage(
        territory="CC Val de Gers",
        answer=(Phrase("page.diagnosis.answer", {"total": 2}, 1),),
        themes=(
            ThemeCrossingShown(YOUTH, "done", 1, VOICES),
            ThemeCrossingShown(
                PARENTING,
                "watch",
                1,
                VOICES,
                (
                    Phrase("missing.expertise.USAGE"),
                    Phrase("missing.side.DEMAND"),
                ),
            ),
        ),
        matrix=MATRIX,
        forums=(
            ForumCard((YOUTH,), "done", None, date(2024, 9, 10), "Masseube", FULL_GRID, evidence=REPORT, href="#f"),
            ForumCard((PARENTING,), "irregular", None, date(2024, 5, 2), "Seissan", GRID, rules=(R06,)),
            ForumCard((MOBILITY, HEALTH), "not-started", date(2026, 9, 15), None, None, acts=(act("record-forum"),)),
            ForumCard(
                (HEALTH,), None, date(2026, 9, 22), None, None, cancelled_on=date(2026, 9, 1), motive="Salle fermée."
            ),
        ),
        own_themes=(
            OwnThemeLine(
                OWN,
                False,
                date(2024, 11, 12),
                Phrase("page.priority.decided", {"body": "Comité de pilotage", "on": date(2024, 11, 12)}),
                "#t",
            ),
            OwnThemeLine(Theme(Code("GOVERNANCE")), True),
        ),
        findings=(
            FindingLine("C1", MOBILITY, "CONSTRAINT", "Un tiers des familles vit à plus de vingt minutes.", 1),
            FindingLine("C2", YOUTH, "ASSET", None, 0),
            FindingLine("C3", YOUTH, "CONSTRAINT", "Rien n’est ouvert le soir.", 0, "SILENT", "watch"),
        ),
        finding_parts=fates_bar(
            ("full" if one == "ANSWERED" else "aside", Phrase(f"finding-fate.{one}"), 1) for one in ("ANSWERED", "KEPT")
        ),
        priorities_href=f"{HERE}/plan#priorities",
        forum_acts=(act("convene-forum"), act("record-forum")),
        finding_acts=(act("record-shared-diagnosis"),),
        theme_acts=(act("add-theme"),),
    )


def reviews() -> ReviewsPage:
    """One review that is incomplete, and the next one, of which eight actions are untold."""
    said = (ActionSeen("Relais itinérant", "RUNNING", 40, date(2026, 1, 9)), ActionSeen("Navette", "DONE"))
    counts = (StatusCount("RUNNING", 1), StatusCount("DONE", 1), StatusCount(None, 8))
    what = Phrase("page.reviews.what", {"kind": "ANNUAL", "of": "2025"})
    untold = tuple(f"Action {number}" for number in range(8))
    to_all = Phrase("page.reviews.published", {"audience": "PUBLIC", "on": date(2026, 4, 1)})
    return ReviewsPage(
        "CC Val de Gers",
        (Phrase("page.reviews.answer-lacks", {"kind": "ANNUAL", "of": "2025", "total": 10}, 8),),
        HERE,
        ReviewComing(what, date(2026, 10, 1), counts, said, untold, 3, act("record-review"), adjustments=adjustments()),
        (
            ReviewSeen(
                what,
                date(2026, 3, 20),
                "irregular",
                "review-1",
                HERE,
                counts,
                said,
                ("Le bilan est validé", None),
                Phrase("page.reviews.heard", {}, 3),
                "Les familles viennent.",
                (PublishedShown(to_all, HERE),),
                (R06,),
                untold[:2],
                act=act("record-review"),
                figures=(
                    Phrase("page.reviews.measured", {"total": 5}, 3),
                    Phrase("page.reviews.money", {"promised": 0, "firm": 1_250_000, "paid": 90_000}),
                ),
                adjusted=adjustments(),
                paper=HERE,
                public=HERE,
                acts=(act("decide-adjustment"), act("publish-review")),
            ),
        ),
    )


def adjustments() -> tuple[AdjustmentShown, ...]:
    """One that was done, one that is late, one that waits and was forgotten."""
    kept = Phrase("page.reviews.kept", {"on": date(2026, 4, 2)})
    late = Phrase("page.reviews.adjusted-late", {"delay": Delay(73)})
    fact = Phrase("fact.action-sheet.action-abandoned")
    return (
        AdjustmentShown(
            Phrase("decision-kind.ACTION_STOPPED"), "On arrête.", ("Navette",), "done", kept, facts=((fact, HERE),)
        ),
        AdjustmentShown(
            Phrase("decision-kind.TARGETS_REVISED"),
            "Viser plus haut.",
            ("Relais itinérant", None),
            "late",
            late,
            "Caf du Gers",
            date(2026, 3, 30),
        ),
        AdjustmentShown(
            Phrase("decision-kind.PLAN_ADAPTED"), None, (), "not-started", Phrase("page.reviews.adjusted-waits")
        ),
    )


def review_paper(*, bare: bool = False) -> ReviewPaper:
    """A review on one page, whole or as bare as one that everybody reads may be."""
    what = Phrase("page.reviews.what", {"kind": "ANNUAL", "of": "2025"})
    if bare:
        return ReviewPaper("CC du Savès", what, date(2026, 3, 20), "COPIL", (), (), (), (), (), (), open=True)
    return ReviewPaper(
        "CC Val de Gers",
        what,
        date(2026, 3, 20),
        "COPIL du Val de Gers",
        (StatusCount("RUNNING", 1), StatusCount("DONE", 1)),
        (ActionsSeen("RUNNING", ("1.1 Relais itinérant", None)), ActionsSeen("DONE", ("Navette",))),
        (MeasureShown("Places d’accueil", "46", 2025, "58"), MeasureShown(None, "4,5", 2025, "")),
        (Phrase("page.reviews.money", {"promised": 0, "firm": 1_250_000, "paid": 90_000}),),
        adjustments()[:1],
        adjustments(),
        (Phrase("page.reviews.published", {"audience": "PARTNERS", "on": date(2026, 4, 1)}),),
        Phrase("page.reviews.heard", {}, 3),
        "Les familles viennent.",
        ("Le bilan est validé", None),
        (R06,),
        HERE,
    )


def partners() -> PartnersPage:
    """Signatories in every state."""
    return PartnersPage(
        territory="CC Val de Gers",
        answer=(Phrase("page.partners.answer-PLAN", {"total": 6}, 4),),
        signatures=signatures(),
        acts=(act("record-mandate"), act("record-signature")),
        pledges=means_samples.pledges(8),
    )


def partner() -> PartnerPage:
    """A commune that signed too early, speaks through one person and carries two sheets."""
    waited = work().groups
    return PartnerPage(
        name="la commune de Seissan",
        kind="COMMUNE",
        answer=(
            Phrase(
                "page.partner.late-here",
                {"partner": "la commune de Seissan", "what": Phrase("page.partner.signature"), "delay": Delay(33)},
                2,
            ),
        ),
        territory="CC Val de Gers",
        signs=Phrase("page.required"),
        expected=waited["late"],
        waits_for=(*waited["others"], *waited["week"]),
        tiles=(Tile(Phrase("page.partner.tile.sheets"), Phrase("page.count", {"count": 2}), REVIEW.label, HERE),),
        facts=(
            PartnerFact(
                date(2026, 2, 12),
                "irregular",
                Phrase("page.partner.fact.signature"),
                (Phrase("page.partner.covers", {"covers": ("CONVENTION", "PLAN")}),),
                (R13,),
                REPORT,
                href=HERE,
            ),
            PartnerFact(date(2026, 6, 4), "watch", Phrase("page.partner.fact.REFUSED"), motive="Budget.", href=HERE),
        ),
        acts=(act("record-mandate-refusal"),),
        sheets=(CarriedSheet("Maison d’assistantes", "Garder", date(2026, 4, 1), date(2027, 9, 1)),) * 7,
        roles=(RoleLine("PARTNER_REPRESENTATIVE", "Firmin Exemple", None, date(2024, 9, 9)),),
        others=(JumpLink("Caf du Gers", f"{HERE}/partenaires/1"),),
        pledges=means_samples.pledges(1),
        everywhere_href="/partenaires/1",
    )


def partner_everywhere() -> PartnerPage:
    """The same on three territories: late on one, nothing on another, a refusal last."""
    cell = PartnerCell("done", Phrase("page.partner.adopted"), date(2026, 1, 2))
    late = PartnerCell("late", Phrase("page.partner.awaited", {"delay": Delay(33)}))
    refused = PartnerCell(None, Phrase("page.partner.no.REFUSED"), date(2026, 1, 2))
    row = PartnerRow("CC Val de Gers", HERE, cell, late, late, 2, REVIEW.label, "late", REVIEW.due_on, 33, HERE, True)
    return replace(
        partner(),
        territory=None,
        facts=(),
        roles=(),
        expected=(),
        waits_for=(),
        answer=(Phrase("page.partner.nothing", {"partner": "la Caf du Gers"}),),
        work_href="/travail",
        left_out=3,
        groups=(
            PartnerGroup("late", (row,)),
            PartnerGroup("on-time", (replace(row, convention=None, next_late=0),)),
            PartnerGroup("refused", (PartnerRow("CC du Savès", HERE, refused, None, None, 0),)),
        ),
    )


def documents() -> DocumentsPage:
    """Documents of two families of acts."""
    line = DocumentLine(REPORT[0], "Forum tenu", date(2024, 9, 18), f"{HERE}/journal#9")
    groups = tuple(DocumentGroup(Phrase(f"page.documents.{family}"), (line,)) for family in ("forums", "meetings"))
    return DocumentsPage(
        "CC Val de Gers",
        (Phrase("page.documents.answer-missing", {}, 2), Phrase("page.documents.answer-there", {}, 1)),
        groups,
        missing=(line,),
        unproven=(UnprovenLine("Forum tenu", date(2024, 9, 18), f"{HERE}/journal#9", act("record-forum")),),
        action=f"{HERE}/documents",
        joined="Compte rendu",
        errors={SHA: "Ce n’est pas le fichier."},
    )


def beside() -> Beside:
    """Something of each kind beside the facts."""
    return Beside(
        irregular=(
            IrregularFact(
                Phrase("event.convention.signature-recorded", {"partner": "Seissan", "covers": ("PLAN",)}),
                date(2025, 3, 5),
                (R13,),
                f"{HERE}/journal#77",
                act("record-mandate"),
            ),
        ),
        waivers=WAIVERS,
        waiver_acts=(act("grant-waiver"),),
        roles=(
            RoleLine("PILOT", "Claire Dubosc", "Caf du Gers", date(2024, 1, 1)),
            RoleLine("COOPERATION_OFFICER", None, None, date(2024, 3, 1), date(2025, 12, 31)),
        ),
        role_acts=(act("assign-territory-role"),),
        vacancies=(
            VacancyLine("CAF_ADVISER", "Caf du Gers", "Claire Dubosc (pilote)"),
            VacancyLine("AUDITOR", None, None),
            VacancyLine("PILOT", None, "Ali Benomar (co-pilote)", "Claire Dubosc"),
        ),
        refusals=(
            RefusalLine(
                datetime(2024, 3, 3, 9, 12, tzinfo=UTC), Phrase("command.choose-priority"), "Claire Dubosc", (R06,)
            ),
        ),
    )


def committee() -> CommitteePage:
    """What the same convention's committee decides and decided."""
    return CommitteePage(
        territory="CC Val de Gers",
        answer=(Phrase("page.committee.answer-several", {"the": Phrase("the.page.decide.waiver")}, 1),),
        road=path(),
        milestones=milestones(),
        to_decide=(
            ToDecide(Phrase("command.grant-waiver"), Phrase("missing.expertise.USAGE"), act("grant-waiver")),
            ToDecide(Phrase("command.choose-priority"), Phrase("missing.priority"), act("choose-priority")),
            *(ToDecide(REVIEW.label, Phrase("command.record-review"), None, REVIEW.due_on, 73),) * 3,
        ),
        waiting=(decision_samples.ASLEEP,) * 6,
        kept=decision_samples.KEPT,
        decisions_href="#d",
        last=Phrase("page.committee.changed", {"on": date(2024, 11, 12)}),
        changed=(ChangedLine(date(2025, 1, 20), "Le plan d’actions a été validé.", "#p"),),
        changed_more=2,
        meetings=(
            MeetingCard(
                "Comité de pilotage",
                date(2024, 11, 12),
                (DecisionLine("d1", "Retenir trois priorités.", 3), DecisionLine("d2", "Revoir le calendrier.", 0)),
                REPORT,
                "#m",
            ),
        ),
        acts=(act("record-meeting"),),
    )


def audit() -> AuditPage:
    """Lines of every sort: facts late, irregular, contested, of a forgotten person, a folded run, a refusal."""
    missed = AuditEntry(
        4211,
        Phrase("event.agenda.deadline-missed", {"what": "bilan annuel", "due_on": date(2026, 3, 31)}),
        "deadline-missed",
        date(2026, 3, 31),
        datetime(2026, 4, 1, 6, 0, tzinfo=UTC),
        1,
        None,
        "ENGINE",
        None,
        None,
        origin="REACTION",
    )
    signed = AuditEntry(
        4102,
        Phrase("event.convention.signature-recorded", {"partner": "Seissan", "covers": ("CONVENTION", "PLAN")}),
        "signature-recorded",
        date(2025, 3, 5),
        datetime(2025, 3, 5, 15, 30, tzinfo=UTC),
        0,
        None,
        "COOPERATION_OFFICER",
        "Seissan",
        "Signature apportée en séance.",
        REPORT,
        (R13,),
    )
    held = AuditEntry(
        3950,
        Phrase("event.convention.forum-held", {"themes": ("PARENTING",), "technical": 9, "political": 4, "usage": 0}),
        "forum-held",
        date(2024, 9, 18),
        datetime(2024, 11, 2, 8, 0, tzinfo=UTC),
        45,
        "Claire Dubosc",
        "PILOT",
        "Caf du Gers",
        None,
        (EvidenceShown(None, SHA),),
        mended=MendedShown("DISPUTED", (), "Claire Dubosc", date(2024, 11, 3), None, lapses_on=date(2024, 12, 3)),
        acts=(act("record-forum"),),
        answers=(act("record-forum"),),
    )
    counted = (Phrase("page.audit.run.reminders", {}, 4), Phrase("page.audit.run.escalations", {}, 1))
    run = AuditRun(counted, ("Masseube", "Seissan"), date(2026, 3, 16), date(2026, 5, 13), (missed,), unfolded=True)
    refused = beside().refusals[0]
    return AuditPage(
        territory="CC Val de Gers",
        answer=(
            Phrase("page.audit.answer-uncounted", {}, 2),
            Phrase("page.audit.answer-since", {"on": date(2026, 3, 12)}, 14),
        ),
        method=MethodFollowed(Phrase("page.method", {"name": "Méthode Cnaf 2020", "version": 1}), None, (), ()),
        beside=beside(),
        filters=AuditFilters(
            f"{HERE}/journal",
            "2024-01-01",
            "",
            (Choice("enregistrement", Phrase("page.audit.dates.enregistrement"), chosen=True),),
            (Choice("irregulier", Phrase("page.audit.mark.IRREGULAR"), chosen=True),),
            (Choice("forum-held", Phrase("fact.convention.forum-held"), chosen=True),),
            (Choice("p1", Phrase("role.PILOT")),),
            f"{HERE}/journal",
            active=True,
        ),
        groups=(
            AuditGroup(
                Phrase("page.audit.month-recorded", {"month": date(2026, 4, 1)}),
                (
                    AuditLine(run=run),
                    AuditLine(known=KnownThen(date(2026, 3, 12), f"{HERE}/journal?registre=2026-03-12")),
                    AuditLine(refusal=refused),
                ),
            ),
            AuditGroup(
                Phrase("page.audit.month-happened", {"month": date(2025, 3, 1)}),
                (AuditLine(entry=signed), AuditLine(entry=held)),
            ),
        ),
        first=21,
        last=25,
        total=128,
        as_of=AsOf(
            None,
            (("dates", "fait"),),
            (NavItem(Phrase("page.audit.committee-of", {"on": date(2026, 3, 12)}), f"{HERE}/journal"),),
            f"{HERE}/journal",
        ),
        export_href=f"{HERE}/journal.csv",
        marks=(
            MarkLine(Phrase("page.audit.mark.IRREGULAR"), 1, "?marque=irregulier", "irregular", chosen=True),
            MarkLine(Phrase("page.audit.mark.ROLE"), 17, "?marque=role"),
        ),
        newer_href="?page=1",
        older_href="?page=3",
    )


def form() -> FormPage:
    """One form with every kind of field, refused for its form."""
    return FormPage(
        title=Phrase("command.record-forum"),
        intro=Phrase("page.themes.note"),
        action=f"{HERE}/actes/record-forum",
        cancel_href=HERE,
        submit=Phrase("command.record-forum"),
        idempotency_key="5b8e8f3e",
        crumbs=(
            NavItem(Phrase("page.nav.department"), "/departement"),
            NavItem(Phrase("command.record-forum"), HERE, current=True),
        ),
        expected_version=17,
        multipart=True,
        hidden=(("forum", "f1"),),
        errors=(
            FieldError("Indiquez le lieu du forum.", "place"),
            FieldError("La date du forum ne peut pas être dans l’avenir.", "occurred_on"),
        ),
        sections=(
            FormSection(
                (
                    DateField(
                        "occurred_on",
                        Phrase("page.fact.on"),
                        "2027-01-02",
                        error="La date du forum ne peut pas être dans l’avenir.",
                        required=True,
                        latest=TODAY,
                    ),
                    TextField(
                        "place",
                        Phrase("page.territory"),
                        help=Phrase("page.sheet.dates"),
                        error="Indiquez le lieu du forum.",
                        required=True,
                    ),
                    CheckboxesField(
                        "themes",
                        Phrase("page.theme"),
                        tuple(
                            Choice(code, Phrase(f"theme.{code}"), chosen=code == "YOUTH")
                            for code in ("YOUTH", "PARENTING", "MOBILITY", "HEALTH", "HOUSING", "CULTURE", "DISABILITY")
                        ),
                        required=True,
                    ),
                    RadioField(
                        "channel",
                        Phrase("page.audit.kind"),
                        tuple(Choice(code, Phrase(f"channel.{code}")) for code in ("MEETING", "MAIL", "ONLINE")),
                        help=Phrase("page.sheet.dates"),
                    ),
                )
            ),
            FormSection(
                (
                    ForumGridField(
                        "attendance", Phrase("page.forum.present"), {"TECHNICAL": "9"}, frozenset({"USAGE.OFFER"})
                    ),
                    SelectField("body", Phrase("body-kind.COPIL"), (Choice("c", Phrase("body-kind.COPIL")),)),
                    ProseField(
                        "reason", Phrase("page.reason"), "Une phrase déjà <saisie>.", help=Phrase("page.reason")
                    ),
                    TextField("rank", Phrase("page.rank"), "x", input_type="number", minimum=1, max_length=3),
                ),
                legend=Phrase("page.forums.title"),
                help=Phrase("page.themes.note"),
            ),
            FormSection(
                (
                    RowsField(
                        "findings",
                        Phrase("page.findings.title"),
                        Phrase("page.finding"),
                        Phrase("row.findings.add"),
                        tuple(
                            (
                                ProseField(f"findings.{index}.text", Phrase("page.finding"), required=True, rows=2),
                                SelectField(
                                    f"findings.{index}.theme",
                                    Phrase("page.theme"),
                                    (Choice("YOUTH", Phrase("theme.YOUTH"), chosen=True),),
                                    required=True,
                                ),
                                SelectField(
                                    f"findings.{index}.kind",
                                    Phrase("page.finding.kind"),
                                    (Choice("ASSET", Phrase("finding-kind.ASSET")),),
                                    required=True,
                                ),
                            )
                            for index in range(2)
                        ),
                    ),
                    EvidenceField(
                        "evidence",
                        Phrase("page.partner"),
                        (EvidenceRow("Compte rendu", "abc", "L’empreinte compte 64 caractères."), EvidenceRow()),
                    ),
                ),
                legend=Phrase("page.findings.title"),
            ),
        ),
    )


def refused_form() -> FormPage:
    """The same form refused by a rule."""
    return replace(
        form(),
        errors=(),
        broken_rules=(BrokenRule(R06, "Tenez un forum avec des usagers.", act("grant-waiver")), BrokenRule(R13)),
    )


CONFLICT = VersionConflictShown(17, 19, (Phrase("event.convention.engagement-confirmed"),), HERE)


def stale_form() -> FormPage:
    """The same form after somebody else recorded something."""
    return replace(form(), errors=(), conflict=CONFLICT)


def account() -> AccountPage:
    """Three sessions, this one first."""
    at = datetime(2026, 6, 10, 7, 30, tzinfo=UTC)
    return AccountPage(
        "/compte",
        "pilote.gers",
        (
            SessionRow("a1", "FIREFOX", "LINUX", at, at, present=True),
            SessionRow("b2", "SAFARI", "IOS", at, at, present=False),
            SessionRow("c3", "OTHER", "OTHER", at, at, present=False),
        ),
        RadioField("rythme", Phrase("page.digest.rhythm"), (Choice("none", Phrase("page.digest.none"), chosen=True),)),
        at,
        (TextField("present", Phrase("page.account.present"), required=True, input_type="password"),),
    )


def account_refused() -> AccountPage:
    """One session, and a password that is not the present one."""
    alone = account()
    wrong = Texts("fr").t("page.account.wrong")
    return replace(
        alone,
        sessions=alone.sessions[:1],
        fields=(replace(alone.fields[0], error=wrong),),
        errors=(FieldError(wrong, "present"),),
    )


def policy() -> PolicyPage:
    """Three acts: allowed widely, narrowly, to nobody."""
    return PolicyPage(
        ("FRAMEWORK_PILOT", "PILOT", "PARTNER_REPRESENTATIVE"),
        (
            PolicyRow(Phrase("command.record-forum"), {"FRAMEWORK_PILOT": "FRAMEWORK", "PILOT": "TERRITORY"}),
            PolicyRow(Phrase("command.record-signature"), {"PARTNER_REPRESENTATIVE": "PARTNER", "PILOT": "TERRITORY"}),
            PolicyRow(Phrase("command.assign-territory-role"), {}),
        ),
    )


def conflict_error() -> ErrorPage:
    """A version conflict outside a form."""
    return ErrorPage(409, HERE, ("La convention a changé.",), CONFLICT)


MESSAGES = (
    Message("done", Phrase("event.convention.engagement-confirmed")),
    Message("watch", Phrase("command.record-forum"), ("Aucun usager présent : le thème n’est pas encore croisé.",)),
    Message("irregular", Phrase("command.record-signature"), (R13.text,)),
)


def search() -> SearchPage:
    """A territory, a sheet whose title was erased and a partner of many places, with ways to narrow them."""
    many = tuple((f"CC {number}", f"/t/{number}") for number in range(3))
    commune = Phrase("page.search.commune", {"commune": "Samatan"})
    lines = (
        FoundGroup("territory", 1, (FoundLine((("CC du ", False), ("Savès", True)), HERE, (commune,), status="late"),)),
        FoundGroup("partner", 1, (FoundLine((("Caf", True),), HERE, (Phrase("partner-kind.CAF"),), many, 12),)),
        FoundGroup("sheet", 7, (FoundLine(None, HERE, (), many[:1]),), "/recherche?q=a&quoi=fiche"),
    )
    kinds = (Narrowing(Phrase("page.search.every"), 9, "/recherche", current=True),)
    places = (Narrowing(Phrase("page.search.kinds.partner"), 4, "/recherche"),)
    return SearchPage(
        "creche",
        (Phrase("page.search.answer-in", {"place": Phrase("page.search.places", {}, 4)}, 9),),
        lines,
        kinds,
        places,
        (("quoi", "fiche"),),
        browse=places,
        newer_href="/recherche?page=1",
        older_href="/recherche?page=3",
        drop_href="/recherche?q=creche",
    )


def framework() -> FrameworkPage:
    """A framework that one partner has still to sign."""
    return FrameworkPage(
        "CTG gersoise des solidarités",
        (Phrase("page.framework.answer-missing", {"who": "MSA"}, 1), Phrase("page.framework.answer-attached", {}, 15)),
        date(2024, 1, 1),
        date(2028, 12, 31),
        (
            FrameworkSignatory("MSA", "MSA", None),
            FrameworkSignatory("Caf du Gers", "CAF", date(2023, 12, 1)),
        ),
        (AttachedLine("CC du Savès", HERE, "late", "SIGNING"), AttachedLine("CC du Val", HERE, "not-started", None)),
        others=3,
        roles=beside().roles,
        headings=(HeadingLine("WHY", "Agir ensemble."), HeadingLine("WHAT", None)),
        acts=(act("attach-territory"),),
    )


def samples() -> dict[str, tuple[str, object]]:
    """Name of the sample -> template and page: every template, every state that changes its shape."""
    empty = DepartmentPage("Gers", ())
    alone = replace(
        department(),
        rows=department().rows[:1],
        listed=(RowGroup("late", 1, department().rows[:1]),),
        calm=(),
        tile_map=None,
        bars=(),
        look_more=0,
    )
    bare = TodayPage(
        territory="CC du Savès",
        holders=("CC du Savès",),
        effective_from=date(2026, 1, 1),
        effective_to=date(2030, 12, 31),
        status="not-started",
        answer=(Phrase("answer.preparation"),),
        tiles=TILES[:1],
        road=None,
        milestones=(),
    )
    quiet = replace(committee(), to_decide=(), waiting=(), meetings=(), acts=(), kept=None, decisions_href="")
    blank_audit = replace(
        audit(),
        groups=(),
        first=0,
        last=0,
        total=0,
        marks=(),
        beside=None,
        as_of=AsOf(date(2026, 3, 12), now_href=f"{HERE}/journal"),
        newer_href=None,
        older_href=None,
        filters=replace(
            audit().filters, active=False, as_of="2026-03-12", errors={"au": Phrase("page.audit.bad-period")}
        ),
    )
    bare_territory = TerritoryPage("CC du Savès", 1, 9800, acts=(act("open-convention"),))
    held = TerritoryPage("CC Val de Gers", 41, 10123, roles=beside().roles, role_acts=(act("assign-territory-role"),))
    pages: dict[str, tuple[str, object]] = {
        "sign-in": ("sign-in.html", sign_in()),
        "sign-in-again": ("sign-in.html", replace(sign_in(), kept=KEPT)),
        "resume": ("resume.html", ResumePage(KEPT)),
        "error-503-kept": (
            "error.html",
            ErrorPage(503, "/", kept=replace(KEPT, values=(*KEPT.values, ("csrf_token", "jeton")))),
        ),
        "department": ("department.html", department()),
        "department-empty": ("department.html", empty),
        "department-alone": ("department.html", alone),
        "annulled": (
            "annulled.html",
            AnnulledPage("CC du Savès", HERE, "Camille", date(2026, 3, 2), "Ouverte deux fois"),
        ),
        "annulled-forgotten": ("annulled.html", AnnulledPage("CC du Savès", HERE, None, date(2026, 3, 2), None)),
        "territory": ("territory.html", held),
        "territory-bare": ("territory.html", bare_territory),
        "territory-closed": ("territory.html", replace(bare_territory, acts=())),
        "search": ("search.html", search()),
        "search-empty": ("search.html", replace(search(), typed="", groups=(), kinds=(), places=(), drop_href=None)),
        "search-near": (
            "search.html",
            replace(search(), instead=("crèche", "/recherche?q=cr%C3%A8che"), kinds=(), places=(), all_read=False),
        ),
        "framework": ("framework.html", framework()),
        "framework-bare": (
            "framework.html",
            replace(framework(), signatories=(), attached=(), others=0, roles=(), headings=(), acts=()),
        ),
        "work": ("work.html", work()),
        "work-bare": ("work.html", WorkPage((Phrase("page.work.answer-nothing"),), {"later": work().groups["later"]})),
        "work-empty": ("work.html", WorkPage((Phrase("page.work.answer-nothing"),))),
        "today": ("today.html", today()),
        "today-bare": ("today.html", bare),
        "diagnosis": ("diagnosis.html", diagnosis()),
        "diagnosis-bare": ("diagnosis.html", DiagnosisPage("CC du Savès", (Phrase("page.diagnosis.answer-none"),))),
        **plan_samples.samples(),
        "reviews": ("reviews.html", reviews()),
        "decisions": ("decisions.html", decision_samples.decisions()),
        "decisions-bare": ("decisions.html", decision_samples.no_decision()),
        "review": ("review.html", review_paper()),
        "review-bare": ("review.html", review_paper(bare=True)),
        "reviews-bare": ("reviews.html", ReviewsPage("CC du Savès", (Phrase("page.reviews.answer-none"),), HERE)),
        **results_samples.samples(),
        "partners": ("partners.html", partners()),
        "partners-many": ("partners.html", replace(partners(), signatures=sixteen())),
        "partner": ("partner.html", partner()),
        "partner-bare": (
            "partner.html",
            PartnerPage("MSA", "MSA", (Phrase("page.partner.nothing", {"partner": "MSA"}),), "CC du Savès"),
        ),
        "partner-everywhere": ("partner.html", partner_everywhere()),
        "partner-nowhere": (
            "partner.html",
            PartnerPage("MSA", "MSA", (Phrase("page.partner.nothing", {"partner": "MSA"}),)),
        ),
        "partners-bare": ("partners.html", PartnersPage("CC du Savès", (Phrase("page.partners.answer-none"),))),
        "money": ("money.html", means_samples.money(2)),
        "money-many": ("money.html", means_samples.money(6)),
        "money-asked": ("money.html", means_samples.money_asked()),
        "money-bare": ("money.html", MoneyPage("CC du Savès", (Phrase("page.money.answer-none"),))),
        "documents": ("documents.html", documents()),
        "documents-bare": ("documents.html", DocumentsPage("CC du Savès", (Phrase("page.documents.empty"),))),
        "committee": ("committee.html", committee()),
        "meetings": ("meetings.html", meetings_samples.meetings()),
        **sitting_samples.samples(),
        "committee-quiet": ("committee.html", quiet),
        "audit": ("journal.html", audit()),
        "audit-blank": ("journal.html", blank_audit),
        "audit-no-match": ("journal.html", replace(blank_audit, filters=audit().filters)),
        "form": ("form.html", form()),
        "form-refused": ("form.html", refused_form()),
        "form-stale": ("form.html", stale_form()),
        "lines": ("lines.html", lines_samples.ceremony()),
        "lines-rows": ("lines.html", lines_samples.mandates()),
        "lines-none": ("lines.html", replace(lines_samples.ceremony(), groups=(), consequences=(), errors=())),
        "table": ("table.html", table_samples.checked()),
        "table-none": ("table.html", table_samples.asked_for()),
        "account": ("account.html", account()),
        "account-refused": ("account.html", account_refused()),
        "policy": ("policy.html", policy()),
        "error-409": ("error.html", conflict_error()),
        **aid_samples.samples(),
        **methods_samples.samples(),
        **methods_samples.calendar_samples(),
        **methods_samples.reading_samples(),
        **matrix_samples.samples(),
        **network_samples.samples(),
        **participation_samples.samples(),
        **opening_samples.samples(),
        **people_samples.samples(),
        **answering_samples.samples(form(), partner()),
    }
    for name, reserved in (
        ("page", Reserved(reading=True, roles=("ADMINISTRATOR",))),
        ("act", Reserved(reading=False, roles=("PILOT", "CO_PILOT"))),
        ("no-role", Reserved(reading=True, roles=tuple(f"role {number}" for number in range(9)))),
    ):
        pages[f"error-403-{name}"] = ("error.html", ErrorPage(403, "/", reserved=reserved))
    for status in (400, 401, 403, 404, 422, 503):
        pages[f"error-{status}"] = ("error.html", ErrorPage(status, "/"))
    return pages
