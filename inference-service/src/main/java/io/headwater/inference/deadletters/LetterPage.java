package io.headwater.inference.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Some dead letters, the newest first.
 *
 * @param letters at most as many as were wanted; fewer, even none, where a filter leaves out many
 * @param next where the older ones begin; empty where there are none
 */
record LetterPage(List<Letter> letters, Optional<String> next) {
    static final String CURSOR = "(\\d{1,9}-\\d{1,18})(_\\d{1,9}-\\d{1,18}){0,99}";

    private static final int CHUNK = 256;
    private static final int MOST_READ = 10_000;

    /** What one partition gives to the page: its newest matches, and down to which offset it was read for them. */
    private record Part(List<Letter> newestFirst, long readTo) {}

    /**
     * Reads backwards, at most {@value #MOST_READ} records of each partition.
     *
     * @param cursor of an earlier page, see {@link #next}
     */
    static LetterPage read(
            LetterTopic topic, Replays replays, LetterFilter filter, Optional<String> cursor, int limit) {
        filter.since().ifPresent(topic::since);
        Map<Integer, Long> before = parse(cursor);
        Map<Integer, Long> readTo = new TreeMap<>();
        List<List<Letter>> parts = new ArrayList<>();
        for (int partition : topic.partitions()) {
            long end = Math.min(topic.end(partition), before.getOrDefault(partition, Long.MAX_VALUE));
            Part part = part(topic, replays, filter, partition, end, limit);
            parts.add(part.newestFirst());
            readTo.put(partition, part.readTo());
        }
        List<Letter> letters = newest(parts, limit);
        // What was found and did not fit is for the next page.
        parts.forEach(
                part -> part.stream().findFirst().ifPresent(left -> readTo.put(left.partition(), left.offset() + 1)));
        boolean more = readTo.entrySet().stream()
                .anyMatch(partition -> partition.getValue() > topic.beginning(partition.getKey()));
        return new LetterPage(letters, Optional.of(readTo).filter(some -> more).map(LetterPage::toCursor));
    }

    private static Part part(
            LetterTopic topic, Replays replays, LetterFilter filter, int partition, long end, int limit) {
        List<Letter> newestFirst = new ArrayList<>();
        long to = end;
        long stop = Math.max(topic.beginning(partition), end - MOST_READ);
        while (to > stop) {
            long from = Math.max(stop, to - CHUNK);
            List<Letter> chunk = new ArrayList<>();
            topic.read(partition, from, to, entry -> chunk.add(Letter.of(entry, replays)));
            for (int i = chunk.size() - 1; i >= 0; i--) {
                if (filter.test(chunk.get(i))) {
                    newestFirst.add(chunk.get(i));
                    if (newestFirst.size() == limit) {
                        return new Part(newestFirst, chunk.get(i).offset());
                    }
                }
            }
            to = from;
        }
        return new Part(newestFirst, to);
    }

    /** Takes the newest out of the parts, each of which keeps its order. */
    private static List<Letter> newest(List<List<Letter>> parts, int limit) {
        List<Letter> taken = new ArrayList<>();
        while (taken.size() < limit) {
            List<Letter> newest = List.of();
            for (List<Letter> part : parts) {
                boolean newer = !part.isEmpty()
                        && (newest.isEmpty()
                                || part.get(0).failedAt().isAfter(newest.get(0).failedAt()));
                newest = newer ? part : newest;
            }
            if (newest.isEmpty()) {
                break;
            }
            taken.add(newest.remove(0));
        }
        return taken;
    }

    private static Map<Integer, Long> parse(Optional<String> cursor) {
        Map<Integer, Long> before = new TreeMap<>();
        for (String part : cursor.map(text -> text.split("_")).orElse(new String[0])) {
            String[] numbers = part.split("-");
            before.put(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
        }
        return before;
    }

    private static String toCursor(Map<Integer, Long> before) {
        return before.entrySet().stream()
                .map(partition -> partition.getKey() + "-" + partition.getValue())
                .collect(Collectors.joining("_"));
    }
}
