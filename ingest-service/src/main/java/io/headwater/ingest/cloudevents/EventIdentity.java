package io.headwater.ingest.cloudevents;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an event says beside its data. {@code source} and {@code id} together name an event (CloudEvents 1.0, section 3.1.1):
 * the same two are the same event, sent again.
 */
final class EventIdentity {
    private static final int LONGEST_SOURCE = 128;
    private static final int KEY_LENGTH = 32;
    private static final String SUBJECT = "[A-Za-z0-9._~-]{1,128}";

    private EventIdentity() {}

    /** The id of the image: the event's subject where that can be one, else made of its source and id. */
    static String imageId(CloudEvent event) {
        return subject(event).orElseGet(() -> sha256(event.getSource() + "\n" + event.getId())
                .substring(0, KEY_LENGTH));
    }

    static Optional<String> subject(CloudEvent event) {
        return Optional.ofNullable(event.getSubject())
                .filter(subject -> subject.matches(SUBJECT))
                .filter(subject -> !subject.equals(".") && !subject.equals(".."));
    }

    /** The source, as long as ours may be. */
    static String source(CloudEvent event) {
        String source = event.getSource().toString();
        return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
    }

    /** An extension attribute that is text. */
    static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
