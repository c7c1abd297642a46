package io.headwater.inference.v2.protocol;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Walks through the JSON object of one request, and says what is wrong with a field. */
final class Fields {
    private static final int LONGEST_QUOTE = 20;

    private final JsonParser parser;

    Fields(JsonParser parser) {
        this.parser = parser;
    }

    /** What reads the value of one field. */
    interface Values {
        /** The parser is at the field's value. What isn't read has to be skipped. */
        void field(String name) throws IOException, ProtocolException;
    }

    /** Goes through the object at which the parser is. */
    void each(String what, Values values) throws IOException, ProtocolException {
        require(JsonToken.START_OBJECT, what, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            values.field(name);
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    JsonToken next() throws IOException {
        return parser.nextToken();
    }

    JsonToken current() {
        return parser.currentToken();
    }

    String text(String what) throws IOException, ProtocolException {
        require(JsonToken.VALUE_STRING, what, "a string");
        return parser.getText();
    }

    boolean truth(String what) throws IOException, ProtocolException {
        if (current() != JsonToken.VALUE_TRUE && current() != JsonToken.VALUE_FALSE) {
            throw badRequest(what + " must be true or false");
        }
        return parser.getBooleanValue();
    }

    long whole(String what) throws IOException, ProtocolException {
        require(JsonToken.VALUE_NUMBER_INT, what, "a whole number");
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw badRequest(what + " is " + quote() + ", which is too large");
        }
        return parser.getLongValue();
    }

    /** The number at which the parser is if it is 0 to 255, else -1. */
    int unsignedByte() throws IOException {
        if (current() != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() != JsonParser.NumberType.INT) {
            return -1;
        }
        int value = parser.getIntValue();
        return value <= 0xFF ? Math.max(value, -1) : -1;
    }

    /** The value at which the parser is, shortened. */
    String quote() throws IOException {
        String text = parser.getText();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    void require(JsonToken token, String what, String wanted) throws ProtocolException {
        if (current() != token) {
            throw badRequest(what + " must be " + wanted);
        }
    }
}
