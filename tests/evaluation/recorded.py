"""Record what the service reaches on the evaluation set, below which tests/test_evaluation.py fails.

python tests/evaluation/recorded.py    writes recorded.json beside this file
"""

from __future__ import annotations

import json
from pathlib import Path

from review_service import Reviewer
from review_service.checklist.duplicates import DraftsInMemory
from review_service.evaluation import Evaluation, read_labels

HERE = Path(__file__).parent
RECORDED = HERE / "recorded.json"


def evaluate(reviewer: Reviewer) -> Evaluation:
    """Review the labelled drafts that no theme model has learnt from, in order."""
    evaluation = Evaluation()
    earlier = DraftsInMemory()
    for label in read_labels(HERE / "held_out.jsonl"):
        evaluation.add(label, reviewer.review({**label["request"], "draft_id": label["id"]}, earlier=earlier))
    return evaluation


if __name__ == "__main__":
    figures = {code: round(tally.f1, 4) for code, tally in sorted(evaluate(Reviewer.load()).codes.items())}
    RECORDED.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
