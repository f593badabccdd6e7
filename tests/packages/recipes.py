"""The recipes of docs/deploy and the workflows against the published schemas of their engines.

    recipes.py ROOT
"""

import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import yaml

ROOT = Path(sys.argv[1])
# What the Indexed Job needs is stable from 1.33; the newest is what the package knows.
KUBERNETES = ["1.33", kubernetes_validate.latest_version()]
SCHEMAS = {
    "vendor.github-workflows": [
        ".github/workflows/*.yml",
        "src/cmd/starter/dot-github/workflows/*.yml",
        "docs/deploy/github-*.yml",
    ],
    "vendor.github-actions": ["action.yml"],
    "vendor.gitlab-ci": ["docs/deploy/gitlab-*.yml"],
}

for schema, patterns in SCHEMAS.items():
    for pattern in patterns:
        paths = sorted(ROOT.glob(pattern))
        assert paths, f"{pattern}: no such file"
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        subprocess.run([*command, *paths], check=True, stdout=subprocess.DEVNULL)
        print(*(f"ok: {path.relative_to(ROOT)} is what {schema} says" for path in paths), sep="\n")

for path in sorted(ROOT.glob("docs/deploy/kubernetes-*.yml")):
    for resource in yaml.safe_load_all(path.read_text()):
        # A run that has a name of its own is named by the cluster.
        assert {"name", "generateName"} & resource["metadata"].keys(), path
        for version in KUBERNETES:
            try:
                kubernetes_validate.validate(resource, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                sys.exit(f"{path}: Kubernetes {version} does not take it: {error.message}")
    print(f"ok: {path.relative_to(ROOT)} is what Kubernetes {' and '.join(KUBERNETES)} takes")
