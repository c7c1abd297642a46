package io.headwater.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Modules of the console by themselves, where they run: in the browser. */
interface ModulesInBrowser {
    Page page();

    Console console();

    @Test
    @Order(13)
    default void events_are_the_same_wherever_the_network_cuts_them() {
        console().visit("teach");

        Object readings = page().evaluate(
                        """
                async () => {
                  const {EventParser} = await import('/console/state/events.js');
                  const text = 'id: 1\\r\\nevent: prediction\\r\\ndata: {"a": 1}\\r\\n\\r\\n: still here\\n\\n'
                    + 'id: 2\\nevent: lost\\ndata: x\\ndata: y\\n\\n';
                  const readings = new Set();
                  for (let cut = 0; cut <= text.length; cut++) {
                    const parser = new EventParser();
                    const events = [...parser.take(text.slice(0, cut)), ...parser.take(text.slice(cut))];
                    readings.add(events.map(({id, name, data}) => `${id} ${name} ${data}`).join(' | '));
                  }
                  return [...readings];
                }""");

        assertThat(readings).isEqualTo(List.of("1 prediction {\"a\": 1} | 2 lost x\ny"));
    }

    @Test
    @Order(14)
    default void who_was_refused_waits_longer_each_time_but_never_for_long() {
        console().visit("teach");

        Object millis = page().evaluate(
                        """
                async () => {
                  const {backoff} = await import('/console/state/backoff.js');
                  return [backoff(0, () => 0), backoff(0, () => 1), backoff(3, () => 1), backoff(1000, () => 1)];
                }""");

        assertThat(millis).isEqualTo(List.of(250, 500, 4_000, 10_000));
    }

    @Test
    @Order(15)
    default void versions_differ_on_the_images_that_both_have_seen() {
        console().visit("teach");

        Object found = page().evaluate(
                        """
                async () => {
                  const {differences} = await import('/console/state/differences.js');
                  const seen = (imageId, version, label, shadows) => ({imageId, version, label, shadows});
                  const {seen: both, differing} = differences([
                    seen('a', 1, 'maple', [{version: 2, label: 'willow'}]),
                    seen('b', 2, 'maple', [{version: 1, label: 'maple'}]),
                    seen('c', 1, 'maple', []),
                    seen('d', null, null, []),
                  ], 1, 2);
                  return `${both} ${JSON.stringify(differing)}`;
                }""");

        assertThat(found).isEqualTo("2 [{\"id\":\"a\",\"one\":\"maple\",\"other\":\"willow\"}]");
    }
}
