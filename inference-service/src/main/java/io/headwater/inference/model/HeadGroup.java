package io.headwater.inference.model;

import io.headwater.inference.model.HeadForm.Graph;
import io.headwater.inference.model.HeadForm.Linear;
import java.util.ArrayList;
import java.util.List;

/**
 * A session and the heads whose numbers it gives, in their order.
 *
 * @param linear how many of them give logits; they come first
 */
record HeadGroup(HeadSession session, List<Head> heads, int linear) {
    static HeadGroup merged(List<Head> heads) {
        List<Head> ordered = new ArrayList<>(heads);
        // Stable: the linear ones first.
        ordered.sort((a, b) -> Boolean.compare(a.form() instanceof Graph, b.form() instanceof Graph));
        List<Linear> linear = new ArrayList<>();
        List<Graph> others = new ArrayList<>();
        for (Head head : ordered) {
            if (head.form() instanceof Linear form) {
                linear.add(form);
            } else if (head.form() instanceof Graph form) {
                others.add(form);
            }
        }
        int dimension = heads.get(0).dimension();
        byte[] onnx = MergedGraph.write(dimension, linear, others);
        HeadSession session = HeadSession.load("heads of versions " + versions(ordered), onnx, dimension);
        HeadGroup group = new HeadGroup(session, List.copyOf(ordered), linear.size());
        int width = ordered.stream().mapToInt(head -> head.labels().size()).sum();
        if (session.width() != width) {
            group.close();
            throw new IllegalArgumentException(
                    "together they give " + session.width() + " numbers instead of " + width);
        }
        return group;
    }

    static HeadGroup alone(Head head) {
        return new HeadGroup(
                HeadSession.load("head of version " + head.version(), head.onnx(), head.dimension()), List.of(head), 0);
    }

    static List<Long> versions(List<Head> heads) {
        return heads.stream().map(Head::version).toList();
    }

    int width() {
        return session.width();
    }

    void score(float[] embedding, float[] numbers, int from) {
        session.run(embedding, numbers, from);
        int place = from;
        for (int i = 0; i < linear; i++) {
            int classes = heads.get(i).labels().size();
            Softmax.apply(numbers, place, classes);
            place += classes;
        }
    }

    /** Heads that answer differently than they did by themselves. */
    List<Head> wrong() {
        List<float[]> probes = Probe.embeddings(heads.get(0).dimension());
        List<Head> wrong = new ArrayList<>();
        float[] numbers = new float[width()];
        for (int i = 0; i < probes.size(); i++) {
            score(probes.get(i), numbers, 0);
            int from = 0;
            for (Head head : heads) {
                if (!Probe.same(head.answers().get(i), numbers, from) && !wrong.contains(head)) {
                    wrong.add(head);
                }
                from += head.labels().size();
            }
        }
        return wrong;
    }

    void close() {
        session.close();
    }
}
