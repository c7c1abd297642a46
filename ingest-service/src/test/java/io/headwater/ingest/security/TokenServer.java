package io.headwater.ingest.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * An OpenID Connect provider in this JVM: it says where its keys are and signs what it is asked to, at {@code /token} with the
 * claims and flaws that the query names.
 */
public final class TokenServer implements QuarkusTestResourceLifecycleManager {
    private HttpServer server;
    private RsaJsonWebKey key;
    private RsaJsonWebKey strangersKey;
    private String issuer;

    @Override
    public Map<String, String> start() {
        try {
            key = newKey();
            strangersKey = newKey();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
        server.createContext(
                "/keys",
                exchange -> answer(exchange, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
        server.createContext("/token", exchange -> answer(exchange, token(query(exchange))));
        server.start();
        return Map.of("quarkus.oidc.auth-server-url", issuer, "quarkus.oidc.token.audience", "headwater");
    }

    private static RsaJsonWebKey newKey() throws JoseException {
        RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
        made.setKeyId("one");
        made.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        made.setUse("sig");
        return made;
    }

    private String discovery() {
        return "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + issuer + "/keys\", \"token_endpoint\": \"" + issuer
                + "/token\", \"authorization_endpoint\": \"" + issuer + "/authorize\"}";
    }

    private String token(Map<String, String> wanted) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(wanted.getOrDefault("iss", issuer));
        claims.setAudience(wanted.getOrDefault("aud", "headwater"));
        claims.setSubject(wanted.getOrDefault("sub", "alice"));
        claims.setStringListClaim(
                "groups", List.of(wanted.getOrDefault("groups", "").split(",")));
        claims.setIssuedAtToNow();
        NumericDate expires = NumericDate.now();
        expires.addSeconds(Long.parseLong(wanted.getOrDefault("lifetime", "300")));
        claims.setExpirationTime(expires);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKeyIdHeaderValue("one");
        if (wanted.containsKey("unsigned")) {
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        } else {
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setKey((wanted.containsKey("stranger") ? strangersKey : key).getPrivateKey());
        }
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new HashMap<>();
        String query = exchange.getRequestURI().getQuery();
        Arrays.stream(query == null ? new String[0] : query.split("&")).forEach(pair -> {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        });
        return values;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
