package io.headwater.local.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The built project: where the services' runnable jars are. */
public record Distribution(Path root) {

    private static final String LAUNCHER = "headwater";

    /**
     * Finds the project that this class was built in, or else the one that the working directory is in.
     *
     * @throws StartException when there is none
     */
    public static Distribution locate() {
        return Stream.concat(above(ownPlace()), above(Optional.of(Path.of("").toAbsolutePath())))
                .filter(directory -> Files.isRegularFile(directory.resolve(LAUNCHER))
                        && Files.isRegularFile(directory.resolve("pom.xml"))
                        && Files.isDirectory(directory.resolve(Service.TRAINER.directory())))
                .findFirst()
                .map(Distribution::new)
                .orElseThrow(
                        () -> new StartException(
                                "Headwater's project directory was not found: run its ./headwater script, from any directory."));
    }

    private static Optional<Path> ownPlace() {
        CodeSource source = Distribution.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Stream<Path> above(Optional<Path> place) {
        return place.stream().flatMap(path -> Stream.iterate(path, directory -> directory != null, Path::getParent));
    }

    /**
     * The runnable jar of a service.
     *
     * @throws StartException when it isn't built
     */
    Path jar(Service service) {
        Path jar = root.resolve(service.directory()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new StartException("%s is not built: %s is missing. Run ./headwater, which builds it, or mvn package."
                    .formatted(service.directory(), jar));
        }
        return jar;
    }
}
