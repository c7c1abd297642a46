package io.headwater.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.security.access.Pages.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final String HERE = "localhost:8080";

    private final Pages ownMachine = new Pages(false, true, "127.0.0.1");
    private final Pages withKeys = new Pages(false, false, "0.0.0.0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8080",
                "127.0.0.1",
                "127.3.2.1:80",
                "localhost:8080",
                "LOCALHOST",
                "localhost.:8080",
                "demo.localhost:8080",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "host.docker.internal:8081",
                "host.testcontainers.internal:34567"
            })
    void what_calls_this_machine_by_its_own_names_comes_in(String host) {
        assertThat(ownMachine.objection(new Source(host, "", "", false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1@evil.example",
                "evillocalhost",
                "192.0.2.7:8080",
                "[2001:db8::1]:8080",
                "x",
                "bad host"
            })
    void a_name_that_somebody_gave_to_this_machine_does_not_do_where_nobody_is_asked(String host) {
        assertThat(ownMachine.objection(new Source(host, "", "", false))).contains(Refusal.FOREIGN_HOST);
        assertThat(ownMachine.objection(new Source(host, "http://" + host, "same-origin", false)))
                .contains(Refusal.FOREIGN_HOST);
        assertThat(withKeys.objection(new Source(host, "", "", false))).isEmpty();
    }

    @Test
    void the_name_that_the_service_listens_at_is_its_own() {
        assertThat(new Pages(false, true, "Workbench").objection(new Source("workbench:8080", "", "", false)))
                .isEmpty();
    }

    @Test
    void an_old_client_that_names_no_host_is_not_a_browser() {
        assertThat(ownMachine.objection(new Source("", "", "", false))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example,''",
        "https://evil.example,cross-site",
        "http://localhost:3000,same-site",
        "http://127.0.0.1:8080,cross-site",
        "http://localhost:8080.evil.example,''",
        "null,''",
        "null,cross-site",
        "localhost:8080,''",
        "'',cross-site"
    })
    void a_page_from_elsewhere_does_not_come_in(String origin, String site) {
        Source page = new Source(HERE, origin, site, false);

        assertThat(ownMachine.objection(page)).contains(Refusal.FOREIGN_PAGE);
        assertThat(withKeys.objection(page)).contains(Refusal.FOREIGN_PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,''",
        "http://LOCALHOST:8080,same-origin",
        "https://localhost:8080,''",
        "null,same-origin",
        "'',same-origin",
        "'',same-site",
        "'',none",
        "'',''"
    })
    void its_own_pages_and_what_is_none_do(String origin, String site) {
        Source source = new Source(HERE, origin, site, false);

        assertThat(ownMachine.objection(source)).isEmpty();
        assertThat(withKeys.objection(source)).isEmpty();
    }

    @Test
    void a_link_to_here_may_be_followed() {
        assertThat(ownMachine.objection(new Source(HERE, "", "cross-site", true)))
                .isEmpty();
    }

    @Test
    void where_cors_says_who_may_it_is_not_said_twice_and_a_foreign_host_stays_out() {
        Pages open = new Pages(true, true, "127.0.0.1");

        assertThat(open.objection(new Source(HERE, "https://app.example", "cross-site", false)))
                .isEmpty();
        assertThat(open.objection(new Source("evil.example", "", "", false))).contains(Refusal.FOREIGN_HOST);
    }

    /** What a page loads as a picture or a script has no origin, so that Quarkus' filter lets it through. */
    @Test
    void where_cors_says_who_may_what_has_no_origin_and_comes_from_elsewhere_stays_out_all_the_same() {
        Pages open = new Pages(true, true, "127.0.0.1");

        assertThat(open.objection(new Source(HERE, "", "cross-site", false))).contains(Refusal.FOREIGN_PAGE);
        assertThat(open.objection(new Source(HERE, "", "cross-site", true))).isEmpty();
    }
}
