package io.headwater.inference.v2.infer;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import io.headwater.inference.v2.model.ModelMetadata;
import io.headwater.inference.v2.protocol.OutputTensor;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.RequestedOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What a request asks for, filled image by image. Different images may be filled at the same time. */
final class Answers {
    private final List<RequestedOutput> outputs;
    private final float[][] probabilities;
    private final float[][] embeddings;

    /**
     * @param asked without any, the probabilities
     * @param binary whether those are binary then
     * @throws ProtocolException if there is no such output
     */
    Answers(List<RequestedOutput> asked, boolean binary, int images) throws ProtocolException {
        Set<String> names = new HashSet<>();
        for (RequestedOutput output : asked) {
            check(output);
            if (!names.add(output.name())) {
                throw badRequest("output " + output.name() + " is asked for twice");
            }
        }
        this.outputs = asked.isEmpty()
                ? List.of(new RequestedOutput(ModelMetadata.PROBABILITIES, binary, OptionalInt.empty()))
                : asked;
        this.probabilities = new float[asked.isEmpty() || names.contains(ModelMetadata.PROBABILITIES) ? images : 0][];
        this.embeddings = new float[names.contains(ModelMetadata.EMBEDDING) ? images : 0][];
    }

    private static void check(RequestedOutput output) throws ProtocolException {
        boolean embedding = ModelMetadata.EMBEDDING.equals(output.name());
        if (!embedding && !ModelMetadata.PROBABILITIES.equals(output.name())) {
            throw badRequest("there is no output " + output.name() + "; the model has " + ModelMetadata.PROBABILITIES
                    + " and " + ModelMetadata.EMBEDDING);
        }
        if (embedding && output.classification().isPresent()) {
            throw badRequest("output " + output.name() + " has no classes");
        }
    }

    /** Whether the embedding alone will not do. */
    boolean wantProbabilities() {
        return probabilities.length > 0;
    }

    boolean wantEmbeddings() {
        return embeddings.length > 0;
    }

    void probabilities(int image, float[] numbers) {
        probabilities[image] = numbers;
    }

    void embedding(int image, float[] numbers) {
        embeddings[image] = numbers;
    }

    /** The tensors, when every image is filled. */
    List<OutputTensor> tensors(List<String> labels) {
        List<OutputTensor> tensors = new ArrayList<>();
        for (RequestedOutput output : outputs) {
            tensors.add(tensor(output, labels));
        }
        return tensors;
    }

    private OutputTensor tensor(RequestedOutput output, List<String> labels) {
        if (output.classification().isPresent()) {
            int count = Math.min(output.classification().getAsInt(), labels.size());
            List<String> texts = new ArrayList<>();
            for (float[] image : probabilities) {
                texts.addAll(Classification.best(image, labels, count));
            }
            return new OutputTensor(
                    output.name(),
                    List.of(probabilities.length, count),
                    new OutputTensor.Texts(texts),
                    output.binary());
        }
        float[][] rows = ModelMetadata.EMBEDDING.equals(output.name()) ? embeddings : probabilities;
        return new OutputTensor(
                output.name(),
                List.of(rows.length, rows[0].length),
                new OutputTensor.Floats(Arrays.asList(rows)),
                output.binary());
    }
}
