package io.headwater.local.upload;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images of a folder in the order in which they are sent: the classes are mixed as evenly as they can be, always in
 * the same way, so that any beginning of the list has all classes in their proportions.
 */
public final class ImageFolder {

    private static final long SEED = 20_260_101;

    private final List<ImageFile> files;
    private final int others;

    private ImageFolder(List<ImageFile> files, int others) {
        this.files = files;
        this.others = others;
    }

    /**
     * Reads the names, not the files.
     *
     * @param directory a folder of images or of class folders; hidden files are left out
     * @param labelled whether the name of the first folder below it is the label
     * @throws EmptyFolderException when there is no image in it
     */
    public static ImageFolder read(Path directory, boolean labelled) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new EmptyFolderException(directory + " is not a directory.");
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            paths = walk.filter(Files::isRegularFile)
                    .filter(path -> !hidden(directory, path))
                    .sorted()
                    .toList();
        }
        List<ImageFile> images = paths.stream()
                .filter(path -> ImageFile.typeOf(path).isPresent())
                .map(path -> file(directory, path, labelled))
                .toList();
        if (images.isEmpty()) {
            throw new EmptyFolderException(
                    "There is no image in %s: no file whose name ends in .jpg, .jpeg, .png or .webp."
                            .formatted(directory));
        }
        return new ImageFolder(mixed(images), paths.size() - images.size());
    }

    private static boolean hidden(Path directory, Path path) {
        for (Path part : directory.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static ImageFile file(Path directory, Path path, boolean labelled) {
        Path inside = directory.relativize(path);
        Optional<String> label = labelled && inside.getNameCount() > 1
                ? Optional.of(inside.getName(0).toString())
                : Optional.empty();
        return new ImageFile(path, inside.toString().replace('\\', '/'), label);
    }

    private static List<ImageFile> mixed(List<ImageFile> images) {
        record Placed(double place, ImageFile file) {}
        var classes = images.stream()
                .collect(Collectors.groupingBy(image -> image.label().orElse(""), TreeMap::new, Collectors.toList()));
        Random random = new Random(SEED);
        List<Placed> placed = new ArrayList<>();
        classes.forEach((label, members) -> {
            List<ImageFile> shuffled = new ArrayList<>(members);
            Collections.shuffle(shuffled, random);
            double shift = random.nextDouble();
            for (int i = 0; i < shuffled.size(); i++) {
                placed.add(new Placed((i + shift) / shuffled.size(), shuffled.get(i)));
            }
        });
        return placed.stream()
                .sorted(Comparator.comparingDouble(Placed::place))
                .map(Placed::file)
                .toList();
    }

    /** All images, in order. */
    List<ImageFile> files() {
        return files;
    }

    /** How many images there are. */
    public int size() {
        return files.size();
    }

    /** The labels, sorted. */
    public List<String> labels() {
        return files.stream()
                .flatMap(file -> file.label().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** How many files there are beside whose names promise no image. */
    public int others() {
        return others;
    }
}
