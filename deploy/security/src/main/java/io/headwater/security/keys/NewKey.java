package io.headwater.security.keys;

/**
 * A key that was just made. Its text is nowhere else.
 *
 * @param key what is kept of it
 * @param text what a client sends
 */
public record NewKey(ApiKey key, String text) {
    @Override
    public String toString() {
        return "NewKey[" + key.id() + "]";
    }
}
