package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecentImagesTest {
    private final RecentImages recent = new RecentImages(2);

    @Test
    void the_eldest_of_its_partition_is_forgotten_first() {
        recent.add(image(0, "a"));
        recent.add(image(1, "a"));
        recent.add(image(0, "b"));

        recent.add(image(0, "c"));

        assertThat(recent.contains(image(0, "a"))).isFalse();
        assertThat(recent.contains(image(0, "b"))).isTrue();
        assertThat(recent.contains(image(0, "c"))).isTrue();
        assertThat(recent.contains(image(1, "a"))).isTrue();
    }

    @Test
    void an_id_is_added_once() {
        assertThat(recent.add(image(0, "a"))).isTrue();
        assertThat(recent.add(image(0, "a"))).isFalse();
    }

    @Test
    void a_partition_that_went_elsewhere_is_forgotten() {
        recent.add(image(0, "a"));
        recent.add(image(1, "b"));

        recent.forget(0);

        assertThat(recent.contains(image(0, "a"))).isFalse();
        assertThat(recent.contains(image(1, "b"))).isTrue();
    }

    @Test
    void a_record_without_key_is_never_known() {
        assertThat(recent.contains(new ConsumerRecord<>("images", 0, 0, null, new byte[0])))
                .isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> image(int partition, String id) {
        return new ConsumerRecord<>("images", partition, 0, id.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }
}
