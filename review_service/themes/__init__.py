"""Which of the plan's themes a draft is about, how surely, and by which words."""

from review_service.themes.model import Prediction, ThemeModel, load_model
from review_service.themes.plan import PLAN, Plan, load_plan

__all__ = ["PLAN", "Plan", "Prediction", "ThemeModel", "load_model", "load_plan"]
