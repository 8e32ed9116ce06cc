"""Writes small .pth files in both of the layouts that torch.save has had, without PyTorch."""

import io
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np


class _Named:
    """Pickles as a name that only PyTorch can resolve."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class _TorchPickler(pickle._Pickler):
    """Writes arrays as torch.save does: storages by persistent id, tensors rebuilt from them."""

    def __init__(self, file: io.BytesIO, storages: list[bytes]) -> None:
        super().__init__(file, protocol=2)
        self._storages = storages

    def save(self, obj: object, save_persistent_id: bool = True) -> None:
        if isinstance(obj, _Named):
            self.write(pickle.GLOBAL + f"{obj.module}\n{obj.name}\n".encode())
        elif isinstance(obj, np.ndarray):
            self._storages.append(obj.tobytes())
            storage = ("storage", _Named("torch", "FloatStorage"), str(len(self._storages) - 1), "cpu", obj.size)
            strides = tuple(s // obj.itemsize for s in obj.strides)
            self.save(_Named("torch._utils", "_rebuild_tensor_v2"))
            self.write(pickle.MARK)
            self.save(storage)
            self.write(pickle.BINPERSID)
            for part in (0, obj.shape, strides, False, OrderedDict()):
                self.save(part)
            self.write(pickle.TUPLE + pickle.REDUCE)
        else:
            super().save(obj, save_persistent_id)


def _pickled(state: dict[str, np.ndarray]) -> tuple[bytes, list[bytes]]:
    storages: list[bytes] = []
    file = io.BytesIO()
    _TorchPickler(file, storages).dump(OrderedDict(state))
    return file.getvalue(), storages


def write_zip(path: Path, state: dict[str, np.ndarray]) -> None:
    """PyTorch 1.6 and later."""
    data, storages = _pickled(state)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", data)
        for number, values in enumerate(storages):
            archive.writestr(f"archive/data/{number}", values)


def write_stream(path: Path, state: dict[str, np.ndarray]) -> None:
    """Before PyTorch 1.6. All arrays are float32."""
    data, storages = _pickled(state)
    with path.open("wb") as file:
        for part in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}):
            pickle.dump(part, file, 2)
        file.write(data)
        pickle.dump([str(number) for number in range(len(storages))], file, 2)
        for values in storages:
            file.write((len(values) // 4).to_bytes(8, "little") + values)
