package io.headwater.security.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash (RFC 9106) with the parameters that it was made with, so that those of later keys can be others.
 *
 * @param memory KiB
 * @param iterations passes over it
 * @param parallelism lanes
 * @param salt unpadded Base64
 * @param hash unpadded Base64
 */
record KeyHash(int memory, int iterations, int parallelism, String salt, String hash) {
    /** 19 MiB, two passes, one lane: what OWASP's cheat sheet on storing passwords asks for at least. */
    private static final int MEMORY = 19 * 1024;

    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** A file can't make the service do more for one request than this. */
    private static final int MOST_MEMORY = 64 * 1024;

    private static final int MOST_ITERATIONS = 8;
    private static final int MOST_PARALLELISM = 4;

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashes a secret with a new salt. */
    static KeyHash of(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = compute(secret, salt, MEMORY, ITERATIONS, PARALLELISM);
        return new KeyHash(MEMORY, ITERATIONS, PARALLELISM, encode(salt), encode(hash));
    }

    /** A hash of nothing: proving a secret against it takes as long as with any other, and always fails. */
    static KeyHash ofNobody() {
        byte[] random = new byte[HASH_BYTES];
        RANDOM.nextBytes(random);
        return new KeyHash(MEMORY, ITERATIONS, PARALLELISM, encode(new byte[SALT_BYTES]), encode(random));
    }

    /**
     * Reads the usual text form, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
     *
     * @throws IllegalArgumentException if it is not that, or costs too much
     */
    static KeyHash parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the hash is not in the form of Argon2id");
        }
        int memory = Integer.parseInt(matcher.group(1));
        int iterations = Integer.parseInt(matcher.group(2));
        int parallelism = Integer.parseInt(matcher.group(3));
        if (memory < 8
                || memory > MOST_MEMORY
                || iterations < 1
                || iterations > MOST_ITERATIONS
                || parallelism < 1
                || parallelism > MOST_PARALLELISM) {
            throw new IllegalArgumentException("the hash asks for more memory or passes than are granted to a request");
        }
        // Fails here and not at the first request.
        Base64.getDecoder().decode(matcher.group(4));
        Base64.getDecoder().decode(matcher.group(5));
        return new KeyHash(memory, iterations, parallelism, matcher.group(4), matcher.group(5));
    }

    /** The usual text form. */
    String text() {
        return "$argon2id$v=19$m=" + memory + ",t=" + iterations + ",p=" + parallelism + "$" + salt + "$" + hash;
    }

    /** Whether it is of that secret; takes as long for every secret. */
    boolean isOf(String secret) {
        byte[] computed = compute(secret, Base64.getDecoder().decode(salt), memory, iterations, parallelism);
        return MessageDigest.isEqual(computed, Base64.getDecoder().decode(hash));
    }

    private static byte[] compute(String secret, byte[] salt, int memory, int iterations, int parallelism) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
