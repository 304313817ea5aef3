package eu.countersign.shell

import eu.countersign.core.Problem
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.getAndUpdate
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** Mirrors one flow of the core. It decides nothing: a step is a call, its answer is the next state. */
abstract class FlowModel<State>(
    protected val around: Surroundings,
) {
    private val mirrored = MutableStateFlow(Shown<State>())
    private var following: Job? = null
    private var gone = false

    /** What the screen shows. */
    val shown: StateFlow<Shown<State>> = mirrored.asStateFlow()

    /** Takes a step, unless one is under way: a double tap is one tap. */
    protected fun step(call: () -> State): Job? = steps { around.offMain(call) }

    /** Takes several steps as one: null leaves the state as it is. */
    protected fun steps(work: suspend () -> State?): Job? {
        val before = mirrored.getAndUpdate { if (it.busy) it else it.copy(busy = true, problem = null) }
        if (before.busy) return null
        following?.cancel()
        return around.scope.launch { take(work) }
    }

    private suspend fun take(work: suspend () -> State?) {
        try {
            val state = work()
            if (state != null) arrived(state) else mirrored.update { it.copy(busy = false) }
        } catch (problem: Problem) {
            mirrored.update { it.copy(busy = false, problem = problem) }
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (_: Exception) {
            // The core broke a promise: said like any problem, and the app goes on.
            mirrored.update { it.copy(busy = false, problem = Problem.Internal()) }
        }
    }

    private fun arrived(state: State) {
        mirrored.value = Shown(state, since = around.clock.elapsed())
        if (!gone) following = around.scope.launch { follow(state) }
    }

    /** What follows of itself from a state: a wait, a question to the server. Ends with the next step, whoever takes it. */
    protected open suspend fun follow(state: State) = Unit

    /** The person has read the problem. */
    fun understood() = mirrored.update { it.copy(problem = null) }

    /** Whoever watched is gone: nothing follows of itself any more. What is under way runs to its end. */
    open fun left() {
        gone = true
        stopFollowing()
    }

    /** What would follow of itself does not, until the next step. */
    protected fun stopFollowing() {
        following?.cancel()
    }

    /** Another app is in front: what must not lie around is wiped. */
    open fun hidden() = Unit
}
