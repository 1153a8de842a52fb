"""Files that programs leave behind and nobody means: locks, copies, settings of folders."""

import re

_LEFT_BEHIND = re.compile(
    r"\..*"  # .DS_Store, .~lock.muster.md#, .muster.md.swp, .#muster.md
    r"|~\$.*|.*~|#.*#|.*\.(?:sw[a-p]|lock|lck|tmp)"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx",
    re.IGNORECASE,
)


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of that name is passed over wherever it lies."""
    return bool(_LEFT_BEHIND.fullmatch(name))
