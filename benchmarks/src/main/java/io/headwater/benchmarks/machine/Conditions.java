package io.headwater.benchmarks.machine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;

/** What figures were measured on and with: printed before them, so that they can be told from others and had again. */
public final class Conditions {
    private final Map<String, String> facts = new LinkedHashMap<>();

    private Conditions() {}

    /** Processor, cores, memory, system, how busy it is, Java and Kafka. What this system does not tell is left out. */
    public static Conditions ofThisMachine() {
        Conditions conditions = new Conditions();
        value("/proc/cpuinfo", "model name").ifPresent(model -> conditions.with("processor", model));
        conditions.with("cores", Runtime.getRuntime().availableProcessors());
        value("/proc/meminfo", "MemTotal").ifPresent(total -> conditions.with("memory", total));
        conditions.with("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        first("/proc/loadavg").ifPresent(load -> conditions.with("load before", load));
        conditions.with("Java", property("java.vm.name") + " " + property("java.vm.version"));
        return conditions.with("Kafka", AppInfoParser.getVersion());
    }

    /** Adds a fact; one of the same name is replaced. */
    public Conditions with(String fact, Object value) {
        facts.put(fact, String.valueOf(value));
        return this;
    }

    /** One fact in a line. */
    public void print(PrintWriter out) {
        facts.forEach((fact, value) -> out.printf("%-18s %s%n", fact, value));
        out.flush();
    }

    private static String property(String name) {
        return System.getProperty(name);
    }

    private static Optional<String> first(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
