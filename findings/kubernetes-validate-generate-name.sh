#!/usr/bin/env bash
# kubernetes-validate 1.37.0: its command refuses a valid Job whose name the cluster makes
# (`generateName` in place of `name`). Guess: the resource is held against the schema and passes, since
# the schema asks for neither. Seen: the command answers that the file could not be validated and ends
# with 2; `validate()` of the same package takes the same resource, in strict mode too.
#
# Output seen:
#   command: ERROR job.yaml could not be validated: 'name' (2)
#   library: valid for 1.33
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check kubernetes-validate==1.37.0
cat > job.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { generateName: part- }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: one, image: "registry.example.org/one:1" }]
YAML
status=0
said=$(env/bin/kubernetes-validate --kubernetes-version 1.33 job.yaml 2>&1) || status=$?
seen="command: $said ($status)
$(env/bin/python - <<'PY'
import kubernetes_validate, yaml
job = yaml.safe_load(open("job.yaml"))
print("library: valid for", kubernetes_validate.validate(job, "1.33", strict=True))
PY
)"
printf 'kubernetes-validate %s\n%s\n' \
  "$(env/bin/python -c 'from importlib.metadata import version; print(version("kubernetes-validate"))')" "$seen"
[ "$seen" = "command: ERROR job.yaml could not be validated: 'name' (2)
library: valid for 1.33" ] || { echo 'the behaviour has changed' >&2; exit 1; }
