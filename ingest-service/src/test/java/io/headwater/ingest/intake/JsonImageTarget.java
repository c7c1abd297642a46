package io.headwater.ingest.intake;

import static io.headwater.ingest.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Any bytes are an image in JSON. */
public final class JsonImageTarget implements FuzzTarget {
    private static final int LARGEST = 1 << 20;

    private final SmallIntake intake = new SmallIntake();

    @Override
    public Map<String, byte[]> seeds() {
        return Map.of(
                "whole",
                        """
                        {"image": "iVBORw0KGgo=", "id": "a-1", "label": "tulip", "annotator": "ann", "source": "garden"}"""
                                .getBytes(UTF_8),
                "more",
                        """
                        {"other": [1, {"a": [true, null, -1.5e9]}], "label": null, "image": "iVBORw0KGgoAAA"}"""
                                .getBytes(UTF_8));
    }

    @Override
    public void take(byte[] input) throws IOException {
        try (InFlightBytes.Lease room = intake.intake().room()) {
            JsonImage image = JsonImage.read(new ByteArrayInputStream(input), new BoundedBytes(LARGEST, 0, room));
            require(image.image().length <= input.length, "no more bytes than came");
            Upload upload = Upload.of(
                    image.image(),
                    image.id().orElse(null),
                    image.source().orElse(null),
                    image.label().orElse(null),
                    image.annotator().orElse(null));
            require(upload.sha256().length() == 64, "a hash");
        } catch (ProblemException e) {
            require(e.kind() != ProblemKind.INTERNAL && e.kind() != ProblemKind.BUSY, "the service is at fault: " + e);
        }
        require(intake.taken() == 0, "room is kept");
    }
}
