"""The questions, one module each, and the engine that keeps their read models up to date.

How to ask. Every question is a function taking a SQLAlchemy `Connection` (use `engine.connect()`) and returning frozen
dataclasses. Free text comes back sealed, as `Prose` with a `token`: collect the tokens of any answer with
`engine.prose_tokens(answer)` and open them at once with `Vault.open_texts(tokens, connection)`; None reads "texte
effacé". Person ids are opened with the vault too. `today` is always given by the caller; `holidays` is a container of
dates (`workflows.calendar.PublicHolidays()`).

    engine                         Projections(engine, read_events, clock, ALL, last_position): prepare, catch_up,
                                   wait_for(position, timeout), rebuild(name), retire, status, unreadable; `clock`
                                   returns a UTC datetime; as of a day: replay(as_of(events, occurred_by=,
                                   recorded_by=), ALL) -> Engine of a throw-away database, to ask and then dispose
    where_conventions_stand        departments(connection, territory_ids, today, department=, framework_id=): Standing…
                                   conventions_of(connection, territory_ids, today) -> Standing…
                                   convention(connection, convention_id, today) -> ConventionStanding | None
                                   territory_of(connection, convention_id) -> UUID | None
    what_is_due                    sheet(connection, convention_id, today, holidays) -> Deadline…
                                   sheets(connection, convention_ids | None, today, holidays) -> {convention: Deadline…}
                                   next_deadline(sheet), late(sheet), review_is_late(sheet),
                                   pending_steps(sheet, today, holidays), missed(sheet) for the sweep
    which_themes_are_crossed       crossing(connection, convention_id, today) -> ThemeCrossing…; crossings(…, ids, …)
    which_signatures_are_missing   signatures(connection, convention_id) -> SignatureSheet | None
    what_the_plan_rests_on         basis(connection, convention_id) -> PlanBasis (diagnoses, findings, forums,
                                   priorities, action sheets, validated plans)
    what_the_committee_decided     bodies(connection, territory_id), meetings(connection, territory_id),
                                   meetings_of_convention(connection, convention_id) -> Meeting…, latest first
                                   waivers(connection, convention_id, today), reviews(connection, convention_id)
    who_holds_which_role           roles_of(connection, person_id, day) -> RoleHeld…
                                   role_holders(connection, territory_id, role | roles | None, day) -> Holder…
                                   roles_held_by(connection, person_id, day) -> Holder…
    which_partners_and_places_are_known
                                   territories(connection, ids | None), territory(connection, territory_id),
                                   by_siren(connection, siren), partners(connection, ids | None),
                                   frameworks(connection), profiles(connection), profile(connection, name, version)
    what_happened                  history(connection, convention_id, Filter(…), after=, limit=, newest_first=) -> Page
                                   (entries, after: the cursor of the next page); territory_history(…);
                                   entry(connection, event_id); count(connection, convention_id, Filter(…));
                                   kinds_and_actors(connection, convention_id) -> (topics, actors) to filter by

What is concluded from these answers takes them, not a connection, and gives codes and parameters (`saying.Said`):

    how_a_convention_does          situation(known) -> Situation; due(known, deadline) -> Due; Known: what it takes
    what_comes_next                awaited(known) -> Awaited…; to_decide(known) -> Awaited…
    which_milestones_are_reached   path(known, basis) -> OnPath…
    which_facts_do_not_count       withheld(milestones, themes, signatures) -> Withheld…; reviews_not_counting(reviews)
    which_act_brings_it            act_meeting(rule of a deadline) -> the name of an act | None

`ALL` lists the projections, in the order in which they are told.
"""

from projections.engine import Projection
from projections.what_happened import happened
from projections.what_is_due import due
from projections.what_the_committee_decided.rows import decided
from projections.what_the_plan_rests_on.rows import basis_of_plan
from projections.where_conventions_stand import standing
from projections.which_partners_and_places_are_known import known
from projections.which_signatures_are_missing.rows import missing
from projections.which_themes_are_crossed import crossed
from projections.who_holds_which_role import roles

ALL: tuple[Projection, ...] = (standing, due, crossed, missing, basis_of_plan, decided, roles, known, happened)
