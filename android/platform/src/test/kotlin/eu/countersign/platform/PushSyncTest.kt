package eu.countersign.platform

import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.core.AccountState
import eu.countersign.core.Authenticator
import eu.countersign.core.NoHandle
import eu.countersign.core.Problem
import eu.countersign.platform.push.Push
import eu.countersign.platform.push.PushBook
import eu.countersign.platform.push.PushSync
import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals

class PushSyncTest {
    @TempDir
    lateinit var folder: File

    private val book by lazy { PushBook(folder.resolve("push")) }
    private val core = Core()
    private val distributor = AtOnce()
    private val sync by lazy { PushSync(core, distributor, book) }

    @Test
    fun `every account registers, and its server is told once`() {
        core.ids = listOf(ANNA, BORIS)
        repeat(2) { sync.atStart() }
        assertEquals(listOf("$ANNA https://push.example/$ANNA", "$BORIS https://push.example/$BORIS"), core.told)
    }

    @Test
    fun `a server that is out of reach is told the next time, and keeps no other from being told`() {
        core.ids = listOf(ANNA, BORIS)
        core.unreachable = ANNA
        sync.atStart()
        assertEquals(listOf("$BORIS https://push.example/$BORIS"), core.told)
        core.unreachable = null
        sync.atStart()
        assertEquals("$ANNA https://push.example/$ANNA", core.told.last())
    }

    @Test
    fun `an account that is gone is woken no more`() {
        core.ids = listOf(ANNA, BORIS)
        sync.atStart()
        core.ids = listOf(BORIS)
        sync.atStart()
        assertEquals(setOf(BORIS), book.accounts())
        assertEquals(2, core.told.size, "nothing is said to a server that this phone does not know")
    }

    @Test
    fun `an address that comes is told, and asks for none`() {
        book.arrived(book.token(ANNA), "https://push.example/new")
        sync.tell()
        assertEquals(listOf("$ANNA https://push.example/new"), core.told)
        assertEquals(emptyList(), distributor.asked)
    }

    @Test
    fun `a start asks again for every account, a change for the new one alone`() {
        core.ids = listOf(ANNA)
        sync.atStart()
        core.ids = listOf(ANNA, BORIS)
        sync.afterChange()
        assertEquals(listOf(ANNA, BORIS), distributor.asked)
        sync.atStart()
        assertEquals(listOf(ANNA, BORIS, ANNA, BORIS), distributor.asked)
    }

    /** A distributor that answers before it is asked twice. */
    private inner class AtOnce : Push {
        val asked = mutableListOf<AccountId>()

        override fun register(account: AccountId): Boolean {
            asked += account
            return book.arrived(book.token(account), "https://push.example/$account")
        }

        override fun unregister(account: AccountId) = book.forget(account)
    }

    private class Core : Authenticator(NoHandle) {
        var ids = emptyList<AccountId>()
        var unreachable: AccountId? = null
        val told = mutableListOf<String>()

        override fun accounts(): List<Account> = ids.map { Account(it, null, AccountState.Active) }

        override fun setPush(
            account: AccountId,
            url: String?,
        ) {
            if (account == unreachable) throw Problem.Unreachable(sent = false)
            told += "$account $url"
        }
    }

    private companion object {
        const val ANNA = 7UL
        const val BORIS = 8UL
    }
}
