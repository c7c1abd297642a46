package io.headwater.trainer.card;

import static io.headwater.trainer.card.Markdown.text;

import io.headwater.events.ClassLineage;
import io.headwater.events.ModelPublished;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of a version before using it: a model card (Mitchell et al., 2019), in Markdown. */
public final class ModelCard {
    /** Its name beside the model's files. */
    public static final String FILE = "MODEL_CARD.md";

    /** With fewer held-out examples than this the figures of a class say little. */
    private static final int FEW = 20;

    private ModelCard() {}

    /** The card of a version, from its record, which must have a gate, an evaluation and a lineage. */
    public static String of(ModelPublished version) {
        Markdown card = new Markdown();
        card.title("Headwater image classifier, version " + version.getVersion());
        use(version, card);
        data(version, card);
        QualitySections.write(version, card);
        LineageSections.write(version, card);
        limits(version, card);
        return card.toString().stripTrailing() + "\n";
    }

    private static void use(ModelPublished version, Markdown card) {
        card.section("Intended use")
                .paragraph(
                        "It says which of %d classes a photograph shows: %s. It is meant for photographs like those it"
                                + " learnt from, and for help with decisions, not for decisions that nobody looks at.",
                        version.getLabels().size(),
                        String.join(
                                ", ",
                                version.getLabels().stream().map(Markdown::text).toList()))
                .paragraph(
                        "`model.onnx` takes `image`, uint8 `[N, H, W, 3]` RGB, and gives `probabilities`, float32 `[N, %d]`,"
                                + " in the order of the classes above, and `embedding`. `head.onnx` takes the embedding.",
                        version.getLabels().size());
    }

    private static void data(ModelPublished version, Markdown card) {
        card.section("Data")
                .paragraph(
                        "It learnt from %d labelled photographs and was measured on %d others. Which ones are held out is"
                                + " decided by a hash of the image id, once and for ever: no version has learnt from them.",
                        version.getExamples(), version.getHoldoutExamples())
                .table(
                        List.of("class", "learnt from", "held out", "SHA-256 of them all"),
                        version.getLineage().getClasses().stream()
                                .map(one -> List.of(
                                        text(one.getLabel()),
                                        Long.toString(one.getTrain()),
                                        Long.toString(one.getHoldout()),
                                        "`" + one.getSha256() + "`"))
                                .toList());
    }

    private static void limits(ModelPublished version, Markdown card) {
        List<String> limits = new ArrayList<>();
        limits.add(
                "Whatever is on a picture, the answer is one of the classes above; a picture of something else gets one"
                        + " too, and not always an unsure one.");
        limits.add(
                "The figures hold for photographs like the held-out ones. They come from the same source as those it learnt"
                        + " from; in another light, with another camera or at another place it will do worse.");
        limits.add("Labels are taken as they were given. Where they are wrong in the held-out photographs, so are the"
                + " figures.");
        limits.add(
                "Pictures are squashed to a square before they are looked at: what is told apart by its proportions is"
                        + " told apart less well.");
        List<String> few = version.getLineage().getClasses().stream()
                .filter(one -> one.getHoldout() < FEW)
                .map(ClassLineage::getLabel)
                .map(Markdown::text)
                .toList();
        if (!few.isEmpty()) {
            limits.add("Fewer than " + FEW + " photographs are held out of: " + String.join(", ", few)
                    + ". What is said of these classes may be far off.");
        }
        if (version.getCalibration() == null) {
            limits.add(
                    "There were too few examples to calibrate it: its confidences are not to be taken for probabilities.");
        }
        card.section("Limits").list(limits);
    }
}
