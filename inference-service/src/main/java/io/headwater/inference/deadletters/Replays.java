package io.headwater.inference.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which dead letters were put back, the newest {@value #MOST} replays. */
final class Replays {
    static final int MOST = 100_000;

    private final Map<LetterId, Replay> known = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LetterId, Replay> eldest) {
            return size() > MOST;
        }
    };

    /** Reads all of the topic {@code replays}. */
    static Replays read(LetterTopic topic, String letters) {
        Replays replays = new Replays();
        for (int partition : topic.partitions()) {
            topic.read(partition, topic.beginning(partition), topic.end(partition), entry -> {
                String key = entry.key() == null ? "" : new String(entry.key(), StandardCharsets.UTF_8);
                Replay.parse(entry.value())
                        .filter(replay -> key.equals(key(letters, replay.letter())))
                        .ifPresent(replays::add);
                return true;
            });
        }
        return replays;
    }

    /** Key of a record in {@code replays}. */
    static String key(String letters, LetterId letter) {
        return letters + "/" + letter;
    }

    void add(Replay replay) {
        known.put(replay.letter(), replay);
    }

    /** The last one of a dead letter. */
    Optional<Replay> of(LetterId letter) {
        return Optional.ofNullable(known.get(letter));
    }
}
