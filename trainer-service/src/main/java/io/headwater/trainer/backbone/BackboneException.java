package io.headwater.trainer.backbone;

/** A backbone that can't be had or can't be used; the message is a sentence for whoever configured it. */
public final class BackboneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackboneException(String message) {
        super(message);
    }

    BackboneException(String message, Throwable cause) {
        super(message, cause);
    }
}
