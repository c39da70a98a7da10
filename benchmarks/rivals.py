"""Two linters side by side, where they are installed: textlint with a 300-term dictionary, and proselint.

Each stays loaded and reads the same text, in turn with a bare underthesea.word_tokenize call, so that neither its start
nor another machine's speed counts.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ryaml
from underthesea import word_tokenize

from benchmarks.measure import Contender, Timing, interleaved

_KNOWLEDGE = Path(__file__).parent.parent / "review_service" / "knowledge" / "lexicons" / "misspellings.yaml"
_TERMS = 300
_PACKAGES = ("textlint@15", "@textlint/kernel@15", "@textlint/textlint-plugin-text@15", "textlint-rule-terminology@5")
_SCRIPT = """
const { createLinter } = require("textlint");
const { TextlintKernelDescriptor } = require("@textlint/kernel");
const fs = require("fs");
const rule = require("textlint-rule-terminology").default;
const plugin = require("@textlint/textlint-plugin-text").default;
const options = { defaultTerms: false, terms: JSON.parse(fs.readFileSync("terms.json")) };
const descriptor = new TextlintKernelDescriptor({
  rules: [{ ruleId: "terminology", rule, options }], plugins: [{ pluginId: "text", plugin }], filterRules: [],
});
const linter = createLinter({ descriptor });
const body = fs.readFileSync("body.txt", "utf8");
require("readline").createInterface({ input: process.stdin }).on("line", async () => {
  const result = await linter.lintText(body, "body.txt");
  console.log(result.messages.length);
});
"""


class _AbsentError(Exception):
    """A rival cannot be measured here; the message says why."""


def measure(body: str, rounds: int) -> dict[str, Timing | str]:
    """Return the time of each rival on `body` and its ratio to a bare segmentation, or why it was not measured."""
    contenders: dict[str, Contender] = {"underthesea.word_tokenize": lambda _: word_tokenize(body)}
    absent: dict[str, Timing | str] = {}
    with contextlib.ExitStack() as stack:
        for name, rival in {f"textlint, {_TERMS} terms": _textlint, "proselint": _proselint}.items():
            try:
                contenders[name] = stack.enter_context(rival(body))
            except _AbsentError as reason:
                absent[name] = str(reason)
        return interleaved(contenders, rounds) | absent


@contextlib.contextmanager
def _textlint(body: str) -> Iterator[Contender]:
    """Install textlint into a folder of its own and keep it running: it lints `body` for each line it is sent."""
    if shutil.which("npm") is None:
        raise _AbsentError("npm is not installed")
    entries = ryaml.loads(_KNOWLEDGE.read_text(encoding="utf-8"))["entries"]
    terms = [[entry["phrase"], entry["replace"][0]] for entry in entries if isinstance(entry, dict)][:_TERMS]
    with tempfile.TemporaryDirectory() as folder:
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", *_PACKAGES]
        if subprocess.run(install, cwd=folder, capture_output=True, check=False).returncode:
            raise _AbsentError("textlint could not be installed")
        for name, content in {"terms.json": json.dumps(terms), "body.txt": body, "run.js": _SCRIPT}.items():
            (Path(folder) / name).write_text(content, encoding="utf-8")
        with subprocess.Popen(
            ["node", "run.js"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            yield lambda _: _answer(process)
            process.kill()


def _answer(process: subprocess.Popen[str]) -> int:
    """Ask for one run and return how many messages it gave."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    return int(process.stdout.readline())


@contextlib.contextmanager
def _proselint(body: str) -> Iterator[Contender]:
    if importlib.util.find_spec("proselint") is None:
        raise _AbsentError("proselint is not installed")
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    yield lambda _: LintFile("body", body).lint()
