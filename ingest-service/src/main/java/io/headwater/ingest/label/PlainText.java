package io.headwater.ingest.label;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules for short texts that people give: trimmed, bounded, printable. */
public final class PlainText {
    private static final int LONGEST_NOTE = 128;
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /**
     * A note such as {@code source} or {@code annotator}, trimmed.
     *
     * @throws ProblemException (400) if it is empty, longer than 128 characters or not printable text
     */
    public static String note(String name, String value) {
        return require(ProblemKind.INVALID_PARAMETER, name, value, LONGEST_NOTE);
    }

    static String require(ProblemKind kind, String name, String value, int longest) {
        String text = value.strip();
        if (text.isEmpty()) {
            throw new ProblemException(kind, "the " + name + " is empty; it needs 1 to " + longest + " characters");
        }
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw new ProblemException(
                    kind, "the " + name + " has " + length + " characters; at most " + longest + " are accepted");
        }
        text.codePoints().forEach(character -> check(kind, name, character));
        return text;
    }

    /** @throws ProblemException (400) if the bytes are not UTF-8 */
    static String decode(String name, byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemKind.INVALID_LABEL, "the " + name + " is not valid UTF-8 text");
        }
    }

    private static void check(ProblemKind kind, String name, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                throw new ProblemException(
                        kind,
                        "the " + name + " contains the control character " + codePoint(character)
                                + "; only printable text is accepted");
            case Character.SURROGATE, Character.UNASSIGNED -> throw notText(kind, name, character);
            default -> {
                // What a lenient decoder puts where bytes were no UTF-8.
                if (character == REPLACEMENT) {
                    throw notText(kind, name, character);
                }
            }
        }
    }

    private static ProblemException notText(ProblemKind kind, String name, int character) {
        return new ProblemException(kind, "the " + name + " is not valid text: it contains " + codePoint(character));
    }

    private static String codePoint(int character) {
        return String.format("U+%04X", character);
    }
}
