package io.headwater.local.cli;

import io.headwater.local.client.FrontDoor;
import io.headwater.local.launch.Addresses;
import io.headwater.local.upload.ImageFolder;
import io.headwater.local.upload.Journal;
import io.headwater.local.upload.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Sends a folder of pictures. The names of its folders are the labels, unless told otherwise."
                + " Goes on where an earlier run ended.")
final class IngestCommand implements Callable<Integer> {

    private static final int FAILURES_SHOWN = 20;

    /** Where labels come from. */
    enum LabelSource {
        FOLDER,
        NONE
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "DIR", description = "A folder of class folders with .jpg, .png or .webp files.")
    private Path directory;

    @Option(
            names = "--label-from",
            paramLabel = "folder|none",
            defaultValue = "folder",
            description =
                    "What the label is: the name of the first folder below DIR, or nothing (default: ${DEFAULT-VALUE}).")
    private LabelSource labelFrom;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most N images a second (default: as fast as it goes).")
    private double rate;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only the first N images; the classes are mixed evenly (default: all).")
    private int limit;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Images on their way at a time (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long an image waits for a service that is busy or away (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--again", description = "Sends also what was sent before. The same picture stays one image.")
    private boolean again;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        Addresses addresses = connection.addresses();
        ImageFolder folder = ImageFolder.read(directory, labelFrom == LabelSource.FOLDER);
        requireSomebodyThere(addresses.ingest());
        describe(folder, out);
        var options = new Upload.Options(rate, limit, concurrency, Duration.ofSeconds(patience));
        try (var journal = Journal.open(connection.home().home().journals(), directory, addresses.ingest(), again);
                var progress = new UploadBar(out)) {
            Upload.Report report = new Upload(
                            new FrontDoor(addresses.ingest(), connection.credentials()), journal, options)
                    .run(folder, progress);
            progress.close();
            tell(report, progress.perSecond(), folder, out);
            return report.failures().isEmpty() ? 0 : 1;
        }
    }

    private void check() {
        if (rate < 0 || limit < 0 || concurrency < 1 || concurrency > 256 || patience < 0) {
            throw new CommandException(
                    "--rate, --limit and --patience can't be negative, and --concurrency is from 1 to 256.");
        }
    }

    /** While images are sent a service that is away is waited for; when nobody is there to begin with, it is a mistake. */
    private static void requireSomebodyThere(URI address) {
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), 5_000);
        } catch (IOException e) {
            throw new CommandException(
                    "The ingest-service does not answer at %s. Is it running? Start it with ./headwater up."
                            .formatted(address));
        }
    }

    private static void describe(ImageFolder folder, PrintWriter out) {
        out.printf(
                "%d images, %s%s%n",
                folder.size(),
                folder.labels().isEmpty()
                        ? "no labels"
                        : folder.labels().size() + " labels: " + String.join(", ", folder.labels()),
                folder.others() == 0 ? "" : " (" + folder.others() + " other files left out)");
        out.flush();
    }

    private static void tell(Upload.Report report, double perSecond, ImageFolder folder, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d accepted (%.1f/s), %d sent before, %d not accepted.%n",
                report.accepted(),
                perSecond,
                report.sentBefore(),
                report.failures().size());
        report.failures().stream()
                .limit(FAILURES_SHOWN)
                .forEach(failure -> out.println("  " + failure.file() + ": " + failure.reason()));
        if (report.failures().size() > FAILURES_SHOWN) {
            out.printf("  and %d more%n", report.failures().size() - FAILURES_SHOWN);
        }
        out.println(
                folder.labels().isEmpty()
                        ? "Next: ./headwater watch shows the predictions."
                        : "Next: ./headwater models shows the versions that are trained from these labels.");
        out.flush();
    }
}
