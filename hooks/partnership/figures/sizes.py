"""The classes of company size, by the number of employees at the city's sites."""

from partnership.model.member import Member

# EU recommendation 2003/361/EC (micro, small, medium); large ones halved at 1000.
SIZES: tuple[tuple[str, int, int | None, str], ...] = (
    ("bis-9", 0, 9, "bis 9 Beschäftigte"),
    ("10-49", 10, 49, "10 bis 49 Beschäftigte"),
    ("50-249", 50, 249, "50 bis 249 Beschäftigte"),
    ("250-999", 250, 999, "250 bis 999 Beschäftigte"),
    ("ab-1000", 1000, None, "1.000 und mehr Beschäftigte"),
)


def size_class(employees: int | None) -> tuple[str, str] | None:
    """Key and label of the size class, None where the number is not known."""
    if employees is None:
        return None
    for key, least, most, label in SIZES:
        if employees >= least and (most is None or employees <= most):
            return key, label
    return None


def size_of(member: Member) -> str | None:
    """The key of the size class, None where the number of employees is not known."""
    found = size_class(member.employees)
    return found[0] if found else None
