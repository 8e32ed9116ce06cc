"""The consistency pass: carries the colors of pinned keyframes through a shot, frame by frame."""
