"""Reads the tensors of a PyTorch .pth file without PyTorch."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np

_TYPES = {"FloatStorage": np.float32, "HalfStorage": np.float16, "DoubleStorage": np.float64, "LongStorage": np.int64}


class _StorageType:
    def __init__(self, dtype: type) -> None:
        self.dtype = dtype


def _rebuild_tensor(storage: np.ndarray, offset: int, size: tuple, stride: tuple, *_: object) -> np.ndarray:
    strides = tuple(step * storage.itemsize for step in stride)
    return np.lib.stride_tricks.as_strided(storage[offset:], size, strides).copy()


def _same(value: np.ndarray, *_: object) -> np.ndarray:
    return value


class _Unpickler(pickle.Unpickler):
    """Knows tensors, storages and dictionaries, and refuses every other name: a pickle can't run code here."""

    def __init__(self, data: bytes, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(data))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> object:
        if module == "torch" and name in _TYPES:
            return _StorageType(_TYPES[name])
        known = {
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
            ("torch._utils", "_rebuild_parameter"): _same,
            ("collections", "OrderedDict"): OrderedDict,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"it names {module}.{name}")
        return known[module, name]

    def persistent_load(self, identity: tuple) -> np.ndarray:
        _, kind, key, *_ = identity
        return np.frombuffer(self._archive.read(f"{self._root}/data/{key}"), kind.dtype)


def read_state_dict(path: Path) -> dict[str, np.ndarray]:
    """Name -> array of a file written by torch.save (the zip layout, PyTorch 1.6 and later).

    Raises zipfile.BadZipFile for another layout and pickle.UnpicklingError for anything but plain tensors.
    """
    with zipfile.ZipFile(path) as archive:
        pickled = next((name for name in archive.namelist() if name.endswith("data.pkl")), None)
        if pickled is None:
            raise zipfile.BadZipFile("it has no data.pkl")
        state = _Unpickler(archive.read(pickled), archive, pickled.rpartition("/")[0]).load()
    return dict(state)
