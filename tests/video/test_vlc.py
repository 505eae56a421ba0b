"""libvlc is found where it is installed, and its absence is a sentence with a remedy."""

import os
import subprocess
import sys

from console.video import vlc

LONELY = """
from console.domain.errors import Unavailable
from console.video import vlc
try:
    vlc.library_version()
except Unavailable as said:
    print(said)
"""


def test_the_installed_libvlc_tells_its_version():
    assert vlc.library_version().startswith("3.")


def test_without_libvlc_the_packages_are_named():
    environment = {**os.environ, "PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so.5"}
    said = subprocess.run([sys.executable, "-c", LONELY], capture_output=True, text=True, env=environment, timeout=60)
    assert "no_libvlc" in said.stdout
    assert "libvlc5" in said.stdout
