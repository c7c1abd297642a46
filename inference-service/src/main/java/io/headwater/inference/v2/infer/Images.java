package io.headwater.inference.v2.infer;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import io.headwater.inference.v2.model.ModelMetadata;
import io.headwater.inference.v2.protocol.InputTensor;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The images of a request. */
sealed interface Images {
    /** How many, at least one. */
    int count();

    /**
     * Decoded already.
     *
     * @param pixels uint8 {@code [count, size, size, 3]} RGB, direct
     * @param imageBytes of one of them
     */
    record Pixels(int count, ByteBuffer pixels, int imageBytes) implements Images {
        /** One image, direct, native order. */
        ByteBuffer of(int index) {
            return pixels.slice(pixels.position() + index * imageBytes, imageBytes)
                    .order(ByteOrder.nativeOrder());
        }
    }

    /** JPEGs. */
    record Encoded(List<byte[]> jpegs) implements Images {
        @Override
        public int count() {
            return jpegs.size();
        }
    }

    /**
     * Takes the images out of an input.
     *
     * @param size H and W that the backbone wants
     * @param most images
     * @throws ProtocolException if the input is not the model's, or contradicts itself
     */
    static Images of(InputTensor input, int size, int most) throws ProtocolException {
        if (!ModelMetadata.IMAGE.equals(input.name())) {
            throw badRequest("there is no input " + input.name() + "; the model has one, " + ModelMetadata.IMAGE);
        }
        return switch (input.datatype()) {
            case "UINT8" -> pixels(input, size, most);
            case "BYTES" -> encoded(input, most);
            default ->
                throw badRequest("input " + ModelMetadata.IMAGE + " has datatype " + input.datatype()
                        + ", but takes UINT8 (pixels) or BYTES (JPEG files)");
        };
    }

    /**
     * Takes a body without a JSON object for pixels.
     *
     * @param pixels direct
     * @param size H and W that the backbone wants
     * @param most images
     */
    static Images raw(ByteBuffer pixels, int size, int most) throws ProtocolException {
        int imageBytes = size * size * 3;
        int count = pixels.remaining() / imageBytes;
        if (count == 0 || pixels.remaining() % imageBytes != 0) {
            throw badRequest("the body has " + pixels.remaining() + " bytes, but images of " + size + " x " + size
                    + " pixels have " + imageBytes + " each");
        }
        return new Pixels(atMost(count, most), pixels, imageBytes);
    }

    private static Images pixels(InputTensor input, int size, int most) throws ProtocolException {
        List<Long> shape = input.shape();
        if (shape.size() != 4 || shape.get(1) != size || shape.get(2) != size || shape.get(3) != 3) {
            throw badRequest("input image has shape " + text(shape) + ", but takes [N," + size + "," + size
                    + ",3]; send JPEGs as BYTES to have them resized");
        }
        int count = atMost(shape.get(0), most);
        ByteBuffer bytes = bytes(input.data());
        int imageBytes = size * size * 3;
        if (bytes.remaining() != (long) count * imageBytes) {
            throw badRequest("input image has " + bytes.remaining() + " numbers, but shape " + text(shape) + " takes "
                    + (long) count * imageBytes);
        }
        return new Pixels(count, bytes, imageBytes);
    }

    private static ByteBuffer bytes(TensorData data) throws ProtocolException {
        if (data instanceof TensorData.Binary binary) {
            return binary.bytes();
        }
        if (data instanceof TensorData.Numbers numbers) {
            if (numbers.notAByte().isPresent()) {
                throw badRequest("input image has datatype UINT8, but holds "
                        + numbers.notAByte().get());
            }
            return numbers.bytes();
        }
        throw badRequest("input image has datatype UINT8, but holds strings");
    }

    private static Images encoded(InputTensor input, int most) throws ProtocolException {
        List<Long> shape = input.shape();
        if (shape.isEmpty() || shape.size() > 2 || (shape.size() == 2 && shape.get(1) != 1)) {
            throw badRequest("input image has shape " + text(shape) + ", but takes [N] or [N,1] as BYTES");
        }
        int count = atMost(shape.get(0), most);
        List<byte[]> jpegs = jpegs(input.data(), count);
        if (jpegs.size() != count) {
            throw badRequest(
                    "input image has " + jpegs.size() + " elements, but shape " + text(shape) + " takes " + count);
        }
        return new Encoded(jpegs);
    }

    private static List<byte[]> jpegs(TensorData data, int count) throws ProtocolException {
        if (data instanceof TensorData.Binary binary) {
            return elements(binary.bytes(), count);
        }
        if (data instanceof TensorData.Texts texts) {
            List<byte[]> jpegs = new ArrayList<>();
            for (String text : texts.texts()) {
                jpegs.add(base64(text));
            }
            return jpegs;
        }
        throw badRequest("input image has datatype BYTES, but holds numbers");
    }

    /** Each is a length, unsigned 32 bits, little endian, and so many bytes. */
    private static List<byte[]> elements(ByteBuffer source, int most) throws ProtocolException {
        ByteBuffer bytes = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> elements = new ArrayList<>();
        while (bytes.hasRemaining() && elements.size() <= most) {
            if (bytes.remaining() < Integer.BYTES) {
                throw badRequest("input image ends within the length of element " + elements.size());
            }
            long length = Integer.toUnsignedLong(bytes.getInt());
            if (length > bytes.remaining()) {
                throw badRequest("element " + elements.size() + " of input image is said to have " + length
                        + " bytes, but only " + bytes.remaining() + " are left");
            }
            byte[] element = new byte[(int) length];
            bytes.get(element);
            elements.add(element);
        }
        return elements;
    }

    private static byte[] base64(String text) throws ProtocolException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw badRequest("strings of input image are JPEG files in Base64, but one is not: " + e.getMessage());
        }
    }

    private static int atMost(long count, int most) throws ProtocolException {
        if (count < 1 || count > most) {
            throw badRequest("the request has " + count + " images, but must have from 1 to " + most);
        }
        return (int) count;
    }

    private static String text(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
