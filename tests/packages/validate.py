"""Validates the data packages of a built site with frictionless: no error, no warning.

usage: validate.py SITE
"""

import pathlib
import sys
import tempfile
import warnings
import zipfile

from frictionless import Catalog, validate


def check(what, report):
    """Prints what is wrong; whether nothing is."""
    for error in report.flatten(["type", "message"]):
        print(f"{what}: {error}")
    for warning in report.warnings + [w for task in report.tasks for w in task.warnings]:
        print(f"{what}: warning: {warning}")
    return report.valid and report.stats["errors"] == 0 and report.stats["warnings"] == 0


def main(site):
    warnings.simplefilter("error")
    descriptions = sorted(site.rglob("datapackage.json"))
    sound = bool(descriptions)
    files = 0
    for description in descriptions:
        report = validate(str(description))
        files += len(report.tasks)
        sound &= check(description, report)
        [archive] = description.parent.glob("*.zip")
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(archive).extractall(folder)
            sound &= check(archive, validate(str(pathlib.Path(folder, "datapackage.json"))))
    catalogue = Catalog(str(site / "catalog.json"))
    listed = {site / dataset.to_descriptor()["package"] for dataset in catalogue.datasets}
    if listed != set(descriptions):
        print(f"catalog.json lists {sorted(listed ^ set(descriptions))} or leaves them out")
        sound = False
    print(f"{len(descriptions)} packages, {files} files: {'valid' if sound else 'not valid'}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
