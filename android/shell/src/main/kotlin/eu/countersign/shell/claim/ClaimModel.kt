package eu.countersign.shell.claim

import eu.countersign.core.Account
import eu.countersign.core.ClaimFlowInterface
import eu.countersign.core.ClaimState
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** From a scanned frame or a tapped link to its request (S3, S4, A3). */
class ClaimModel(
    private val flow: ClaimFlowInterface,
    around: Surroundings,
    private val claimed: (ClaimState.Claimed) -> Unit,
) : FlowModel<ClaimState>(around) {
    /** Goes on by itself when there is nothing to choose. */
    fun begin(): Job? = step(flow::begin)

    /** For this account. */
    fun choose(account: Account): Job? = step { flow.choose(account.id) }

    /** The same account once more: the same bytes are sent. */
    fun again(state: ClaimState.Unanswered): Job? = step { flow.choose(state.account) }

    override suspend fun follow(state: ClaimState) {
        when (state) {
            is ClaimState.Claimed -> claimed(state)
            is ClaimState.ChooseAccount, is ClaimState.OtherAccount, is ClaimState.Unanswered -> Unit
        }
    }
}
