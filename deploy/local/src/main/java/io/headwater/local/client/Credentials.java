package io.headwater.local.client;

import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * What the services are told of who asks.
 *
 * @param key an API key or an OpenID Connect token; services that ask nobody need none
 */
public record Credentials(Optional<String> key) {

    /** Nothing. */
    public static final Credentials NONE = new Credentials(Optional.empty());

    HttpRequest.Builder sign(HttpRequest.Builder request) {
        key.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret));
        return request;
    }

    @Override
    public String toString() {
        return key.isPresent() ? "Credentials[...]" : "Credentials[]";
    }
}
