package io.headwater.e2e.console;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** What a browser complains of: errors of the page's scripts, and what its policy forbids. Failed requests are no complaints. */
final class Complaints {
    private static final String FAILED_REQUEST = "Failed to load resource";
    private static final String NO_ANSWER = "net::ERR_";
    /** What a browser says where a service is down, and nobody can tell it that the page may ask there. */
    private static final String BY_CORS = "blocked by CORS policy";

    private final List<String> all = new ArrayList<>();

    /** Listens to a page from now on. */
    void of(Page page) {
        page.onPageError(all::add);
        page.onConsoleMessage(this::heard);
    }

    private void heard(ConsoleMessage message) {
        String text = message.text();
        boolean ofNetwork = text.contains(FAILED_REQUEST) || text.contains(NO_ANSWER) || text.contains(BY_CORS);
        if (message.type().equals("error") && !ofNetwork || text.contains("Content Security Policy")) {
            all.add(text);
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
