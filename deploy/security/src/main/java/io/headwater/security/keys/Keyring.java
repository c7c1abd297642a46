package io.headwater.security.keys;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys that are good at a moment. Immutable. */
public final class Keyring {
    private final Map<String, ApiKey> byId;

    Keyring(List<ApiKey> keys) {
        this.byId = keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity()));
    }

    Optional<ApiKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }
}
