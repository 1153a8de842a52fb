"""Two folders change places in one step of the file system."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are those of this process
_LINUX_EXCHANGE = 2  # RENAME_EXCHANGE in linux/fs.h
_MAC_SWAP = 2  # RENAME_SWAP in sys/stdio.h
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


def exchange(one: Path, other: Path) -> bool:
    """Let `one` and `other`, folders of one file system, change places at once.

    Returns False where the system has no such step (then nothing has happened); raises OSError
    where it has one and it failed. Sources: renameat2(2) of Linux, renamex_np(2) of macOS.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):  # Windows names no library of the process
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _MAC_SWAP)
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _LINUX_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))
