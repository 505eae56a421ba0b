"""Whether libvlc, which will review recordings, can be used here; the only file that knows python-vlc.

Live cameras do not need it (`video.md`: Debian's libvlc cannot play RTSP), so
a console without it starts, and `console check` says what is missing.
"""

from console.domain.errors import Unavailable

try:
    import vlc
# python-vlc looks for the library while it is imported, and ends the program when its own setting names a wrong one.
except (ImportError, OSError, NotImplementedError, AttributeError, SystemExit) as fault:
    vlc = None
    MISSING = str(fault)
else:
    MISSING = ""

PACKAGES = "libvlc5 vlc-plugin-base"


def library_version() -> str:
    """The version of libvlc. Raises Unavailable("no_libvlc", packages=…) when there is none."""
    if vlc is None:
        raise Unavailable("no_libvlc", packages=PACKAGES, problem=MISSING)
    return str(vlc.libvlc_get_version().decode())
