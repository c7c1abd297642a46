package io.headwater.inference.v2.model;

import io.headwater.inference.model.Head;
import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import io.headwater.inference.rollout.Serving;
import io.headwater.inference.v2.protocol.ProtocolException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one model that this server has, in the versions that the rollout has put into play. */
public final class Catalogue {
    /** The model's name. */
    public static final String NAME = "headwater";

    private final Serving serving;

    /**
     * @param serving what is in play
     */
    public Catalogue(Serving serving) {
        this.serving = serving;
    }

    /**
     * Leases the generation of now, which the caller releases once.
     *
     * @throws ProtocolException with 503 if there is none yet
     */
    public Shared<Generation> lease() throws ProtocolException {
        return serving.lease()
                .orElseThrow(() -> new ProtocolException(
                        503, "no backbone yet: the trainer-service publishes it at its first start"));
    }

    /**
     * Chooses a version.
     *
     * @param version a number; the stable one where there is none
     * @throws ProtocolException with 404 if that version is not in play, with 503 if none is asked for and none is stable
     */
    public static ServedVersion choose(Generation generation, Optional<String> version) throws ProtocolException {
        if (version.isEmpty()) {
            return generation
                    .stable()
                    .map(head -> new ServedVersion(generation, head))
                    .orElseThrow(() -> new ProtocolException(503, "no version of " + NAME + " is stable yet"));
        }
        return generation.heads().stream()
                .filter(head -> Long.toString(head.version()).equals(version.get()))
                .findFirst()
                .map(head -> new ServedVersion(generation, head))
                .orElseThrow(() -> new ProtocolException(
                        404, "version " + version.get() + " of " + NAME + " is not in play; " + inPlay(generation)));
    }

    private static String inPlay(Generation generation) {
        List<String> versions = versions(generation);
        return versions.isEmpty() ? "none is" : "in play: " + String.join(", ", versions);
    }

    private static List<String> versions(Generation generation) {
        return generation.heads().stream()
                .map(Head::version)
                .distinct()
                .sorted()
                .map(version -> Long.toString(version))
                .toList();
    }

    /**
     * Checks that a model is this one.
     *
     * @throws ProtocolException with 404 if it is not
     */
    public static void require(String name) throws ProtocolException {
        if (!NAME.equals(name)) {
            throw new ProtocolException(404, "there is no model " + name + "; this server has one, " + NAME);
        }
    }

    /** Whether requests that name no version are answered. */
    public boolean isReady() {
        try {
            return with(Optional.empty(), served -> true);
        } catch (ProtocolException e) {
            return false;
        }
    }

    /**
     * Whether a version is ready.
     *
     * @throws ProtocolException with 404 if it is not in play
     */
    public boolean isReady(Optional<String> version) throws ProtocolException {
        try {
            return with(version, served -> true);
        } catch (ProtocolException e) {
            if (e.status() == 503) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Describes a version.
     *
     * @throws ProtocolException if there is no such version, or none yet
     */
    public ModelMetadata metadata(Optional<String> version) throws ProtocolException {
        return with(version, served -> ModelMetadata.of(served, versions(served.generation())));
    }

    private <T> T with(Optional<String> version, Function<ServedVersion, T> question) throws ProtocolException {
        Shared<Generation> lease = lease();
        try {
            return question.apply(choose(lease.get(), version));
        } finally {
            lease.release();
        }
    }
}
