package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.util.List;
import java.util.Optional;

/**
 * What an image classifier's own graph doesn't tell; each is empty where nobody said.
 *
 * @param layout the order of the axes of its input
 * @param order the order of its channels
 * @param range what 0 and 255 become before mean and std, two numbers
 * @param mean what is taken away then, for each channel
 * @param std what is divided by then, for each channel
 * @param taps the tensors that make the embedding, or {@value MobileNetV2#NAME}
 * @param inputSize H and W, pixels
 */
record ClassifierOptions(
        Optional<Layout> layout,
        Optional<ChannelOrder> order,
        Optional<List<Double>> range,
        Optional<List<Double>> mean,
        Optional<List<Double>> std,
        Optional<List<String>> taps,
        Optional<Integer> inputSize) {
    private static final List<Double> UNIT_RANGE = List.of(0.0, 1.0);

    /** Nothing said. */
    static final ClassifierOptions NONE = new ClassifierOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** These, and from {@code other} what these don't say. Range, mean and std go together. */
    ClassifierOptions orElse(ClassifierOptions other) {
        boolean normalised = isNormalisationKnown();
        return new ClassifierOptions(
                layout.or(other::layout),
                order.or(other::order),
                normalised ? range : other.range(),
                normalised ? mean : other.mean(),
                normalised ? std : other.std(),
                taps.or(other::taps),
                inputSize.or(other::inputSize));
    }

    /** What a picture must be for this input. */
    PixelFormat pixels(ImageInput input) {
        Layout axes = axes(input);
        ChannelOrder channels = order.orElse(ChannelOrder.RGB);
        if (input.type() == DataType.UINT8) {
            if (isNormalisationKnown()) {
                throw new BackboneException("it takes the pixels as they are (its input " + input.name()
                        + " is uint8), so headwater.backbone.mean, .std and .range must not be set");
            }
            return PixelFormat.of(axes, channels, 0, 255, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        }
        if (!isNormalisationKnown()) {
            throw new BackboneException("neither its metadata nor the configuration says how pixels are normalised; set"
                    + " headwater.backbone.mean and headwater.backbone.std (PyTorch's ImageNet models:"
                    + " 0.485,0.456,0.406 and 0.229,0.224,0.225), or headwater.backbone.range (many of TensorFlow's:"
                    + " -1,1; pixels as they are: 0,255)");
        }
        List<Double> scale = range.orElse(UNIT_RANGE);
        return PixelFormat.of(
                axes,
                channels,
                scale.get(0),
                scale.get(1),
                mean.orElse(List.of(0.0, 0.0, 0.0)),
                std.orElse(List.of(1.0, 1.0, 1.0)));
    }

    private Layout axes(ImageInput input) {
        if (input.layout().isPresent() && layout.isPresent() && !layout.equals(input.layout())) {
            throw new BackboneException("its input " + input.name() + " is declared in the layout "
                    + lower(input.layout().get()) + ", but headwater.backbone.layout is "
                    + lower(layout.get()) + "; leave it out");
        }
        return layout.or(input::layout)
                .orElseThrow(() -> new BackboneException("it doesn't say whether its input " + input.name()
                        + " is [N, 3, H, W] or [N, H, W, 3]; set headwater.backbone.layout to nchw or nhwc"));
    }

    private boolean isNormalisationKnown() {
        return range.isPresent() || mean.isPresent() || std.isPresent();
    }

    private static String lower(Layout layout) {
        return layout == Layout.NCHW ? "nchw" : "nhwc";
    }
}
