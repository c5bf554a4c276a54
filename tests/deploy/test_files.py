"""The files of deploy/ and .github/: valid by the published schemas, and in agreement with the
service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.processes import PATIENCE, ROOT, free_port
from weather.core.service_settings import ServiceSettings
from weather.settings import Settings, settings

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
COMPOSE = DEPLOY / "compose.yaml"
UNIT = DEPLOY / "systemd" / "weather.service"
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
VARIABLES = {setting.variable for setting in settings()}


def run(*command: str | Path, **options: Any) -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def validators() -> Path:
    folder = os.environ.get("TEST_VALIDATORS")
    if not folder:
        pytest.skip("TEST_VALIDATORS is not set (see tests/fetch_validators)")
    return Path(folder)


def loaded(path: Path, validators: Path) -> list[dict[str, Any]]:
    """The documents of a YAML file, by the validators' own library."""
    code = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))"
    documents: list[dict[str, Any]] = json.loads(run(validators / "python", "-c", code, path))
    return documents


def resources(validators: Path) -> list[dict[str, Any]]:
    files = sorted(path for path in KUBERNETES.glob("*.yaml") if path.stem != "kustomization")
    return [document for path in files for document in loaded(path, validators)]


def test_the_kubernetes_resources_are_valid(validators: Path) -> None:
    files = [path for path in KUBERNETES.glob("*.yaml") if path.stem != "kustomization"]
    for version in ("1.32.0", "1.37.0"):
        run(validators / "kubernetes-validate", "--strict", "-k", version, *files)


def test_the_kustomization_has_every_file_and_renders(validators: Path, tmp_path: Path) -> None:
    (kustomization,) = loaded(KUBERNETES / "kustomization.yaml", validators)
    files = {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(kustomization["resources"]) == files
    if kubectl := shutil.which("kubectl"):
        rendered = tmp_path / "rendered.yaml"
        rendered.write_text(run(kubectl, "kustomize", KUBERNETES))
        run(validators / "kubernetes-validate", "--strict", rendered)


def test_pods_meet_the_restricted_standard(validators: Path) -> None:
    """kubernetes.io/docs/concepts/security/pod-security-standards"""
    deployments = [each for each in resources(validators) if each["kind"] == "Deployment"]
    assert {each["metadata"]["name"] for each in deployments} == {"weather", "valkey"}
    for deployment in deployments:
        pod = deployment["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not pod.get("volumes")
        for container in pod["containers"]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert context["readOnlyRootFilesystem"] is True
            assert container["resources"]["limits"]["memory"]


def test_the_resources_select_each_other(validators: Path) -> None:
    found = {
        (each["kind"], each["metadata"]["name"]): each["spec"]
        for each in resources(validators)
        if "spec" in each
    }
    pod = found["Deployment", "weather"]["template"]
    labels = pod["metadata"]["labels"]
    ports = {port["name"]: port["containerPort"] for port in pod["spec"]["containers"][0]["ports"]}
    assert found["Service", "weather"]["selector"] == labels
    assert found["Service", "weather"]["ports"][0]["targetPort"] in ports
    assert found["PodDisruptionBudget", "weather"]["selector"]["matchLabels"] == labels
    assert found["NetworkPolicy", "weather"]["podSelector"]["matchLabels"] == labels
    assert found["HorizontalPodAutoscaler", "weather"]["scaleTargetRef"]["name"] == "weather"
    assert "replicas" not in found["Deployment", "weather"]
    grace = pod["spec"]["terminationGracePeriodSeconds"]
    pause = pod["spec"]["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert grace > pause + ServiceSettings().graceful_timeout
    allowed = {port["port"] for rule in found["NetworkPolicy", "weather"]["ingress"]
               for port in rule["ports"]}  # fmt: skip
    assert allowed == set(ports.values())


def test_the_compose_file_is_valid(validators: Path) -> None:
    run(validators / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)


def test_the_compose_file_has_as_many_replicas_as_nginx_has_servers(validators: Path) -> None:
    (compose,) = loaded(COMPOSE, validators)
    replicas = {name for name in compose["services"] if name.startswith("weather-")}
    nginx = (DEPLOY / "nginx" / "weather.conf").read_text()
    caddy = (DEPLOY / "caddy" / "Caddyfile").read_text()
    assert set(re.findall(r"server (weather-\d):8000", nginx)) == replicas
    assert set(re.findall(r"(weather-\d):8000", caddy)) == replicas
    for name in replicas:
        service = compose["services"][name]
        assert f"packaging/build legendary {service['image']}\n" in COMPOSE.read_text()
        assert service["pull_policy"] == "never"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_every_setting_in_the_files_exists_and_has_a_usable_value(validators: Path) -> None:
    (compose,) = loaded(COMPOSE, validators)
    (kustomization,) = loaded(KUBERNETES / "kustomization.yaml", validators)
    environments = [
        {name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", str(value))
         for name, value in compose["services"]["weather-1"]["environment"].items()},
        dict(text.split("=", 1) for text in kustomization["configMapGenerator"][0]["literals"]),
    ]  # fmt: skip
    for environment in environments:
        assert environment.keys() <= VARIABLES
        Settings.from_environment(environment)


def test_the_workflow_is_valid_and_builds_every_image(validators: Path) -> None:
    run(validators / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW)
    levels = {path.suffix[1:] for path in ROOT.glob("Dockerfile.*")}
    (workflow,) = loaded(WORKFLOW, validators)
    matrix = workflow["jobs"]["images"]["strategy"]["matrix"]
    assert set(matrix["level"]) == levels
    assert len(matrix["runner"]) == 2


def systemd_analyze(*arguments: str | Path) -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed (Debian: systemd)")
    return run(program, *arguments)


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "weather"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "weather.service"
    unit.write_text(UNIT.read_text().replace("/opt/weather/bin/weather", str(program)))
    systemd_analyze("verify", "--man=no", unit)


def test_the_unit_is_hardened() -> None:
    """systemd's own exposure, from 0 to 10: a unit without hardening has 9.6."""
    text = systemd_analyze("security", "--offline=true", "--threshold=15", UNIT)
    assert "OK" in text


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    """With hosts and paths of this machine."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    text = (DEPLOY / "nginx" / "weather.conf").read_text()
    text = re.sub(r"weather-\d:8000", "127.0.0.1:8000", text)
    text = text.replace("/var/cache/nginx/weather", str(tmp_path / "cache"))
    text = text.replace("listen 8080", f"listen 127.0.0.1:{free_port()}")
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; client_body_temp_path "
        f"{tmp_path}/a; proxy_temp_path {tmp_path}/b; fastcgi_temp_path {tmp_path}/c; "
        f"uwsgi_temp_path {tmp_path}/d; scgi_temp_path {tmp_path}/e; {text} }}"
    )
    run(program, "-t", "-e", tmp_path / "error", "-p", tmp_path, "-c", configuration)


def test_caddy_accepts_its_configuration() -> None:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("caddy is not installed (Debian: caddy)")
    adapted = json.loads(run(program, "adapt", "--config", DEPLOY / "caddy" / "Caddyfile"))
    assert "weather-3:8000" in json.dumps(adapted)
