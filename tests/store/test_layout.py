import pytest
from sqlalchemy import Table

from jobsamtale_tui import records
from jobsamtale_tui.store.schema.layout import CHILDREN, layout
from jobsamtale_tui.store.schema.tables import ROWS

OWN = {"row_version", "sort_key", "found_by"}


def table(name: str) -> Table:
    return ROWS[name].metadata.tables[name]


@pytest.mark.parametrize("kind", records.KINDS)
def test_every_field_of_a_record_has_its_column_and_no_column_is_without_a_field(kind: str) -> None:
    lay = layout(kind)
    assert {column.name for column in lay.columns} == set(table(kind).columns.keys()) - OWN
    assert sorted(lay.stored) == sorted(table(kind).columns.keys())
    for child in lay.children:
        there = set(table(child.table).columns.keys())
        place = {kind, "position"} if child.many else {kind}
        assert {column.name for column in child.columns} == there - place
        assert sorted(child.stored(kind)) == sorted(there)


@pytest.mark.parametrize("kind", records.KINDS)
def test_the_identity_is_the_primary_key(kind: str) -> None:
    assert layout(kind).identity == tuple(column.name for column in table(kind).primary_key)


def test_child_tables_are_those_there_are() -> None:
    assert set(CHILDREN.values()) <= set(ROWS)
