package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.local.launch.Home;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.NewKey;
import io.headwater.security.keys.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatekeepingTest {
    @TempDir
    Path directory;

    @Test
    void the_first_key_may_do_everything_and_is_made_once() {
        Home home = new Home(directory);

        NewKey first = Gatekeeping.of("api-key").firstKey(home).orElseThrow();

        assertThat(first.key().roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(new KeyFile(home.keys()).keys()).containsExactly(first.key());
        assertThat(Gatekeeping.of("api-key").firstKey(home)).isEmpty();
        assertThat(new KeyFile(home.keys()).keys()).containsExactly(first.key());
    }

    @Test
    void none_is_made_where_nobody_is_asked() {
        Home home = new Home(directory);

        assertThat(Gatekeeping.of("none").firstKey(home)).isEmpty();
        assertThat(home.keys()).doesNotExist();
    }

    @Test
    void what_there_is_not_is_told_with_what_there_is() {
        assertThatThrownBy(() -> Gatekeeping.of("password"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none or api-key, not password");
    }
}
