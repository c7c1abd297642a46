package io.headwater.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** What people do on the console's page. */
record Console(Page page, URI address) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    void visit(String view) {
        page.navigate(address + "/#/" + view);
        page.locator("h1", new Page.LocatorOptions().setHasText(title(view))).waitFor();
    }

    /** Adds a class to teach. */
    void add(String word) {
        page.getByLabel("New class").fill(word);
        page.getByRole(AriaRole.BUTTON, named("Add the class")).click();
    }

    /** The card of a class. */
    Locator card(String word) {
        return page.locator("[data-class=" + word + "]");
    }

    /** The tile of an image. */
    Locator tile(String id) {
        return page.locator("[data-image=" + id + "]");
    }

    /** Says why, and does it. */
    void decide(String reason) {
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Why").fill(reason);
        dialog.getByLabel("Who you are").fill("alice");
        dialog.getByText("Do it").click();
        assertThat(dialog).not().isVisible();
    }

    /** Waits for a condition in JavaScript. Playwright's own way needs eval, which the page's policy forbids. */
    void until(String condition) {
        await().atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> Boolean.TRUE.equals(page.evaluate("() => Boolean(" + condition + ")")));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static String title(String view) {
        return view.substring(0, 1).toUpperCase(Locale.ROOT) + view.substring(1);
    }
}
