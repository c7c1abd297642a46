package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.security.keys.KeyFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    Path home;

    private StringWriter out;
    private StringWriter err;

    @Test
    void a_new_key_is_alone_on_standard_output_and_can_be_listed_and_revoked() {
        assertThat(run("add", "camera-3", "--roles", "ingest,read")).isZero();
        String key = out.toString().strip();
        String id = key.substring(3, 11);
        assertThat(key).matches("hw_[0-9a-f]{8}_[A-Za-z0-9_-]{43}");
        assertThat(err.toString()).contains("of camera-3 (ingest,read)").doesNotContain(key);

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains(id, "camera-3", "ingest,read").doesNotContain(key);

        assertThat(run("revoke", "camera-3")).isZero();
        assertThat(out.toString()).contains("Revoked " + id);
        assertThat(run("revoke", "camera-3")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no key camera-3");
        assertThat(new KeyFile(home.resolve("keys")).keys()).isEmpty();
    }

    @Test
    void a_role_that_there_is_not_is_one_sentence_with_those_that_there_are() {
        assertThat(run("add", "camera-3", "--roles", "admin")).isEqualTo(1);

        assertThat(err.toString())
                .contains("'admin'", "ingest,label,rollout,read")
                .doesNotContain("\tat ");
        assertThat(home.resolve("keys")).doesNotExist();
    }

    @Test
    void keys_that_nobody_made_are_told_with_the_remedy() {
        assertThat(run("list")).isEqualTo(1);

        assertThat(err.toString()).contains("There is no key file " + home.resolve("keys"), "./headwater keys add");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = "keys";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--home";
        all[all.length - 1] = home.toString();
        return Headwater.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
