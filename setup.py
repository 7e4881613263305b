"""Packs what lies outside the package with it: the app, its pages, its static files, the sample."""

from shutil import rmtree

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

APP = "who_decides_app"
DATA = ("css", "html", "js", "po", "svg", "toml", "ttf", "txt", "typ")


class Modules(build_py):
    """The modules to pack, this one apart, and none that an earlier build left."""

    def run(self):  # noqa: D102
        rmtree(self.build_lib, ignore_errors=True)
        super().run()

    def find_package_modules(self, package, package_dir):  # noqa: D102
        return [
            found
            for found in super().find_package_modules(package, package_dir)
            if found[:2] != (APP, "setup")
        ]


setup(
    packages=[*find_packages(include=["assessment", "assessment.*"]), APP],
    package_dir={APP: "."},
    package_data={
        "assessment": ["storage/postgres/migrations/**/*.py", *(f"**/*.{each}" for each in DATA)],
        APP: ["pages/*/*.py", "static/*", ".streamlit/config.toml", "data/sample/*"],
    },
    cmdclass={"build_py": Modules},
)
