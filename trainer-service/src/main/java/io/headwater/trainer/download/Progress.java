package io.headwater.trainer.download;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Says now and then how far a download is. Not thread safe. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final double MEGABYTE = 1e6;

    private final URI uri;
    private final OptionalLong total;
    private final long firstByte;
    private final long startNanos;
    private long saidNanos;

    /**
     * A download that begins now.
     *
     * @param total bytes of the whole file, where they are known
     * @param firstByte bytes that were there already
     * @param nanos the time, as {@link System#nanoTime()} gives it
     */
    Progress(URI uri, OptionalLong total, long firstByte, long nanos) {
        this.uri = uri;
        this.total = total;
        this.firstByte = firstByte;
        this.startNanos = nanos;
        this.saidNanos = nanos;
    }

    /** A line for the log, unless there was one a moment ago. */
    Optional<String> at(long bytes, long nanos) {
        if (nanos - saidNanos < INTERVAL.toNanos()) {
            return Optional.empty();
        }
        saidNanos = nanos;
        return Optional.of(line(bytes, nanos));
    }

    /** A line for the log. */
    String line(long bytes, long nanos) {
        double rate = (bytes - firstByte) / MEGABYTE / Math.max(1e-3, (nanos - startNanos) / 1e9);
        String of = total.isPresent()
                ? String.format(
                        Locale.ROOT,
                        " of=%d percent=%d",
                        total.getAsLong(),
                        100 * bytes / Math.max(1, total.getAsLong()))
                : "";
        return String.format(Locale.ROOT, "uri=%s bytes=%d%s rate=%.1f MB/s", uri, bytes, of, rate);
    }
}
