"""One institution is registered once: by its SIREN, which is refused twice, and by its name, which is told."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.corrections import AnnulEvent
from domain.institution_names import folded_name
from domain.kernel import AlreadyExists, Correcting, Refused
from domain.partners import RegisterPartner, SameName, SirenTaken
from domain.territories import ChangePerimeter, Commune
from domain.values import Code, InvalidValue, Prose, PublicName
from tests.projections.story import Story
from workflows.answers import Answer

SIREN = Code("243200391")
OTHER = Code("200066926")


def registering(name: str, siren: str | None = None, partner_id: UUID | None = None) -> RegisterPartner:
    return RegisterPartner(
        stream_id=partner_id or uuid4(),
        kind=Code("OTHER"),
        name=PublicName(name),
        siren=Code(siren) if siren else None,
    )


def test_a_second_partner_with_a_siren_that_one_has_is_refused_and_the_first_named(story: Story) -> None:
    first = registering("CIAS du Val", SIREN)
    story.tell(first, story.administrator)
    with pytest.raises(Refused) as refused:
        story.tell(registering("Centre du Val", "243 200 391"), story.administrator)
    (broken,) = refused.value.broken
    assert broken == SirenTaken(first.stream_id, SIREN)


def test_a_siren_is_free_again_once_the_registration_is_annulled(story: Story) -> None:
    mistaken = registering("CIAS du Val", SIREN)
    annul(story, mistaken.stream_id, story.tell(mistaken, story.administrator))
    right = registering("CIAS du Val", SIREN)
    assert story.tell(right, story.administrator).notices == ()
    with pytest.raises(Refused):
        story.tell(mistaken, story.administrator)  # nor may the first one come back beside it


def test_a_siren_that_is_corrected_is_freed_and_the_new_one_reserved(story: Story) -> None:
    mistaken = registering("CIAS du Val", SIREN)
    answer = story.tell(mistaken, story.administrator)
    correct(story, registering("CIAS du Val", OTHER, mistaken.stream_id), answer)
    story.tell(registering("CIAS de la Ténarèze", SIREN), story.administrator)
    with pytest.raises(Refused):
        story.tell(registering("CIAS d’ailleurs", OTHER), story.administrator)


def test_a_siren_is_not_corrected_to_that_of_another(story: Story) -> None:
    story.tell(registering("CIAS du Val", SIREN), story.administrator)
    mistaken = registering("CIAS de la Ténarèze", OTHER)
    answer = story.tell(mistaken, story.administrator)
    with pytest.raises(Refused) as refused:
        correct(story, registering("CIAS de la Ténarèze", SIREN, mistaken.stream_id), answer)
    assert [type(one) for one in refused.value.broken] == [SirenTaken]


def test_the_same_name_written_otherwise_is_told_and_not_refused(story: Story) -> None:
    first = registering("Communauté de communes du Bas-Armagnac")
    story.tell(first, story.administrator)
    told = story.tell(registering("CC Bas Armagnac"), story.administrator).notices
    assert told == (SameName(first.stream_id),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caf du Gers", "CAF  du GERS"),
        ("Caisse d’allocations familiales du Gers", "Caf du Gers"),
        ("C.C. Cœur d'Astarac", "Communauté de Communes Coeur d’Astarac"),
        ("CA Grand Auch", "Communauté d'agglomération du Grand Auch"),
        ("Conseil départemental du Gers", "Département du Gers"),
        ("Commune de Saint-Clar", "commune de St Clar"),
    ],
)
def test_names_of_one_institution_fold_alike(one: str, other: str) -> None:
    assert folded_name(PublicName(one)) == folded_name(PublicName(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Caf du Gers", "Caf des Landes"), ("CC du Val", "CA du Val"), ("CCAS d’Auch", "CIAS d’Auch"), ("日本", "中国")],
)
def test_names_of_two_institutions_stay_apart(one: str, other: str) -> None:
    assert folded_name(PublicName(one)) != folded_name(PublicName(other))


def annul(story: Story, stream_id: UUID, recorded: Answer) -> None:
    target = next(one.event_id for one in recorded.events if one.topic == "ctg.partner.partner-registered")
    story.tell(AnnulEvent(stream_id=stream_id, target_id=target), story.administrator, reason=Prose("Erreur"))


def correct(story: Story, command: RegisterPartner, recorded: Answer) -> Answer:
    registered = next(one.event_id for one in recorded.events if one.topic == "ctg.partner.partner-registered")
    return story.tell(command, story.administrator, reason=Prose("Mal écrit"), corrects=Correcting(registered))


def test_a_partner_corrected_twice_in_a_row_is_told_as_it_was_corrected_last(story: Story) -> None:
    """Lists kept what the first correction said: what says of a mistake names no kind of stream."""
    mistaken = registering("CIAS du Vall")
    answer = story.tell(mistaken, story.administrator)
    other = registering("CIAS d’ailleurs")
    story.tell(other, story.administrator)
    for name in ("CIAS du Val de Gers", "CIAS du Val"):
        answer = correct(story, registering(name, partner_id=mistaken.stream_id), answer)
        assert story.known.names[mistaken.stream_id] == name
    annul(story, mistaken.stream_id, answer)
    assert mistaken.stream_id not in story.known.names


def test_two_communes_of_one_perimeter_have_not_one_siren() -> None:
    communes = tuple(Commune(Code(insee), Code("213201601"), PublicName(insee), 1) for insee in ("32160", "32161"))
    with pytest.raises(InvalidValue) as malformed:
        ChangePerimeter(stream_id=uuid4(), name=PublicName("CC du Val"), legal_form=Code("CC"), communes=communes)
    assert (malformed.value.code, malformed.value.parameters["field"]) == ("repeated-id", "communes")


def test_two_territories_have_not_one_siren(story: Story) -> None:
    story.register(SIREN, "CC du Val", "32160")
    with pytest.raises(Refused) as refused:
        story.register(SIREN, "CC du Bas-Armagnac", "32096")
    assert [type(one) for one in refused.value.broken] == [AlreadyExists]
