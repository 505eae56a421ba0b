"""The command-and-dispatch console of a social-governance centre."""

import gc
import sys

if sys.argv[:1] == ["-m"]:
    # `python -m console` is loading: what comes now comes to stay, and looking through it for garbage again and again
    # takes a fifth of the time until the window stands. `__main__.main` switches it on again.
    gc.disable()
