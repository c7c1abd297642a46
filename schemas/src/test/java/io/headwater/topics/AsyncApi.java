package io.headwater.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The AsyncAPI 3 document of the topics, made of {@link Topics} and the schemas. */
final class AsyncApi {
    /** Who writes what; everybody may read everything. */
    private static final Map<String, List<String>> WRITTEN_BY = Map.of(
            "ingest-service", List.of("images", "labels"),
            "inference-service", List.of("embeddings", "predictions", "instances", "replays"),
            "trainer-service", List.of("examples", "judgements", "quality", "models", "rollouts", "rollout-history"));

    private final ObjectMapper json = new ObjectMapper();
    private final Topics topics;

    AsyncApi(Topics topics) {
        this.topics = topics;
    }

    String document() {
        try {
            ObjectNode root = json.createObjectNode().put("asyncapi", "3.0.0");
            root.set(
                    "info",
                    json.createObjectNode()
                            .put("title", "Headwater")
                            .put("version", "1")
                            .put(
                                    "description",
                                    "The topics of Headwater. Keys are UTF-8. Values are Avro in single-object"
                                            + " encoding, or in the Confluent wire format where a schema registry is"
                                            + " configured. Partitions and replicas are those of the default"
                                            + " configuration."));
            root.put("defaultContentType", "avro/binary");
            ObjectNode channels = root.putObject("channels");
            ObjectNode operations = root.putObject("operations");
            ObjectNode messages = root.putObject("components").putObject("messages");
            for (TopicSpec topic : topics.all()) {
                channels.set(topic.name(), channel(topic, messages));
            }
            WRITTEN_BY.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(writer -> writer.getValue()
                    .forEach(topic -> operations
                            .putObject(writer.getKey() + "." + topic)
                            .put("action", "send")
                            .putObject("channel")
                            .put("$ref", "#/channels/" + topic)));
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            return json.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode channel(TopicSpec topic, ObjectNode messages) throws JsonProcessingException {
        ObjectNode channel = json.createObjectNode().put("address", topic.name());
        channel.put("description", topic.value().map(Schema::getDoc).orElse("Bytes as they came; key: " + topic.key()));
        if (topic.value().isPresent()) {
            Schema schema = topic.value().get();
            // Two topics may have the same events, under other keys.
            String name = topic.name() + "." + schema.getName();
            messages.set(name, message(schema, topic.key()));
            channel.putObject("messages").putObject(name).put("$ref", "#/components/messages/" + name);
        }
        ObjectNode kafka = channel.putObject("bindings")
                .putObject("kafka")
                .put("topic", topic.name())
                .put("partitions", topic.partitions())
                .put("replicas", topic.replicationFactor());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        ArrayNode cleanup = configuration.putArray("cleanup.policy");
        for (String policy : topic.cleanup().policy().split(",")) {
            cleanup.add(policy);
        }
        configuration.put("retention.ms", Long.parseLong(topic.configuration().get("retention.ms")));
        configuration.put("max.message.bytes", topic.maxMessageBytes());
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    private ObjectNode message(Schema schema, String key) throws JsonProcessingException {
        ObjectNode message = json.createObjectNode()
                .put("name", schema.getFullName())
                .put("title", schema.getName())
                .put("contentType", "avro/binary");
        JsonNode avro = json.readTree(schema.toString());
        message.putObject("payload")
                .put("schemaFormat", "application/vnd.apache.avro+json;version=1.12.0")
                .set("schema", avro);
        ObjectNode binding = message.putObject("bindings").putObject("kafka");
        binding.putObject("key").put("type", "string").put("description", key);
        binding.put("bindingVersion", "0.5.0");
        return message;
    }
}
