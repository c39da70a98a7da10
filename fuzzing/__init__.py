"""Coverage-guided fuzzing: `python -m fuzzing TARGET --seconds N`.

A target is a module with a `check(text, format)` that raises when something is wrong; the tests run the same checks on
hostile drafts and under hypothesis, without the fuzzer.
"""
