package io.headwater.inference.rollout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which images the canary answers: a function of the image id and the version alone, the same on every machine. */
public final class Canary {
    private static final int BUCKETS = 100;

    private Canary() {}

    /**
     * Whether the canary answers an image. Raising the percentage keeps all the images it had.
     *
     * @param percentage 0 to 100
     * @param version of the canary; it is the salt, so that not always the same people's images are the guinea pigs
     */
    public static boolean answers(String imageId, long version, int percentage) {
        return percentage > 0 && bucket(imageId, version) < percentage;
    }

    /**
     * First eight bytes of the SHA-256 of {@code canary/<version>/<image id>} (UTF-8), as an unsigned number, modulo 100.
     */
    static int bucket(String imageId, long version) {
        byte[] hash = sha256().digest(("canary/" + version + "/" + imageId).getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << 8) | (hash[i] & 0xFF);
        }
        return (int) Long.remainderUnsigned(number, BUCKETS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
