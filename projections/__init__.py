"""The questions, one module each: pure functions of what was recorded, the pinned method and a day.

How to ask. A question about one convention takes its `Dossier` (`workflows.reading.Reader`), one about the register a
`Register` (`workflows.register`), and returns frozen dataclasses of codes and parameters. Free text comes back sealed,
as `Prose` with a `token`: collect the tokens of any answer with `engine.prose_tokens(answer)` and open them at once
with `Vault.open_texts(tokens, connection)`; None reads "texte effacé". Person ids are opened with the vault too.
`today` is always given by the caller; `holidays` is a container of dates (`workflows.calendar.PublicHolidays()`).

    engine                         Entry, Stream, Dossier, Register; as of a day or as recorded by an instant:
                                   dossier.as_of(Moment(occurred_by=, recorded_by=)), then ask as usual
    where_conventions_stand        standing(dossier, today) -> Standing, convention(dossier, today) ->
                                   ConventionStanding, milestones(dossier) -> Milestone…
                                   departments(territories, standings, today) -> Standing…, one for each territory
    what_is_due                    sheet(dossier, today, holidays) -> Deadline…
                                   next_deadline(sheet), late(sheet), review_is_late(sheet),
                                   pending_steps(sheet, today, holidays), missed(sheet) for the sweep
    which_themes_there_are         themes(dossier) -> ThemeKnown…, the convention's own first
    which_themes_are_crossed       crossing(dossier, today) -> ThemeCrossing…
    which_signatures_are_missing   signatures(dossier) -> SignatureSheet
    what_the_plan_rests_on         basis(dossier) -> PlanBasis (diagnoses, findings, forums, priorities, action sheets,
                                   validated plans)
    what_the_committee_decided     bodies(surroundings), meetings(surroundings, dossiers) -> Meeting…, latest first
                                   waivers(dossier, today)
    what_became_of_decisions       decisions(surroundings, dossiers, ages_after(method), today) -> DecisionStanding…;
                                   to_follow(decisions), still_open(decisions), said_and_done(decisions)
    what_reviews_saw               reviews(dossier, day) -> Review…, oldest first, and what each lacks to be complete
    who_holds_which_role           roles_of(register, person_id, day) -> RoleHeld…
                                   role_holders(register, territory_id, role | roles | None, day) -> Holder…
                                   roles_held_by(register, person_id, day) -> Holder…
    who_is_in_charge               InCharge(holders, method).of(role, partner_id) -> Holder…, else the next one up;
                                   vacancies(holders, method, signatories) -> Vacancy…
    which_partners_and_places_are_known
                                   territories(register, ids | None), territory(register, territory_id),
                                   by_siren(register, siren), partners(register, ids | None),
                                   frameworks(register), profiles(register), profile(register, name, version)
    which_targets_are_reached      indicators(dossier, today, seen_on=) -> IndicatorTold…, worst first;
                                   how_far_a_target_is: progress, distance, next_due; what_users_say: satisfaction;
                                   which_actions_are_not_measured: without_indicator
    what_was_taken_over            taken_over(dossier) -> TakenOverAsOf | None: what is known from before, what is not
    what_a_take_over_changes       changes(method, term, as_of, reviewed, holidays) -> Changes, before it is recorded
    which_rules_are_in_the_way     in_the_way(dossier, today) -> the rules that refuse each act, by its name
    what_happened                  history(dossier, Filter(…), after=, limit=, newest_first=) -> Page
                                   (entries, after: the cursor of the next page); entry(dossier, event_id);
                                   count(dossier, Filter(…)); kinds_and_actors(dossier) -> (topics, actors)

What is concluded from these answers takes them and gives codes and parameters (`saying.Said`):

    how_a_convention_does          known(dossier, today, holidays) -> Known: what it takes; situation(known) ->
                                   Situation; due(known, deadline) -> Due
    what_comes_next                awaited(known) -> Awaited…; to_decide(known) -> Awaited…
    what_may_be_done               what_may_be_done(known, roles) -> Possible…: open or not, and every rule in the way
    where_signatories_stand        signatories(known) -> SignatoryStanding…
    which_milestones_are_reached   path(known, basis) -> OnPath…
    milestones_of_before           with_what_was_known(known, before, path) -> OnPath…, of a convention taken over
    which_facts_do_not_count       withheld(milestones, counting, signatures, reviews) -> Withheld…
    which_act_brings_it            act_meeting(rule of a deadline) -> the name of an act | None
"""
