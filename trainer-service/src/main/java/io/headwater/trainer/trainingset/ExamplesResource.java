package io.headwater.trainer.trainingset;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The training set over REST. */
@Path("/examples")
@Tag(name = "examples", description = "The training set")
public class ExamplesResource {
    private final TrainingSet trainingSet;

    ExamplesResource(TrainingSet trainingSet) {
        this.trainingSet = trainingSet;
    }

    /**
     * How much there is.
     *
     * @param total examples
     * @param train examples that are learnt from
     * @param holdout examples that are only measured on
     * @param classes both for each class
     */
    public record Counts(int total, int train, int holdout, Map<String, ClassCount> classes) {}

    /** Examples of each class. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Labelled examples, per class and split")
    public Counts counts() {
        Map<String, ClassCount> classes = trainingSet.counts();
        int train = classes.values().stream().mapToInt(ClassCount::train).sum();
        int holdout = classes.values().stream().mapToInt(ClassCount::holdout).sum();
        return new Counts(train + holdout, train, holdout, classes);
    }
}
