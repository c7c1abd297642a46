package io.headwater.local.cli;

/** A command can't do what it was asked to; the message is a sentence. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
