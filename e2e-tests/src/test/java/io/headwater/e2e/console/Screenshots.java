package io.headwater.e2e.console;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Optional;

/** Pictures of the views for the documents, only with {@code -Dheadwater.test.screenshots=<directory>}. */
final class Screenshots {
    private static final Optional<Path> DIRECTORY = Optional.ofNullable(
                    System.getProperty("headwater.test.screenshots"))
            .map(Path::of);

    private Screenshots() {}

    static void take(Page page, String view) {
        if (DIRECTORY.isPresent()) {
            Path file = DIRECTORY.get().resolve(view + ".jpg");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }
    }
}
