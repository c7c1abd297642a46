package io.headwater.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final String HASH = KeyHash.of("secret").text();

    @TempDir
    Path directory;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void file() {
        path = directory.resolve("below/keys");
        file = new KeyFile(path);
    }

    @Test
    void a_key_is_kept_without_its_secret() throws Exception {
        NewKey made = file.add("camera-3", Set.of(Role.INGEST, Role.READ), NOW);

        assertThat(made.text())
                .matches("hw_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")
                .startsWith("hw_" + made.key().id());
        assertThat(file.keys()).containsExactly(made.key());
        assertThat(made.key().created()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(Files.readString(path))
                .contains(" camera-3 ingest,read 2026-03-01T12:00:00Z $argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(made.text().substring("hw_12345678_".length()));
        assertThat(made.toString()).doesNotContain(made.text().substring("hw_12345678_".length()));
    }

    @Test
    void only_the_owner_can_read_the_file() throws Exception {
        file.add("camera-3", Set.of(Role.INGEST), NOW);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(Files.list(path.getParent())).containsExactly(path);
    }

    @Test
    void a_name_may_have_two_keys_and_either_can_be_revoked() {
        NewKey old = file.add("camera-3", Set.of(Role.INGEST), NOW);
        NewKey next = file.add("camera-3", Set.of(Role.INGEST), NOW);

        List<ApiKey> revoked = file.revoke(old.key().id());

        assertThat(revoked).containsExactly(old.key());
        assertThat(file.keys()).containsExactly(next.key());
        assertThat(file.revoke("camera-3")).containsExactly(next.key());
        assertThat(file.keys()).isEmpty();
        assertThat(file.revoke("camera-3")).isEmpty();
    }

    @Test
    void what_people_wrote_into_it_is_read() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(
                path, "# note\n\n  0123abcd   alice@example.org\tlabel,read 2026-03-01T12:00:00Z " + HASH + "  \n");

        assertThat(file.keys())
                .containsExactly(new ApiKey(
                        "0123abcd",
                        "alice@example.org",
                        Set.of(Role.LABEL, Role.READ),
                        Instant.parse("2026-03-01T12:00:00Z"),
                        HASH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123abcd alice read 2026-03-01T12:00:00Z",
                "0123ABCD alice read 2026-03-01T12:00:00Z HASH",
                "0123abcd -alice read 2026-03-01T12:00:00Z HASH",
                "0123abcd alice admin 2026-03-01T12:00:00Z HASH",
                "0123abcd alice read, 2026-03-01T12:00:00Z HASH",
                "0123abcd alice read yesterday HASH",
                "0123abcd alice read 2026-03-01T12:00:00Z secret",
                "0123abcd alice read 2026-03-01T12:00:00Z HASH more",
                "0123abcd alice read 2026-03-01T12:00:00Z $argon2id$v=19$m=999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$0123456789012345678901234567890123456789012",
                "0123abcd alice read 2026-03-01T12:00:00Z HASH\n0123abcd bob read 2026-03-01T12:00:00Z HASH"
            })
    void a_line_that_is_no_key_is_told_with_its_number(String line) throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, line.replace("HASH", HASH));

        assertThatThrownBy(file::keys)
                .isInstanceOf(KeyFileException.class)
                .hasMessageMatching("Line [12] of the key file .*keys is no key: .+")
                .hasMessageNotContaining(HASH);
    }

    @Test
    void a_file_that_is_not_there_is_told_with_the_remedy() {
        assertThatThrownBy(file::keys)
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("./headwater keys add");
    }

    @Test
    void a_name_with_a_space_is_refused_and_nothing_is_written() {
        assertThatThrownBy(() -> file.add("camera 3", Set.of(Role.INGEST), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("camera 3");

        assertThat(path).doesNotExist();
    }
}
