"""What no table may hold, and what stands apart."""

from console.store import tables


def test_no_table_has_a_column_the_handbook_forbids():
    """Handbook 2.3: no home address, identity number, ethnicity, religion, politics, plate or face of anybody."""
    forbidden = ("id_number", "id_card", "home", "ethnic", "religio", "politic", "marital", "face", "plate", "household")

    found = [f"{table}.{column.name}" for table in tables.metadata.tables.values() for column in table.columns]

    assert [name for name in found if any(word in name for word in forbidden)] == []


def test_camera_addresses_are_in_a_table_of_their_own():
    assert not {"sub", "main", "address", "url"} & set(tables.camera.c.keys())
