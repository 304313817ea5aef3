package eu.countersign.shell

import eu.countersign.core.Problem

/** What a screen mirrors: the last state of its flow, whether the flow is at work, and why it did not go on. */
data class Shown<State>(
    /** The flow's last state; nothing before it has one. */
    val state: State? = null,
    /** Whether a call is under way: controls wait. */
    val busy: Boolean = false,
    /** Why the last call did not go on; gone with the next one. */
    val problem: Problem? = null,
    /** When it came, by [Clock.elapsed]: what a state says of time left is meant from then on. */
    val since: Long = 0,
)
