package io.headwater.ingest.bulk;

import static io.headwater.ingest.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwater.ingest.batch.Drained;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.intake.SmallIntake;
import io.headwater.ingest.picture.Pictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Any bytes are a batch: each of its items has one answer, and none keeps its room. */
public final class BatchTarget implements FuzzTarget {
    static final Defaults DEFAULTS = new Defaults(Optional.of("fuzz"), Optional.empty(), Optional.empty(), false, true);

    private final SmallIntake intake = new SmallIntake();
    private final ImageBatches batches = new ImageBatches(new ImageItems(intake.intake(), intake.limit()));

    @Override
    public Map<String, byte[]> seeds() {
        byte[] picture = Pictures.write(Pictures.quadrants(8, 8), "png");
        byte[] tar = Archives.tar(entries -> {
            Archives.directory(entries, "tulip");
            Archives.file(entries, "tulip/1.png", picture);
            Archives.link(entries, "tulip/2.png", "1.png");
            Archives.file(entries, "a-very-long-name-".repeat(8) + ".png", picture);
        });
        byte[] zip = Archives.zip(entries -> {
            Archives.file(entries, "tulip/1.png", picture);
            Archives.file(entries, "2.txt", "no picture".getBytes(UTF_8));
        });
        String line = "{\"id\":\"a-1\",\"label\":\"tulip\",\"source\":\"s\",\"annotator\":\"ann\",\"image\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}\n";
        return Map.of(
                "tar",
                tar,
                "tar-gzip",
                Archives.gzip(tar),
                "zip",
                zip,
                "lines",
                (line + "\r\n{}\n" + line).getBytes(UTF_8));
    }

    @Override
    public void take(byte[] input) {
        Drained drained =
                Drained.of(() -> batches.open(new ByteArrayInputStream(input), "application/octet-stream", DEFAULTS));
        require(intake.taken() == 0, "room is kept: " + intake.taken());
        if (input.length > 0 && input[0] == '{') {
            // A line is a line, whatever is in it: nothing on one makes the others unreadable.
            require(!(drained.broken().orElse(null) instanceof IOException), "one bad line ended " + drained.broken());
        }
    }
}
