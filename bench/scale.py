#!/usr/bin/env python3
"""What a large portal costs: a build, what it wrote, and a build after one cell changed (docs/scale.md).

    corpus.py mingbai PORTAL --disclosures 2000 --years 10      # 1/100 of a province
    scale.py PORTAL SITE --mingbai target/release/mingbai       # prints JSON
    scale.py PORTAL SITE --mingbai … --only build --shard 1/10

SITE must not be there. Nothing is deleted. Standard library only.
"""
import argparse, collections, gzip, json, os, re, resource, subprocess, time
from pathlib import Path


def run(command):
    """CPU, wall and peak memory of a command. The peak is its own as long as it exceeds that of those before."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": round(cpu, 2), "wall_s": round(time.monotonic() - start, 2), "peak_mib": after.ru_maxrss // 1024}


def kind(path):
    """What a file of a site is for."""
    if "/search" in path or path.startswith("search") or path.startswith("assets/"):
        return "search and theme"
    return "pages" if path.endswith(".html") else "data"


def tree(root, inodes=None):
    """Files, folders, bytes, by kind; with the inodes of the build before, what is new."""
    count = collections.Counter()
    seen, largest, home = {}, ("", 0), collections.Counter()
    for folder, folders, names in os.walk(root):
        count["folders"] += 1
        if len(names) + len(folders) > largest[1]:
            largest = (os.path.relpath(folder, root), len(names) + len(folders))
        for name in names:
            status = os.lstat(os.path.join(folder, name))
            path = os.path.relpath(os.path.join(folder, name), root)
            count["files"] += 1
            count["bytes"] += status.st_size
            count["disk"] += status.st_blocks * 512
            count[kind(path) + ": files"] += 1
            count[kind(path) + ": bytes"] += status.st_size
            parts = path.split("/")
            home[parts[0] if len(parts) > 1 else "."] += status.st_size
            if inodes is not None and status.st_ino not in inodes:
                count["new files"] += 1
                count["new bytes"] += status.st_size
            seen[status.st_ino] = None
    return seen, {**count, "fullest folder": largest, "largest parts": home.most_common(4)}


def organisation(root):
    """One organisation, every file compressed as hosts send it."""
    folder = next((path for path in sorted(root.iterdir()) if re.fullmatch(r"d\d+", path.name)), None)
    if folder is None:
        return {}
    files = [path for path in folder.rglob("*") if path.is_file()]
    small = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    return {"files": len(files), "bytes": sum(path.stat().st_size for path in files), "gzip": small}


def change(portal):
    """One more sentence in a text of the last department."""
    path = sorted(portal.glob("content/*/*/narrative/*.md"))[-1]
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n\n另有说明的，从其规定。\n", "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--mingbai", required=True)
    parser.add_argument("--only", choices=["check", "build"])
    parser.add_argument("--config", default="mingbai.yaml")
    parser.add_argument("--shard", help="builds this part alone, as 1/10")
    a = parser.parse_args()
    site = a.site.resolve()
    program = [a.mingbai, "--quiet", "--root", str(a.portal), "--config", a.config]
    build = [*program, "build", "--output-dir", str(site), *(["--shard", a.shard] if a.shard else [])]
    found = {}
    if a.only != "build":
        found["check"] = run([*program, "check"])
    if a.only != "check":
        found["build"] = run(build)
        inodes, found["site"] = tree(site)
        found["organisation"] = organisation(site)
    if a.only is None:
        found["again"] = run(build)
        change(a.portal)
        found["after a change"] = run(build)
        after = tree(site, inodes)[1]
        found["to send after a change"] = {key: after.get(key, 0) for key in ["new files", "new bytes"]}
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
