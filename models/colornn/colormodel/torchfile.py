"""Reads the tensors of a PyTorch .pth file without PyTorch: both layouts that torch.save has had."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np

_STREAM_MAGIC = 0x1950A86A20F9469CFC6C

_TYPES = {"FloatStorage": np.float32, "HalfStorage": np.float16, "DoubleStorage": np.float64, "LongStorage": np.int64}


class _StorageType:
    def __init__(self, dtype: type) -> None:
        self.dtype = dtype


def _rebuild_tensor(storage: np.ndarray, offset: int, size: tuple, stride: tuple, *_: object) -> np.ndarray:
    strides = tuple(step * storage.itemsize for step in stride)
    return np.lib.stride_tricks.as_strided(storage[offset:], size, strides)


def _same(value: np.ndarray, *_: object) -> np.ndarray:
    return value


class _Unpickler(pickle.Unpickler):
    """Knows tensors, storages and dictionaries, and refuses every other name: a pickle can't run code here."""

    def __init__(self, file: IO[bytes], storage_of: Callable[[str, np.dtype, int], np.ndarray]) -> None:
        super().__init__(file)
        self._storage_of = storage_of

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
        _, kind, key, _, count, *_ = identity
        return self._storage_of(key, np.dtype(kind.dtype), count)


def _read_zip(path: Path) -> dict[str, np.ndarray]:
    """PyTorch 1.6 and later: a zip archive with one file a storage."""
    with zipfile.ZipFile(path) as archive:
        pickled = next((name for name in archive.namelist() if name.endswith("data.pkl")), None)
        if pickled is None:
            raise zipfile.BadZipFile("it has no data.pkl")
        root = pickled.rpartition("/")[0]

        def storage_of(key: str, dtype: np.dtype, _: int) -> np.ndarray:
            return np.frombuffer(archive.read(f"{root}/data/{key}"), dtype)

        return _Unpickler(io.BytesIO(archive.read(pickled)), storage_of).load()


def _read_stream(path: Path) -> dict[str, np.ndarray]:
    """Before PyTorch 1.6: five pickles one after another (the fourth is the dictionary, the fifth the storages' keys),
    then the storages, each a count of 8 bytes and its values."""
    storages: dict[str, np.ndarray] = {}

    def storage_of(key: str, dtype: np.dtype, count: int) -> np.ndarray:
        return storages.setdefault(key, np.empty(count, dtype))

    with path.open("rb") as file:
        if _Unpickler(file, storage_of).load() != _STREAM_MAGIC:
            raise pickle.UnpicklingError("it was not written by torch.save")
        _, _, state, keys = (_Unpickler(file, storage_of).load() for _ in range(4))
        for key in keys:
            file.seek(8, io.SEEK_CUR)
            file.readinto(storages[key].data)
    return state


def read_state_dict(path: Path) -> dict[str, np.ndarray]:
    """Name -> array of a file written by torch.save.

    Raises pickle.UnpicklingError or zipfile.BadZipFile for another layout and for anything but plain tensors.
    """
    state = _read_zip(path) if zipfile.is_zipfile(path) else _read_stream(path)
    return {name: np.array(value) for name, value in state.items()}
