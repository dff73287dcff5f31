"""What stands in `deploy/`: parsed by the real tools where they are, and held to what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from stillnight.paths import PROJECT
from stillnight.secret_files import FOLDER
from stillnight.server import BODY_MAX, DELIVERY_MAX
from stillnight.settings import Settings
from tests.operations.test_settings import variables

DEPLOY = PROJECT / "deploy"
MANIFESTS = ("server.yaml", "worker.yaml", "network.yaml")
UNITS = ("stillnight@.service", "stillnight-worker.service")
_VARIABLE = re.compile(r"STILLNIGHT_[A-Z_]+")


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def manifests(name: str) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all(read(f"kubernetes/{name}")) if each]


def deployments() -> Iterator[dict[str, Any]]:
    for name in MANIFESTS:
        yield from (each for each in manifests(name) if each["kind"] == "Deployment")


def test_every_setting_that_is_named_exists() -> None:
    known = {*variables(), FOLDER}
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert set(_VARIABLE.findall(path.read_text(encoding="utf-8"))) <= known, path.name


def test_no_secret_is_in_the_files_or_the_image() -> None:
    ignored = read("Dockerfile.dockerignore").splitlines()
    assert ignored[1] == "*"
    allowed = {line[1:].rstrip("/") for line in ignored if line.startswith("!")}
    # What conversations, secrets and certificates could be in.
    assert not allowed & {".", "deploy", ".stillnight", "models", "results", ".git"}
    assert all((PROJECT / name).exists() for name in allowed)
    for line in read("Dockerfile").splitlines():
        assert not re.match(r"(ENV|ARG).*(SECRET|TOKEN|KEY|PASSWORD)=", line)
    for service in yaml.safe_load(read("compose.yaml"))["services"].values():
        given = service.get("environment", {})
        assert not [name for name in given if re.search("SECRET$|DATABASE$|INBOX$|TOKEN|PASSWORD$", name)]


def test_image_is_not_root_and_writes_to_its_volume_alone() -> None:
    last = read("Dockerfile").rpartition("\nFROM ")[2]
    assert "\nUSER 10001:10001\n" in last and "\nVOLUME /data\n" in last and "\nHEALTHCHECK " in last
    assert "STILLNIGHT_DATA_DIR=/data" in last


@pytest.mark.parametrize("name", ["server", "worker"])
def test_services_of_compose_are_locked_in(name: str) -> None:
    service = yaml.safe_load(read("compose.yaml"))["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["environment"][FOLDER] == "/run/secrets"
    assert "ports" not in service


def test_compose_has_a_file_for_every_secret() -> None:
    whole, more = (yaml.safe_load(read(name)) for name in ("compose.yaml", "compose.whatsapp.yaml"))
    made = {**whole["secrets"], **more["secrets"]}
    for services in (whole["services"], more["services"]):
        for service in services.values():
            assert set(service.get("secrets", ())) <= set(made)
    fields = {f"stillnight_{name}" for name in Settings.__fields__}
    named = {name for name in made if name.startswith("stillnight_") and "whatsapp" not in name}
    assert named <= fields


@pytest.mark.parametrize("deployment", deployments(), ids=lambda each: str(each["metadata"]["name"]))
def test_pods_are_locked_in_and_probed(deployment: dict[str, Any]) -> None:
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["automountServiceAccountToken"] is False
    own = container["securityContext"]
    assert own["readOnlyRootFilesystem"] is True and own["allowPrivilegeEscalation"] is False
    assert own["capabilities"] == {"drop": ["ALL"]}
    mounted = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    assert {"/tmp", "/data"} <= set(mounted) and set(mounted.values()) == {each["name"] for each in pod["volumes"]}
    assert container["resources"]["limits"]["memory"] and container["livenessProbe"]
    if container["name"] == "server":
        assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
        assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
        assert container["lifecycle"]["preStop"]
        assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_selectors_find_what_they_are_for() -> None:
    labels = [each["spec"]["template"]["metadata"]["labels"] for each in deployments()]
    for name in MANIFESTS:
        for each in manifests(name):
            if each["kind"] in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
                chosen = each["spec"].get("selector") or each["spec"]["podSelector"]
                wanted = chosen.get("matchLabels", chosen)
                assert any(wanted.items() <= given.items() for given in labels), each["metadata"]["name"]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
def test_kustomization_is_built() -> None:
    built = subprocess.run(["kubectl", "kustomize", str(DEPLOY / "kubernetes")], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    made = list(yaml.safe_load_all(built.stdout))
    assert {each["metadata"]["namespace"] for each in made} == {"stillnight"}
    (config,) = (each["metadata"]["name"] for each in made if each["kind"] == "ConfigMap")
    (server,) = (each for each in made if each["kind"] == "Deployment")
    (container,) = server["spec"]["template"]["spec"]["containers"]
    assert container["envFrom"] == [{"configMapRef": {"name": config}}]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units_and_finds_them_safe(tmp_path: Path) -> None:
    files = []
    for name in UNITS:
        text = read(f"systemd/{name}")
        program = "/opt/stillnight/.venv/bin/stillnight"
        assert f"ExecStart={program} " in text
        # It wants the program to be there.
        files.append(tmp_path / name.replace("@", "@5005"))
        files[-1].write_text(text.replace(f"ExecStart={program}", "ExecStart=/bin/true"), encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)
    ours = [line for line in checked.stderr.splitlines() if "stillnight" in line]
    assert checked.returncode == 0 and not ours, checked.stderr
    for file in files:
        rated = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(file)],
            capture_output=True,
            text=True,
        )
        assert rated.returncode == 0, rated.stdout[-300:]


def test_sizes_that_nginx_lets_through_are_no_less_than_the_server_takes() -> None:
    found = re.findall(r"client_max_body_size (\d+)([km]);", read("nginx.conf"))
    sizes = [int(number) * {"k": 1024, "m": 1024**2}[unit] for number, unit in found]
    for size, most in zip(sizes, (BODY_MAX, DELIVERY_MAX), strict=True):
        assert most <= size <= 1.1 * most
