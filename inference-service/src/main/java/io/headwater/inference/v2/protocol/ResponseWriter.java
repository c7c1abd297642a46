package io.headwater.inference.v2.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes results as the protocol has them. */
public final class ResponseWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private ResponseWriter() {}

    /**
     * A response on the wire.
     *
     * @param body a JSON object, and the binary data of those outputs that have it
     * @param jsonLength bytes of the JSON object
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the socket, never compared
    public record Written(byte[] body, int jsonLength) {
        /** Whether there is binary data. */
        public boolean hasBinary() {
            return jsonLength < body.length;
        }
    }

    /** Writes a response. */
    public static Written write(InferResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        List<byte[]> binary = new ArrayList<>();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model_name", response.model());
            json.writeStringField("model_version", response.version());
            if (response.id().isPresent()) {
                json.writeStringField("id", response.id().get());
            }
            json.writeArrayFieldStart("outputs");
            for (OutputTensor output : response.outputs()) {
                write(json, output, binary);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int jsonLength = out.size();
        binary.forEach(out::writeBytes);
        return new Written(out.toByteArray(), jsonLength);
    }

    private static void write(JsonGenerator json, OutputTensor output, List<byte[]> binary) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeStringField("datatype", output.data().datatype());
        json.writeArrayFieldStart("shape");
        for (int dimension : output.shape()) {
            json.writeNumber(dimension);
        }
        json.writeEndArray();
        if (output.binary()) {
            byte[] bytes = bytes(output.data());
            binary.add(bytes);
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", bytes.length);
            json.writeEndObject();
        } else {
            json.writeArrayFieldStart("data");
            writeData(json, output.data());
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeData(JsonGenerator json, OutputTensor.Data data) throws IOException {
        if (data instanceof OutputTensor.Floats floats) {
            for (float[] row : floats.rows()) {
                for (float number : row) {
                    json.writeNumber(number);
                }
            }
        } else if (data instanceof OutputTensor.Texts texts) {
            for (String text : texts.texts()) {
                json.writeString(text);
            }
        }
    }

    private static byte[] bytes(OutputTensor.Data data) {
        return data instanceof OutputTensor.Floats floats
                ? floats(floats.rows())
                : texts(((OutputTensor.Texts) data).texts());
    }

    private static byte[] floats(List<float[]> rows) {
        int count = rows.stream().mapToInt(row -> row.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            bytes.asFloatBuffer().put(row);
            bytes.position(bytes.position() + row.length * Float.BYTES);
        }
        return bytes.array();
    }

    private static byte[] texts(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(utf8.length)
                    .array());
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }
}
