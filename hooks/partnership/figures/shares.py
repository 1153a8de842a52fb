"""Shares in percent, and how they are rounded."""

from decimal import ROUND_HALF_UP, Decimal


def percent(part: Decimal | int, whole: Decimal | int) -> int:
    """A share in whole percent, halves rounded up. `whole` is not zero."""
    return int((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))
