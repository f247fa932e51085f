"""A territory is written as its own communes are: the State's list of EPCI loses accents that its communes keep."""

from __future__ import annotations

import pytest

from workflows.territory_files.names import as_its_communes_spell


@pytest.mark.parametrize(
    ("name", "communes", "written"),
    [
        ("CC du Saves", ["Samatan", "Seysses-Savès", "Cazaux-Savès"], "CC du Savès"),
        ("CA d'Epinal", ["Épinal", "Golbey"], "CA d'Épinal"),
        ("CC du Savès", ["Seysses-Saves"], "CC du Savès"),
        ("CC du Saves", ["Seysses-Savès", "Saves-le-Haut"], "CC du Saves"),
        ("CC de la Tenarèze", ["Condom"], "CC de la Tenarèze"),
        ("CC LE SAVES", ["Seysses-Savès"], "CC LE SAVES"),
        ("CC des Deux Vallées", ["Vallées-sur-Mer", "Deux"], "CC des Deux Vallées"),
        ("CC Entre les Eaux", ["Éaux-Vives"], "CC Entre les Éaux"),
        ("CC Coeur d'Astarac en Gascogne", ["Mirande"], "CC Cœur d'Astarac en Gascogne"),
        ("CC Rives et eaux", ["Éaux"], "CC Rives et eaux"),
    ],
)
def test_an_accent_comes_from_the_communes_when_they_all_write_it(name: str, communes: list[str], written: str) -> None:
    assert as_its_communes_spell(name, communes) == written
    assert as_its_communes_spell(written, communes) == written
