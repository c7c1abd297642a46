package io.headwater.inference;

import io.headwater.inference.instances.ReportSettings;
import io.headwater.inference.model.Device;
import io.headwater.inference.stream.Delivery;
import io.headwater.inference.stream.Flow;
import io.headwater.inference.stream.PipelineSettings;
import io.headwater.inference.stream.Profile;
import io.headwater.topics.ConsumerGroups;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How images are classified. */
@ConfigMapping(prefix = "headwater.inference")
public interface InferenceConfig {
    /** What a thread does in some hundred milliseconds, while results are committed. */
    int IMAGES_PER_THREAD = 64;

    /**
     * What the settings below are chosen for, where they have none of their own: {@code throughput} or {@code latency}. The
     * first commits many results at once as long as more images are waiting, and at once when none are.
     */
    @WithDefault("throughput")
    Profile profile();

    /** What is promised: {@code exactly-once} or {@code at-least-once}. */
    @WithDefault("exactly-once")
    Delivery delivery();

    /** Images that are worked on at the same time, by one thread each; by default as many as there are processors. */
    OptionalInt threads();

    /**
     * Where images are embedded: {@code cpu}; {@code cuda}, an Nvidia GPU, or the service does not start; {@code auto}, the
     * GPU if it can be used. A GPU needs a build with {@code -Donnxruntime.artifact=onnxruntime_gpu}.
     */
    @WithDefault("cpu")
    Device device();

    /** Threads inside one call of the backbone; images run side by side already. */
    @WithDefault("1")
    int intraOpThreads();

    /** Results are committed when there are so many; by default 512 for throughput, 32 for latency. */
    OptionalInt batchSize();

    /** And when the first of them is so old; at most 5 s; by default 250 ms for throughput, 0 for latency. */
    Optional<Duration> commitInterval();

    /** How long the producer gathers records for a request; a commit ends it; by default 50 ms for throughput, 0 for latency. */
    Optional<Duration> linger();

    /** Most bytes of a partition in one fetch; 1M when it is not set. */
    Optional<MemorySize> fetchSize();

    /** Most images between reading and their results; by default 64 for each thread. */
    OptionalInt imagesInFlight();

    /** Most bytes of them. */
    @WithDefault("64M")
    MemorySize bytesInFlight();

    /**
     * Image ids that are remembered of each partition, so that an image which comes again (its sender got no answer) gets no
     * second prediction. It is known as long as no more than so many others of its partition came in between, through
     * restarts too: they are read back from the end of {@code predictions}. About 200 bytes of memory each.
     */
    @WithDefault("20000")
    int rememberedImages();

    /**
     * While the backbone is being changed: the share of one thread's time that goes into embedding images again while new
     * ones come in. When none come in it is all of it.
     */
    @WithDefault("0.25")
    double reembeddingShare();

    /**
     * Name of this instance among the copies of the service, the same at every start: it makes the transactional id. By
     * default host name and port.
     */
    Optional<String> instanceId();

    /**
     * Whether this instance keeps its partitions while it is started again, if that takes less than 45 s. A dead instance's
     * partitions then wait as long for another one, instead of 10 s.
     */
    @WithDefault("false")
    boolean staticMembership();

    /**
     * How often this instance tells the topic {@code instances} that it is there, though nothing has changed: 1 s to 1 h.
     */
    @WithDefault("30s")
    Duration heartbeat();

    /**
     * How this instance reports.
     *
     * @param defaultInstance instance id where none is configured
     */
    default ReportSettings toReportSettings(String defaultInstance) {
        return new ReportSettings(instanceId().orElse(defaultInstance), heartbeat());
    }

    /**
     * The pipeline's settings.
     *
     * @param prefix of topics, groups and transactional ids
     * @param defaultInstance instance id where none is configured
     */
    default PipelineSettings toSettings(String prefix, String defaultInstance) {
        String instance = instanceId().orElse(defaultInstance);
        int workers = threads().orElse(Runtime.getRuntime().availableProcessors());
        return new PipelineSettings(
                ConsumerGroups.inference(prefix),
                prefix + "headwater-inference-" + instance,
                staticMembership() ? Optional.of(instance) : Optional.empty(),
                delivery(),
                workers,
                new Flow(
                        batchSize().orElse(profile().batchSize()),
                        commitInterval().orElse(profile().commitInterval()),
                        linger().orElse(profile().linger()),
                        fetchSize()
                                .map(size -> Math.toIntExact(size.asLongValue()))
                                .orElse(Flow.FETCH_BYTES),
                        imagesInFlight().orElse(IMAGES_PER_THREAD * workers),
                        bytesInFlight().asLongValue()),
                rememberedImages(),
                reembeddingShare());
    }
}
