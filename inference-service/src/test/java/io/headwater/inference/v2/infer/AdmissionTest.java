package io.headwater.inference.v2.infer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(2, 100);

    @Test
    void as_many_requests_as_there_is_room_for() {
        Admission.Permit first = admission.enter(10).orElseThrow();
        assertThat(admission.enter(10)).isPresent();
        assertThat(admission.enter(10)).isEmpty();

        first.close();
        first.close();

        assertThat(admission.enter(10)).isPresent();
        assertThat(admission.enter(10)).isEmpty();
        assertThat(admission.requests()).isEqualTo(2);
    }

    @Test
    void as_many_bytes_as_there_is_room_for() {
        Admission.Permit first = admission.enter(60).orElseThrow();
        assertThat(admission.enter(41)).isEmpty();

        assertThat(first.grow(100)).isTrue();
        assertThat(first.grow(101)).isFalse();
        assertThat(admission.enter(1)).isEmpty();
        first.close();

        assertThat(admission.enter(100)).isPresent();
    }
}
