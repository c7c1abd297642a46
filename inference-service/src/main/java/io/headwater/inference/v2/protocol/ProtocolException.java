package io.headwater.inference.v2.protocol;

/** A request that is not answered with a result, and why. The message is for the client. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status HTTP status of the answer
     * @param message a sentence for the client
     */
    public ProtocolException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The request is wrong: 400. */
    public static ProtocolException badRequest(String message) {
        return new ProtocolException(400, message);
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }
}
