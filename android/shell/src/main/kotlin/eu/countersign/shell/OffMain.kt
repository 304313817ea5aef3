package eu.countersign.shell

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * The one way from the main thread to the core: its calls block, because they sign, derive keys and talk to servers.
 *
 * A call that has begun runs to its end, also when whoever waits for it is gone: what it sent is written down before.
 */
class OffMain(
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
) {
    /** Runs [work] elsewhere and comes back with its result. */
    suspend operator fun <T> invoke(work: () -> T): T = withContext(dispatcher) { work() }
}
