package io.headwater.kubernetes;

import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** The topics as resources of Strimzi's topic operator. */
final class TopicManifests {
    private static final String HEADER =
            """
            # Made from the topics in schemas; after a change of them, or of their number of partitions or replicas:
            #   mvn -pl deploy/kubernetes test -Dtest=TopicManifestsTest -Dheadwater.kubernetes.write=true
            """;

    private TopicManifests() {}

    static String of(Topics topics) {
        return topics.all().stream()
                .sorted(Comparator.comparing(TopicSpec::name))
                .map(TopicManifests::of)
                .collect(Collectors.joining("---\n", HEADER, ""));
    }

    private static String of(TopicSpec topic) {
        return """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata:
          name: %s
          labels:
            strimzi.io/cluster: headwater
        spec:
          partitions: %d
          replicas: %d
          config:
        %s"""
                .formatted(
                        topic.name(),
                        topic.partitions(),
                        topic.replicationFactor(),
                        topic.configuration().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> "    %s: \"%s\"\n".formatted(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining()));
    }
}
