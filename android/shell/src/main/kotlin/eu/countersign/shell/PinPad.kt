package eu.countersign.shell

import eu.countersign.core.PinEntry
import eu.countersign.core.Problem
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The keypad: each digit goes to the core and is never seen here again. What is left here is how many there are. */
class PinPad {
    private val count = MutableStateFlow(0)

    /** The digits, in the core's memory. Whoever takes them wipes them. */
    val entry = PinEntry()

    /** How many digits are typed. */
    val typed: StateFlow<Int> = count.asStateFlow()

    /** A key was touched. */
    fun push(digit: Int) {
        try {
            entry.push(('0' + digit).code.toUByte())
        } catch (_: Problem.PinRejected) {
            // One digit too many is not taken.
        }
        look()
    }

    /** Takes the last digit away. */
    fun backspace() {
        entry.backspace()
        look()
    }

    /** Wipes all digits. */
    fun clear() {
        entry.clear()
        look()
    }

    /** Hands the digits to a call of the core, which wipes them, and counts again, whatever came of it. */
    fun <T> taken(call: (PinEntry) -> T): T =
        try {
            call(entry)
        } finally {
            look()
        }

    private fun look() {
        count.value = entry.count().toInt()
    }
}
