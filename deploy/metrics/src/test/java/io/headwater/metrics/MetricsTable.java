package io.headwater.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of docs/metrics.md, and what a service gives at /q/metrics, in the same words. */
public final class MetricsTable {
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z0-9.]+)` \\| `([a-z0-9_]+)` \\| (\\w+) \\| ([^|]+) \\|.*$");
    private static final Pattern NAME = Pattern.compile("`(_?[a-z][a-z0-9_]+)`");
    private static final List<String> GROUPS =
            List.of("kafka_consumer_fetch_manager", "kafka_consumer_coordinator", "kafka_producer");
    private static final String COUNTER = "counter";
    private static final String TOTAL = "_total";
    private static final String MAXIMUM = "_max";

    private MetricsTable() {}

    private record Row(String meter, String family, String type, Set<String> services) {
        String line() {
            return family + " " + type;
        }
    }

    /**
     * What the table says of a service's own metrics.
     *
     * @param service ingest, inference or trainer
     * @return name and type of each, as Prometheus knows them
     */
    public static Set<String> documented(Path table, String service) throws IOException {
        return rows(table).stream()
                .filter(row ->
                        row.services().contains(service) || row.services().contains("all"))
                .map(Row::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same of what was scraped; the maxima of timers and summaries, which the table does not name, are left out. */
    public static Set<String> given(String scraped) {
        Set<String> given = new TreeSet<>();
        Matcher type = TYPE.matcher(scraped);
        while (type.find()) {
            // OpenMetrics names the family of a counter without the ending that its only sample has.
            boolean isBare = type.group(2).equals(COUNTER) && !type.group(1).endsWith(TOTAL);
            given.add(type.group(1) + (isBare ? TOTAL : "") + " " + type.group(2));
        }
        Set<String> distributions = given.stream()
                .filter(line -> line.endsWith(" summary") || line.endsWith(" histogram"))
                .map(line -> line.substring(0, line.indexOf(' ')) + MAXIMUM + " gauge")
                .collect(Collectors.toSet());
        return given.stream()
                .filter(line -> isOurs(line) && !distributions.contains(line))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names in Prometheus of all that the document names, those of libraries too. */
    public static Set<String> names(Path table) throws IOException {
        Set<String> names = new TreeSet<>();
        String previous = "";
        Matcher name = NAME.matcher(Files.readString(table));
        while (name.find()) {
            // A name that begins with _ is another ending of the one before it.
            String whole = name.group(1).startsWith("_") ? group(previous) + name.group(1) : name.group(1);
            names.add(whole);
            previous = name.group(1).startsWith("_") ? previous : whole;
        }
        return names;
    }

    private static String group(String name) {
        return GROUPS.stream().filter(name::startsWith).findFirst().orElse(name);
    }

    /** Rows whose names are not forms of the same name. */
    public static List<String> misspelt(Path table) throws IOException {
        return rows(table).stream()
                .filter(row -> !row.family().startsWith(row.meter().replace('.', '_')))
                .map(Row::meter)
                .toList();
    }

    private static boolean isOurs(String line) {
        return line.startsWith("headwater_") || line.startsWith("process_memory_");
    }

    private static List<Row> rows(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), words(row.group(4))))
                .toList();
    }

    private static Set<String> words(String services) {
        return Arrays.stream(services.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
