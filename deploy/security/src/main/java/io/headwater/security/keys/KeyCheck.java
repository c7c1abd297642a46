package io.headwater.security.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells good keys from others. Proving one takes some 20 milliseconds and 19 MiB by design, so one that was proved is remembered
 * for a while: by the SHA-256 of what was sent, which can't be turned back into it. A key that has left the keyring is
 * forgotten with it.
 */
public final class KeyCheck {
    private final Supplier<Keyring> keyring;
    private final Cache<String, ApiKey> proved;
    private final KeyHash nobody = KeyHash.ofNobody();

    /**
     * @param keyring the keys that are good now
     * @param remembered how many proved keys are kept in mind at most
     * @param memory how long each is, after it was used last
     * @param ticker what time it is
     */
    public KeyCheck(Supplier<Keyring> keyring, int remembered, Duration memory, Ticker ticker) {
        this.keyring = keyring;
        this.proved = Caffeine.newBuilder()
                .maximumSize(remembered)
                .expireAfterAccess(memory)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Whether it has the form of a key at all; what hasn't need not be proved. */
    public boolean isKey(String text) {
        return KeyToken.parse(text).isPresent();
    }

    /** Whether somebody has a key with the id of that one, which may be good. */
    public boolean isOfSomebody(String text) {
        return KeyToken.parse(text)
                .flatMap(token -> keyring.get().find(token.id()))
                .isPresent();
    }

    /** The key, if it was proved, or recalled, a short while ago and is still good; takes microseconds. */
    public Optional<ApiKey> recall(String text) {
        return Optional.ofNullable(proved.getIfPresent(digest(text))).filter(this::isGood);
    }

    /** The key, if it is good. Takes as long for one that nobody has as for one with a wrong secret. */
    public Optional<ApiKey> prove(String text) {
        Optional<KeyToken> token = KeyToken.parse(text);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Optional<ApiKey> key = keyring.get().find(token.get().id());
        KeyHash hash = key.map(ApiKey::hash).map(KeyHash::parse).orElse(nobody);
        if (!hash.isOf(token.get().secret()) || key.isEmpty()) {
            return Optional.empty();
        }
        proved.put(digest(text), key.get());
        return key;
    }

    private boolean isGood(ApiKey key) {
        return keyring.get().find(key.id()).filter(key::equals).isPresent();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
