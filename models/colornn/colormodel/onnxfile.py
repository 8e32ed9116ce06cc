"""Reads the tensors of an ONNX file without ONNX: the few messages of its protocol buffers that hold them.

The layout is ONNX's own (onnx.proto3): a model's field 7 is its graph, a graph's field 5 an initializer; of that, 1 are
the dimensions, 2 the type, 8 the name and 9 the values, little-endian.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

_GRAPH, _INITIALIZER = 7, 5
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9
_TYPES = {1: np.float32, 7: np.int64, 10: np.float16, 11: np.float64}


def _number(data: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the least first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of a message, in order: their number, and a number or the bytes that they hold."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            length, at = _number(data, at)
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise ValueError("not an ONNX file")
        if at + length > len(data):
            raise ValueError("the file is cut off")
        yield key >> 3, data[at : at + length]
        at += length


def _numbers(value: int | memoryview) -> list[int]:
    """A repeated number, written one by one or packed."""
    if isinstance(value, int):
        return [value]
    found, at = [], 0
    while at < len(value):
        number, at = _number(value, at)
        found.append(number)
    return found


def _tensor(message: memoryview) -> tuple[str, np.ndarray | None]:
    """An initializer's name and values; no values where they are of another type or not held as plain bytes."""
    dims, kind, name, raw = [], 0, "", None
    for field, value in _fields(message):
        if field == _DIMS:
            dims += _numbers(value)
        elif field == _TYPE:
            kind = value
        elif field == _NAME:
            name = bytes(value).decode()
        elif field == _RAW:
            raw = value
    if raw is None or kind not in _TYPES:
        return name, None
    return name, np.frombuffer(raw, np.dtype(_TYPES[kind]).newbyteorder("<")).reshape(dims)


def read_initializers(path: Path) -> dict[str, np.ndarray]:
    """The stored tensors of an ONNX model, by name. Raises ValueError where the file is none."""
    found: dict[str, np.ndarray] = {}
    try:
        for field, graph in _fields(memoryview(path.read_bytes())):
            if field != _GRAPH:
                continue
            for inner, message in _fields(graph):
                if inner == _INITIALIZER:
                    name, values = _tensor(message)
                    if values is not None:
                        found[name] = values
    except (IndexError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("not an ONNX file") from error
    return found
