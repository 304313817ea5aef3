package eu.countersign.shell.selftest

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Finding
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.SystemPage
import kotlinx.coroutines.Job

/** "Why does nothing arrive?" (H1). */
class SelfTestModel(
    private val core: AuthenticatorInterface,
    around: Surroundings,
) : FlowModel<SelfTestModel.State>(around) {
    /** What was found, and when. */
    data class State(
        val findings: List<Finding>,
        val at: Long,
    )

    /** Looks at everything. */
    fun test(): Job? =
        step {
            State(core.selfTest(around.device.permissions()), around.clock.now())
        }

    /** Opens the page of the system that mends it. */
    fun open(page: SystemPage) = around.device.open(page)
}
