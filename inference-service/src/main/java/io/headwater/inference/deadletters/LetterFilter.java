package io.headwater.inference.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which dead letters are meant. All that is given must hold.
 *
 * @param reasonContains text in the reason, upper or lower case
 * @param since failed then or later
 * @param until failed before
 * @param originPartition the partition of {@code images} that it came from
 */
record LetterFilter(
        Optional<String> reasonContains,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Integer> originPartition)
        implements Predicate<Letter> {

    /** Whether it leaves anything out. */
    boolean isEmpty() {
        return reasonContains.isEmpty() && since.isEmpty() && until.isEmpty() && originPartition.isEmpty();
    }

    @Override
    public boolean test(Letter letter) {
        return reasonContains
                        .map(text -> letter.reason().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true)
                && since.map(from -> !letter.failedAt().isBefore(from)).orElse(true)
                && until.map(to -> letter.failedAt().isBefore(to)).orElse(true)
                && originPartition
                        .map(number -> letter.origin()
                                .filter(origin -> origin.partition() == number)
                                .isPresent())
                        .orElse(true);
    }
}
