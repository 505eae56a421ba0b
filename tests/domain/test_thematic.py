"""What a thematic map may be asked for."""

import pytest

from console.domain.errors import Invalid
from console.domain.thematic import COUNTS, HEAT_DAYS, check_count, check_days


def test_only_what_is_offered_is_counted():
    assert [check_days(days) for days in HEAT_DAYS] == [7, 30, 365]
    assert [check_count(what) for what in COUNTS] == ["open", "overdue", "cameras"]
    for wrong, field in ((lambda: check_days(8), "days"), (lambda: check_count("people"), "what")):
        with pytest.raises(Invalid) as said:
            wrong()
        assert said.value.field == field
