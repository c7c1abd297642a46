package io.headwater.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyToolTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path path;
    private Path owner;
    private Path prometheus;

    @BeforeEach
    void paths() {
        path = directory.resolve("etc/keys");
        owner = directory.resolve("owner/key");
        prometheus = directory.resolve("prometheus/key");
    }

    @Test
    void the_first_keys_are_good_and_handed_over_to_the_owner_and_his_group_and_not_told() throws Exception {
        assertThat(first()).isZero();

        assertThat(roles(Files.readString(owner))).isEqualTo(Set.of(Role.values()));
        assertThat(roles(Files.readString(prometheus))).containsExactly(Role.READ);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(owner)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(Files.list(path.getParent())).containsExactly(path);
        assertThat(text(out)).contains(owner.toString()).doesNotContain("hw_");
    }

    @Test
    void a_second_start_makes_no_keys_even_if_the_first_ones_were_taken_away() throws Exception {
        first();
        String keys = Files.readString(path);
        Files.delete(owner);

        assertThat(first()).isZero();

        assertThat(Files.readString(path)).isEqualTo(keys);
        assertThat(owner).doesNotExist();
    }

    @Test
    void a_start_that_was_killed_before_the_key_file_was_there_is_begun_again() throws Exception {
        Files.createDirectories(path.getParent());
        Files.createDirectories(owner.getParent());
        Files.writeString(path.resolveSibling(".first-keys"), "half a li");
        Files.writeString(owner, "hw_00000000_");

        assertThat(first()).isZero();

        assertThat(roles(Files.readString(owner))).isEqualTo(Set.of(Role.values()));
        assertThat(new KeyFile(path).keys()).extracting(ApiKey::name).containsExactly("owner", "prometheus");
    }

    @Test
    void more_keys_are_made_told_and_revoked() {
        assertThat(run("add", "camera-3", "ingest")).isZero();
        String key = text(out).strip();
        assertThat(roles(key)).containsExactly(Role.INGEST);

        out.reset();
        assertThat(run("list")).isZero();
        assertThat(text(out)).startsWith(key.substring(3, 11) + " camera-3 ingest ");

        assertThat(run("revoke", "camera-3")).isZero();
        assertThat(new KeyFile(path).keys()).isEmpty();
        assertThat(run("revoke", "camera-3")).isEqualTo(1);
        assertThat(text(err)).contains("camera-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first",
                "first owner=read",
                "first owner=reed=x",
                "add camera-3",
                "add camera-3 reed",
                "list all",
                "drop x"
            })
    void what_is_no_command_says_what_would_be(String line) {
        int status = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(status).isEqualTo(1);
        assertThat(text(err)).isNotBlank();
        assertThat(path).doesNotExist();
    }

    private int first() {
        return run("first", "owner=ingest,label,rollout,read=" + owner, "prometheus=read=" + prometheus);
    }

    private int run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(path.toString()));
        arguments.addAll(List.of(words));
        return new KeyTool(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private Set<Role> roles(String key) {
        KeyToken token = KeyToken.parse(key).orElseThrow();
        ApiKey kept = new KeyFile(path)
                .keys().stream()
                        .filter(any -> any.id().equals(token.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(KeyHash.parse(kept.hash()).isOf(token.secret())).isTrue();
        return kept.roles();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
