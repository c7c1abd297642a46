package io.headwater.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.headwater.local.client.Answer;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.Service;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import io.headwater.local.stream.SyntheticImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, beside the three services: one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest implements ModulesInBrowser {
    private static final Path SHARED = Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"));
    private static final int EACH = 12;
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final List<String> VIEWS = List.of("stream", "label", "teach", "versions", "rollout", "health");

    private static final SyntheticImages IMAGES = new SyntheticImages(8);

    @TempDir
    static Path home;

    private static LocalCluster cluster;
    private static Browser browser;

    private final Complaints complaints = new Complaints();
    private Page page;
    private Console console;

    @BeforeAll
    static void start() throws Exception {
        Browser.require();
        // The native libraries of PyTorch are unpacked once for all tests.
        cluster = LocalCluster.builder(new Home(home, SHARED.resolve("cache")), Ports.free())
                .set(Service.TRAINER, "headwater.backbone", "openimages")
                .set(Service.TRAINER, "headwater.queue.refresh", "1s")
                // Only what the page asks for trains.
                .set(Service.TRAINER, "headwater.training.min-new-labels", "10000")
                .set(Service.TRAINER, "headwater.training.max-label-age", "1h")
                .build();
        cluster.start();
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    public Page page() {
        return page;
    }

    @Override
    public Console console() {
        return console;
    }

    @BeforeEach
    void open() {
        page = browser.page(1280, 800);
        complaints.of(page);
        console = new Console(page, cluster.addresses().ingest());
    }

    @AfterEach
    void nothing_is_complained_of() {
        page.context().close();
        assertThat(complaints.all()).isEmpty();
    }

    @Test
    @Order(1)
    void pictures_of_two_classes_and_one_press_make_a_first_version() {
        console.visit("teach");
        console.add("maple");
        console.add("willow");

        page.getByLabel("choose pictures of maple").setInputFiles(pictures(Leaf.MAPLE));
        page.getByLabel("choose pictures of willow").setInputFiles(pictures(Leaf.WILLOW));

        assertThat(page.locator("#upload-progress")).containsText(2 * EACH + " pictures taken in, 0 refused, 0 to go");
        console.card("maple")
                .getByText(Pattern.compile("to learn from, \\d+ to measure with\\.$"))
                .waitFor();
        console.card("willow")
                .getByText(Pattern.compile("to learn from, \\d+ to measure with\\.$"))
                .waitFor();
        page.getByRole(AriaRole.BUTTON, Console.named("Train now")).click();
        assertThat(page.getByText("The last one made version 1: stable.")).isVisible();
        Screenshots.take(page, "teach");
    }

    @Test
    @Order(2)
    void a_file_that_is_no_picture_is_refused_with_the_reason_and_the_others_go_in() {
        console.visit("teach");

        page.getByLabel("choose pictures of maple").setInputFiles(new FilePayload[] {
            new FilePayload("notes.jpg", "image/jpeg", "not a picture".getBytes(StandardCharsets.UTF_8)),
            new FilePayload("leaf.jpg", "image/jpeg", IMAGES.jpeg(Leaf.MAPLE, Light.DAY, 500))
        });

        assertThat(page.locator("#upload-progress")).containsText("1 picture taken in, 1 refused, 0 to go");
        assertThat(page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile("notes\\.jpg"))))
                .containsText("JPEG, PNG, WebP, GIF, BMP and TIFF are accepted");
    }

    @Test
    @Order(4)
    void what_comes_through_is_on_the_wall_with_its_picture_and_what_each_version_says() throws Exception {
        console.visit("stream");
        assertThat(page.locator(".state")).containsText("Live");

        String id = send(Leaf.MAPLE, 1_000);

        Locator tile = console.tile(id);
        assertThat(tile).containsText("maple");
        assertThat(tile).containsText("v1");
        console.until("document.querySelector('[data-image=" + id + "] img').naturalWidth > 0");
        Screenshots.take(page, "stream");
        tile.click();
        Locator detail = page.getByRole(AriaRole.DIALOG);
        assertThat(detail).containsText("v1 (answered)");
        assertThat(detail).containsText(id);
        assertThat(detail.locator(".neighbours li")).hasCount(4);
        assertThat(detail.locator(".neighbours li").first()).containsText("maple");
        page.keyboard().press("Escape");
        assertThat(detail).not().isVisible();
    }

    @Test
    @Order(5)
    void the_wall_stands_still_while_it_is_paused_and_shows_what_a_filter_lets_through() throws Exception {
        console.visit("stream");
        assertThat(page.locator(".state")).containsText("Live");
        page.locator(".tile").first().waitFor();
        console.until("document.querySelector('headwater-wall').waiting === 0");
        page.getByRole(AriaRole.BUTTON, Console.named("Pause")).click();
        int before = page.locator(".tile").count();

        send(Leaf.WILLOW, 1_001);
        assertThat(page.locator(".state")).containsText("Paused; 1 image came since.");
        assertThat(page.locator(".tile")).hasCount(before);
        page.getByRole(AriaRole.BUTTON, Console.named("Pause")).click();
        assertThat(page.locator(".tile")).hasCount(before + 1);

        page.getByLabel("Label").first().fill("willow");
        page.getByRole(AriaRole.BUTTON, Console.named("Filter")).click();
        page.locator(".tile", new Page.LocatorOptions().setHasText("willow"))
                .first()
                .waitFor();
        assertThat(page.locator(".tile", new Page.LocatorOptions().setHasText("maple")))
                .hasCount(0);
    }

    @Test
    @Order(6)
    void one_key_labels_a_picture_and_another_takes_that_back() throws Exception {
        List<String> sent = new ArrayList<>();
        for (int index = 2_000; index < 2_004; index++) {
            sent.add(send(Leaf.MAPLE, index));
        }
        console.visit("label");
        page.getByAltText("The picture to label").waitFor();
        page.locator(".choice").first().waitFor();
        Screenshots.take(page, "label");

        page.keyboard().press("1");
        assertThat(page.getByText("Labelled maple; 1 label so far.")).isVisible();
        page.keyboard().press("u");
        assertThat(page.getByText("Took maple back.")).isVisible();
        page.keyboard().press("1");
        page.keyboard().press("1");
        assertThat(page.getByText("Labelled maple; 2 labels so far.")).isVisible();
        page.getByLabel("Another label").fill("maple");
        page.keyboard().press("1");
        assertThat(page.getByLabel("Another label")).hasValue("maple1");

        assertThat(sent).hasSize(4);
    }

    @Test
    @Order(7)
    void the_next_training_makes_a_version_that_is_promoted_and_rolled_back_with_reasons() {
        console.visit("teach");
        page.getByRole(AriaRole.BUTTON, Console.named("Train now")).click();
        assertThat(page.getByText(Pattern.compile("The last one made version 2: ")))
                .isVisible();

        console.visit("versions");
        page.getByRole(AriaRole.BUTTON, Console.named("v2")).click();
        assertThat(page.getByRole(AriaRole.HEADING, Console.named("Version 2"))).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, Console.named("Confusion matrix")))
                .containsText("willow");
        page.getByRole(AriaRole.BUTTON, Console.named("Model card")).click();
        assertThat(page.getByLabel("Model card")).containsText("version 2");
        var download = page.waitForDownload(() -> page.getByRole(AriaRole.BUTTON, Console.named("Download model.onnx"))
                .click());
        assertThat(download.suggestedFilename()).isEqualTo("headwater-2.onnx");
        assertThat(page.locator("version-differences")).containsText("the newest");
        Screenshots.take(page, "versions");

        console.visit("rollout");
        page.getByRole(AriaRole.BUTTON, Console.named("Promote v2")).click();
        page.getByRole(AriaRole.BUTTON, Console.named("Do it")).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        console.decide("It knows more.");
        assertThat(page.getByText("v2 answers all images.")).isVisible();
        Screenshots.take(page, "rollout");

        page.getByRole(AriaRole.BUTTON, Console.named("Roll back to v1")).click();
        console.decide("It was better before.");
        assertThat(page.getByText("v1 answers all images.")).isVisible();
        assertThat(page.locator(".log li").first()).containsText("alice");
    }

    @Test
    @Order(8)
    void it_says_that_a_service_is_away_and_comes_back_by_itself() throws Exception {
        console.visit("stream");
        assertThat(page.locator(".state")).containsText("Live");

        cluster.stop(Service.INFERENCE);
        assertThat(page.locator(".state")).containsText("Not connected");
        assertThat(page.locator("service-states")).containsText("inference-service");

        cluster.start(Service.INFERENCE);
        assertThat(page.locator(".state")).containsText("Live");
        assertThat(page.locator("service-states")).not().containsText("inference-service");
        console.tile(send(Leaf.WILLOW, 3_000)).waitFor();
    }

    @Test
    @Order(9)
    void however_many_images_come_the_wall_has_few_tiles() {
        console.visit("stream");
        page.locator("headwater-wall").waitFor();

        page.evaluate(
                """
                async () => {
                  const wall = document.querySelector('headwater-wall');
                  for (let index = 0; index < 3000; index++) {
                    wall.offer({imageId: `flood-${index}`, classifiedAt: '', version: 1, canary: false, label: 'maple',
                      confidence: 0.9, thumbnail: false});
                    if (index % 50 === 0) {
                      await new Promise(requestAnimationFrame);
                    }
                  }
                }""");

        console.until("document.querySelector('headwater-wall').waiting === 0");
        assertThat(page.locator(".tile").count()).isBetween(6, 96);
        assertThat((int) page.evaluate("() => document.querySelector('headwater-wall').passed"))
                .isGreaterThan(2_500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    @Order(10)
    void each_view_is_for_everybody(int width) {
        page.setViewportSize(width, 800);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (String view : VIEWS) {
                console.visit(view);
                console.until("!document.body.textContent.includes('Loading…')");

                List<String> found = new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                                .map(ConsoleTest::said)
                                .toList();
                assertThat(found).as("%s, %d px, %s", view, width, scheme).isEmpty();
                assertThat((boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s fits into %d px", view, width)
                        .isTrue();
            }
        }
        Screenshots.take(page, "health-" + width);
    }

    @Test
    @Order(11)
    void where_keys_are_asked_for_one_is_typed_in_and_goes_with_every_request() {
        page.route("**/console/config.json", ConsoleTest::withKeys);
        page.navigate(cluster.addresses().ingest() + "/#/rollout");

        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("hw_typed");
        Request asked = page.waitForRequest(
                request ->
                        request.url().endsWith("/rollouts") && request.method().equals("GET"),
                () -> page.keyboard().press("Enter"));

        assertThat(asked.headerValue("authorization")).isEqualTo("Bearer hw_typed");
        assertThat(page.getByRole(AriaRole.HEADING, Console.named("Rollout"))).isVisible();
        page.getByRole(AriaRole.BUTTON, Console.named("Forget the key")).click();
        assertThat(page.getByRole(AriaRole.HEADING, Console.named("Who are you?")))
                .isVisible();
        assertThat((Object) page.evaluate("() => sessionStorage.getItem('headwater-key')"))
                .isNull();
    }

    /** Last, as its class comes before the others then, and a key would stand for it. */
    @Test
    @Order(12)
    void the_webcam_takes_a_picture_for_a_class() {
        console.visit("teach");
        console.add("camera");

        page.getByRole(AriaRole.BUTTON, Console.named("webcam for camera")).click();
        console.until("document.querySelector('video')?.videoWidth > 0");
        page.getByRole(AriaRole.BUTTON, Console.named("Take a picture")).click();

        assertThat(page.locator("#upload-progress")).containsText("1 picture taken in, 0 refused, 0 to go");
        console.card("camera")
                .getByText(Pattern.compile("more and it is learnt"))
                .waitFor();
    }

    private static void withKeys(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"inference\": \"%s\", \"trainer\": \"%s\", \"auth\": \"api-key\"}"
                        .formatted(
                                cluster.addresses().inference(),
                                cluster.addresses().trainer())));
    }

    private static String said(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    private static FilePayload[] pictures(Leaf leaf) {
        FilePayload[] files = new FilePayload[EACH];
        for (int index = 0; index < EACH; index++) {
            files[index] = new FilePayload(
                    leaf.label() + "-" + index + ".jpg", "image/jpeg", IMAGES.jpeg(leaf, Light.DAY, index));
        }
        return files;
    }

    private static String send(Leaf leaf, int index) throws InterruptedException {
        Answer answer = new FrontDoor(cluster.addresses().ingest())
                .post(
                        IMAGES.jpeg(leaf, Light.DAY, index),
                        "image/jpeg",
                        Optional.empty(),
                        Optional.of("console-" + index));
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return ((Answer.Accepted) answer).id();
    }
}
