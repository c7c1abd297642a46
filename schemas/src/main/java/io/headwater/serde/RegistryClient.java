package io.headwater.serde;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.rest.client.models.ProblemDetails;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.strategy.TopicIdStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** How Headwater uses a registry. */
final class RegistryClient {
    private RegistryClient() {}

    static Map<String, Object> configuration(URI registry) {
        return Map.of(
                SchemaResolverConfig.REGISTRY_URL,
                registry.toString(),
                SchemaResolverConfig.AUTO_REGISTER_ARTIFACT,
                true,
                SchemaResolverConfig.AUTO_REGISTER_ARTIFACT_IF_EXISTS,
                "FIND_OR_CREATE_VERSION",
                // Subjects are named <topic>-value, where Confluent's clients look for them.
                SchemaResolverConfig.ARTIFACT_RESOLVER_STRATEGY,
                TopicIdStrategy.class.getName(),
                AvroSerdeConfig.USE_SPECIFIC_AVRO_READER,
                true);
    }

    /**
     * What a failed call of Apicurio's serdes means: that the registry is away, or that the record is wrong.
     *
     * @param what the record, for people
     */
    static RuntimeException failure(String what, RuntimeException failure) {
        if (isAway(failure)) {
            return new RegistryUnavailableException(
                    "the schema registry does not answer, so " + what + ": " + failure.getMessage(), failure);
        }
        return new EventFormatException(what + ": " + failure.getMessage(), failure);
    }

    private static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemDetails answer) {
                return answer.getStatus() == null || answer.getStatus() >= 500;
            }
            // What a truncated record makes of Avro is an EOFException, which is no trouble of the network.
            if (cause instanceof TimeoutException || cause instanceof IOException && !(cause instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }
}
