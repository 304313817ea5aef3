package eu.countersign.shell

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** How the person came to the present place, and back. */
class Way(
    first: Place,
) {
    private val walked = MutableStateFlow(listOf(first))

    /** From the first place to the present one. */
    val places: StateFlow<List<Place>> = walked.asStateFlow()

    /** The present place. */
    val here: Place
        get() = walked.value.last()

    /** Goes on; what is typed here does not wait for the way back. */
    fun go(place: Place) {
        here.model?.hidden()
        walked.value += place
    }

    /** Goes on, so that the way back leads past the present place. */
    fun replace(place: Place) = set(walked.value.dropLast(1) + place)

    /** Goes back; false at the first place. */
    fun back(): Boolean {
        val rest = walked.value.dropLast(1)
        if (rest.isEmpty()) return false
        set(rest)
        return true
    }

    /** Goes back to the first place. */
    fun home() = set(walked.value.take(1))

    private fun set(places: List<Place>) {
        val left = walked.value.filter { it !in places }
        walked.value = places
        for (place in left) place.model?.left()
    }
}
