"""Measuring colorings: metrics, reference methods and the protocols that compare them."""
