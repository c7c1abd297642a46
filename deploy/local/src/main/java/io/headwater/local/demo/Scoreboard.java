package io.headwater.local.demo;

import io.headwater.local.client.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told at the end: every version, and how it did on pictures that nobody had labelled. */
final class Scoreboard {

    private record Measured(long version, String on, double accuracy) {}

    private final List<Measured> measured = new ArrayList<>();

    void add(LiveCheck.Result result, String on) {
        result.version().ifPresent(version -> add(version, on, result.accuracy()));
    }

    /** A version that served only some of the pictures. */
    void add(long version, String on, double accuracy) {
        measured.add(new Measured(version, on, accuracy));
    }

    void print(List<ModelVersion> models, Narrator narrator) {
        narrator.plain(
                "%-8s %-11s %9s %17s %14s  %s",
                "version", "state", "examples", "holdout accuracy", "live accuracy", "on");
        for (ModelVersion model : models) {
            List<Measured> own = measured.stream()
                    .filter(m -> m.version() == model.version())
                    .toList();
            narrator.plain(
                    "%-8s %-11s %9d %17s %14s  %s",
                    "v" + model.version(),
                    model.state().toLowerCase(Locale.ROOT),
                    model.examples(),
                    String.format(Locale.ROOT, "%.3f of %d", model.accuracy(), model.holdoutExamples()),
                    own.isEmpty() ? "-" : live(own.get(0)),
                    own.isEmpty()
                            ? "not measured: the next version came at once"
                            : own.get(0).on());
            own.stream()
                    .skip(1)
                    .forEach(more ->
                            narrator.plain("%-8s %-11s %9s %17s %14s  %s", "", "", "", "", live(more), more.on()));
        }
    }

    private static String live(Measured one) {
        return String.format(Locale.ROOT, "%.3f", one.accuracy());
    }
}
