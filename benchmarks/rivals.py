"""Two linters side by side, where they are installed: textlint with a 300-term dictionary, and proselint.

Each is timed inside its own runtime, warm, so that starting it is not counted.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

_KNOWLEDGE = Path(__file__).parent.parent / "review_service" / "knowledge" / "lexicons" / "misspellings.yaml"
_TERMS = 300
_SCRIPT = """
const { createLinter, loadTextlintrc } = require("textlint");
const { TextlintKernelDescriptor } = require("@textlint/kernel");
const text = require("@textlint/textlint-plugin-text").default;
const terms = require("textlint-rule-terminology");
const fs = require("fs");
(async () => {
  const words = JSON.parse(fs.readFileSync("terms.json"));
  const body = fs.readFileSync("body.txt", "utf8");
  const descriptor = new TextlintKernelDescriptor({
    rules: [{ ruleId: "terminology", rule: terms.default || terms, options: { defaultTerms: false, terms: words } }],
    plugins: [{ pluginId: "text", plugin: text }], filterRules: [],
  });
  const linter = createLinter({ descriptor });
  const times = [];
  for (let n = 0; n < Number(process.argv[2]); n++) {
    const start = process.hrtime.bigint();
    await linter.lintText(body, "body.txt");
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log(times[Math.floor(times.length / 2)]);
})();
"""


def textlint(body: str, rounds: int) -> float | str:
    """Return the median milliseconds of textlint on `body`, or why it was not measured."""
    if shutil.which("npm") is None:
        return "npm is not installed"
    entries = yaml.safe_load(_KNOWLEDGE.read_text(encoding="utf-8"))["entries"]
    terms = [[entry["phrase"], entry["replace"][0]] for entry in entries if isinstance(entry, dict)][:_TERMS]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        packages = [
            "textlint@14",
            "@textlint/kernel@14",
            "@textlint/textlint-plugin-text@14",
            "textlint-rule-terminology@5",
        ]
        installed = subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages],
            cwd=place,
            capture_output=True,
            check=False,
        )
        if installed.returncode:
            return "textlint could not be installed"
        (place / "terms.json").write_text(json.dumps(terms), encoding="utf-8")
        (place / "body.txt").write_text(body, encoding="utf-8")
        (place / "run.js").write_text(_SCRIPT, encoding="utf-8")
        done = subprocess.run(
            ["node", "run.js", str(rounds)], cwd=place, capture_output=True, text=True, check=False, timeout=600
        )
    return float(done.stdout) if done.returncode == 0 else f"textlint failed: {done.stderr.strip()[-200:]}"


def proselint(body: str, rounds: int) -> float | str:
    """Return the median milliseconds of proselint on `body`, or why it was not measured."""
    if importlib.util.find_spec("proselint") is None:
        return "proselint is not installed"
    lint = _proselint()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        lint(body)
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)[len(times) // 2]


def _proselint() -> Any:
    from proselint.tools import LintFile  # type: ignore[import-not-found]

    return lambda body: LintFile(content=body, source="body").lint()
