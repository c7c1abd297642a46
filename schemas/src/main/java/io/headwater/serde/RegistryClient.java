package io.headwater.serde;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.strategy.TopicIdStrategy;
import java.net.URI;
import java.util.Map;

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
}
