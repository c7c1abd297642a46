package io.headwater.trainer.quality;

import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import io.headwater.trainer.quality.AnnotatorCap.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The topic {@code judgements} in memory: of each judged image the last judgement. With the answers of a served
 * version and two shadows that is about 200 bytes: 200,000 images took 41 MB. Thread safe. All
 * figures are computed from these, in whole numbers, so a corrected label changes them as if it had been the first one,
 * and whoever reads the topic again gets the same. Labels beyond what counts of one annotator in an hour
 * ({@link AnnotatorCap}) are in none of the figures; a correction beyond it leaves in place what the last label said that counts.
 */
public final class LiveQuality {
    private static final int MOST_ANNOTATORS = 10;

    private final Map<ImageKey, Judgement> judgements = new HashMap<>();
    /** Of images whose label was corrected what the labels before said, the first one first. */
    private final Map<ImageKey, List<Judgement>> replaced = new HashMap<>();

    private final Map<List<Long>, long[]> versionSets = new HashMap<>();
    private final Names names = new Names();
    private final Names annotators = new Names();
    private final AnnotatorHours hours;
    private final int labelsOfOthers;
    private long changes;

    /** With as many labels of one annotator, and as many of the others, as by default. */
    public LiveQuality() {
        this(QualitySettings.DEFAULT.labelsPerAnnotatorHour(), QualitySettings.DEFAULT.labelsOfOthers());
    }

    /**
     * @param labelsPerAnnotatorHour labels of one annotator in an hour that count
     * @param labelsOfOthers labels of all others within a day of one's label beside which nobody decides alone
     */
    public LiveQuality(int labelsPerAnnotatorHour, int labelsOfOthers) {
        hours = new AnnotatorHours(labelsPerAnnotatorHour);
        this.labelsOfOthers = labelsOfOthers;
    }

    /** Takes the last judgement of an image, with those that it replaced. */
    public synchronized void put(String imageId, PredictionJudged judged) {
        ImageKey image = ImageKey.of(imageId);
        boolean sampled = Counted.isSampled(imageId);
        forget(image);
        judgements.put(image, judgement(sampled, judged));
        if (!judged.getEarlier().isEmpty()) {
            replaced.put(
                    image,
                    judged.getEarlier().stream()
                            .map(earlier -> judgement(sampled, earlier))
                            .toList());
        }
        labels(image).forEach(hours::add);
        changes++;
    }

    private Judgement judgement(boolean sampled, PredictionJudged judged) {
        List<JudgedAnswer> given = judged.getAnswers();
        int[] answers = new int[given.size()];
        float[] probabilities = new float[given.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = names.number(given.get(i).getLabel());
            probabilities[i] = Judgement.encode(given.get(i));
        }
        return new Judgement(
                sampled,
                annotators.number(judged.getAnnotator()),
                names.number(judged.getLabel()),
                judged.getLabelledAt().toEpochMilli(),
                judged.getClassifiedAt().toEpochMilli(),
                versions(given),
                answers,
                probabilities);
    }

    /** Takes the judgement of an image back. */
    public synchronized void remove(String imageId) {
        forget(ImageKey.of(imageId));
        changes++;
    }

    private void forget(ImageKey image) {
        labels(image).forEach(hours::remove);
        judgements.remove(image);
        replaced.remove(image);
    }

    /** All labels of an image, the last one first. */
    private Stream<Judgement> labels(ImageKey image) {
        List<Judgement> earlier = replaced.getOrDefault(image, List.of());
        return Stream.concat(
                Stream.ofNullable(judgements.get(image)),
                IntStream.range(0, earlier.size()).mapToObj(i -> earlier.get(earlier.size() - 1 - i)));
    }

    private Stream<Given> given() {
        return judgements.keySet().stream().flatMap(image -> labels(image).map(label -> Given.of(image, label)));
    }

    /** Forgets everything, to be read again. */
    public synchronized void clear() {
        judgements.clear();
        replaced.clear();
        versionSets.clear();
        names.clear();
        annotators.clear();
        hours.clear();
        changes++;
    }

    /** Number of judged images. */
    public synchronized int size() {
        return judgements.size();
    }

    /** A number that grows with every change. */
    public synchronized long changes() {
        return changes;
    }

    /** What is known now, to be counted without holding up who follows the topic: judgements never change. */
    private synchronized Snapshot snapshot() {
        return new Snapshot(counting().map(Map.Entry::getValue).toList(), names.copy());
    }

    /** Of each image what its last label says that counts, if one does. */
    private Stream<Map.Entry<ImageKey, Judgement>> counting() {
        Set<Given> beyond = hours.beyond(this::given);
        return beyond.isEmpty()
                ? judgements.entrySet().stream()
                : judgements.keySet().stream().flatMap(image -> labels(image)
                        .filter(label -> !beyond.contains(Given.of(image, label)))
                        .limit(1)
                        .map(label -> Map.entry(image, label)));
    }

    /** How many of the labels count. */
    public synchronized LabelWeights weights() {
        Set<Given> beyond = hours.beyond(this::given);
        Map<Integer, Integer> floods = new HashMap<>();
        beyond.forEach(label -> floods.merge(label.hour().annotator(), 1, Integer::sum));
        return new LabelWeights(
                hours.most(),
                (int) counting().count(),
                beyond.size(),
                floods.entrySet().stream()
                        .map(flood -> new LabelWeights.Annotator(
                                annotators.name(flood.getKey()), labelsOf(flood.getKey()), flood.getValue()))
                        .sorted(Comparator.comparingInt(LabelWeights.Annotator::beyond)
                                .reversed()
                                .thenComparing(LabelWeights.Annotator::name))
                        .limit(MOST_ANNOTATORS)
                        .toList());
    }

    private int labelsOf(int annotator) {
        return (int)
                given().filter(label -> label.hour().annotator() == annotator).count();
    }

    private record Snapshot(List<Judgement> judgements, Names names) {}

    /**
     * Quality of every version that has answered, the highest number first.
     *
     * <p>Time windows are by when the answer was given: that is what tells when the images changed, and no correction
     * moves it.
     *
     * @param width of a window; they begin at multiples of it since the epoch
     * @param count windows at most: the newest one that has an image, and those before it
     */
    public List<VersionQuality> report(Duration width, int count) {
        Snapshot now = snapshot();
        NavigableMap<Long, VersionTally> versions = new TreeMap<>(Comparator.reverseOrder());
        long millis = width.toMillis();
        long newest = now.judgements().stream()
                .mapToLong(judgement -> Math.floorDiv(judgement.classifiedAt(), millis))
                .max()
                .orElse(0);
        for (Judgement judgement : now.judgements()) {
            long window = Math.floorDiv(judgement.classifiedAt(), millis);
            for (int i = 0; i < judgement.size(); i++) {
                versions.computeIfAbsent(judgement.version(i), VersionTally::new)
                        .add(judgement, i, window > newest - count ? window * millis : VersionTally.NO_WINDOW);
            }
        }
        return versions.values().stream()
                .map(tally -> tally.quality(now.names()))
                .toList();
    }

    /**
     * Whether each answer of one version was right.
     *
     * @param after labels that were given later than this
     * @param known the classes that the version knows: images of others are left out, it can only be wrong on them
     * @param counted which images
     */
    synchronized Testimony<Boolean> outcomes(long version, Instant after, Set<String> known, Counted counted) {
        Set<Integer> truths = known.stream().map(names::number).collect(Collectors.toSet());
        return testimony(
                judgement ->
                        counted.counts(judgement) && judgement.answerOf(version).isPresent(),
                judgement -> judgement.labelledAt() > after.toEpochMilli() && truths.contains(judgement.truth())
                        ? Optional.of(isRight(judgement, version))
                        : Optional.empty());
    }

    /**
     * What two versions said of an image that both answered.
     *
     * @param outcome +1 if only the first was right, -1 if only the second was, else 0
     * @param classifiedAt when they said it, milliseconds since the epoch
     */
    public record Pair(int outcome, long classifiedAt) {}

    /**
     * Every judged image that two versions answered, whoever served it.
     *
     * @param counted which images
     */
    public synchronized Testimony<Pair> pairs(long version, long against, Counted counted) {
        return testimony(
                judgement -> counted.counts(judgement)
                        && judgement.answerOf(version).isPresent()
                        && judgement.answerOf(against).isPresent(),
                judgement -> Optional.of(new Pair(
                        (isRight(judgement, version) ? 1 : 0) - (isRight(judgement, against) ? 1 : 0),
                        judgement.classifiedAt())));
    }

    private static boolean isRight(Judgement judgement, long version) {
        return judgement.isRight(judgement.answerOf(version).orElseThrow());
    }

    /** Of images with such judgements what the labels say that count. A label may say nothing. */
    private <T> Testimony<T> testimony(Predicate<Judgement> asked, Function<Judgement, Optional<T>> says) {
        Set<Given> beyond = hours.beyond(this::given);
        List<List<Testimony.Label>> images = judgements.entrySet().stream()
                .filter(image -> asked.test(image.getValue()))
                .map(image -> labels(image.getKey())
                        .filter(label -> beyond.isEmpty() || !beyond.contains(Given.of(image.getKey(), label)))
                        .map(label -> new Testimony.Label(image.getKey(), label))
                        .toList())
                .toList();
        return new Testimony<>(images, labelsOfOthers, annotators.copy()::name, says);
    }

    private long[] versions(List<JudgedAnswer> answers) {
        List<Long> key = answers.stream().map(JudgedAnswer::getVersion).toList();
        return versionSets.computeIfAbsent(
                key, set -> set.stream().mapToLong(Long::longValue).toArray());
    }
}
