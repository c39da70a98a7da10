"""Which of the plan's themes a draft is about, how surely, and by which words."""

from review_service.themes.model import Prediction, ThemeModel
from review_service.themes.plan import PLAN, Plan, load_plan
from review_service.themes.storage import load_version
from review_service.themes.versions import load_current

__all__ = ["PLAN", "Plan", "Prediction", "ThemeModel", "load_current", "load_plan", "load_version"]
