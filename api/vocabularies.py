"""The closed vocabularies of the commands' fields, for the description of the API.

The domain checks them; a method profile opens no word of them. A word that a profile brings (a theme, the kind of a
mandate) is not here: what is allowed depends on the convention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain import roles
from domain.convention.diagnosis import CHANNELS, FINDING_KINDS, PARTICIPATION_KINDS
from domain.convention.forums import FORUM_FORMATS
from domain.convention.priorities import ENDS
from domain.convention.reviews import ACTION_STATUSES
from domain.convention.state import COVERS
from domain.frameworks import HEADINGS
from domain.partners import PARTNER_KINDS
from domain.steering import BODY_KINDS, DECISION_KINDS
from domain.values import Code

CLOSED: Final[Mapping[tuple[str, str], tuple[Code, ...]]] = {
    ("ActionStatus", "status"): ACTION_STATUSES,
    ("AssignFrameworkRole", "role"): roles.FRAMEWORK_ROLES,
    ("AssignTerritoryRole", "role"): roles.TERRITORY_ROLES,
    ("ChoosePriority", "ends_served"): ENDS,
    ("ConstituteSteeringBody", "kind"): BODY_KINDS,
    ("ConveneForum", "format"): FORUM_FORMATS,
    ("Decision", "kind"): DECISION_KINDS,
    ("Finding", "kind"): FINDING_KINDS,
    ("Heading", "heading"): HEADINGS,
    ("Participation", "kind"): PARTICIPATION_KINDS,
    ("RecordForum", "format"): FORUM_FORMATS,
    ("RecordMandate", "covers"): COVERS,
    ("RecordSharedDiagnosis", "channel"): CHANNELS,
    ("RecordSignature", "covers"): COVERS,
    ("RegisterPartner", "kind"): PARTNER_KINDS,
    ("ValidateActionPlan", "text_covers"): COVERS,
}
"""By the name of the dataclass and of its field; the words of a list where the field is one."""
