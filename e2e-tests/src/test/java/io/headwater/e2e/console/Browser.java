package io.headwater.e2e.console;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window: Chromium as the machine has it, nothing is downloaded. Where there is none the tests fail
 * and say so, unless {@code -Dheadwater.test.browser=skip}.
 */
final class Browser implements AutoCloseable {
    private static final String SWITCH = "headwater.test.browser";
    private static final List<Path> USUAL = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
    private static final double PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Browser(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable())
                                    // In a container there is no sandbox to be had; the camera is a moving picture.
                                    .setArgs(List.of(
                                            "--no-sandbox",
                                            "--disable-dev-shm-usage",
                                            "--use-fake-device-for-media-stream",
                                            "--use-fake-ui-for-media-stream"))));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Skips what asks for it if that is wanted. */
    static void require() {
        Assumptions.assumeFalse(
                "skip".equals(System.getProperty(SWITCH)), "-D" + SWITCH + "=skip: the console is not tested");
        executable();
    }

    private static Path executable() {
        Optional<Path> named = Optional.ofNullable(System.getProperty(SWITCH)).map(Path::of);
        return Stream.concat(named.stream(), USUAL.stream())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("There is no Chromium here for the tests of the console: install it"
                                + " (Debian: apt-get install chromium), say where it is (-D" + SWITCH
                                + "=/path/to/chrome),"
                                + " or go without them: -D" + SWITCH + "=skip."));
    }

    /** A tab of its own, with nothing remembered, as wide as a desk's or a telephone's screen. */
    Page page(int width, int height) {
        Page page = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        return page;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
