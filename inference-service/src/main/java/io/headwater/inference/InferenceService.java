package io.headwater.inference;

import io.headwater.artifacts.ArtifactsConfig;
import io.headwater.config.StreamConfig;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.instances.InstanceState;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.predictions.PredictionDesk;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.rollout.Serving;
import io.headwater.inference.stream.PipelineStatus;
import io.headwater.inference.stream.ReembeddingStatus;
import io.headwater.topics.IncompatibleTopicException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts and stops the data plane with the service. */
@ApplicationScoped
public class InferenceService {
    private static final Logger LOG = Logger.getLogger(InferenceService.class);

    private final InferenceRuntime runtime;

    InferenceService(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            StreamConfig stream,
            ArtifactsConfig artifacts,
            InferenceConfig inference,
            MeterRegistry registry,
            PredictionDesk predictions,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8081") int port) {
        String instance = hostName() + "-" + port;
        this.runtime = new InferenceRuntime(
                        kafka,
                        stream.toTopics(),
                        stream.toFormat(),
                        new ArtifactReader(artifacts.files()),
                        inference.toSettings(stream.topicPrefix().orElse(""), instance),
                        Pixels::new,
                        Engine.of(inference.device(), inference.intraOpThreads()),
                        registry,
                        InferenceService::refuse)
                .tell(predictions.listener())
                .reportAs(inference.toReportSettings(instance));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static void refuse(IncompatibleTopicException e) {
        LOG.fatal(e.getMessage());
        Quarkus.asyncExit(1);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    void stop(@Observes ShutdownEvent event) {
        runtime.close();
    }

    /** Whether it is ready, and what to tell of it. */
    public InstanceState instance() {
        return runtime.instance();
    }

    /** The generation of the moment, for those who answer with it. */
    public Serving serving() {
        return runtime.serving();
    }

    /** What is served and refused. */
    public RolloutState rollout() {
        return runtime.rollout();
    }

    /** What images are embedded with. */
    public EngineState engine() {
        return runtime.engine();
    }

    /** How the images flow. */
    public PipelineStatus pipeline() {
        return runtime.pipeline();
    }

    /** How embedding images again goes, while the backbone is being changed. */
    public ReembeddingStatus reembedding() {
        return runtime.reembedding();
    }
}
