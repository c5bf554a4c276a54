"""`make sbom`: a bill of materials of each image that the engine has, in CycloneDX 1.6.

    python -m benchmarks.sbom [--folder FOLDER] [LEVEL…]

It is read from the image's file system, so it names what is inside, not what a Dockerfile wanted.
"""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import contents
from benchmarks.contents import Component
from tests.images.engine import LEVELS, ROOT, docker


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sbom", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build/sbom")
    parser.add_argument("levels", nargs="*", metavar="LEVEL", default=LEVELS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for level in options.levels:
        document = bill_of_materials(f"app:{level}")
        path = options.folder / f"{level}.cdx.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        print(f"{path}: {len(document['components'])} components")


def bill_of_materials(image: str) -> dict[str, Any]:
    """The document of an image that the engine has."""
    inspected = json.loads(docker("image", "inspect", image))[0]
    labels = inspected["Config"]["Labels"] or {}
    return document(
        contents.read(image).components,
        name=image,
        version=labels.get("org.opencontainers.image.version", ""),
        digest=inspected["Id"],
    )


def document(
    components: list[Component], *, name: str, version: str, digest: str
) -> dict[str, Any]:
    """`digest` is the image's, `sha256:…`. The serial number follows from it: one image, one
    document but for its time."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {
                "type": "container",
                "bom-ref": digest,
                "name": name,
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": digest.removeprefix("sha256:")}],
            },
        },
        "components": [_component(component) for component in components],
    }


def _component(component: Component) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": component.kind,
        "bom-ref": component.url or component.name,
        "name": component.name,
    }
    if component.version:
        entry["version"] = component.version
    if component.url:
        entry["purl"] = component.url
    if component.licence:
        entry["licenses"] = [{"license": {"name": component.licence}}]
    return entry


if __name__ == "__main__":
    main()
