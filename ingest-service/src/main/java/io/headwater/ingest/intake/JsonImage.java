package io.headwater.ingest.intake;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An image as JSON.
 *
 * @param image its bytes, in Base64
 * @param id its key
 * @param label what is on it
 * @param annotator who says so
 * @param source who or what sent it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of one request, never compared, never shared
@Schema(description = "An image as JSON")
public record JsonImage(
        byte[] image,
        Optional<String> id,
        Optional<String> label,
        Optional<String> annotator,
        Optional<String> source) {
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(16)
                    .build())
            .build();

    /**
     * Reads one object. The Base64 is decoded as it comes and is never in memory as a whole.
     *
     * @param bytes takes the image
     * @throws ProblemException (400) if it is no such object; what {@code bytes} throws
     */
    public static JsonImage read(InputStream json, BoundedBytes bytes) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("the body is not a JSON object");
            }
            Members members = new Members();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.read(parser, bytes);
            }
            if (!members.image) {
                throw malformed("the JSON object has no member 'image'; it is the bytes of the image in Base64");
            }
            return new JsonImage(bytes.toBytes(), members.id, members.label, members.annotator, members.source);
        } catch (JsonProcessingException e) {
            throw malformed("the body is not valid JSON: " + e.getOriginalMessage());
        } catch (CharConversionException e) {
            // What begins with zeros is taken for UTF-32.
            throw malformed("the body is not valid JSON: " + e.getMessage());
        }
    }

    private static final class Members {
        private boolean image;
        private Optional<String> id = Optional.empty();
        private Optional<String> label = Optional.empty();
        private Optional<String> annotator = Optional.empty();
        private Optional<String> source = Optional.empty();

        void read(JsonParser parser, BoundedBytes bytes) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "image" -> readImage(parser, value, bytes);
                case "id" -> id = text(parser, name);
                case "label" -> label = text(parser, name);
                case "annotator" -> annotator = text(parser, name);
                case "source" -> source = text(parser, name);
                default -> parser.skipChildren();
            }
        }

        private void readImage(JsonParser parser, JsonToken value, BoundedBytes bytes) throws IOException {
            if (image || value != JsonToken.VALUE_STRING) {
                throw malformed("the member 'image' must be there once, and a string in Base64");
            }
            image = true;
            try {
                parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, bytes);
            } catch (IllegalArgumentException e) {
                throw malformed("the member 'image' is not Base64");
            }
        }

        private static Optional<String> text(JsonParser parser, String name) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw malformed("the member '" + name + "' must be a string");
            }
            return Optional.of(parser.getText());
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemKind.MALFORMED_REQUEST, detail);
    }
}
