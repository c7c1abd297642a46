package io.headwater.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /images:batch, BATCH",
        "POST, /labels:batch, BATCH",
        "POST, /images%3Abatch, OTHER",
        "POST, /images:batch/, BATCH",
        "POST, //images:batch//, BATCH",
        "POST, /images:batch;a=b, BATCH",
        "POST, /images/x:batch, OTHER",
        "POST, /images;:batch, OTHER",
        "POST, /images, OTHER",
        "PUT, /images/a/label, LABEL",
        "PUT, /images/a/label/, LABEL",
        "PUT, /images/a:batch/label, LABEL",
        "PUT, /images/a%2Fb/label;c=d, LABEL",
        "PUT, /images//a//label, LABEL",
        "DELETE, /images/a/label, OTHER",
        "PUT, /images/label, OTHER"
    })
    void a_path_is_known_however_it_is_written(String method, String path, Target target) {
        assertThat(Target.of(HttpMethod.valueOf(method), path)).isEqualTo(target);
    }
}
