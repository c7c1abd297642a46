package io.headwater.inference.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a dead letter was put back.
 *
 * @param request which request wanted it
 * @param at when
 * @param letter which dead letter it was
 * @param reason why it had died
 */
record Replay(String request, Instant at, LetterId letter, String reason) {
    private static final Pattern FORM = Pattern.compile(
            "request=(\\S{1,64}) at=(\\S{1,40}) letter=(\\d{1,9})/(\\d{1,18}) reason=(.*)", Pattern.DOTALL);

    /** As a header, or as the value of a record of {@code replays}. */
    byte[] toBytes() {
        return ("request=" + request + " at=" + at + " letter=" + letter + " reason=" + reason)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** From such bytes; empty for others. */
    static Optional<Replay> parse(byte[] bytes) {
        Matcher matcher = FORM.matcher(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Replay(
                    matcher.group(1),
                    Instant.parse(matcher.group(2)),
                    new LetterId(Integer.parseInt(matcher.group(3)), Long.parseLong(matcher.group(4))),
                    matcher.group(5)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
