"""Opens a model with Debian's python3-onnx and computes it again, without ONNX Runtime.

usage: check_model.py MODEL IMAGES OUT

MODEL   model.onnx: image uint8 [N, S, S, 3] to probabilities [N, C] and embedding [N, D]
IMAGES  N * S * S * 3 bytes
OUT     where the probabilities and then the embeddings are written, float32, little endian

The model is checked (onnx.checker, with shape inference, strict), and then run: by onnx's reference evaluator where this
onnx has one (1.13 and later), else by the few operators below in NumPy, written from the text of the ONNX operator set. Where
there is OpenCV (Debian's python3-opencv), its dnn module runs the model too, and must give the same.
"""

import sys

import numpy as np
import onnx
from onnx import checker, numpy_helper, shape_inference


def conv(x, w, b=None, group=1, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), auto_pad=b"NOTSET", kernel_shape=None):
    if tuple(dilations) != (1, 1):
        raise NotImplementedError("dilations")
    height, width = w.shape[2:]
    pads = list(pads)
    if auto_pad in (b"SAME_UPPER", b"SAME_LOWER"):
        for axis, size in enumerate((height, width)):
            steps = -(-x.shape[2 + axis] // strides[axis])
            total = max((steps - 1) * strides[axis] + size - x.shape[2 + axis], 0)
            less, more = total // 2, total - total // 2
            pads[axis], pads[2 + axis] = (less, more) if auto_pad == b"SAME_UPPER" else (more, less)
    elif auto_pad not in (b"NOTSET", b"VALID"):
        raise NotImplementedError(auto_pad)
    x = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    windows = np.lib.stride_tricks.sliding_window_view(x, (height, width), axis=(2, 3))
    windows = windows[:, :, :: strides[0], :: strides[1]]
    n, channels, rows, columns = windows.shape[:4]
    outputs = w.shape[0]
    if group == channels and w.shape[1] == 1:
        y = np.einsum("nchwij,cij->nchw", windows, w[:, 0], optimize=True)
    elif group == 1:
        flat = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, -1)
        y = (flat @ w.reshape(outputs, -1).T).reshape(n, rows, columns, outputs).transpose(0, 3, 1, 2)
    else:
        raise NotImplementedError("groups")
    return y if b is None else y + b.reshape(1, -1, 1, 1)


def gemm(a, b, c=None, alpha=1.0, beta=1.0, transA=0, transB=0):
    y = alpha * ((a.T if transA else a) @ (b.T if transB else b))
    return y if c is None else y + beta * c


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def batch_normalization(x, scale, bias, mean, variance, epsilon=1e-5, momentum=0.9, training_mode=0):
    one = lambda v: v.reshape(1, -1, 1, 1)
    return (x - one(mean)) / np.sqrt(one(variance) + np.float32(epsilon)) * one(scale) + one(bias)


def clip(x, low=None, high=None):
    return np.clip(x, -np.inf if low is None else low, np.inf if high is None else high)


OPERATORS = {
    "Add": lambda a, b: a + b,
    "BatchNormalization": batch_normalization,
    "Cast": lambda x, to: x.astype(onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[to]),
    "Clip": clip,
    "Concat": lambda *xs, axis: np.concatenate(xs, axis=axis),
    "Conv": conv,
    "Div": lambda a, b: a / b,
    "Flatten": lambda x, axis=1: x.reshape(int(np.prod(x.shape[:axis])), -1),
    "Gemm": gemm,
    "GlobalAveragePool": lambda x: x.mean(axis=(2, 3), keepdims=True),
    "Identity": lambda x: x,
    "Mul": lambda a, b: a * b,
    "Relu": lambda x: np.maximum(x, 0),
    "Softmax": softmax,
    "Sub": lambda a, b: a - b,
    "Transpose": lambda x, perm: x.transpose(perm),
}


def run(model, image):
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    values[model.graph.input[0].name] = image
    for node in model.graph.node:
        inputs = [values[name] if name else None for name in node.input]
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type == "Constant":
            values[node.output[0]] = numpy_helper.to_array(attributes["value"])
            continue
        values[node.output[0]] = OPERATORS[node.op_type](*inputs, **attributes)
    return [values[output.name] for output in model.graph.output]


def for_opencv(model):
    """The same graph in the older spelling that OpenCV 4.6 reads: bounds of Clip as attributes, Gemm with transB, fixed N."""
    adapted = onnx.ModelProto()
    adapted.CopyFrom(model)
    tensors = {tensor.name: tensor for tensor in adapted.graph.initializer}
    for node in adapted.graph.node:
        if node.op_type == "Clip":
            bounds = [float(numpy_helper.to_array(tensors[name])) for name in node.input[1:]]
            del node.input[1:]
            node.attribute.extend(onnx.helper.make_attribute(k, v) for k, v in zip(("min", "max"), bounds))
        elif node.op_type == "Gemm":
            weights = tensors[node.input[1]]
            turned = np.ascontiguousarray(numpy_helper.to_array(weights).T)
            weights.CopyFrom(numpy_helper.from_array(turned, weights.name))
            node.attribute.append(onnx.helper.make_attribute("transB", 1))
    image = adapted.graph.input[0].type.tensor_type
    image.elem_type = onnx.TensorProto.FLOAT
    image.shape.dim[0].Clear()
    image.shape.dim[0].dim_value = 1
    return adapted.SerializeToString()


def run_in_opencv(cv2, model, image, names):
    net = cv2.dnn.readNetFromONNX(for_opencv(model))
    answers = []
    for one in image:
        net.setInput(one[np.newaxis].astype(np.float32), model.graph.input[0].name)
        answers.append([answer.copy() for answer in net.forward(names)])
    return {name: np.concatenate([answer[i] for answer in answers]) for i, name in enumerate(names)}


def main(path, images, out):
    model = onnx.load(path)
    checker.check_model(path, full_check=True)
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    shapes = {
        output.name: [d.dim_param or d.dim_value for d in output.type.tensor_type.shape.dim]
        for output in inferred.graph.output
    }
    size = model.graph.input[0].type.tensor_type.shape.dim[1].dim_value
    image = np.fromfile(images, dtype=np.uint8).reshape(-1, size, size, 3)
    try:
        from onnx.reference import ReferenceEvaluator

        runtime = "onnx.reference " + onnx.__version__
        answers = ReferenceEvaluator(model).run(None, {model.graph.input[0].name: image})
    except ImportError:
        runtime = "numpy " + np.__version__
        answers = run(model, image)
    outputs = dict(zip((output.name for output in model.graph.output), answers))
    for name, shape in shapes.items():
        assert outputs[name].shape[1] == shape[1], (name, outputs[name].shape, shape)
    with open(out, "wb") as file:
        for name in ("probabilities", "embedding"):
            file.write(outputs[name].astype("<f4").tobytes())
    try:
        import cv2
    except ImportError:
        pass
    else:
        tolerances = {"probabilities": 1e-5, "embedding": 1e-3}
        for name, answer in run_in_opencv(cv2, model, image, list(tolerances)).items():
            difference = float(np.abs(answer - outputs[name]).max())
            assert difference <= tolerances[name], (name, "in OpenCV differs by", difference)
        runtime += " and OpenCV " + cv2.__version__
    print("checked with onnx", onnx.__version__, "and run with", runtime)


main(*sys.argv[1:])
