"""The vocabulary in which the story tells where people are heard along the years: permanent spaces and how they met."""

from __future__ import annotations

from ctg_engine.demo.hearing import Hearing
from ctg_engine.demo.references import codes, day
from domain.participation.gathering import CloseSpace, OpenSpace, RecordSpaceMeeting
from domain.values import Code, Prose, local_id


class Gathering(Hearing):
    """Where people of a territory meet, convention after convention."""

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
