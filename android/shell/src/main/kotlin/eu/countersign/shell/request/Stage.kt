package eu.countersign.shell.request

/** Where a person is with a request that waits for an answer. */
enum class Stage {
    /** A telephone call is going on: that comes before anything else (H2). */
    CALL,

    /** Reads, and types the number. */
    READ,

    /** Types the PIN, or touches the sensor. */
    PIN,
}
