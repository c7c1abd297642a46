package io.headwater.local.cli;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class LetterChoice {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Those whose reason has this in it.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "Failed then or later, such as 2026-11-24T08:00:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Failed before.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--partition", paramLabel = "N", description = "Those that came from this partition of images.")
    private Optional<Integer> partition = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private Optional<Integer> limit = Optional.empty();

    /** By the names that the service has for them. */
    Map<String, String> named(String reasonName, String partitionName) {
        Map<String, String> named = new TreeMap<>();
        reason.ifPresent(text -> named.put(reasonName, text));
        since.ifPresent(time -> named.put("since", time.toString()));
        until.ifPresent(time -> named.put("until", time.toString()));
        partition.ifPresent(number -> named.put(partitionName, number.toString()));
        limit.ifPresent(number -> named.put("limit", number.toString()));
        return named;
    }
}
