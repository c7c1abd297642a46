package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.headwater.events.ImageLabelled;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BoundedDecoderTest {
    private static final int HEADER = 10;

    @Test
    void a_string_that_says_it_is_a_gigabyte_takes_no_memory() throws IOException {
        byte[] whole = EventFormat.singleObject()
                .serializer(ImageLabelled.class)
                .serialize("labels", new ImageLabelled("daisy", "ann", Instant.EPOCH));
        byte[] length = longs(1 << 30);
        byte[] record = Arrays.copyOf(whole, HEADER + length.length);
        System.arraycopy(length, 0, record, HEADER, length.length);
        var deserializer = EventFormat.singleObject().deserializer(ImageLabelled.class);

        long allocated = allocated(() -> deserializer.deserialize("labels", record));

        assertThat(allocated).isLessThan(1 << 20);
    }

    @Test
    void bytes_arrays_and_maps_are_held_to_what_is_left() throws IOException {
        byte[] many = longs(1000, 1, 2, 3);

        assertThatThrownBy(() -> new BoundedDecoder(many, 0).readBytes(null)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BoundedDecoder(many, 0).readArrayStart()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BoundedDecoder(many, 0).readMapStart()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new BoundedDecoder(many, 0).skipString()).isInstanceOf(EOFException.class);
        assertThat(new BoundedDecoder(longs(3, 1, 2, 3), 0).readArrayStart()).isEqualTo(3);
    }

    @Test
    void a_negative_length_is_refused() throws IOException {
        byte[] negative = longs(-5);

        assertThatThrownBy(() -> new BoundedDecoder(negative, 0).readString()).isInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void judgements_that_hold_each_other_by_the_hundred_thousand_are_refused_before_the_stack_is_full() {
        byte[] whole = EventFormat.singleObject()
                .serializer(PredictionJudged.class)
                .serialize("judgements", judged(List.of()));
        int depth = 100_000;
        // What it replaced is the last field: an empty array is one zero.
        byte[] fields = Arrays.copyOfRange(whole, HEADER, whole.length - 1);
        ByteBuffer record = ByteBuffer.allocate(HEADER + depth * (fields.length + 2) + fields.length + 1);
        record.put(whole, 0, HEADER);
        for (int i = 0; i < depth; i++) {
            record.put(fields).put((byte) 2);
        }
        record.put(fields);
        var deserializer = EventFormat.singleObject().deserializer(PredictionJudged.class);

        assertThatThrownBy(() -> deserializer.deserialize("judgements", record.array()))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void a_judgement_and_those_that_it_replaced_are_read() {
        PredictionJudged event = judged(Collections.nCopies(8, judged(List.of())));
        byte[] record =
                EventFormat.singleObject().serializer(PredictionJudged.class).serialize("judgements", event);

        assertThat(EventFormat.singleObject()
                        .deserializer(PredictionJudged.class)
                        .deserialize("judgements", record))
                .isEqualTo(event);
    }

    private static PredictionJudged judged(List<PredictionJudged> earlier) {
        var answer = new JudgedAnswer(1L, "daisy", 0.5f, true, 0.5f);
        return new PredictionJudged("daisy", "ann", Instant.EPOCH, Instant.EPOCH, 1L, false, List.of(answer), earlier);
    }

    private static long allocated(ThrowingCallable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThatThrownBy(work).isInstanceOf(EventFormatException.class);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(work).isInstanceOf(EventFormatException.class);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static byte[] longs(long... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        for (long value : values) {
            encoder.writeLong(value);
        }
        return bytes.toByteArray();
    }
}
