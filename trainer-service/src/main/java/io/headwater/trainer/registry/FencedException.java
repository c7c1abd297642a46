package io.headwater.trainer.registry;

/** Another trainer has taken over; this one must decide nothing any more. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(Throwable cause) {
        super("another trainer with the same topic prefix has taken over", cause);
    }
}
