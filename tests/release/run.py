"""A release as far as it can be made on one machine: packed, fetched, installed, run and turned into an image.

    run.py ROOT PROGRAM

PROGRAM stands for the one of this machine, a Linux; the archives of other systems hold a word. A folder takes the place of the
address. What only a release can show is said in docs/deploy.md. Reads the files that users get: action.yml, the GitLab
template, Cargo.toml, the Dockerfile.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

import yaml

ROOT = Path(sys.argv[1]).resolve()
PROGRAM = Path(sys.argv[2]).resolve()
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]
VERSION = CARGO["version"]
# The processor as Rust names it, and as Docker does.
PROCESSOR, DOCKER = {"x86_64": ("x86_64", "amd64"), "aarch64": ("aarch64", "arm64")}[platform.machine()]
LINUX = f"{PROCESSOR}-unknown-linux-musl"
TARGETS = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl", "aarch64-apple-darwin", "x86_64-apple-darwin", "x86_64-pc-windows-msvc"]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options)


def refused(*command, **options):
    """A command that must fail, and what it says."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert result.returncode != 0, f"{command} succeeded: {result.stdout}"
    return result.stderr


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packed(desk):
    """All archives and what stands beside them."""
    out, again = desk / "out", desk / "again"
    small, word = desk / "mingbai", desk / "word"
    # Without what debuggers read: ten times smaller.
    if shutil.which("strip"):
        run("strip", "-o", small, PROGRAM)
    else:
        shutil.copy(PROGRAM, small)
    word.write_text("another system's program\n")
    for target in TARGETS:
        run(sys.executable, ROOT / "scripts/pack", "program", target, small if target == LINUX else word, out)
    for target in TARGETS:
        if target == LINUX:
            continue
        run(sys.executable, ROOT / "scripts/pack", "program", target, word, again)
        [name] = [path.name for path in again.glob(f"*{target}*")]
        assert digest(out / name) == digest(again / name), f"{name}: other bytes the second time"
    (desk / "sbom.json").write_text("{}")
    refused(sys.executable, ROOT / "scripts/pack", "release", desk / "again", "--chapter", "0.0.0")
    run(sys.executable, ROOT / "scripts/pack", "release", out, "--sbom", desk / "sbom.json", "--chapter", "Unreleased")
    run("sha256sum", "--check", "SHA256SUMS", cwd=out)
    sums = (out / "SHA256SUMS").read_text()
    for target in TARGETS:
        assert f"-{target}." in sums, target
    assert f"mingbai-{VERSION}.cdx.json" in sums
    print(f"ok: {len(TARGETS)} archives, the same bytes twice, digests, notes")
    return out


def manifests(out):
    """Homebrew and winget are told addresses and digests of what is there."""
    files = [out / "mingbai.rb", *sorted(out.glob("Mingbai.Mingbai*.yaml"))]
    assert len(files) == 5, files
    stated = 0
    for path in files:
        text = path.read_text("utf-8")
        assert "@" not in text.replace("bin/mingbai", ""), f"{path.name}: something is not filled in"
        names = re.findall(r"/releases/download/v[^/\"]+/([^\s\"]+)", text)
        digests = re.findall(r"(?:sha256 \"|InstallerSha256: )([0-9a-f]{64})", text)
        assert [digest(out / name) for name in names] == digests, path.name
        stated += len(names)
    assert stated == len(TARGETS)
    installer = yaml.safe_load((out / "Mingbai.Mingbai.installer.yaml").read_text("utf-8"))
    inside = installer["NestedInstallerFiles"][0]["RelativeFilePath"].replace("\\", "/")
    with zipfile.ZipFile(out / installer["Installers"][0]["InstallerUrl"].rsplit("/", 1)[1]) as archive:
        assert inside in archive.namelist(), inside
    if shutil.which("ruby"):
        run("ruby", "-c", out / "mingbai.rb")
    print("ok: the formula and the manifests name what was packed")


def binstall(out):
    """`cargo binstall` finds the archive and the program in it by the metadata of Cargo.toml."""
    told = CARGO["metadata"]["binstall"]
    for target in TARGETS:
        one = {**told, **told.get("overrides", {}).get(target, {})}
        is_zip = one["pkg-fmt"] == "zip"
        values = {
            "repo": CARGO["repository"], "version": VERSION, "target": target, "bin": "mingbai", "name": "mingbai",
            "archive-suffix": ".zip" if is_zip else ".tar.gz", "binary-ext": ".exe" if is_zip else "",
        }
        fill = lambda text: re.sub(r"\{ ([a-z-]+) \}", lambda found: values[found[1]], text)
        name = fill(one["pkg-url"]).rsplit("/", 1)[1]
        assert (out / name).is_file(), name
        if not is_zip:
            with tarfile.open(out / name) as archive:
                assert archive.getmember(fill(one["bin-dir"])).mode == 0o755
    print("ok: cargo binstall is led to every archive")


def published(desk, out):
    """A folder that looks as the downloads of a release do; its address."""
    folder = desk / "host" / "releases" / "download" / f"v{VERSION}"
    folder.parent.mkdir(parents=True)
    shutil.copytree(out, folder)
    return f"file://{desk / 'host'}", folder


def installed(desk, address, folder):
    """The script installs what has the digest, and nothing else."""
    script, to = ROOT / "scripts/install-released", desk / "bin"
    archive = folder / f"mingbai-{VERSION}-{LINUX}.tar.gz"
    run(script, address, VERSION, to)
    is_there = run(to / "mingbai", "--version").stdout
    assert is_there == run(PROGRAM, "--version").stdout
    shutil.rmtree(to)
    run(script, address, VERSION, to, digest(archive))
    shutil.rmtree(to)
    cases = [
        ((address, VERSION, to, "0" * 64), "nothing was installed"),
        ((address, "9.9.9", to), "cannot fetch"),
        ((address, f"v{VERSION}", to), "a version is written"),
        (("https://mingbai.invalid/mingbai", VERSION, to), "nobody's"),
        (("http://127.0.0.1/mingbai", VERSION, to), "https://"),
    ]
    for arguments, says in cases:
        said = refused(script, *arguments)
        assert says in said, f"{arguments}: {said}"
        assert not to.exists(), arguments
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-1] + b"?")
    assert "nothing was installed" in refused(script, address, VERSION, to)
    archive.write_bytes(whole)
    print("ok: installed by digest; seven that must not be are not")


def portal(desk, name):
    """A new portal, its planted mistake mended."""
    run(PROGRAM, "init", desk / name)
    path = desk / name / "content/library/2025-budget/tables/expenditure.yaml"
    path.write_text(path.read_text("utf-8").replace("total: 51.00", "total: 15.00"), "utf-8")
    return desk / name


def expression(text, inputs):
    """The `${{ … }}` of the action, as far as it has any: inputs, with something else where one is empty."""
    def value(found):
        return inputs[re.match(r"inputs\.([\w-]+)", found[1].strip())[1]]

    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


def action(desk, address):
    """Every command of the action, one after another as the runner does."""
    told = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    inputs = {name: str(one["default"]) for name, one in told["inputs"].items()}
    inputs.update({"portal": str(portal(desk, "by-action")), "repository": address, "base-url": "https://budget.example.org"})
    runner = desk / "runner"
    runner.mkdir()
    (runner / "path").touch()
    steps = 0
    for step in told["runs"]["steps"]:
        if "run" not in step:
            continue
        paths = (runner / "path").read_text().split()
        env = {
            **{name: expression(text, inputs) for name, text in step.get("env", {}).items()},
            "PATH": ":".join([*paths, os.environ["PATH"]]), "HOME": str(runner), "RUNNER_TEMP": str(runner),
            "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_PATH": str(runner / "path"),
        }
        run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], env=env, cwd=desk)
        steps += 1
    assert steps == 3
    site = Path(expression(told["runs"]["steps"][-1]["with"]["path"], inputs))
    assert "https://budget.example.org/" in (site / "sitemap.xml").read_text("utf-8")
    print("ok: the action installs, checks and builds")


def gitlab(desk, address, folder):
    """The jobs of the template, which is for one processor: with the digest, and with another."""
    if PROCESSOR != "x86_64":
        return
    told = yaml.safe_load((ROOT / "docs/deploy/gitlab-portal.yml").read_text("utf-8"))
    where = portal(desk, "by-gitlab")
    archive = folder / f"mingbai-{VERSION}-{LINUX}.tar.gz"
    env = {**os.environ, "MINGBAI_REPOSITORY": address, "MINGBAI_VERSION": VERSION, "MINGBAI_SHA256": digest(archive)}
    for job in ["check", "pages"]:
        lines = "\n".join(told["default"]["before_script"] + told[job]["script"])
        run("bash", "-eo", "pipefail", "-c", lines, env=env, cwd=where)
    assert (where / told["pages"]["artifacts"]["paths"][0] / "index.html").is_file()
    lines = "\n".join(told["default"]["before_script"])
    for name, value in [("MINGBAI_SHA256", "0" * 64), ("MINGBAI_SHA256", ""), ("MINGBAI_VERSION", "")]:
        refused("bash", "-eo", "pipefail", "-c", lines, env={**env, name: value}, cwd=where)
    print("ok: the GitLab template builds a portal, and stops at another digest")


def starter(desk):
    """The workflow of a new portal made by a released program, by the schema of its engine."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    github = "https://github.com/example/mingbai"
    run(PROGRAM, "init", desk / "released", "--repository", github, "--revision", commit, "--release", VERSION)
    path = desk / "released/.github/workflows/publish.yml"
    try:
        import check_jsonschema  # noqa: F401
    except ImportError:
        print("skipped: check-jsonschema is not there for the workflow of a new portal")
        return
    for schema, file in [("vendor.github-workflows", path), ("vendor.github-actions", ROOT / "action.yml")]:
        run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file)
    print("ok: the action, and the workflow that names it, are what their schemas say")


def image(desk, out):
    """The file system of the image, made without a daemon, and the program in it where it needs nothing else."""
    if not shutil.which("buildah") or os.geteuid() != 0:
        print("skipped: the image needs buildah (Debian: buildah) and root")
        return
    store = ["--root", desk / "store", "--runroot", desk / "run", "--storage-driver", "vfs"]
    buildah = ["buildah", *store]
    run(*buildah, "bud", "--isolation", "chroot", "--build-arg", f"TARGETARCH={DOCKER}", "--tag", "mingbai", out / "image")
    container = run(*buildah, "from", "mingbai").stdout.strip()
    try:
        told = json.loads(run(*buildah, "inspect", container).stdout)["OCIv1"]["config"]
        assert told["Entrypoint"] == ["/bin/mingbai"] and told["WorkingDir"] == "/portal", told
        root = Path(run(*buildah, "mount", container).stdout.strip())
        files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
        assert files == {"bin/mingbai"}, files
        assert (root / "bin/mingbai").stat().st_mode & 0o777 == 0o755
        if "statically linked" in run("file", "-L", PROGRAM).stdout or "static-pie" in run("file", "-L", PROGRAM).stdout:
            shutil.copytree(portal(desk, "by-image"), root / "portal", dirs_exist_ok=True)
            run("chroot", root, "/bin/mingbai", "--root", "/portal", "build")
            assert (root / "portal/public/index.html").is_file()
            print("ok: the image holds the program alone, and it builds a portal in there")
        else:
            print("ok: the image holds the program alone (this one is not linked statically: not run in there)")
    finally:
        run(*buildah, "umount", container)
        run(*buildah, "rm", container)


with tempfile.TemporaryDirectory() as folder:
    desk = Path(folder)
    out = packed(desk)
    manifests(out)
    binstall(out)
    address, folder = published(desk, out)
    installed(desk, address, folder)
    action(desk, address)
    gitlab(desk, address, folder)
    starter(desk)
    image(desk, out)
