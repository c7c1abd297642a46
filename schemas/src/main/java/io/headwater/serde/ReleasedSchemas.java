package io.headwater.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schemas of every release, oldest first: resources {@code released/<release>/<Event>.avsc}. */
final class ReleasedSchemas {
    private static final String ROOT = "/released/";

    private ReleasedSchemas() {}

    /** The releases, oldest first. */
    static List<String> releases() {
        return read("releases")
                .orElseThrow(() -> new IllegalStateException("resource " + ROOT + "releases is missing"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** All released schemas of an event, oldest first. */
    static List<Schema> of(String event) {
        return releases().stream().flatMap(release -> of(event, release)).toList();
    }

    /** The schema of an event in one release; empty if it had no such event yet. */
    static Stream<Schema> of(String event, String release) {
        return read(release + "/" + event + ".avsc").map(json -> new Schema.Parser().parse(json)).stream();
    }

    private static Optional<String> read(String name) {
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
