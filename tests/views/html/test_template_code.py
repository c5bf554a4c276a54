"""The code of compiled templates, kept beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from weather.views.html.template_code import TemplateCode, beside


def render(folder: Path, text: str, rules: bytes = b"") -> str:
    environment = Environment(  # noqa: S701  # plain text
        loader=DictLoader({"page": text}), bytecode_cache=TemplateCode(folder, rules)
    )
    return environment.get_template("page").render(name="Oslo")


@pytest.fixture(autouse=True)
def _python_writes_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "__pycache__"


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render(folder, "{{ name }}!") == "Oslo!"
    (file,) = folder.iterdir()
    assert file.suffix == ".jinja"
    with monkeypatch.context() as patch:
        patch.delattr(Environment, "_compile")
        assert render(folder, "{{ name }}!") == "Oslo!"


def test_a_template_that_has_changed_is_compiled_again(folder: Path) -> None:
    assert render(folder, "{{ name }}!") == "Oslo!"
    assert render(folder, "{{ name }}?") == "Oslo?"
    assert len(list(folder.iterdir())) == 1


def test_a_template_is_compiled_again_with_another_extension(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render(folder, "{{ name }}!", b"one")
    with monkeypatch.context() as patch:
        patch.delattr(Environment, "_compile")
        with pytest.raises(AttributeError):
            render(folder, "{{ name }}!", b"another")


@pytest.mark.parametrize("content", [b"", b"garbage", b"j2" * 100])
def test_damaged_code_is_replaced(folder: Path, content: bytes) -> None:
    render(folder, "{{ name }}!")
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert render(folder, "{{ name }}!") == "Oslo!"
    assert file.read_bytes() != content


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    obstacle = tmp_path / "file"
    obstacle.touch()
    assert render(obstacle / "__pycache__", "{{ name }}!") == "Oslo!"


def test_nothing_is_written_where_python_writes_no_bytecode(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert render(folder, "{{ name }}!") == "Oslo!"
    assert not folder.exists()


def test_a_module_without_a_file_has_no_folder_for_code() -> None:
    assert beside(None, "short_forms") is None
