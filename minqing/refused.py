"""What the system would not do, in the reader's language."""

import errno
import os

from minqing.language import N_, _

# The few that people meet, in the words that most systems use; the rest stays as the system says it.
_SAID = {
    errno.ENOSPC: N_("No space left on device"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EROFS: N_("Read-only file system"),
    errno.ENOENT: N_("No such file or directory"),
    errno.EEXIST: N_("File exists"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EFBIG: N_("File too large"),
    errno.EINVAL: N_("Not a regular file"),  # what `read_bytes` means by it
    errno.EIO: N_("Input/output error"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EMFILE: N_("Too many open files"),
    **({errno.EDQUOT: N_("Disk quota exceeded")} if hasattr(errno, "EDQUOT") else {}),
}


def why(error: OSError) -> str:
    """Why a call failed: 磁盘空间不足."""
    if not error.errno:
        return str(error)
    return _(_SAID.get(error.errno, os.strerror(error.errno)))
