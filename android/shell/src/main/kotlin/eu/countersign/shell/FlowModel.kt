package eu.countersign.shell

import eu.countersign.core.Problem
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/**
 * Mirrors one flow of the core. It decides nothing: a step is a call, its answer is the next state.
 *
 * [scope] is the screen's, on the main thread.
 */
abstract class FlowModel<State>(
    private val scope: CoroutineScope,
    private val offMain: OffMain,
) {
    private val mirrored = MutableStateFlow(Shown<State>())
    private var following: Job? = null

    /** What the screen shows. */
    val shown: StateFlow<Shown<State>> = mirrored.asStateFlow()

    /** Takes a step, unless one is under way: a double tap is one tap. */
    protected fun step(call: () -> State): Job? {
        if (mirrored.value.busy) return null
        following?.cancel()
        mirrored.update { it.copy(busy = true, problem = null) }
        return scope.launch { take(call) }
    }

    private suspend fun take(call: () -> State) {
        try {
            val state = offMain(call)
            mirrored.value = Shown(state)
            following = scope.launch { follow(state) }
        } catch (problem: Problem) {
            mirrored.update { it.copy(busy = false, problem = problem) }
        }
    }

    /** What follows of itself from a state: a wait, a question to the server. Ends with the next step, whoever takes it. */
    protected abstract suspend fun follow(state: State)
}
