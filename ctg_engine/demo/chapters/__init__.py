"""The fifteen chapters, one per territory: what was done, when, by whom. All of it is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.chapters import (
    centre,
    east,
    lomagne,
    south,
    two_committees,
    west,
    what_is_known,
    who_leads,
    who_was_heard,
)

CHAPTERS: tuple[tuple[str, str, Callable[[Chapter], None]], ...] = (
    ("tenareze", "243200417", west.tenareze),
    ("grand-auch", "200066926", centre.grand_auch),
    ("gascogne-toulousaine", "200023620", east.gascogne_toulousaine),
    ("armagnac-adour", "200035632", west.armagnac_adour),
    ("artagnan", "243200607", two_committees.artagnan),
    ("valdegers", "200072320", two_committees.valdegers),
    ("bas-armagnac", "243200409", west.bas_armagnac),
    ("grand-armagnac", "243200458", west.grand_armagnac),
    ("lomagne-gersoise", "243200391", lomagne.lomagne_gersoise),
    ("arrats-gimone", "200042372", east.arrats_gimone),
    ("bastides-de-lomagne", "200034726", lomagne.bastides_de_lomagne),
    ("astarac-arros", "200035756", south.astarac_arros),
    ("bastides-et-vallons", "243200508", south.bastides_et_vallons),
    ("saves", "243200599", east.saves),
    ("coeur-d-astarac", "243200425", south.coeur_d_astarac),
)
"""The key of each territory in the story, its SIREN, and what happens there."""

ALONGSIDE: Mapping[str, Sequence[Callable[[Chapter], None]]] = {
    "valdegers": (what_is_known.valdegers, who_was_heard.valdegers, who_leads.valdegers),
    "grand-auch": (what_is_known.grand_auch, who_was_heard.grand_auch, who_leads.grand_auch),
    "artagnan": (what_is_known.artagnan, who_was_heard.artagnan, who_leads.artagnan),
}
"""What is told of some of them beside the milestones: on what knowledge, with whom, led by whom."""
