package eu.countersign.shell

/** Time, as the screens see it. */
interface Clock {
    /** Milliseconds since some fixed moment; never set, never going back. For what is left of a time limit. */
    fun elapsed(): Long

    /** Milliseconds since 1970, as the phone's clock says. For words like "today" alone. */
    fun now(): Long
}

/** The clock of this machine. */
object SystemClock : Clock {
    override fun elapsed(): Long = System.nanoTime() / NANOS

    override fun now(): Long = System.currentTimeMillis()

    private const val NANOS = 1_000_000L
}
