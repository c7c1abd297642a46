package io.headwater.inference.v2;

import io.headwater.inference.v2.infer.Admission;
import io.headwater.inference.v2.infer.Arrival;
import io.headwater.inference.v2.infer.InferJob;
import io.headwater.inference.v2.infer.Reply;
import io.headwater.inference.v2.protocol.Body;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * One request for inference on the wire: takes its body in, hands it over, sends the answer, and gives up after the time that
 * a request has. All of it happens on the connection's event loop, so nothing here waits.
 */
final class Exchange {
    private final InferDoor door;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Optional<String> version;
    private final Context context;
    private final Vertx vertx;
    private final long begun = System.nanoTime();

    private Optional<Body> body = Optional.empty();
    private Optional<Admission.Permit> permit = Optional.empty();
    private Optional<InferJob> job = Optional.empty();
    private long timer;
    private boolean read;
    private boolean answered;

    Exchange(InferDoor door, HttpServerRequest request, Optional<String> version, Vertx vertx) {
        this.door = door;
        this.request = request;
        this.response = request.response();
        this.version = version;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** Begins to read, unless there is no room. */
    void begin() {
        timer = vertx.setTimer(door.settings().timeout().toMillis(), id -> late());
        response.closeHandler(closed -> gone());
        response.exceptionHandler(failure -> gone());
        request.exceptionHandler(failure -> gone());
        request.handler(this::take);
        request.endHandler(end -> complete());
        long announced = announced();
        if (announced > door.settings().maxBody()) {
            refuse(tooLarge());
        } else {
            permit = door.admission().enter(announced);
            if (permit.isEmpty()) {
                refuse(noRoom());
            } else {
                body = Optional.of(new Body((int) announced));
                if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                    response.writeContinue();
                }
            }
        }
        request.resume();
    }

    /** Bytes of the body as its sender says; 0 if he doesn't, as when they are compressed. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP server has refused what is not a number.
        return length == null ? 0 : Long.parseLong(length);
    }

    // The buffer's own Netty buffer: copied once, into the memory from which ONNX Runtime reads.
    @SuppressWarnings("deprecation")
    private void take(Buffer chunk) {
        if (body.isEmpty()) {
            return;
        }
        long size = (long) body.get().length() + chunk.length();
        if (size > door.settings().maxBody()) {
            refuse(tooLarge());
        } else if (!permit.orElseThrow().grow(size)) {
            refuse(noRoom());
        } else {
            body.get().add(chunk.getByteBuf());
        }
    }

    private void complete() {
        read = true;
        if (body.isEmpty()) {
            vertx.cancelTimer(timer);
            return;
        }
        Arrival arrival = new Arrival(
                version,
                Optional.ofNullable(request.getHeader("Inference-Header-Content-Length")),
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE))
                        .map(type -> type.startsWith("image/jpeg"))
                        .orElse(false),
                body.get());
        // From here on they are the job's.
        Admission.Permit held = permit.orElseThrow();
        body = Optional.empty();
        permit = Optional.empty();
        job = Optional.of(
                door.pool().submit(arrival, reply -> context.runOnContext(now -> answer(reply)), held::close));
    }

    private void answer(Reply reply) {
        vertx.cancelTimer(timer);
        if (answered) {
            return;
        }
        if (reply instanceof Reply.Refusal refusal) {
            refuse(refusal.why());
            return;
        }
        answered = true;
        Reply.Result result = (Reply.Result) reply;
        door.metrics().answered(result.images(), System.nanoTime() - begun);
        Replies.send(response, result.written());
    }

    /** What still comes of the body is read and forgotten: the client may look for an answer only when it has sent all. */
    private void refuse(ProtocolException why) {
        drop();
        if (!answered) {
            answered = true;
            door.metrics().refused(why.status(), System.nanoTime() - begun);
            Replies.refuse(response, why);
        }
    }

    private void late() {
        if (read) {
            job.ifPresent(begunJob -> begunJob.giveUp(new ProtocolException(
                    503,
                    "there was no answer within " + door.settings().timeout().toMillis() + " ms")));
            return;
        }
        refuse(new ProtocolException(
                408,
                "the request did not come within " + door.settings().timeout().toMillis() + " ms"));
        request.connection().close();
    }

    private void gone() {
        vertx.cancelTimer(timer);
        answered = true;
        drop();
        job.ifPresent(begunJob -> begunJob.giveUp(new ProtocolException(499, "the client has gone")));
    }

    private void drop() {
        body.ifPresent(Body::close);
        body = Optional.empty();
        permit.ifPresent(Admission.Permit::close);
        permit = Optional.empty();
    }

    private ProtocolException tooLarge() {
        return new ProtocolException(
                413, "the body has more than " + door.settings().maxBody() + " bytes");
    }

    private static ProtocolException noRoom() {
        return new ProtocolException(503, "too many requests at the same time; try again");
    }
}
