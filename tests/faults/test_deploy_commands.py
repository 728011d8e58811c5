"""What docs/deploy.md tells people to run, taken from the page: run as it stands where it can be, and read where it cannot."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.desk import TEXTS, run, write_texts
from tests.faults.wire import ROOT, list_stored
from tests.store.remote.conftest import find_free_port

PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
_BLOCK = re.compile(r"^```(\S+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(kind, name, text) for kind, name, text in _BLOCK.findall(PAGE)]
needs_dask = pytest.mark.skipif(shutil.which("dask", path=Path(sys.executable).parent) is None, reason="Dask is not installed")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def find_blocks(name: str) -> list[str]:
    found = [text for _, known, text in BLOCKS if known == name]
    assert found, name
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder as the page takes it to be: `archive` in it, and commands of its own before those of the machine."""
    write_texts(tmp_path / "archive")
    (tmp_path / "bin").mkdir()
    write_command(tmp_path, "kg", f'exec {shlex.quote(sys.executable)} -m kg "$@"')
    write_command(tmp_path, "dask", f'exec {shlex.quote(sys.executable)} -m dask "$@"')
    return tmp_path


def write_command(place: Path, name: str, body: str) -> None:
    path = place / "bin" / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def run_script(place: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the page in bash; whatever it leaves running is ended."""
    settings = {"PATH": f"{place / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "KG_PROFILE": "fast", **environment}
    # Files and not pipes: what runs on in the background would keep these open.
    output, problems = place / "output", place / "problems"
    with (
        output.open("w") as out,
        problems.open("w") as err,
        subprocess.Popen(
            ["bash", "-c", script], cwd=place, env={**os.environ, **settings}, stdout=out, stderr=err, start_new_session=True
        ) as child,
    ):
        try:
            child.wait(timeout=300)
        finally:
            end_group(child.pid)
    return subprocess.CompletedProcess(child.args, child.returncode, output.read_text(), problems.read_text())


def end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


@needs_bash
@pytest.mark.slow
def test_the_commands_of_one_machine_build_check_and_back_up(place: Path) -> None:
    scripts = [script for script in find_blocks("run") if "dask" not in script]
    assert len(scripts) == 2
    done = run_script(place, f"set -e\n{scripts[0]}")
    assert (done.returncode, f"{len(TEXTS)} added" in done.stdout) == (0, True), done
    assert (place / "news.tar").is_file()
    (place / "archive" / "aid.txt").unlink()
    again = run_script(place, f"set -e\n{scripts[1]}")
    assert (again.returncode, "2 unchanged, 1 removed" in again.stdout) == (0, True), again


@needs_bash
@needs_dask
@pytest.mark.slow
def test_the_commands_of_a_cluster_build_the_same_graph(place: Path) -> None:
    (script,) = (script for script in find_blocks("run") if "dask" in script)
    assert "8786" in script
    done = run_script(place, f"set -em\n{script.replace('8786', str(find_free_port()))}")
    assert (done.returncode, f"{len(TEXTS)} added" in done.stdout) == (0, True), done
    assert_equal_to_one_process(place, place / "news")


@needs_bash
def test_the_script_for_slurm_is_a_batch_script() -> None:
    (script,) = find_blocks("slurm")
    assert script.startswith("#!/bin/bash\n#SBATCH ")
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    options = re.findall(r"^#SBATCH --([a-z-]+)=\S+$", script, re.MULTILINE)
    assert {"ntasks", "cpus-per-task", "mem-per-cpu", "time"} <= set(options)


@needs_bash
@needs_dask
@pytest.mark.slow
def test_the_script_for_slurm_builds_and_goes_on_from_its_backup(place: Path) -> None:
    """Under commands that do for Slurm's: one that starts what it is told to, and one that names this machine."""
    (script,) = find_blocks("slurm")
    write_command(place, "srun", 'while case "$1" in --*) true ;; *) false ;; esac; do shift; done\nexec "$@"')
    write_command(place, "hostname", "echo 127.0.0.1")
    for number, expected in enumerate((f"{len(TEXTS)} added", f"{len(TEXTS)} unchanged")):
        local = place / f"node-{number}"
        local.mkdir()
        slurm = {"SLURM_SUBMIT_DIR": str(place), "SLURM_NTASKS": "3", "SLURM_TMPDIR": str(local)}
        done = run_script(place, script.replace("8786", str(find_free_port())), **slurm)
        assert (done.returncode, expected in done.stdout) == (0, True), done
        assert_equal_to_one_process(place, local / "news")
    assert not (place / "news.tar.new").exists()


def assert_equal_to_one_process(place: Path, store: Path) -> None:
    plain = place / "plain"
    if not plain.exists():
        assert run_script(place, f"kg build archive -s {plain}").returncode == 0
    assert run("diff", store, plain).exit_code == 0


@pytest.fixture(scope="module")
def manifests() -> list[dict[str, Any]]:
    (text,) = find_blocks("kubernetes")
    return list(yaml.safe_load_all(text))


def list_pods(manifests: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield the name, the template and the pod of each workload."""
    for manifest in manifests:
        if template := manifest["spec"].get("template"):
            yield manifest["metadata"]["name"], template, template["spec"]


def test_the_manifests_have_a_scheduler_workers_a_job_and_volumes(manifests: list[dict[str, Any]]) -> None:
    kinds = [(manifest["apiVersion"], manifest["kind"], manifest["metadata"]["name"]) for manifest in manifests]
    assert kinds == [
        ("v1", "PersistentVolumeClaim", "news-shared"),
        ("v1", "PersistentVolumeClaim", "news-store"),
        ("v1", "Service", "sayso-scheduler"),
        ("apps/v1", "Deployment", "sayso-scheduler"),
        ("apps/v1", "Deployment", "sayso-worker"),
        ("batch/v1", "Job", "sayso-build"),
    ]


def test_what_the_manifests_name_is_in_them(manifests: list[dict[str, Any]]) -> None:
    claims = {manifest["metadata"]["name"] for manifest in manifests if manifest["kind"] == "PersistentVolumeClaim"}
    (service,) = (manifest for manifest in manifests if manifest["kind"] == "Service")
    labels = [template["metadata"]["labels"] for _, template, _ in list_pods(manifests) if "metadata" in template]
    assert service["spec"]["selector"] in labels
    for manifest in manifests:
        if manifest["kind"] == "Deployment":
            wanted = manifest["spec"]["selector"]["matchLabels"]
            assert wanted == manifest["spec"]["template"]["metadata"]["labels"]
    images = set()
    for name, _, pod in list_pods(manifests):
        volumes = {volume["name"]: volume for volume in pod.get("volumes", ())}
        for container in pod["containers"]:
            images.add(container["image"])
            assert {mount["name"] for mount in container.get("volumeMounts", ())} <= set(volumes), name
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys(), name
            assert all(isinstance(word, str) for word in container["command"]), name
        used = {volume["persistentVolumeClaim"]["claimName"] for volume in volumes.values() if "emptyDir" not in volume}
        assert used <= claims, name
    assert len(images) == 1
    assert images.pop().endswith(f":{tomllib.loads((ROOT / 'pyproject.toml').read_text('utf-8'))['project']['version']}")


@needs_bash
@needs_dask
@pytest.mark.slow
def test_the_commands_of_the_manifests_build_the_same_graph(place: Path, manifests: list[dict[str, Any]]) -> None:
    commands = {name: shlex.join(pod["containers"][0]["command"]) for name, _, pod in list_pods(manifests)}
    script = f"{commands['sayso-scheduler']} &\n{commands['sayso-worker']} &\n{commands['sayso-build']}\n"
    for mounted in ("/shared", "/store", "/scratch"):
        (place / mounted[1:]).mkdir()
        script = script.replace(f"{mounted}/", f"{place}{mounted}/").replace(f"{mounted} ", f"{place}{mounted} ")
    (place / "archive").rename(place / "shared" / "archive")
    script = script.replace("//sayso-scheduler:", "//127.0.0.1:").replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - taken out
    done = run_script(place, script.replace("8786", str(find_free_port())))
    assert done.returncode == 0, done
    assert f"{len(TEXTS)} added" in done.stdout
    assert len(list_stored(place / "store" / "news")) == len(TEXTS)


@needs_bash
def test_the_files_of_a_cloud_machine_are_as_their_readers_want_them() -> None:
    (text,) = find_blocks("cloud-init")
    assert text.startswith("#cloud-config\n")
    told = yaml.safe_load(text)
    for command in told["runcmd"]:
        assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0
    units = {Path(item["path"]).name: item["content"] for item in told["write_files"]}
    assert units.keys() == {"sayso-build.service", "sayso-build.timer"}
    (start,) = re.findall(r"^ExecStart=\S+/kg (.*)$", units["sayso-build.service"], re.MULTILINE)
    command, *words = shlex.split(start)
    help_text = run(command, "--help").stdout
    assert all(word in help_text for word in words if word.startswith("--"))


def test_the_image_is_of_a_python_that_the_project_runs_on() -> None:
    (text,) = find_blocks("image")
    lines = text.splitlines()
    assert re.fullmatch(r"FROM python:3\.1[123]-slim", lines[0])
    assert {line.split()[0] for line in lines} <= {"FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "CMD"}
    assert "sayso-*.whl)[dask]" in text
    (user,) = re.findall(r"^USER (\S+)$", text, re.MULTILINE)
    assert f"useradd --create-home {user}" in text
