package io.headwater.inference.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the pipeline commits beside each offset of {@code images}: with which backbone the partition's images are embedded.
 * When the backbone changes, this is where the new one begins; how far that is differs from partition to partition and
 * from instance to instance.
 *
 * @param change that brought the backbone
 * @param since offset from which on all images of the partition are embedded with it
 */
record BackboneMark(long change, long since) {
    private static final Pattern FORM = Pattern.compile("backbone-change=(\\d{1,18}) since=(\\d{1,18})");

    /** As the metadata of a committed offset. */
    String toMetadata() {
        return "backbone-change=" + change + " since=" + since;
    }

    /** From such metadata; empty for any other, such as that of release 0.1. */
    static Optional<BackboneMark> parse(String metadata) {
        Matcher matcher = FORM.matcher(metadata == null ? "" : metadata);
        return matcher.matches()
                ? Optional.of(new BackboneMark(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
