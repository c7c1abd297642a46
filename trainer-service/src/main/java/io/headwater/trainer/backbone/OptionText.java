package io.headwater.trainer.backbone;

import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@link ClassifierOptions} from text: from the configuration ({@code headwater.backbone.mean}) or from an ONNX file's
 * {@code metadata_props} ({@code headwater.mean}), with the same names and the same values.
 */
final class OptionText {
    private static final String METADATA = "headwater.";
    private static final int CHANNELS = 3;
    private static final int SMALLEST_INPUT = 32;
    private static final int LARGEST_INPUT = 1024;
    /** ONNX' own keys (docs/MetadataProps.md) for the range and the order of the channels. */
    private static final String NOMINAL_RANGE = "Image.NominalPixelRange";

    private static final String PIXEL_FORMAT = "Image.BitmapPixelFormat";
    private static final Map<String, String> NOMINAL_RANGES =
            Map.of("NominalRange_0_255", "0,255", "Normalized_0_1", "0,1", "Normalized_1_1", "-1,1");

    private final String prefix;
    private final Function<String, Optional<String>> values;

    /**
     * @param prefix of the keys, for people
     * @param values the value of a key, without the prefix
     */
    OptionText(String prefix, Function<String, Optional<String>> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** What a file says of itself. */
    static ClassifierOptions of(Map<String, String> metadata) {
        return new OptionText("the file's metadata headwater.", key -> Optional.ofNullable(metadata.get(METADATA + key))
                        .or(() -> standard(key, metadata)))
                .read();
    }

    private static Optional<String> standard(String key, Map<String, String> metadata) {
        boolean ours = metadata.keySet().stream().anyMatch(name -> name.startsWith(METADATA));
        return switch (key) {
            case "range" ->
                ours
                        ? Optional.empty()
                        : Optional.ofNullable(metadata.get(NOMINAL_RANGE)).map(NOMINAL_RANGES::get);
            case "channel-order" ->
                Optional.ofNullable(metadata.get(PIXEL_FORMAT))
                        .filter(format -> format.equals("Bgr8") || format.equals("Rgb8"))
                        .map(format -> format.equals("Bgr8") ? "bgr" : "rgb");
            default -> Optional.empty();
        };
    }

    /**
     * All of them.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names key, value and remedy
     */
    ClassifierOptions read() {
        return new ClassifierOptions(
                oneOf("layout", Map.of("nchw", Layout.NCHW, "nhwc", Layout.NHWC)),
                oneOf("channel-order", Map.of("rgb", ChannelOrder.RGB, "bgr", ChannelOrder.BGR)),
                range(),
                channels("mean", false),
                channels("std", true),
                value("taps").map(OptionText::split),
                inputSize());
    }

    private Optional<String> value(String key) {
        return values.apply(key).map(String::strip).filter(text -> !text.isEmpty() && !text.equals("auto"));
    }

    private <T> Optional<T> oneOf(String key, Map<String, T> choices) {
        return value(key).map(text -> Optional.ofNullable(choices.get(text))
                .orElseThrow(() -> refused(
                        key,
                        text,
                        "must be one of auto, "
                                + choices.keySet().stream().sorted().collect(Collectors.joining(", ")))));
    }

    private Optional<List<Double>> range() {
        return value("range").map(text -> {
            List<Double> range = numbers("range", text);
            if (range.size() != 2 || range.get(0) >= range.get(1)) {
                throw refused("range", text, "must be two numbers, the lower one first, such as -1,1");
            }
            return range;
        });
    }

    private Optional<List<Double>> channels(String key, boolean positive) {
        return value(key).map(text -> {
            List<Double> numbers = numbers(key, text);
            if (numbers.size() == 1) {
                numbers = List.of(numbers.get(0), numbers.get(0), numbers.get(0));
            }
            if (numbers.size() != CHANNELS || positive && numbers.stream().anyMatch(number -> number <= 0)) {
                throw refused(
                        key,
                        text,
                        "must be one number or three, in the order of the channels"
                                + (positive ? ", and all above 0" : ""));
            }
            return numbers;
        });
    }

    private Optional<Integer> inputSize() {
        return value("input-size").map(text -> {
            try {
                int size = Integer.parseInt(text);
                if (size >= SMALLEST_INPUT && size <= LARGEST_INPUT) {
                    return size;
                }
            } catch (NumberFormatException e) {
                throw refused("input-size", text, "must be from 32 to 1024 pixels");
            }
            throw refused("input-size", text, "must be from 32 to 1024 pixels");
        });
    }

    private List<Double> numbers(String key, String text) {
        try {
            List<Double> numbers = split(text).stream().map(Double::valueOf).toList();
            if (numbers.stream().allMatch(Double::isFinite)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text, "must be numbers with commas between them");
        }
        throw refused(key, text, "must be numbers with commas between them");
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private IllegalArgumentException refused(String key, String value, String rule) {
        return new IllegalArgumentException(prefix + key + " is '" + value + "', but " + rule);
    }
}
