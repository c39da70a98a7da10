"""Reads a data file (YAML) into its model, and says which file is wrong and why.

ryaml reads, eight times as fast as PyYAML: a start reads a megabyte. It refuses a key given twice and nesting without
end. PyYAML is asked only for the line of an entry that is wrong, which ryaml does not know.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import ryaml
import yaml
from pydantic import BaseModel, ValidationError

from review_service.errors import KnowledgeError

_LINE = re.compile(r"line (\d+)")
Model = TypeVar("Model", bound=BaseModel)


def read_data(path: Path, model: type[Model]) -> Model:
    """Return the data of `path`, checked against `model`.

    Raises:
        KnowledgeError: the file is missing, not YAML (with the line), or an entry is wrong (with its place in the file).
    """
    try:
        return model.model_validate(ryaml.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}") from None
    except ryaml.InvalidYamlError as error:
        found = _LINE.search(str(error))
        raise KnowledgeError(f"{path}:{found[1] if found else '?'}: {error}") from None
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        line = _line_of(path, first["loc"])
        raise KnowledgeError(f"{path}:{line}: {place + ': ' if place else ''}{first['msg']}") from None


def _line_of(path: Path, place: tuple[int | str, ...]) -> int:
    """Return the line of a YAML file on which the entry at `place` (keys and indices) stands, or the nearest above it."""
    with path.open(encoding="utf-8") as file:
        node = yaml.compose(file, Loader=yaml.SafeLoader)
    line = 1
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(part)), None)
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line
