#!/usr/bin/env python3
"""Measures mingbai against the peers and prints the tables of docs/performance.md.

    run.py build   [--sizes 46 1k 10k 50k] [--tools html whole hugo eleventy cp …] [--runs 5]
    run.py growth  [--sizes 1k 10k]   what a page costs as there are more of them: the sizes take turns
    run.py rebuild [--sizes 10k]      a build onto the site of the build before, nothing changed
    run.py start                      what it costs to start and do nothing
    run.py shards  [--sizes 10k]      eight shards merged against one build, byte by byte
    run.py serve   [--sizes 10k]      from the save of one changed cell to the changed page over HTTP
    run.py search  [--sizes 1k]       the index beside Pagefind's: its cost, files, bytes, a first query, what it finds
    run.py data    [--sizes 1k 10k]   the whole site beside the same without CSV, JSON, workbooks and packages
    run.py write                      writing the workbooks of two disclosures beside openpyxl writing the same (bench/workbooks.py)
    run.py import                     importing a workbook beside openpyxl, which only reads it (bench/workbooks.py)
    run.py equal   [--sizes 1k]       our HTML-only pages against each peer's (bench/compare.py)
    run.py report  [--into FILE]      all tables as Markdown, from what was measured last

Common: --work DIR (default bench/work), --mingbai PROGRAM (default target/release/mingbai), --label WORD (results of
several programs stand side by side in WORK/results/LABEL; default `now`).

Every run gets a fresh output folder on the file system of WORK and nothing is ever deleted: deleting a tree makes the
next one slower. Tools take turns (A B C A B C …) after one round that is not counted, so that a ratio is of two runs that
stood beside each other; ratios are the medians of those. CPU is user and system time of the process and all it waited
for, memory the peak of the largest of them. Sizes and corpora: bench/corpus.py.
"""
import argparse, filecmp, http.client, json, os, platform, re, shutil, socket, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import corpus

OUTPUTS = ["workbook", "csv", "json", "package", "catalogue", "feed", "sitemap", "robots", "redirects", "search"]
WITHOUT = {"unsearched": ["search"], "dataless": ["workbook", "csv", "json", "package", "catalogue"]}
SIZES = {"46": 1, "1k": 22, "10k": 218, "50k": 1087}
PAGES = {size: n * 46 for size, n in SIZES.items()}
FORMS = {"html": "mingbai", "whole": "mingbai", "unsearched": "mingbai", "dataless": "mingbai", "check": "mingbai", "hugo": "hugo", "eleventy": "eleventy-js",
         "zola": "zola-load"}
TOOLS = ["html", "whole", "check", "hugo", "eleventy", "zola", "cp", "cp-whole", "pagefind"]
NAMES = {"html": "mingbai, HTML only", "whole": "mingbai, whole site", "check": "mingbai check",
         "hugo": "Hugo", "eleventy": "Eleventy, JavaScript template", "zola": "Zola, JSON tables", "cp": "`cp -r` of our HTML",
         "cp-whole": "`cp -r` of our whole site", "pagefind": "Pagefind, index of our HTML", "start": "mingbai --version"}


# A body's full name, a code, a row, a word of the text.
QUERIES = ["云岚市教育局", "2210201", "公务用车运行维护费", "隐患排查整治"]


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = os.path.abspath(options.work)
        self.mingbai = os.path.abspath(options.mingbai)
        os.makedirs(os.path.join(self.work, "out"), exist_ok=True)
        try:
            with open(os.path.join(self.work, "peers.json"), encoding="utf-8") as file:
                self.peers = json.load(file)
        except FileNotFoundError:
            self.peers = {}

    # ------------------------------------------------------------------ inputs and outputs
    def site(self, form, size):
        """The corpus in one form, made where it is not there yet."""
        folder = os.path.join(self.work, "sites", "%s-%s" % (form, size))
        if not os.path.isdir(folder):
            print("making %s" % folder, file=sys.stderr)
            corpus.emit(form, folder + ".part", "1", SIZES[size])
            os.rename(folder + ".part", folder)
        return folder

    def fresh(self, name):
        """A folder name nobody used yet."""
        self.count = getattr(self, "count", 0) + 1
        return os.path.join(self.work, "out", "%s-%d-%d" % (name, int(time.time() * 1000), self.count))

    def command(self, tool, size, out):
        """What is run, and where; nothing where the tool is not there."""
        program = lambda name: self.peers.get(name, {}).get("program")
        if tool in ("hugo", "eleventy", "zola") and not program(tool):
            return None, None
        site = self.site(FORMS[tool], size) if tool in FORMS else None
        if tool in ("html", "whole"):
            config = {"html": "mingbai-html.yaml", "whole": "mingbai.yaml"}[tool]
            return [self.mingbai, "build", "-q", "--root", site, "-c", config, "-o", out], None
        if tool in WITHOUT:
            return [self.mingbai, "build", "-q", "--root", site, "-c", self.without(site, tool), "-o", out], None
        if tool == "check":
            return [self.mingbai, "check", "-q", "--root", site, "--today", "2026-01-01"], None
        if tool == "start":
            return [self.mingbai, "--version"], None
        if tool == "hugo":
            return program("hugo") + ["--quiet", "--noBuildLock", "-s", site, "-d", out], None
        if tool == "eleventy":
            return program("eleventy") + ["--quiet", "--output=" + os.path.relpath(out, site)], site
        if tool == "zola":
            return program("zola") + ["--root", site, "build", "-o", out], None
        if tool in ("cp", "cp-whole"):
            return ["cp", "-r", self.tree("html" if tool == "cp" else "whole", size), out], None
        if tool == "pagefind":
            return program("pagefind") and program("pagefind") + ["--site", self.tree("html", size), "--output-path", out], None
        raise SystemExit("no such tool: " + tool)

    def without(self, site, tool):
        """The configuration of a whole site without some of its outputs."""
        path = os.path.join(self.work, "mingbai-%s.yaml" % tool)
        with open(os.path.join(site, "mingbai.yaml"), encoding="utf-8") as whole, open(path, "w", encoding="utf-8") as file:
            file.write(whole.read() + "outputs: [%s]\n" % ", ".join(one for one in OUTPUTS if one not in WITHOUT[tool]))
        return path

    def tree(self, tool, size):
        """A finished site of ours, built once by the program that is measured."""
        known = self.__dict__.setdefault("trees", {})
        if (tool, size) not in known:
            out = self.fresh("tree-" + tool)
            self.measure(tool, size, out)
            known[tool, size] = out
        return known[tool, size]

    def measure(self, tool, size, out):
        """One run: wall, cpu in seconds, memory in MiB; nothing where the tool is not there."""
        command, folder = self.command(tool, size, out)
        return command and run(command, folder)

    # ------------------------------------------------------------------ suites
    def build(self, sizes, tools, runs):
        for size in sizes:
            there = [tool for tool in tools if self.command(tool, size, self.fresh(tool))[0]]
            rows = {tool: [] for tool in there}
            warm = 0 if size == "50k" else 1
            for turn in range(runs + warm):
                for tool in there:
                    found = self.measure(tool, size, self.fresh(tool + "-" + size))
                    if turn >= warm:
                        rows[tool].append(found)
                    print("%s %s %s: %s" % (size, turn, tool, found), file=sys.stderr)
            bytes_of = {tool: weight(self.tree(tool, size)) for tool in there if tool in ("html", "whole")}
            self.keep("build", size, {"runs": rows, "trees": bytes_of, "load": os.getloadavg()[0]})

    def rebuild(self, sizes, runs):
        for size in sizes:
            for tool in ("html", "whole"):
                pairs, rewritten, files = [], [], 0
                for _ in range(runs):
                    out = self.fresh("rebuild-" + tool)
                    first = self.measure(tool, size, out)
                    before = stamps(out)
                    second = self.measure(tool, size, out)
                    after = stamps(out)
                    files = len(after)
                    rewritten.append(sum(1 for path, stamp in after.items() if before.get(path) != stamp))
                    pairs.append([first, second])
                    print("%s rebuild %s: %s" % (size, tool, pairs[-1]), file=sys.stderr)
                self.keep("rebuild", size + " " + tool, {"pairs": pairs, "rewritten": rewritten, "files": files})

    def growth(self, sizes, runs):
        """HTML only, one size after the other and again: what a machine does in one minute it may not in the next."""
        rounds = [{size: self.measure("html", size, self.fresh("growth-" + size)) for size in sizes} for _ in range(runs)]
        for found in rounds:
            print("growth: %s" % found, file=sys.stderr)
        self.keep("growth", "html", {"rounds": rounds})

    def start(self, runs):
        self.keep("start", "46", {"runs": [self.measure("start", "46", None) for _ in range(runs * 4)]})

    def shards(self, sizes):
        for size in sizes:
            site, parts, costs = self.site("mingbai", size), [], []
            whole = self.tree("whole", size)
            for number in range(1, 9):
                out = self.fresh("shard")
                found = run([self.mingbai, "build", "-q", "--root", site, "--shard", "%d/8" % number, "-o", out], None)
                if found["code"] != 0:
                    print("this program builds no shards", file=sys.stderr)
                    return
                parts.append(out)
                costs.append(found)
            out = self.fresh("merged")
            merge = run([self.mingbai, "merge", "--root", site, "-o", out] + parts, None)
            self.keep("shards", size, {"shards": costs, "merge": merge, "files": len(stamps(whole)), "differ": differ(whole, out)})

    def serve(self, sizes, runs):
        for size in sizes:
            self.keep("serve", size, preview(self, self.site("mingbai", size), runs))

    def search(self, sizes, runs):
        for size in sizes:
            whole, html, bundle = self.tree("whole", size), self.tree("html", size), self.fresh("bundle")
            found = {"ours": {"weight": weight(os.path.join(whole, "search"))}, "pagefind": {}}
            costs = {tool: [] for tool in ("whole", "unsearched", "pagefind") if self.command(tool, size, bundle)[0]}
            for turn in range(runs + 1):
                for tool, rows in costs.items():
                    cost = self.measure(tool, size, self.fresh(tool + "-" + size))
                    rows += [cost] if turn else []
                    print("%s %s %s: %s" % (size, turn, tool, cost), file=sys.stderr)
            found["costs"] = costs
            if self.measure("pagefind", size, bundle):
                found["pagefind"]["weight"] = weight(bundle)
            for which, root, site in (("ours", whole, whole), ("pagefind", bundle, html)):
                if not found[which]:
                    continue
                found[which]["queries"] = {}
                for words in QUERIES:
                    said = subprocess.run(["node", os.path.join(HERE, "query.mjs"), which, root, words], capture_output=True, text=True)
                    answer = json.loads(said.stdout) if said.returncode == 0 else {"error": said.stderr[-300:]}
                    holds, hits = holding(site, words), {p for p in map(whole_path, answer.pop("pages", [])) if CONTENT.search(p)}
                    found[which]["queries"][words] = dict(answer, holding=len(holds), found=len(holds & hits), others=len(hits - holds))
                    print(size, which, words, found[which]["queries"][words], file=sys.stderr)
            self.keep("search", size, found)

    def data(self, sizes, runs):
        """What the data files of all disclosures cost, and what the receipt of a build weighs."""
        for size in sizes:
            rows = {tool: [] for tool in ("whole", "dataless")}
            for turn in range(runs + 1):
                for tool, found in rows.items():
                    out = self.fresh(tool + "-" + size)
                    cost = self.measure(tool, size, out)
                    found += [cost] if turn else []
                    print("%s %s %s: %s" % (size, turn, tool, cost), file=sys.stderr)
            self.keep("data", size, {"runs": rows, "load": os.getloadavg()[0]})

    def writes(self, runs):
        """The workbooks of the two disclosures of this repository: our whole build, all pages of both, beside
        the same build without them, and a Python that writes the same cells, looks, widths and merged areas with openpyxl."""
        python = self.peers.get("openpyxl", {}).get("program")
        if not python:
            raise SystemExit("no openpyxl: bench/peers.py --only openpyxl")
        root, script, commands = os.path.join(self.work, "seeds"), os.path.join(HERE, "workbooks.py"), {}
        for name in ("content", "profiles"):
            if not os.path.isdir(os.path.join(root, name)):
                shutil.copytree(os.path.join(os.path.dirname(HERE), name), os.path.join(root, name))
        for tool, outputs in (("mingbai", "[workbook]"), ("nothing", "[]")):
            with open(os.path.join(HERE, "..", "mingbai.yaml"), encoding="utf-8") as whole, open(os.path.join(root, tool + ".yaml"), "w", encoding="utf-8") as file:
                file.write(whole.read() + "outputs: %s\n" % outputs)
            commands[tool] = lambda out, config=tool + ".yaml": [self.mingbai, "build", "-q", "--root", root, "-c", config, "-o", out]
        made, cells = self.fresh("workbooks"), os.path.join(self.work, "cells.json")
        run(commands["mingbai"](made), None)
        books = sorted(os.path.join(folder, name) for folder, _, names in os.walk(made) for name in names if name.endswith(".xlsx"))
        subprocess.run(python + [script, "cells", cells] + books, check=True)
        commands["openpyxl"] = lambda out: python + [script, "again", cells, out]
        rows = {tool: [] for tool in commands}
        for turn in range(runs + 1):
            for tool, found in rows.items():
                cost = run(commands[tool](self.fresh("write-" + tool)), None)
                found += [cost] if turn else []
                print("write %s %s: %s" % (turn, tool, cost), file=sys.stderr)
        self.keep("write", "seeds", {"runs": rows, "books": len(books), "load": os.getloadavg()[0]})

    def imports(self, runs):
        """Read, placed, written, read back and compared by us; its cells looked at by openpyxl."""
        python = self.peers.get("openpyxl", {}).get("program")
        if not python:
            raise SystemExit("no openpyxl: bench/peers.py --only openpyxl")
        script, folder = os.path.join(HERE, "workbooks.py"), os.path.join(self.work, "workbooks")
        if not os.path.isdir(folder):
            os.makedirs(folder)
            subprocess.run(python + [script, "write", folder], check=True)
        for name in ("book", "rows"):
            path, rows = os.path.join(folder, name + ".xlsx"), {"mingbai": [], "openpyxl": [], "stream": []}
            for turn in range(runs + 1):
                for tool, found in rows.items():
                    if tool == "mingbai":
                        root = self.fresh("import-" + name)
                        os.makedirs(root)
                        command = [self.mingbai, "import", path, "--profile", "hebei/department-budget/2025", "--into", "d/2025-budget", "-q", "--root", root]
                    else:
                        command = python + [script, "read", path] + (["--stream"] if tool == "stream" else [])
                    cost = run(command, None)
                    found += [cost] if turn else []
                    print("import %s %s: %s" % (name, tool, cost), file=sys.stderr)
            self.keep("import", name, {"runs": rows, "load": os.getloadavg()[0]})

    def equal(self, sizes):
        for size in sizes:
            for tool in ("hugo", "eleventy", "zola"):
                out = self.fresh("equal-" + tool)
                if self.measure(tool, size, out):
                    said = subprocess.run([sys.executable, os.path.join(HERE, "compare.py"), self.tree("html", size), out],
                                          capture_output=True, text=True).stdout
                    print(said)
                    self.keep("equal", size + " " + tool, {"said": said.split("\n")[0]})

    # ------------------------------------------------------------------ results
    def keep(self, suite, key, value):
        folder = os.path.join(self.work, "results", self.options.label)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, suite + ".json")
        found = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                found = json.load(file)
        # Tools measured at another time are kept: a ratio is only made of tools of one time.
        found[key] = dict(value, at=time.strftime("%Y-%m-%d %H:%M", time.gmtime()), program=program_version(self.mingbai))
        with open(path, "w", encoding="utf-8") as file:
            json.dump(found, file, indent=1)


def run(command, folder):
    # What others left to be written is written now, so that nobody waits for another's bytes.
    os.sync()
    timed = [sys.executable, "-S", "-E", os.path.join(HERE, "timer.py"), folder or "-"] + command
    done = subprocess.run(timed, capture_output=True, text=True)
    found = json.loads(done.stdout)
    if found["code"]:
        print("%s: %s" % (" ".join(command), done.stderr[-600:]), file=sys.stderr)
    return found


def program_version(program):
    return subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()


def files(root):
    for folder, _, names in os.walk(root):
        for name in names:
            yield os.path.join(folder, name)


def stamps(root):
    """Which file stands where, and when it was last written."""
    found = {}
    for path in files(root):
        stat = os.stat(path)
        if os.path.basename(path) != ".mingbai":
            found[os.path.relpath(path, root)] = (stat.st_ino, stat.st_mtime_ns)
    return found


def weight(root):
    found = {"html": 0, "html_bytes": 0, "files": 0, "bytes": 0}
    for path in files(root):
        size = os.stat(path).st_size
        found["files"] += 1
        found["bytes"] += size
        if path.endswith(".html"):
            found["html"] += 1
            found["html_bytes"] += size
    return found


# The pages a reader looks for: tables, projects, sections.
CONTENT = re.compile(r"/(tables|projects|narrative)/(?!index)")


def whole_path(path):
    return path + "index.html" if path.endswith("/") or not path else path


def holding(root, words):
    """The content pages that hold the words."""
    found = set()
    for path in files(root):
        name = os.path.relpath(path, root).replace(os.sep, "/")
        if name.endswith(".html") and CONTENT.search(name):
            with open(path, encoding="utf-8") as file:
                if words in file.read():
                    found.add(name)
    return found


def differ(a, b):
    left, right = ({os.path.relpath(p, root) for p in files(root)} for root in (a, b))
    return len(left ^ right) + sum(1 for path in left & right
                                   if not filecmp.cmp(os.path.join(a, path), os.path.join(b, path), shallow=False))


# ----------------------------------------------------------------------------- preview
def preview(bench, site, runs):
    """Saves one changed cell, waits until the preview tells its browsers, and asks for the page."""
    copy = bench.fresh("served")
    shutil.copytree(site, copy)
    port = free_port()
    started = time.monotonic()
    server = subprocess.Popen([bench.mingbai, "serve", "-q", "--root", copy, "--port", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = {}
    try:
        home = "content/d0003/2023-budget/"
        fetch_until(port, "/index.html", "", started + 300)
        ready = time.monotonic() - started
        targets = {
            "a cell of a table": (home + "tables/three-public.yaml", r"(一、因公出国（境）费[^}]*?)( })", "/d0003/2023-budget/tables/three-public.html",
                                  lambda mark: r"\1, total: %s\2" % mark),
            "a target of a project": (home + "projects/p05.yaml", r"(?m)^(purpose: )(.)", "/d0003/2023-budget/projects/p05.html",
                                      lambda mark: r"\g<1>\g<2>%s" % mark),
            "a word of the text": (home + "narrative/11-other.md", r"(我部门)(无其他)", "/d0003/2023-budget/narrative/11-other.html",
                                   lambda mark: r"\g<1>%s\g<2>" % mark),
        }
        for name, (file, pattern, page, put) in targets.items():
            path, times = os.path.join(copy, file), []
            with open(path, encoding="utf-8") as source:
                original = source.read()
            for turn in range(runs):
                mark = "9%04d.%02d" % (1000 + turn * 7 + int(started) % 97, turn)
                changed, count = re.subn(pattern, put(mark), original, count=1)
                if not count:
                    raise SystemExit("%s: nothing to change" % path)
                events = listen(port)
                with open(path, "w", encoding="utf-8") as target:
                    target.write(changed)
                saved = time.monotonic()
                events.wait(saved + 120)
                fetch_until(port, page, mark, saved + 120)
                times.append(time.monotonic() - saved)
                time.sleep(0.5)
            found[name] = times
            print("serve %s: %s" % (name, times), file=sys.stderr)
        memory = [line for line in open("/proc/%d/status" % server.pid) if line.startswith("VmHWM")]
        return {"ready": ready, "times": found, "mib": int(memory[0].split()[1]) / 1024 if memory else 0}
    finally:
        server.terminate()
        server.wait()


class listen:
    """The stream a page listens to for saves."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=1)
        version = re.search(r"since=([\w.-]+)", fetch(port, "/__mingbai/reload.js")[1])
        query = "?since=" + version[1] if version else ""
        self.socket.sendall(("GET /__mingbai/events%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % query).encode())
        time.sleep(0.3)
        self.socket.setblocking(False)
        try:
            self.socket.recv(65536)
        except BlockingIOError:
            pass

    def wait(self, until):
        while time.monotonic() < until:
            self.socket.settimeout(max(0.001, until - time.monotonic()))
            if b"data" in self.socket.recv(65536):
                break
        self.socket.close()


def fetch(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def fetch_until(port, path, words, until):
    while time.monotonic() < until:
        try:
            status, body = fetch(port, path)
            if status == 200 and words in body.replace(",", ""):
                return
        except OSError:
            pass
        time.sleep(0.005)
    raise SystemExit("%s never held %s" % (path, words))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ------------------------------------------------------------------------------- report
def seconds(value):
    return "%.3f" % value if value < 1 else "%.2f" % value if value < 10 else "%.1f" % value


def spread(values, form=seconds):
    return "%s (%s–%s)" % (form(statistics.median(values)), form(min(values)), form(max(values)))


def ratio(a, b, key):
    """The median of the ratios of runs that stood beside each other."""
    return [x[key] / y[key] for x, y in zip(a, b) if y[key]]


def report(bench):
    lines = []
    folder = os.path.join(bench.work, "results")
    labels = [bench.options.label] if bench.options.label != "now" or not os.path.isdir(folder) else sorted(os.listdir(folder))
    load = lambda label, suite: json.load(open(os.path.join(folder, label, suite + ".json"))) if os.path.exists(
        os.path.join(folder, label, suite + ".json")) else {}
    lines += ["Machine: %s, %d cores; %s." % (cpu_name(), os.cpu_count(), platform.platform()), ""]
    lines += ["| program | version |", "|---|---|", "| mingbai | %s |" % program_version(bench.mingbai)]
    lines += ["| %s | %s |" % (name, peer["version"].split(" BuildDate")[0]) for name, peer in bench.peers.items()] + [""]
    for label in labels:
        suites = {suite: load(label, suite) for suite in ("build", "growth", "rebuild", "start", "shards", "serve", "search", "data", "write", "import", "equal")}
        if not any(suites.values()):
            continue
        lines += ["### Measured as “%s”" % label, ""]
        for size in [s for s in SIZES if s in suites["build"]]:
            found = suites["build"][size]
            rows, n = found["runs"], max(len(r) for r in found["runs"].values())
            lines += ["**%s pages** (%s, n = %d, load of the machine at the end %.1f)" % (format(PAGES[size], ","), found["at"], n, found["load"]), "",
                      "| | wall s | CPU s | peak MiB | HTML only / it: wall | CPU | whole site / it: wall | CPU |", "|---|--:|--:|--:|--:|--:|--:|--:|"]
            for tool in [t for t in TOOLS if rows.get(t)]:
                mine = rows[tool]
                cells = []
                for own in ("html", "whole"):
                    for key in ("wall", "cpu"):
                        shown = rows.get(own) and own != tool
                        cells.append("%.2f" % statistics.median(ratio(rows[own], mine, key)) if shown else "")
                lines.append("| %s | %s | %s | %.0f | %s |" % (NAMES[tool], spread([r["wall"] for r in mine]), spread([r["cpu"] for r in mine]),
                                                              statistics.median(r["mib"] for r in mine), " | ".join(cells)))
            lines.append("")
            for tool, tree in found["trees"].items():
                lines.append("%s: %s pages of %.1f MB, %s files of %.1f MB in all." % (
                    NAMES[tool], format(tree["html"], ","), tree["html_bytes"] / 1e6, format(tree["files"], ","), tree["bytes"] / 1e6))
            lines.append("")
        if len(suites["build"]) > 1:
            sizes = [s for s in SIZES if s in suites["build"]]
            lines += ["Growth: CPU milliseconds a content page, and peak MiB.", "",
                      "| | " + " | ".join("%s: ms | MiB" % s for s in sizes) + " |", "|---|" + "--:|--:|" * len(sizes)]
            for tool in TOOLS:
                if any(suites["build"][s]["runs"].get(tool) for s in sizes):
                    cells = []
                    for s in sizes:
                        mine = suites["build"][s]["runs"].get(tool)
                        cells += ["%.2f" % (1000 * statistics.median(r["cpu"] for r in mine) / PAGES[s]),
                                  "%.0f" % statistics.median(r["mib"] for r in mine)] if mine else ["", ""]
                    lines.append("| %s | %s |" % (NAMES[tool], " | ".join(cells)))
            lines.append("")
        if suites["growth"]:
            rounds = suites["growth"]["html"]["rounds"]
            sizes = [s for s in SIZES if s in rounds[0]]
            page = lambda found, size: 1000 * found[size]["cpu"] / PAGES[size]
            cells = ["%s: %s, %.2f" % (format(PAGES[s], ","), spread([page(r, s) for r in rounds]),
                                       statistics.median(page(r, s) / page(r, sizes[0]) for r in rounds)) for s in sizes]
            lines += ["CPU milliseconds a content page, HTML only, sizes in turn (n = %d), and that against the first: %s." % (
                len(rounds), "; ".join(cells)), ""]
        if suites["start"]:
            mine = suites["start"]["46"]["runs"]
            lines += ["Starting and doing nothing (`--version`): CPU %s s, wall %s s." % (spread([r["cpu"] for r in mine]), spread([r["wall"] for r in mine])), ""]
        if suites["rebuild"]:
            lines += ["A build onto the site of the build before, nothing changed:", "",
                      "| | n | first CPU s | again CPU s | again / first: CPU | wall | files | rewritten |", "|---|--:|--:|--:|--:|--:|--:|--:|"]
            for key, found in suites["rebuild"].items():
                first, again = zip(*found["pairs"])
                size, tool = key.split()
                lines.append("| %s pages, %s | %d | %s | %s | %.2f | %.2f | %s | %s |" % (
                    format(PAGES[size], ","), NAMES[tool], len(first), spread([r["cpu"] for r in first]), spread([r["cpu"] for r in again]),
                    statistics.median(ratio(again, first, "cpu")), statistics.median(ratio(again, first, "wall")),
                    format(found["files"], ","), format(max(found["rewritten"]), ",")))
            lines.append("")
        for size, found in suites["shards"].items():
            lines += ["%s pages in eight shards: CPU %s s each, merging %s s; %s of %s files differ from one build." % (
                format(PAGES[size], ","), spread([r["cpu"] for r in found["shards"]]), seconds(found["merge"]["cpu"]), found["differ"], format(found["files"], ",")), ""]
        for size, found in suites["serve"].items():
            lines += ["Preview of %s pages: ready after %s s, peak %.0f MiB. From the save to the changed page over HTTP, in ms:" % (
                format(PAGES[size], ","), seconds(found["ready"]), found["mib"]), "", "| changed | n | median (min–max) |", "|---|--:|--:|"]
            lines += ["| %s | %d | %s |" % (name, len(times), spread([1000 * t for t in times], lambda v: "%.0f" % v)) for name, times in found["times"].items()] + [""]
        for size, found in suites["search"].items():
            lines += ["Searching %s pages (ours: the whole site; Pagefind: the HTML-only pages; kB as sent, with the script that searches):" % format(PAGES[size], ","), "",
                      "| | files | MB | " + " | ".join("%s: requests, kB | content pages found of those that hold it, found that do not" % q for q in QUERIES) + " |",
                      "|---|--:|--:|" + "--:|--:|" * len(QUERIES)]
            for which, name in (("ours", "mingbai"), ("pagefind", "Pagefind")):
                mine = found[which]
                if mine:
                    cells = []
                    for q in QUERIES:
                        a = mine["queries"][q]
                        cells += ["%d, %.1f" % (a["requests"], a["bytes"] / 1e3), "%d of %d, %d" % (a["found"], a["holding"], a["others"])] if "bytes" in a else ["", "failed"]
                    lines.append("| %s | %s | %.1f | %s |" % (name, format(mine["weight"]["files"], ","), mine["weight"]["bytes"] / 1e6, " | ".join(cells)))
            lines += [""] + index_costs(found.get("costs", {}))
        lines += data_costs(suites["data"]) + write_costs(suites["write"]) + import_costs(suites["import"])
        for key, found in suites["equal"].items():
            lines += ["Against the pages of %s: %s." % (" at ".join(reversed(key.split())), found["said"]), ""]
    return "\n".join(lines).rstrip() + "\n"


def data_costs(suite):
    """A whole site beside the same without its data files."""
    lines = []
    for size in [size for size in SIZES if size in suite]:
        found = suite[size]
        whole, without = found["runs"]["whole"], found["runs"]["dataless"]
        lines += ["Data files at %s pages (%s, n = %d, load of the machine at the end %.1f):" % (format(PAGES[size], ","), found["at"], len(whole), found["load"]), "",
                  "| | wall s | CPU s | peak MiB |", "|---|--:|--:|--:|"]
        for name, rows in (("the whole site", whole), ("without CSV, JSON, workbooks and packages", without)):
            lines.append("| %s | %s | %s | %.0f |" % (name, spread([r["wall"] for r in rows]), spread([r["cpu"] for r in rows]), statistics.median(r["mib"] for r in rows)))
        lines += ["", "They add %.0f %% to the CPU of the site without them, run by run." % (100 * (statistics.median(ratio(whole, without, "cpu")) - 1)), ""]
    return lines


WRITERS = {"mingbai": "mingbai, a build of all pages and the two workbooks", "nothing": "the same build without the workbooks",
           "openpyxl": "openpyxl, a Python that writes the same two workbooks"}


def write_costs(suite):
    """Workbooks written by us and by openpyxl."""
    lines = []
    for found in suite.values():
        rows = found["runs"]
        lines += ["Writing the workbooks of two disclosures (%s, n = %d, load of the machine at the end %.1f):" % (found["at"], len(rows["mingbai"]), found["load"]), "",
                  "| | wall s | CPU s | peak MiB | it / mingbai: wall | CPU |", "|---|--:|--:|--:|--:|--:|"]
        for tool, mine in rows.items():
            cells = ["" if tool == "mingbai" else "%.1f" % statistics.median(ratio(mine, rows["mingbai"], key)) for key in ("wall", "cpu")]
            lines.append("| %s | %s | %s | %.0f | %s |" % (WRITERS[tool], spread([r["wall"] for r in mine]), spread([r["cpu"] for r in mine]),
                                                          statistics.median(r["mib"] for r in mine), " | ".join(cells)))
        lines.append("")
    return lines


IMPORTED = {"book": "nine sheets of tables and one of 26 projects", "rows": "20,000 rows × 6"}
READERS = {"mingbai": "mingbai import", "openpyxl": "openpyxl, whole", "stream": "openpyxl, row by row"}


def import_costs(suite):
    """An import beside the reading of the same file."""
    lines = []
    for name in [name for name in IMPORTED if name in suite]:
        found = suite[name]
        rows = found["runs"]
        lines += ["Importing %s (%s, n = %d, load of the machine at the end %.1f):" % (IMPORTED[name], found["at"], len(rows["mingbai"]), found["load"]), "",
                  "| | wall s | CPU s | peak MiB | it / mingbai: wall | CPU |", "|---|--:|--:|--:|--:|--:|"]
        for tool, mine in rows.items():
            cells = ["" if tool == "mingbai" else "%.1f" % statistics.median(ratio(mine, rows["mingbai"], key)) for key in ("wall", "cpu")]
            lines.append("| %s | %s | %s | %.0f | %s |" % (READERS[tool], spread([r["wall"] for r in mine]), spread([r["cpu"] for r in mine]),
                                                          statistics.median(r["mib"] for r in mine), " | ".join(cells)))
        lines.append("")
    return lines


def index_costs(costs):
    """What the index costs: a whole site less the same one without it, run by run, beside Pagefind."""
    if not costs:
        return []
    whole, without = costs["whole"], costs["unsearched"]
    more = {key: [a[key] - b[key] for a, b in zip(whole, without)] for key in ("cpu", "wall", "mib")}
    rows = [("mingbai, whole site", columns(whole)), ("mingbai, whole site without the index", columns(without)), ("mingbai, the index: the difference", more)]
    rows += [("Pagefind, index of our HTML", columns(costs["pagefind"]))] if costs.get("pagefind") else []
    form = {"cpu": seconds, "wall": seconds, "mib": lambda v: "%.0f" % v}
    return ["Making the index (n = %d):" % len(whole), "", "| | CPU s | wall s | peak MiB |", "|---|--:|--:|--:|"] + [
        "| %s | %s |" % (name, " | ".join(spread(row[key], form[key]) for key in ("cpu", "wall", "mib"))) for name, row in rows] + [""]


def columns(runs):
    return {key: [run[key] for run in runs] for key in ("cpu", "wall", "mib")}


def cpu_name():
    try:
        with open("/proc/cpuinfo") as file:
            return re.search(r"model name\s*: (.*)", file.read())[1]
    except (OSError, TypeError):
        return platform.processor()


BEGIN, END = "<!-- measured: bench/run.py report -->", "<!-- /measured -->"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("suite", choices=["build", "growth", "rebuild", "start", "shards", "serve", "search", "data", "write", "import", "equal", "report"])
    ap.add_argument("--work", default=os.path.join(HERE, "work"))
    ap.add_argument("--mingbai", default=os.path.join(HERE, "..", "target", "release", "mingbai"))
    ap.add_argument("--label", default="now")
    ap.add_argument("--sizes", nargs="+", choices=list(SIZES))
    ap.add_argument("--tools", nargs="+", choices=TOOLS, default=["html", "whole", "hugo", "eleventy", "zola", "cp", "pagefind"])
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--into")
    options = ap.parse_args()
    bench = Bench(options)
    if options.suite == "build":
        bench.build(options.sizes or ["46", "1k", "10k"], options.tools, options.runs)
    elif options.suite == "growth":
        bench.growth(options.sizes or ["1k", "10k"], options.runs)
    elif options.suite == "rebuild":
        bench.rebuild(options.sizes or ["10k"], options.runs)
    elif options.suite == "start":
        bench.start(options.runs)
    elif options.suite == "shards":
        bench.shards(options.sizes or ["10k"])
    elif options.suite == "serve":
        bench.serve(options.sizes or ["10k"], options.runs)
    elif options.suite == "search":
        bench.search(options.sizes or ["1k"], options.runs)
    elif options.suite == "data":
        bench.data(options.sizes or ["1k"], options.runs)
    elif options.suite == "write":
        bench.writes(options.runs)
    elif options.suite == "import":
        bench.imports(options.runs)
    elif options.suite == "equal":
        bench.equal(options.sizes or ["1k"])
    text = report(bench)
    if options.into:
        with open(options.into, encoding="utf-8") as file:
            before, rest = file.read().split(BEGIN)
        with open(options.into, "w", encoding="utf-8") as file:
            file.write(before + BEGIN + "\n" + text + END + rest.split(END)[1])
    elif options.suite == "report":
        print(text)


if __name__ == "__main__":
    main()
