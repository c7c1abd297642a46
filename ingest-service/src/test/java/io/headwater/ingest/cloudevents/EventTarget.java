package io.headwater.ingest.cloudevents;

import static io.headwater.ingest.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cloudevents.CloudEvent;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.Map;

/** Any bytes are an event: lines of headers, an empty line, the body. */
public final class EventTarget implements FuzzTarget {
    private static final int LONGEST_SENTENCE = 4096;

    private final EventReader reader = new EventReader();

    @Override
    public Map<String, byte[]> seeds() {
        return Map.of(
                "binary",
                        """
                        ce-specversion: 1.0
                        ce-type: io.headwater.image
                        ce-source: /cameras/7
                        ce-id: 1
                        ce-subject: a-1
                        ce-time: 2026-01-01T00:00:00Z
                        ce-label: tulip
                        content-type: image/png

                        bytes"""
                                .getBytes(ISO_8859_1),
                "structured",
                        """
                        content-type: application/cloudevents+json

                        {"specversion": "1.0", "type": "io.headwater.label", "source": "urn:x", "id": "1",
                         "datacontenttype": "application/json", "annotator": "ann", "number": 1,
                         "data": {"label": "tulip"}}"""
                                .getBytes(ISO_8859_1),
                "structured-base64",
                        """
                        content-type: application/cloudevents+json; charset=utf-8

                        {"specversion": "1.0", "type": "t", "source": "s", "id": "1", "subject": "a b",
                         "dataschema": "http://schema", "time": "2026-01-01T00:00:00+01:00",
                         "datacontenttype": "image/png", "data_base64": "iVBORw0KGgo="}"""
                                .getBytes(ISO_8859_1));
    }

    @Override
    public void take(byte[] input) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        int at = 0;
        while (at < input.length && input[at] != '\n') {
            int end = at;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            String[] header = new String(input, at, end - at, ISO_8859_1).split(": ?", 2);
            if (header.length == 2) {
                headers.add(header[0], header[1]);
            }
            at = Math.min(input.length, end + 1);
        }
        byte[] body = Arrays.copyOfRange(input, Math.min(input.length, at + 1), input.length);
        try {
            CloudEvent event = reader.read(headers, body);
            String id = EventIdentity.imageId(event);
            require(id.matches("[A-Za-z0-9._~-]{1,128}"), "an id: " + id);
            require(EventIdentity.source(event).length() <= 128, "a source of bounded length");
            EventIdentity.extension(event, "label");
            require(event.getData() == null || event.getData().toBytes() != null, "data are bytes");
        } catch (ProblemException e) {
            require(
                    e.getMessage().length() <= LONGEST_SENTENCE,
                    "a sentence of " + e.getMessage().length());
        }
    }
}
