package io.headwater.inference.deadletters;

import io.headwater.deadletter.DeadLetters;
import io.headwater.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One replay: chooses, and puts back. */
final class Replayer {
    /** Of the replays behind a letter, the last so many are told. */
    static final int HISTORY = 16;

    private static final Set<String> OF_THE_DEATH = Set.of(
            DeadLetters.REASON, DeadLetters.ORIGIN_TOPIC, DeadLetters.ORIGIN_PARTITION, DeadLetters.ORIGIN_OFFSET);
    // What Kafka itself adds to a record, and the header that a replay does; amply.
    private static final int ROOM = 4096;

    private final Topics topics;
    private final ReplayRequest request;
    private final Replays replays;
    private final Set<Integer> imagePartitions;
    private final String id;
    private final Instant at;
    private final Optional<Outbox> outbox;
    private final List<ReplayAnswer.Replayed> replayed = new ArrayList<>();
    private final List<ReplayAnswer.Skipped> skipped = new ArrayList<>();

    /**
     * @param imagePartitions those that {@code images} has
     * @param id of the request
     * @param outbox where it goes; empty for a dry run
     */
    Replayer(
            Topics topics,
            ReplayRequest request,
            Replays replays,
            Set<Integer> imagePartitions,
            String id,
            Instant at,
            Optional<Outbox> outbox) {
        this.topics = topics;
        this.request = request;
        this.replays = replays;
        this.imagePartitions = imagePartitions;
        this.id = id;
        this.at = at;
        this.outbox = outbox;
    }

    ReplayAnswer replay(LetterTopic letters) {
        boolean all = request.isList() ? listed(letters) : filtered(letters);
        outbox.ifPresent(Outbox::commit);
        return new ReplayAnswer(id, at, request.isDryRun(), replayed, skipped, !all);
    }

    private boolean listed(LetterTopic letters) {
        for (LetterId letter : request.chosen().toList()) {
            Optional<ConsumerRecord<byte[], byte[]>> found = letters.at(letter);
            if (found.isEmpty()) {
                skip(letter, absence(letters, letter));
            } else if (!request.filter().test(Letter.of(found.get(), replays))) {
                skip(letter, "the filter leaves it out");
            } else if (!take(found.get())) {
                return false;
            }
        }
        return true;
    }

    private static String absence(LetterTopic letters, LetterId letter) {
        if (!letters.partitions().contains(letter.partition())) {
            return "there is no such partition";
        }
        if (letter.offset() < letters.beginning(letter.partition())) {
            return "it is not there any more: older than the topic keeps";
        }
        return letter.offset() < letters.end(letter.partition())
                ? "at this offset there is no dead letter"
                : "there is none of that offset yet";
    }

    // The oldest first, up to what was there when the replay began: what dies again meanwhile is not put back again.
    private boolean filtered(LetterTopic letters) {
        LetterFilter filter = request.filter();
        filter.since().ifPresent(letters::since);
        for (int partition : letters.partitions()) {
            boolean all = letters.read(
                    partition,
                    letters.beginning(partition),
                    letters.end(partition),
                    entry -> !filter.test(Letter.of(entry, replays)) || take(entry));
            if (!all) {
                return false;
            }
        }
        return true;
    }

    /** False if the limit is reached, and the letter left out. */
    private boolean take(ConsumerRecord<byte[], byte[]> entry) {
        Letter letter = Letter.of(entry, replays);
        Optional<String> obstacle = obstacle(entry, letter);
        if (obstacle.isPresent()) {
            skip(letter.id(), obstacle.get());
            return true;
        }
        if (replayed.size() == request.most()) {
            return false;
        }
        int target = letter.origin().orElseThrow().partition();
        Replay replay = new Replay(id, at, letter.id(), letter.reason());
        outbox.ifPresent(to -> to.add(back(entry, target, replay), mark(replay)));
        replays.add(replay);
        replayed.add(new ReplayAnswer.Replayed(letter.partition(), letter.offset(), letter.imageId(), target));
        return true;
    }

    private Optional<String> obstacle(ConsumerRecord<byte[], byte[]> entry, Letter letter) {
        if (letter.replayed().isPresent() && !request.isAgain()) {
            Replay before = letter.replayed().get();
            return Optional.of("it was put back already, at " + before.at() + " by request " + before.request()
                    + "; \"again\": true puts it back once more");
        }
        if (letter.origin().isEmpty()) {
            return Optional.of("its headers don't say where it came from");
        }
        Letter.Origin origin = letter.origin().get();
        if (!origin.topic().equals(topics.images().name())) {
            return Optional.of("it came from '" + origin.topic() + "', not from '"
                    + topics.images().name() + "'");
        }
        if (!imagePartitions.contains(origin.partition())) {
            return Optional.of("'" + origin.topic() + "' has no partition " + origin.partition());
        }
        if (size(entry) + ROOM > topics.images().maxMessageBytes()) {
            return Optional.of("with its headers it is larger than '" + origin.topic() + "' takes");
        }
        return Optional.empty();
    }

    private static long size(ConsumerRecord<byte[], byte[]> entry) {
        return Math.max(0, entry.serializedKeySize())
                + Math.max(0, entry.serializedValueSize())
                + StreamSupport.stream(entry.headers().spliterator(), false)
                        .mapToLong(
                                header -> header.key().length() + (header.value() == null ? 0 : header.value().length))
                        .sum();
    }

    private ProducerRecord<byte[], byte[]> back(ConsumerRecord<byte[], byte[]> entry, int partition, Replay replay) {
        List<Header> history = new ArrayList<>();
        entry.headers().headers(DeadLetters.REPLAY).forEach(history::add);
        List<Header> told = history.subList(Math.max(0, history.size() - HISTORY + 1), history.size());
        Headers headers = new RecordHeaders();
        for (Header header : entry.headers()) {
            boolean kept = !OF_THE_DEATH.contains(header.key()) && !DeadLetters.REPLAY.equals(header.key());
            if (kept) {
                headers.add(header);
            }
        }
        told.forEach(headers::add);
        headers.add(DeadLetters.REPLAY, replay.toBytes());
        return new ProducerRecord<>(topics.images().name(), partition, null, entry.key(), entry.value(), headers);
    }

    private ProducerRecord<byte[], byte[]> mark(Replay replay) {
        String letters = topics.deadLetters(topics.images()).name();
        byte[] key = Replays.key(letters, replay.letter()).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topics.replays().name(), key, replay.toBytes());
    }

    private void skip(LetterId letter, String why) {
        if (skipped.size() < ReplayRequest.MOST) {
            skipped.add(new ReplayAnswer.Skipped(letter.partition(), letter.offset(), why));
        }
    }
}
