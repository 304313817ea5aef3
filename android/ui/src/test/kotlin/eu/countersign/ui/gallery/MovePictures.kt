package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.MoveFlowInterface
import eu.countersign.core.MoveOutcome
import eu.countersign.core.MoveState
import eu.countersign.core.Problem
import eu.countersign.core.RefusalCode
import eu.countersign.core.WrongPin
import eu.countersign.shell.Place
import eu.countersign.shell.move.MoveModel
import java.time.Duration

private val BOTH = listOf(Samples.anna, Samples.ministry)

/** Moving to a new phone, seen from this one (A6). */
val movePictures: List<Picture> =
    listOf(
        move("move-pin", ask()),
        move("move-pin-several", ask(BOTH)),
        move("move-pin-wrong", ask(wrong = WrongPin(4u))),
        move("move-pause", MoveState.Wait(Duration.ofSeconds(20))),
        move("move-locked", MoveState.Wait(Duration.ofSeconds(252))),
        move("move-code", code()),
        move("move-code-several", code(behind = 1u)),
        move("move-cannot-scan", code(), { tap(words.move.cannotScan) }),
        move("move-ran-out", code(left = 0)),
        move("move-type", code(), { tap(words.move.scanned) }),
        move("move-typed", code(), { tap(words.move.scanned) }) { number.type() },
        Picture("move-code-wrong", { tap(words.move.scanned) }) {
            studio {
                val flow = RefusingMove(Problem.Refused(RefusalCode.CONFIRM_CODE_INCORRECT), flow(code()))
                app().at(Place.Move(MoveModel(flow, around).after { begin() }.after { confirm() }))
            }
        },
        move("move-confirm", code()) {
            number.type()
            askPin()
        },
        confirmed("move-confirm-wrong", MoveOutcome.WrongPin(4u, Duration.ZERO)),
        confirmed("move-confirm-pause", MoveOutcome.Wait(Duration.ofSeconds(20))),
        confirmed("move-next", MoveOutcome.Done(code(Samples.ministry))),
        move("move-done", MoveState.Done),
        Picture("move-nothing", {
            tap(words.move.skip)
            tap(words.move.skip)
        }) {
            studio {
                val left = ArrayDeque(listOf(ask(listOf(Samples.ministry)), MoveState.Done))
                val flow = scripted<MoveFlowInterface>("state" to { ask(BOTH) }, "skip" to { left.removeFirst() })
                app().at(Place.Move(MoveModel(flow, around).after { begin() }))
            }
        },
    )

private fun ask(
    accounts: List<Account> = listOf(Samples.anna),
    wrong: WrongPin? = null,
) = MoveState.EnterPin(accounts, wrong)

private fun code(
    account: Account = Samples.anna,
    left: Long = 238,
    behind: UInt = 0u,
) = MoveState.ShowCode(account, "https://id.example.eu/enrol#code", Duration.ofSeconds(left), behind)

private fun flow(
    state: MoveState,
    outcome: MoveOutcome? = null,
): MoveFlowInterface = scripted("state" to { state }, "confirm" to { checkNotNull(outcome) })

private fun move(
    name: String,
    state: MoveState,
    hand: Hand.() -> Unit = {},
    before: MoveModel.() -> Unit = {},
) = Picture(name, hand) {
    studio {
        app().at(Place.Move(MoveModel(flow(state), around).after { begin() }.after(before)))
    }
}

private fun confirmed(
    name: String,
    outcome: MoveOutcome,
) = Picture(name) {
    studio {
        val model = MoveModel(flow(code(), outcome), around)
        model.begin()
        model.number.type()
        model.askPin()
        model.confirm()
        app().at(Place.Move(model))
    }
}
