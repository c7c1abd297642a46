package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service of this release and one of the last can be replaced in any order: each reads what the other writes. */
class SchemaCompatibilityTest {
    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void reads_what_the_last_release_wrote(Schema schema) {
        assertThat(problems(schema, lastReleased(schema))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void is_read_by_the_last_release(Schema schema) {
        assertThat(problems(lastReleased(schema), schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_field_is_documented(Schema schema) {
        List<String> undocumented = new ArrayList<>();
        collectUndocumented(schema, undocumented, new HashSet<>());

        assertThat(undocumented).isEmpty();
    }

    private static void collectUndocumented(Schema schema, List<String> found, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (!seen.add(schema.getFullName())) {
                    return;
                }
                if (schema.getDoc() == null) {
                    found.add(schema.getName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null || field.doc().isBlank()) {
                        found.add(schema.getName() + "." + field.name());
                    }
                    collectUndocumented(field.schema(), found, seen);
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> collectUndocumented(branch, found, seen));
            case ARRAY -> collectUndocumented(schema.getElementType(), found, seen);
            case MAP -> collectUndocumented(schema.getValueType(), found, seen);
            default -> {}
        }
    }

    @Test
    void a_field_without_a_default_would_be_noticed() {
        Schema released = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
        Schema widened = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                        + "{\"name\":\"b\",\"type\":\"int\"}]}");

        assertThat(problems(widened, released)).isNotEmpty();
    }

    static Stream<Schema> schemas() {
        return new Topics("", 1, 1).all().stream().map(TopicSpec::value).flatMap(value -> value.stream());
    }

    /** Those that a release had already; a new event has nothing to be compatible with. */
    static Stream<Schema> releasedSchemas() {
        List<Schema> released = schemas()
                .filter(schema -> !ReleasedSchemas.of(schema.getName()).isEmpty())
                .toList();
        assertThat(released).hasSizeGreaterThanOrEqualTo(7);
        return released.stream();
    }

    private static Schema lastReleased(Schema schema) {
        List<Schema> released = ReleasedSchemas.of(schema.getName());
        return released.get(released.size() - 1);
    }

    private static List<SchemaCompatibility.Incompatibility> problems(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        assertThat(result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE)
                .isEqualTo(result.getIncompatibilities().isEmpty());
        return result.getIncompatibilities();
    }
}
