package io.headwater.trainer.examples;

import io.headwater.events.Split;
import io.headwater.trainer.trainingset.ExamplesPage;
import java.util.Optional;

/** Reads what a client asks for; anything that makes no sense is an {@link IllegalArgumentException} with a sentence. */
final class ExamplesQuery {
    static final int MOST = 1000;

    private ExamplesQuery() {}

    static ExamplesPage.Query of(String label, String split, String setAside, String after, String limit) {
        return new ExamplesPage.Query(
                Optional.ofNullable(label),
                Optional.ofNullable(split).map(ExamplesQuery::split),
                Optional.ofNullable(setAside).map(ExamplesQuery::bool),
                Optional.ofNullable(after).orElse(""),
                Optional.ofNullable(limit).map(ExamplesQuery::limit).orElse(100));
    }

    private static Split split(String word) {
        return switch (word) {
            case "train" -> Split.TRAIN;
            case "holdout" -> Split.HOLDOUT;
            default -> throw new IllegalArgumentException("split is '" + word + "', but must be train or holdout.");
        };
    }

    private static boolean bool(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("setAside is '" + word + "', but must be true or false.");
        };
    }

    private static int limit(String digits) {
        if (digits.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(digits);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw new IllegalArgumentException("limit is '" + digits + "', but must be from 1 to " + MOST + ".");
    }
}
