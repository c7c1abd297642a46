package io.headwater.ingest.batch;

import static io.headwater.ingest.fuzz.FuzzTarget.require;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch read to its end on one thread, each item worked on before the next is read.
 *
 * @param lines one for each item: what became of it
 * @param broken why it was not read to its end
 */
public record Drained(List<Result> lines, Optional<Exception> broken) {
    /** What became of an item: the outcome or the problem. */
    public record Result(Optional<BatchItem.Outcome> outcome, Optional<ProblemException> problem) {}

    /** @throws AssertionError if an item has not exactly one answer, or one that says that the service is at fault */
    public static Drained of(BatchSource.Opening batch) {
        List<Result> lines = new ArrayList<>();
        try {
            BatchSource source = batch.open();
            for (Optional<BatchItem> item = source.next(); item.isPresent(); item = source.next()) {
                lines.add(answer(item.get()));
            }
            return new Drained(lines, Optional.empty());
        } catch (ProblemException e) {
            require(e.kind() != ProblemKind.INTERNAL && e.kind() != ProblemKind.BUSY, "the service is at fault: " + e);
            return new Drained(lines, Optional.of(e));
        } catch (IOException e) {
            return new Drained(lines, Optional.of(e));
        }
    }

    private static Result answer(BatchItem item) {
        require(item.name().map(String::length).orElse(0) <= 300, "a name that may be repeated");
        List<BatchItem.Outcome> outcomes = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try {
            item.work().get().subscribe().with(outcomes::add, failures::add);
        } catch (ProblemException e) {
            failures.add(e);
        }
        require(outcomes.size() + failures.size() == 1, outcomes + " and " + failures + " for one item");
        outcomes.forEach(outcome -> require(
                outcome.id().matches("[A-Za-z0-9._~-]{1,128}")
                        && outcome.label().stream().allMatch(label -> label.codePointCount(0, label.length()) <= 64),
                "an outcome that keeps the rules: " + outcome));
        return new Result(
                outcomes.stream().findFirst(),
                failures.stream().map(Drained::problem).findFirst());
    }

    private static ProblemException problem(Throwable failure) {
        if (!(failure instanceof ProblemException problem) || problem.kind() == ProblemKind.INTERNAL) {
            throw new AssertionError("an item fails with something that is no problem of its own", failure);
        }
        require(problem.kind() != ProblemKind.BUSY, "no room for one item: " + problem);
        return problem;
    }
}
