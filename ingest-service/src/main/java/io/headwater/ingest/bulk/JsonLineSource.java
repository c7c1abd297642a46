package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.Lines;
import io.headwater.ingest.intake.JsonImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Images as lines of JSON. A line is never in memory as a whole. */
final class JsonLineSource implements BatchSource {
    private final Lines lines;
    private final ImageItems items;
    private final Defaults defaults;

    JsonLineSource(InputStream in, ImageItems items, Defaults defaults) {
        this.lines = new Lines(in);
        this.items = items;
        this.defaults = defaults;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        Optional<InputStream> line = lines.next();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream json = line.get()) {
            return Optional.of(items.item(Optional.empty(), 0, bytes -> {
                JsonImage image = JsonImage.read(json, bytes);
                return () -> defaults.upload(
                        image.image(), image.id().orElse(null), image.label(), image.source(), image.annotator());
            }));
        }
    }
}
