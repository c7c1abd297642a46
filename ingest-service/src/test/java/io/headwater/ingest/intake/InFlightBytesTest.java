package io.headwater.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightBytesTest {
    private static final int MIB = 1024 * 1024;

    private final InFlightBytes inFlight =
            new InFlightBytes(2 * MIB, MIB, Duration.ofMillis(10), Duration.ofSeconds(3));

    @Test
    void who_finds_no_room_is_told_to_come_again() {
        InFlightBytes.Lease first = inFlight.lease();
        first.growTo(2 * MIB);
        InFlightBytes.Lease second = inFlight.lease();

        ProblemException busy = catchThrowableOfType(ProblemException.class, () -> second.growTo(1));

        assertThat(busy.kind()).isEqualTo(ProblemKind.BUSY);
        first.close();
        second.growTo(1);
        assertThat(inFlight.taken()).isEqualTo(1024);
    }

    @Test
    void what_is_given_back_twice_is_given_back_once() {
        InFlightBytes.Lease lease = inFlight.lease();
        lease.growTo(MIB);
        lease.shrinkTo(2048);
        assertThat(inFlight.taken()).isEqualTo(2048);

        lease.close();
        lease.close();

        assertThat(inFlight.taken()).isZero();
    }

    @Test
    void less_room_than_the_largest_upload_needs_is_refused_at_start() {
        assertThatThrownBy(() -> new InFlightBytes(10, 11, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.intake.max-bytes-in-flight is 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 100_000, 500_000, 999_999})
    void bytes_come_as_they_are_whatever_was_expected(int expected) throws Exception {
        byte[] content = new byte[500_000];
        new Random(1).nextBytes(content);
        InFlightBytes.Lease room = inFlight.lease();

        byte[] read = new BoundedBytes(MIB, expected, room)
                .readFrom(new ByteArrayInputStream(content))
                .toBytes();

        assertThat(read).isEqualTo(content);
        assertThat(inFlight.taken()).isBetween(500_000L, (long) MIB);
    }

    @Test
    void with_the_right_expectation_no_more_room_is_taken_than_needed() throws Exception {
        InFlightBytes.Lease room = inFlight.lease();

        new BoundedBytes(MIB, 300 * 1024, room).readFrom(new ByteArrayInputStream(new byte[300 * 1024]));

        assertThat(inFlight.taken()).isEqualTo(300 * 1024);
    }

    @Test
    void one_byte_too_many_is_refused_before_there_is_room_for_it() throws Exception {
        InFlightBytes.Lease room = inFlight.lease();
        BoundedBytes bytes = new BoundedBytes(MIB, 0, room);

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> bytes.readFrom(new ByteArrayInputStream(new byte[MIB + 1])));

        assertThat(refused.kind()).isEqualTo(ProblemKind.TOO_LARGE);
        assertThat(inFlight.taken()).isEqualTo(MIB);
        assertThat(new BoundedBytes(MIB, 0, inFlight.lease())
                        .readFrom(new ByteArrayInputStream(new byte[MIB]))
                        .toBytes())
                .hasSize(MIB);
    }

    @Test
    void nothing_takes_no_room() throws Exception {
        InFlightBytes.Lease room = inFlight.lease();

        byte[] read = new BoundedBytes(MIB, MIB, room)
                .readFrom(new ByteArrayInputStream(new byte[0]))
                .toBytes();

        assertThat(read).isEmpty();
        assertThat(inFlight.taken()).isZero();
    }
}
