"""Where the product's own files lie, in a checkout or installed, and where data go unless told."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

IS_INSTALLED = not (_CHECKOUT / "pyproject.toml").is_file()
"""Whether it was installed as a package, and is not run where it was checked out."""

FILES = _PACKAGE.with_name("who_decides_app") if IS_INSTALLED else _CHECKOUT
"""The folder of `app.py`, its pages, its static files and the sample company."""

APP = FILES / "app.py"
SAMPLE = FILES / "data" / "sample"


def home_of_data() -> Path:
    """The folder in which `data/` lies unless the operator says otherwise: that of the checkout.

    Installed, where the program was started, since the package's own is gone with its next version.
    """
    return Path.cwd() if IS_INSTALLED else _CHECKOUT
