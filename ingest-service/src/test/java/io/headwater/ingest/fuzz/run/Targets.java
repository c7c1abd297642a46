package io.headwater.ingest.fuzz.run;

import io.headwater.ingest.bulk.BatchTarget;
import io.headwater.ingest.bulk.FormTarget;
import io.headwater.ingest.cloudevents.EventTarget;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.intake.JsonImageTarget;
import io.headwater.ingest.label.LabelTarget;
import io.headwater.ingest.picture.PictureTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that is fuzzed. */
enum Targets {
    /** {@code POST /images}: whatever is said to be a picture. */
    PICTURE(128, PictureTarget::new),
    /** {@code POST /images:batch}: tar, tar with gzip, zip and lines of JSON, told apart by content. */
    BATCH(128, BatchTarget::new),
    /** {@code POST /images:batch}: forms. */
    FORM(128, FormTarget::new),
    /** {@code POST /labels:batch}: CSV and lines of JSON. */
    LABELS(96, LabelTarget::new),
    /** {@code POST /images}: JSON. */
    JSON(96, JsonImageTarget::new),
    /** {@code POST /events}: CloudEvents in both modes. */
    EVENT(96, EventTarget::new),
    /** What every consumer reads from Kafka. */
    AVRO(96, AvroTarget::new);

    private static final String KEPT = "/fuzz/";

    private final int heapMegabytes;
    private final Supplier<FuzzTarget> maker;

    Targets(int heapMegabytes, Supplier<FuzzTarget> maker) {
        this.heapMegabytes = heapMegabytes;
        this.maker = maker;
    }

    FuzzTarget make() {
        return maker.get();
    }

    /** All the heap that there is for it: more is a defect. */
    int heapMegabytes() {
        return heapMegabytes;
    }

    /** In file names. */
    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Seeds, and what was kept of earlier runs: inputs that once broke something, and those that reach far. */
    Map<String, byte[]> corpus() {
        Map<String, byte[]> inputs = new TreeMap<>();
        make().seeds().forEach((name, bytes) -> inputs.put("seed-" + name, bytes));
        URL kept = Targets.class.getResource(KEPT + lowerCase());
        if (kept == null) {
            return inputs;
        }
        try (Stream<Path> files = Files.list(Path.of(kept.toURI()))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return inputs;
    }
}
