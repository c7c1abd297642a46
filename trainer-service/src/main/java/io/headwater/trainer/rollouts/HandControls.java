package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.security.access.Caller;
import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.registry.NotRecordingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Does by hand what somebody asks for over HTTP, if it is asked for in the right way. */
@ApplicationScoped
class HandControls {
    private static final Logger LOG = Logger.getLogger(HandControls.class);
    private static final String ANY = "*";

    private final Rollouts rollouts;
    private final ObjectMapper json;
    private final Caller caller;

    HandControls(Rollouts rollouts, ObjectMapper json, Caller caller) {
        this.caller = caller;
        this.rollouts = rollouts;
        this.json = json;
    }

    /**
     * The answer to a request; 200 with the rollout if it is now as asked for.
     *
     * @param ifMatch the header, or null
     * @param body the body, or null
     */
    Response apply(Move move, String ifMatch, String body) throws JsonProcessingException {
        Optional<String> sender = caller.name();
        Command command = command(body);
        if (!command.isComplete(sender.isPresent())) {
            return Problem.response(
                    400,
                    "Bad Request",
                    "The body must say by whom (by, 1 to 64 characters) and why (reason, 1 to 256 characters).");
        }
        long present = rollouts.situation().rollout().getGeneration();
        if (ifMatch == null || ifMatch.isBlank()) {
            return Problem.response(
                    428,
                    "Precondition Required",
                    "If-Match must name the generation that you have seen (\"" + present + "\"), or be * for any.",
                    Map.of("generation", present));
        }
        if (!ifMatch.strip().matches("\\*|(W/)?\"[0-9]{1,18}\"")) {
            return stale("If-Match is " + ifMatch + ", which is no generation.", present);
        }
        return apply(move, command.signed(sender), generation(ifMatch.strip()));
    }

    private Command command(String body) throws JsonProcessingException {
        Command command = body == null || body.isBlank() ? null : json.readValue(body, Command.class);
        return command == null ? new Command("", "") : command;
    }

    private Response apply(Move move, Command command, OptionalLong generation) {
        try {
            boolean changed = rollouts.command(move, command.by(), command.reason(), generation);
            LOG.infof("by hand move=\"%s\" by=\"%s\" changed=%b", move, command.by(), changed);
            return standing(rollouts);
        } catch (StaleGenerationException e) {
            return stale(e.getMessage(), e.present());
        } catch (RefusedException e) {
            return Problem.response(409, "Conflict", e.getMessage());
        } catch (NotRecordingException | FencedException e) {
            return Problem.notReady("This trainer can't record anything now: " + e.getMessage());
        } catch (KafkaException e) {
            LOG.warn("whether a rollout by hand was recorded is unknown", e);
            return Problem.notReady(
                    "Kafka does not answer, so it is unknown whether it is done. Look at GET /rollouts in a"
                            + " few seconds.");
        }
    }

    /** The rollout as it is, with its generation as ETag. */
    static Response standing(Rollouts rollouts) {
        StandingView view = StandingView.of(rollouts);
        return Response.ok(view)
                .tag(new EntityTag(Long.toString(view.rollout().generation())))
                .build();
    }

    private static Response stale(String detail, long present) {
        return Problem.response(412, "Precondition Failed", detail, Map.of("generation", present));
    }

    private static OptionalLong generation(String ifMatch) {
        return ifMatch.equals(ANY)
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(ifMatch.replaceAll("[^0-9]", "")));
    }
}
