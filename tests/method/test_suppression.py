from hypothesis import example, given
from hypothesis import strategies as st

from jobsamtale_tui.method import suppression
from jobsamtale_tui.method.suppression import ALL

COUNTS = st.lists(st.integers(0, 12), min_size=4, max_size=4)
TABLES = st.dictionaries(st.sampled_from("abcd"), COUNTS, min_size=1)


def shown(table: dict[str, list[int]], row: str) -> list[int | None]:
    gone, counts = suppression.hidden(table), suppression.numbers(table)
    return [None if (row, column) in gone else counts[row, column] for column in range(5)]


def test_a_small_group_is_hidden_with_another_that_would_give_it_away() -> None:
    assert shown({"nord": [12, 3, 20, 0]}, ALL) == [None, None, 20, 0, 35]
    assert shown({"nord": [12, 30, 20, 0]}, ALL) == [12, 30, 20, 0, 62]


def test_a_row_that_cannot_be_protected_loses_its_total() -> None:
    assert shown({"nord": [3, 0, 0, 0]}, ALL) == [None, 0, 0, 0, None]
    assert shown({"nord": [2, 1, 0, 9]}, ALL) == [None, None, 0, None, 12]


def test_one_small_unit_hides_a_part_of_another() -> None:
    table = {"nord": [3, 9, 0, 0], "syd": [10, 20, 0, 0], "vest": [30, 40, 0, 0]}
    assert shown(table, "nord") == [None, None, 0, 0, 12]
    assert shown(table, "syd") == [None, None, 0, 0, 30]
    assert shown(table, "vest") == [30, 40, 0, 0, 70]
    assert shown(table, ALL) == [43, 69, 0, 0, 112]


def test_those_without_an_activity_are_not_given_away_by_those_with_one() -> None:
    whole, part = {"nord": [12, 30, 20, 0]}, {"nord": [10, 30, 20, 0]}
    gone = suppression.hidden(part, whole, suppression.hidden(whole))
    counts = suppression.numbers(part)
    assert {cell[1] for cell in gone if cell[0] == "nord"} >= {0, 4}
    assert all((ALL, column) in gone or counts[ALL, column] != 10 for column in range(5))


def _safe(table: dict[str, list[int]], gone: frozenset[tuple[str, int]]) -> None:
    counts = suppression.numbers(table)
    assert not any(suppression.small(count) for cell, count in counts.items() if cell not in gone)
    rows = sorted(table)
    lines = [([(row, column) for column in range(4)], (row, 4)) for row in [*rows, ALL]]
    lines += [([(row, column) for row in rows], (ALL, column)) for column in range(5)]
    for cells, total in lines:
        out = [cell for cell in cells if cell in gone]
        assert len(out) + (total in gone) != 1
        if out and total not in gone:
            assert not suppression.small(sum(counts[cell] for cell in out))


@given(TABLES)
def test_nothing_small_is_shown_and_no_line_gives_one_back(table: dict[str, list[int]]) -> None:
    gone = suppression.hidden(table)
    _safe(table, gone)
    assert gone == suppression.hidden(dict(reversed(table.items())))


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(COUNTS, COUNTS), min_size=1))
@example({"a": ([0, 0, 0, 0], [4, 0, 0, 0]), "b": ([0, 0, 0, 2], [1, 0, 1, 0]), "c": ([0, 0, 1, 2], [0, 0, 0, 0])})
def test_neither_does_subtracting_a_part_from_the_whole(both: dict[str, tuple[list[int], list[int]]]) -> None:
    part = {row: one for row, (one, _other) in both.items()}
    rest = {row: other for row, (_one, other) in both.items()}
    whole = {row: [a + b for a, b in zip(one, other, strict=True)] for row, (one, other) in both.items()}
    gone_in_whole = suppression.hidden(whole)
    gone = suppression.hidden(part, whole, gone_in_whole)
    _safe(part, gone)
    _safe(rest, gone | gone_in_whole)
