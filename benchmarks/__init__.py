"""What a review costs, measured: `python -m benchmarks`."""
