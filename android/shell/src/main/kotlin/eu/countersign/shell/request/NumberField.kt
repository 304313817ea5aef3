package eu.countersign.shell.request

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** Six digits that a browser or another phone shows: no secret of this phone. */
class NumberField {
    private val typed = MutableStateFlow("")

    /** What is typed so far. */
    val digits: StateFlow<String> = typed.asStateFlow()

    /** Whether all digits are there. */
    val isComplete: Boolean
        get() = typed.value.length == LENGTH

    /** A key was touched. */
    fun push(digit: Int) {
        if (!isComplete) typed.value += digit
    }

    /** Takes the last digit away. */
    fun backspace() {
        typed.value = typed.value.dropLast(1)
    }

    /** Takes all away. */
    fun clear() {
        typed.value = ""
    }

    companion object {
        /** How many digits it has. */
        const val LENGTH = 6
    }
}
