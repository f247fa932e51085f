"""The vocabulary in which the story tells where people are heard: forums announced, moved, called off; permanent
spaces and how they met."""

from __future__ import annotations

from ctg_engine.demo.hearing import Hearing
from ctg_engine.demo.references import codes, day
from domain.convention.expected_forums import MoveForum, RecordForumAttendance, RecordForumInvitation
from domain.convention.forums import CancelForum, ConveneForum
from domain.participation.gathering import CloseSpace, OpenSpace, RecordSpaceMeeting
from domain.values import Attendance, Code, Prose, local_id


class Gathering(Hearing):
    """Where people of a territory meet, convention after convention."""

    def announces_forum(self, on: str, forum: str, planned_on: str, themes: str, place: str, form: str) -> None:
        """A forum of some format is announced for a day."""
        command = ConveneForum(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            themes=codes(themes),
            format=Code(form),
            planned_on=day(planned_on),
            place=Prose(place),
        )
        self.write(on, on, command)

    def invites_to_forum(self, on: str, forum: str, coming: tuple[str, tuple[int, int, int]]) -> None:
        """People are invited to it; `coming`: how many professionals, elected people and residents had said by a day
        that they would come."""
        invitation = RecordForumInvitation(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            invited_by=codes("POSTER MAIL"),
        )
        self.write(on, on, invitation, documents=("Affiche du forum",))
        counted_on, counts = coming
        said = RecordForumAttendance(
            stream_id=self.convention_id,
            occurred_on=day(counted_on),
            forum_id=local_id(forum),
            confirmed=Attendance(*counts),
        )
        self.write(counted_on, counted_on, said)

    def moves_forum(self, on: str, forum: str, to: str, why: str) -> None:
        """It is to be held on another day."""
        command = MoveForum(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            planned_on=day(to),
            motive=Prose(why),
        )
        self.write(on, on, command)

    def calls_off_forum(self, on: str, forum: str, why: str) -> None:
        """It is not held."""
        command = CancelForum(
            stream_id=self.convention_id, occurred_on=day(on), forum_id=local_id(forum), motive=Prose(why)
        )
        self.write(on, on, command)

    def opens_space(
        self,
        on: str,
        space: str,
        kind: str,
        name: str,
        stages: str,
        *,
        host: str = "",
        themes: str = "",
        every: int | None = None,
    ) -> None:
        """A space hears people from that day on, at a partner's, about themes; `every`: so many months."""
        command = OpenSpace(
            stream_id=self.voices_id,
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            convention_id=self.convention_id,
            space_id=local_id(space),
            kind=Code(kind),
            name=Prose(name),
            stages=codes(stages),
            host_id=self.partner(host) if host else None,
            themes=codes(themes),
            rhythm_months=every,
        )
        self.write(on, on, command)

    def space_meets(self, on: str, space: str, stage: str, came: tuple[int, int, int], about: str) -> None:
        """It meets: so many residents, professionals and elected people came."""
        usage, technical, political = came
        command = RecordSpaceMeeting(
            stream_id=self.voices_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            space_id=local_id(space),
            meeting_id=local_id(space, on),
            stage=Code(stage),
            usage=usage,
            technical=technical,
            political=political,
            about=Prose(about),
        )
        self.write(on, None, command)

    def closes_space(self, on: str, space: str, motive: str) -> None:
        """It hears nobody any more, because."""
        command = CloseSpace(
            stream_id=self.voices_id, occurred_on=day(on), space_id=local_id(space), motive=Prose(motive)
        )
        self.write(on, on, command)
