"""The verdicts of one reading, as they are pronounced."""

from __future__ import annotations

from workflows.territory_files.facts import LineVerdict, Status
from workflows.territory_files.lines import Line


class VerdictBook:
    """Collects verdicts; knows which lines are judged and which contradictions were already said."""

    def __init__(self) -> None:
        self.verdicts: list[LineVerdict] = []
        self._judged: set[tuple[int, int]] = set()
        self._said: set[tuple[object, ...]] = set()

    @property
    def refused(self) -> bool:
        """Whether anything is refused so far."""
        return any(verdict.status == "refused" for verdict in self.verdicts)

    def say(self, line: Line, status: Status, code: str, parameters: dict[str, str | int]) -> None:
        """Pronounce one verdict on a line; a notice does not judge it."""
        self.verdicts.append(LineVerdict(line.sheet.file, line.number, status, code, parameters))
        if status != "notice":
            self._judged.add((id(line.sheet), line.number))

    def say_once(self, line: Line, status: Status, code: str, parameters: dict[str, str | int]) -> None:
        """Pronounce what is true of the whole file on the first line that shows it."""
        if (id(line.sheet), code) not in self._said:
            self._said.add((id(line.sheet), code))
            self.say(line, status, code, parameters)

    def accept_unless_judged(self, line: Line) -> None:
        """The verdict of a line with which nothing was wrong."""
        if (id(line.sheet), line.number) not in self._judged:
            self.say(line, "accepted", "accepted", {})

    def contradict(
        self, status: Status, code: str, subject: str, here: tuple[Line, str | int], there: tuple[Line, str | int]
    ) -> None:
        """Say that a line gives of `subject` another value than the line that prevails.

        Nothing if the values are equal; once per file and value, since a perimeter file repeats its EPCI on
        the line of each commune.
        """
        line, value = here
        other, other_value = there
        said = (id(line.sheet), code, subject, value, other_value)
        if value == other_value or said in self._said:
            return
        self._said.add(said)
        parameters: dict[str, str | int] = {
            "subject": subject,
            "value": value,
            "other_value": other_value,
            "other_file": other.sheet.file,
            "other_line": other.number,
        }
        self.say(line, status, code, parameters)
