"""Training the theme classifier: corpus, fitting, evaluation."""
