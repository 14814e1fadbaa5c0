"""What the citizen has put up about herself: wishes, CV, competences and points to develop, in her own words."""

from collections.abc import Mapping
from typing import Any

from jobsamtale_tui import records
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.errors import NotFoundError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema import row_codec


def edit(place: ChangeContext, changed: Mapping[str, Any]) -> int:
    """Sets fields of a citizen's profile by their names in `records.Profile`, and returns the new version.

    `place.key` is the citizen's; the first change makes the profile. Raises ChangedByOtherError where somebody else
    has changed the same since, NotFoundError for an unknown citizen.
    """
    with transaction.change(place.database, place.actor, "profile.edit", "profile", place.key) as work:
        if work.profile.get(place.key) is None and place.seen == 0:
            if work.citizen.get(place.key) is None:
                raise NotFoundError(_("There is no citizen {key}").format(key=place.key))
            fresh = fitting.altered(records.Profile(citizen=place.key), changed)
            work.profile.add(**row_codec.values(fresh))
            return 1
        row = record_lock.seen(work, place, work.profile)
        row_codec.put(row, fitting.altered(row_codec.record(records.Profile, row), changed))
        return row.row_version
