package io.headwater.ingest.intake;

import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.label.Label;
import io.headwater.ingest.label.PlainText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client sent, checked but not decoded.
 *
 * @param content the bytes as they came
 * @param id the client's key, or the beginning of the content's hash
 * @param keyGiven whether the client gave that key
 * @param sha256 of {@code content}, lower-case hex
 * @param source who or what sent it
 * @param label what is on it, if the client said so
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of one request, never compared, never shared
public record Upload(
        byte[] content, ImageId id, boolean keyGiven, String sha256, String source, Optional<Label> label) {
    private static final String DEFAULT_SOURCE = "rest";

    /**
     * Checks what came along with the content; null stands for what was not sent.
     *
     * @throws io.headwater.ingest.problem.ProblemException (400) if something breaks a rule
     */
    public static Upload of(byte[] content, String idempotencyKey, String source, String label, String annotator) {
        Optional<ImageId> given = Optional.ofNullable(idempotencyKey).map(ImageId::parse);
        Optional<Label> checked = Optional.ofNullable(label).map(name -> Label.of(name, annotator));
        String from = source == null || source.isBlank() ? DEFAULT_SOURCE : PlainText.note("source", source);
        String sha256 = sha256(content);
        ImageId id = given.orElseGet(() -> ImageId.ofContent(sha256));
        return new Upload(content, id, given.isPresent(), sha256, from, checked);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
