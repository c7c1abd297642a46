package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The input of an image classifier, as the file declares it.
 *
 * @param name of the tensor
 * @param type of its numbers: float32, float16 or uint8
 * @param layout the order of its axes, where the declared shape tells
 * @param side H and W, where the declared shape tells
 */
record ImageInput(String name, DataType type, Optional<Layout> layout, OptionalInt side) {
    private static final Set<DataType> TYPES = Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.UINT8);
    private static final int AXES = 4;
    private static final int CHANNELS = 3;

    /**
     * The one input of {@code graph}.
     *
     * @throws BackboneException if it takes anything but one batch of colour pictures; the message begins with "it"
     */
    static ImageInput of(TensorGraph graph) {
        List<ValueInfoProto> inputs = graph.inputs();
        if (inputs.size() != 1) {
            throw new BackboneException("it has " + inputs.size() + " inputs "
                    + inputs.stream().map(ValueInfoProto::getName).toList()
                    + ", but an image classifier has one, the image");
        }
        ValueInfoProto input = inputs.get(0);
        TypeProto.Tensor tensor = input.getType().getTensorType();
        DataType type = Optional.ofNullable(DataType.forNumber(tensor.getElemType()))
                .filter(TYPES::contains)
                .orElseThrow(() -> new BackboneException("its input " + input.getName() + " is of the type "
                        + DataType.forNumber(tensor.getElemType()) + ", but must be float32, float16 or uint8"));
        if (!tensor.hasShape()) {
            return new ImageInput(input.getName(), type, Optional.empty(), OptionalInt.empty());
        }
        return of(input.getName(), type, tensor.getShape());
    }

    private static ImageInput of(String name, DataType type, TensorShapeProto shape) {
        List<Long> sizes = shape.getDimList().stream()
                .map(dimension -> Math.max(0, dimension.getDimValue()))
                .toList();
        if (sizes.size() != AXES) {
            throw new BackboneException("its input " + name + " has " + sizes.size()
                    + " axes, but a batch of images has 4: [N, 3, H, W] or [N, H, W, 3]");
        }
        Optional<Layout> layout = sizes.get(1) == CHANNELS
                ? Optional.of(Layout.NCHW)
                : Optional.of(Layout.NHWC).filter(nhwc -> sizes.get(AXES - 1) == CHANNELS);
        if (layout.isEmpty() && sizes.get(1) != 0 && sizes.get(AXES - 1) != 0) {
            throw new BackboneException("its input " + name + " is " + sizes
                    + ", but a colour image has 3 channels: [N, 3, H, W] or" + " [N, H, W, 3]");
        }
        long height = layout.isEmpty() ? 0 : sizes.get(layout.get() == Layout.NCHW ? 2 : 1);
        long width = layout.isEmpty() ? 0 : sizes.get(layout.get() == Layout.NCHW ? 3 : 2);
        if (height != 0 && width != 0 && height != width) {
            throw new BackboneException("it takes images of " + width + " x " + height
                    + " pixels, but pictures are made square here; export it with free height and width");
        }
        int side = (int) Math.max(height, width);
        return new ImageInput(name, type, layout, side == 0 ? OptionalInt.empty() : OptionalInt.of(side));
    }
}
