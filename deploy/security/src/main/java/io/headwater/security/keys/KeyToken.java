package io.headwater.security.keys;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client sends: {@code hw_<id>_<secret>}. The beginning lets scanners of source code find keys that got into one.
 *
 * @param id which key it says it is
 * @param secret 256 random bits
 */
record KeyToken(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("hw_([0-9a-f]{8})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 4;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. */
    static KeyToken random() {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        return new KeyToken(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads one; empty if it is none. */
    static Optional<KeyToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyToken(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** As it is sent. */
    String text() {
        return "hw_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "hw_" + id + "_...";
    }
}
