package io.headwater.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.security.quota.Quotas;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityConfigTest {
    @Test
    void these_are_the_defaults() {
        SecurityConfig config = security(Map.of());

        assertThat(config.auth()).isEqualTo(AuthMode.NONE);
        assertThat(config.keys().file()).isEqualTo(Path.of(System.getProperty("user.home"), ".headwater/keys"));
        assertThat(config.keys().refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.keys().remembered()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.quota().requests()).isEmpty();
        assertThat(config.quota().bytes()).isEmpty();
        assertThat(config.quota().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Quotas.of(config.quota())).isEmpty();
    }

    @Test
    void these_are_the_names() {
        SecurityConfig config = security(Map.of(
                "headwater.auth", "api-key",
                "headwater.keys.file", "/etc/headwater/keys",
                "headwater.keys.refresh", "3s",
                "headwater.keys.remembered", "4s",
                "headwater.quota.requests", "5",
                "headwater.quota.bytes", "6M",
                "headwater.quota.window", "7s"));

        assertThat(config.auth()).isEqualTo(AuthMode.API_KEY);
        assertThat(config.keys().file()).isEqualTo(Path.of("/etc/headwater/keys"));
        assertThat(config.keys().refresh()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.keys().remembered()).isEqualTo(Duration.ofSeconds(4));
        assertThat(Quotas.of(config.quota())).hasValueSatisfying(quotas -> assertThat(quotas.policy())
                .isEqualTo("\"requests\";q=5;w=7, \"bytes\";q=6291456;qu=\"content-bytes\";w=7"));
    }

    @Test
    void a_quota_of_nothing_is_one_sentence() {
        assertThatThrownBy(() -> Quotas.of(
                        security(Map.of("headwater.quota.requests", "0")).quota()))
                .hasMessageContaining("headwater.quota.requests is 0");
        assertThatThrownBy(() ->
                        Quotas.of(security(Map.of("headwater.quota.bytes", "0")).quota()))
                .hasMessageContaining("headwater.quota.bytes is 0");
        assertThatThrownBy(() -> Quotas.of(
                        security(Map.of("headwater.quota.window", "10ms")).quota()))
                .hasMessageContaining("headwater.quota.window");
    }

    @Test
    void open_id_connect_is_on_with_oidc_alone_whatever_else_says_so() {
        for (String auth : new String[] {"none", "api-key", ""}) {
            assertThat(isOidcOn(Map.of("headwater.auth", auth, "quarkus.oidc.tenant-enabled", "true")))
                    .as(auth)
                    .isFalse();
        }
        assertThat(isOidcOn(Map.of())).isFalse();
        assertThat(isOidcOn(Map.of("headwater.auth", "oidc", "quarkus.oidc.tenant-enabled", "false")))
                .isTrue();
        assertThat(isOidcOn(Map.of("headwater.auth", "OIDC"))).isTrue();
    }

    private static boolean isOidcOn(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 400))
                .withSources(new OidcSwitch())
                .build()
                .getValue("quarkus.oidc.tenant-enabled", Boolean.class);
    }

    private static SecurityConfig security(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(SecurityConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withValidateUnknown(false)
                .build();
        return config.getConfigMapping(SecurityConfig.class);
    }
}
