package io.headwater.inference.model;

import java.util.List;

/**
 * The trained part of a version: embedding to probabilities. It was tried by itself when it was loaded, and holds nothing
 * native: it is scored by {@link Heads}, together with others.
 */
public final class Head {
    private final long version;
    private final List<String> labels;
    private final int dimension;
    private final byte[] onnx;
    private final HeadForm form;
    private final List<float[]> answers;

    private Head(long version, List<String> labels, int dimension, byte[] onnx, HeadForm form, List<float[]> answers) {
        this.version = version;
        this.labels = List.copyOf(labels);
        this.dimension = dimension;
        this.onnx = onnx;
        this.form = form;
        this.answers = List.copyOf(answers);
    }

    /**
     * Loads a head and scores a few embeddings in a session of its own, so that a graph of another shape is refused here, by
     * its own name.
     *
     * @param version of the model
     * @param onnx input float32 {@code [N, dimension]}, output float32 {@code [N, labels]}; not to be changed afterwards
     * @param labels class names, in the order of the probabilities
     * @throws IllegalArgumentException if the graph is not such a one, or gives no probabilities
     */
    public static Head load(long version, byte[] onnx, List<String> labels, int dimension) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("version " + version + " has no labels");
        }
        try (HeadSession session = HeadSession.load("head of version " + version, onnx, dimension)) {
            if (session.width() != labels.size()) {
                throw new IllegalArgumentException("version " + version + " has " + labels.size()
                        + " labels, but its head gives " + session.width() + " probabilities");
            }
            List<float[]> answers = Probe.embeddings(dimension).stream()
                    .map(embedding -> answer(version, session, embedding))
                    .toList();
            return new Head(version, labels, dimension, onnx, HeadFile.read(onnx, dimension, labels.size()), answers);
        }
    }

    private static float[] answer(long version, HeadSession session, float[] embedding) {
        float[] probabilities = new float[session.width()];
        session.run(embedding, probabilities, 0);
        for (float probability : probabilities) {
            if (!(probability >= 0 && probability <= 1 + Probe.TOLERANCE)) {
                throw new IllegalArgumentException(
                        "version " + version + " gives " + probability + " where a probability should be");
            }
        }
        return probabilities;
    }

    /** Model version. */
    public long version() {
        return version;
    }

    /** Class names, in the order of the probabilities. */
    public List<String> labels() {
        return labels;
    }

    /** D, the length of an embedding. */
    public int dimension() {
        return dimension;
    }

    /** The file. */
    byte[] onnx() {
        return onnx;
    }

    HeadForm form() {
        return form;
    }

    /** What it said of each of {@link Probe#embeddings} in a session of its own. */
    List<float[]> answers() {
        return answers;
    }
}
