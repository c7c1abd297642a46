package io.headwater.inference.stream;

/** Where the outcome of one image goes. Exactly one of the two is called, on any thread. */
interface Ticket {
    /** Whether anybody waits for it; an image that nobody waits for fails. */
    boolean isWanted();

    void done(Outcome outcome);

    /** Something failed that is no fault of the image. */
    void failed(Throwable thrown);
}
