package io.headwater.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.security.keys.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    @ParameterizedTest
    @CsvSource({
        "POST,/images,INGEST",
        "POST,/images/,INGEST",
        "POST,/images%3Abatch,INGEST",
        "PUT,/images/7/label,LABEL",
        "PUT,/images/..%2f..%2frollouts/label,LABEL",
        "DELETE,/images/7/label/,LABEL",
        "POST,/rollouts/7/promote,ROLLOUT",
        "POST,/rollouts/pause,ROLLOUT",
        "POST,/trainings,ROLLOUT",
        "GET,/models/stable,READ",
        "HEAD,/models/stable,READ",
        "GET,/q/metrics,READ",
        "GET,/q/metrics/application,READ",
        "POST,/v2/models/headwater/infer,INGEST"
    })
    void these_need_that_role(String method, String path, Role role) {
        assertThat(Access.roles(method, path)).contains(Set.of(role));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/q/health",
        "GET,/q/health/ready",
        "HEAD,/q/health/live",
        "GET,/v2/health/live",
        "GET,/q/openapi",
        "GET,/q/swagger-ui/",
        "GET,/",
        "GET,/console/config.json",
        "GET,/console/views/stream-view.js"
    })
    void these_are_open_to_everybody(String method, String path) {
        assertThat(Access.roles(method, path)).contains(Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/",
        "POST,/console/config.json",
        "GET,/images",
        "PATCH,/images",
        "POST,/images/7",
        "POST,/images/7/label",
        "PUT,/images/a/b/label",
        "POST,/images;role=admin",
        "POST,/q/health",
        "GET,/q/healthy",
        "GET,/q/arc",
        "GET,/q/dev-ui",
        "OPTIONS,/images",
        "post,/images",
        "POST,/rollouts/7/promote/now"
    })
    void what_is_not_in_the_table_is_open_to_nobody(String method, String path) {
        assertThat(Access.roles(method, path)).isEmpty();
    }

    @Test
    void whatever_changes_labels_or_what_is_served_is_recorded() {
        assertThat(Access.rule("PUT", "/images/7/label").orElseThrow().isAudited())
                .isTrue();
        assertThat(Access.rule("POST", "/rollouts/rollback").orElseThrow().isAudited())
                .isTrue();
        assertThat(Access.rule("GET", "/rollouts").orElseThrow().isAudited()).isFalse();
        assertThat(Access.rule("PUT", "/images/7/label").orElseThrow().action()).isEqualTo("PUT /images/{}/label");
    }
}
