package io.headwater.ingest.intake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preference {@code wait} of the header {@code Prefer} (RFC 7240, section 4.3). */
final class Preference {
    static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?(?=$|[,;\\s])", Pattern.CASE_INSENSITIVE);

    private Preference() {}

    /** How long a client would wait; what it says beside that is left alone, as the RFC wants it. */
    static Optional<Duration> wait(List<String> prefer) {
        for (String value : prefer) {
            Matcher wait = WAIT.matcher(value);
            if (wait.find()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(wait.group(1))));
            }
        }
        return Optional.empty();
    }
}
