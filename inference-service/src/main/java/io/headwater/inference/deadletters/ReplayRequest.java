package io.headwater.inference.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which dead letters to put back. There must be letters or at least one condition of the filter; where there are both, both
 * must hold.
 *
 * @param topic must be that of the images where it is given
 * @param letters these, at most {@value #MOST}; empty for all that the filter lets through
 * @param reasonContains text in the reason, upper or lower case
 * @param since failed then or later
 * @param until failed before
 * @param originPartition the partition of {@code images} that it came from
 * @param limit most letters, by default {@value #USUAL} or as many as are listed
 * @param dryRun only tell what would be put back
 * @param again also what was put back before
 */
record ReplayRequest(
        Optional<String> topic,
        Optional<List<LetterId>> letters,
        Optional<String> reasonContains,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Integer> originPartition,
        OptionalInt limit,
        Optional<Boolean> dryRun,
        Optional<Boolean> again) {
    static final int MOST = 1000;
    static final int USUAL = 100;

    // A misspelt "dryRun" must not put anything back.
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @throws IllegalArgumentException with a sentence for the client
     */
    static ReplayRequest parse(String json, String letterTopic) {
        ReplayRequest request;
        try {
            request = STRICT.readValue(json, ReplayRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body is not a replay: " + place(e) + problem(e), e);
        }
        if (request == null) {
            throw new IllegalArgumentException("The body is not a replay: it is null.");
        }
        request.topic.filter(topic -> !topic.equals(letterTopic)).ifPresent(topic -> {
            throw new IllegalArgumentException(
                    "Only dead letters of '" + letterTopic + "' are put back here, not those of '" + topic + "'.");
        });
        List<LetterId> chosen = request.letters.orElse(List.of());
        if (chosen.isEmpty() && request.filter().isEmpty()) {
            throw new IllegalArgumentException("Nothing is chosen: give letters (a list of partition and offset),"
                    + " reasonContains, since, until or originPartition.");
        }
        if (chosen.size() > MOST) {
            throw new IllegalArgumentException(
                    "There are " + chosen.size() + " letters, but at most " + MOST + " are put back at once.");
        }
        if (chosen.stream().anyMatch(letter -> letter == null || letter.partition() < 0 || letter.offset() < 0)) {
            throw new IllegalArgumentException("A letter has a partition and an offset, both 0 or more.");
        }
        if (request.most() < 1 || request.most() > MOST) {
            throw new IllegalArgumentException(
                    "The limit is " + request.most() + ", but must be from 1 to " + MOST + ".");
        }
        return request;
    }

    private static String place(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? mapping.getPath().get(mapping.getPath().size() - 1).getFieldName() + ": "
                : "";
    }

    // Without the advice for whoever configures Jackson.
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst(" \\(set DeserializationConfig.*", "");
    }

    /** Each once, in the order in which they died. */
    Stream<LetterId> chosen() {
        return new TreeSet<>(letters.orElse(List.of())).stream();
    }

    boolean isDryRun() {
        return dryRun.orElse(false);
    }

    boolean isAgain() {
        return again.orElse(false);
    }

    boolean isList() {
        return letters.filter(list -> !list.isEmpty()).isPresent();
    }

    LetterFilter filter() {
        return new LetterFilter(reasonContains, since, until, originPartition);
    }

    int most() {
        return limit.orElse(Math.max(USUAL, letters.map(List::size).orElse(0)));
    }
}
