#!/bin/bash
# 用 Slurm 分份生成一个大门户，再合成一个网站。
# Builds a large portal in parts by Slurm and joins them into one site.
#
#   PORTAL=/data/portal ./publish.sh         all parts, then the site
#   PORTAL=/data/portal ./publish.sh 3,5     parts 3 and 5 again, then the site
#
# PORTAL  the checkout of the content, on a file system that all nodes share
# WORK    where the parts and the logs go, on the same file system: PORTAL/../work
# SITE    the site: PORTAL/../public
# PARTS   how many parts: 8
# MINGBAI the program: mingbai
#
# Ends with 0 when the site is new, and with 1 when it is the one of before, and says which part failed.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
PORTAL="$(cd "${PORTAL:?the checkout of the content}" && pwd)"
beside="$(dirname "$PORTAL")"
export PORTAL WORK="${WORK:-$beside/work}" SITE="${SITE:-$beside/public}" PARTS="${PARTS:-8}" MINGBAI="${MINGBAI:-mingbai}"
mkdir -p "$WORK"
rm -f "$WORK"/log-*

parts="$(sbatch --parsable --export=ALL --array="${1:-1-$PARTS}" --output="$WORK/log-%a" "$here/parts.sbatch")"
# A job whose dependency failed is taken off the queue, or it would wait for good. `--wait` says 0 for it
# all the same, so that the number of the job that merged tells whether the site is new.
merge="$(sbatch --parsable --export=ALL --wait --kill-on-invalid-dep=yes --dependency="afterok:$parts" --output="$WORK/log-merge" "$here/merge.sbatch")" || true
if [ "$(cat "$WORK/merged" 2>/dev/null)" = "$merge" ]; then
  echo "published: $SITE"
  exit 0
fi
echo "not published: $SITE is the one of before" >&2
for log in "$WORK"/log-*; do
  grep -H -i 'error' "$log" >&2 || true
done
exit 1
