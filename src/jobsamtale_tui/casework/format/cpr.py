"""The rule for CPR numbers: a valid date is asked for, the check digit never is.

A day above 60 marks an administrative number: 60 is taken off before the date is read. Numbers whose check digit
does not fit have been issued since 1 October 2007 (domain.md section 6), so that is worth a warning alone. Neither
sentence shows more of the number than its date.
"""

from stdnum.dk import cpr as standard
from stdnum.exceptions import ValidationError

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _

_ADMINISTRATIVE = 60


def refusal(number: str) -> str | None:
    """Why `number` (written DDMMYY-NNNN) cannot be a CPR number, as a sentence, or None where it can."""
    digits = number.replace("-", "")
    day = int(digits[:2])
    if day > _ADMINISTRATIVE:
        digits = f"{day - _ADMINISTRATIVE:02d}{digits[2:]}"
    try:
        standard.get_birth_date(digits)
    except ValidationError:
        return _("{number} does not begin with a day that exists").format(number=texts.masked_cpr(number))
    return None


def warning(number: str) -> str | None:
    """That the check digit of `number` does not fit, as a sentence, or None where it does.

    An administrative number has none to fit.
    """
    digits = number.replace("-", "")
    if int(digits[:2]) > _ADMINISTRATIVE or standard.checksum(digits) == 0:
        return None
    return _("the check digit of {number} does not fit; numbers without one are issued since 2007").format(
        number=texts.masked_cpr(number)
    )
