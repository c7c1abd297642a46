package io.headwater.ingest.bulk;

import static io.headwater.ingest.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.headwater.ingest.batch.Drained;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.intake.SmallIntake;
import io.headwater.ingest.picture.Pictures;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** Any bytes are a form. Up to the first line feed they are its content type, which is the sender's as well. */
public final class FormTarget implements FuzzTarget {
    private final SmallIntake intake = new SmallIntake();
    private final ImageBatches batches = new ImageBatches(new ImageItems(intake.intake(), intake.limit()));

    @Override
    public Map<String, byte[]> seeds() {
        String picture = new String(Pictures.write(Pictures.quadrants(8, 8), "png"), ISO_8859_1);
        String form =
                """
                ; boundary=b
                --b
                Content-Disposition: form-data; name="label"

                tulip
                --b
                Content-Disposition: form-data; name="source"

                garden
                --b
                Content-Disposition: form-data; name="file"; filename="rose/1.png"
                Content-Type: image/png

                PICTURE
                --b--
                """;
        int body = form.indexOf('\n') + 1;
        String whole = form.substring(0, body) + form.substring(body).replace("\n", "\r\n");
        String mixed = whole.replace(
                        "name=\"file\"; filename=\"rose/1.png\"\r\nContent-Type: image/png",
                        "name=\"files\"\r\nContent-Type: multipart/mixed; boundary=c")
                .replace(
                        "PICTURE",
                        "--c\r\nContent-Disposition: attachment; filename=\"1.png\"\r\n\r\nPICTURE\r\n--c--\r\n");
        return Map.of(
                "form", whole.replace("PICTURE", picture).getBytes(ISO_8859_1),
                "mixed", mixed.replace("PICTURE", picture).getBytes(ISO_8859_1));
    }

    @Override
    public void take(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String contentType = "multipart/form-data" + new String(input, 0, end, ISO_8859_1);
        int body = Math.min(input.length, end + 1);
        Drained.of(() -> batches.open(
                new ByteArrayInputStream(input, body, input.length - body), contentType, BatchTarget.DEFAULTS));
        require(intake.taken() == 0, "room is kept: " + intake.taken());
    }
}
