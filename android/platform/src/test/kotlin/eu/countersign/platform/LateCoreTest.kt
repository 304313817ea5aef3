package eu.countersign.platform

import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.Authenticator
import eu.countersign.core.NoHandle
import eu.countersign.core.Problem
import eu.countersign.platform.core.LateCore
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

class LateCoreTest {
    private var opened = 0

    @Test
    fun `the core is opened by the first call, and once`() {
        val core = LateCore { Core().also { opened++ } }
        assertEquals(0, opened)
        repeat(2) { assertEquals(ACCOUNT, core.accounts().single().id) }
        assertEquals(1, opened)
    }

    @Test
    fun `why it does not open is told as it is, and the next call tries again`() {
        val core = LateCore { if (opened++ == 0) throw Problem.KeyStoreBusy() else Core() }
        assertFailsWith<Problem.KeyStoreBusy> { core.accounts() }
        assertEquals(ACCOUNT, core.accounts().single().id)
    }

    @Test
    fun `a problem of the core comes through unchanged, and arguments and results go as they are`() {
        val core = LateCore { Core() }
        assertFailsWith<Problem.NoSuchAccount> { core.rename(ACCOUNT, "Pixel 9") }
        core.setPush(ACCOUNT, null)
        assertFailsWith<Problem.NoSuchAccount> { core.setPush(ACCOUNT, "https://push.example/a") }
    }

    private class Core : Authenticator(NoHandle) {
        override fun accounts(): List<Account> = listOf(Account(ACCOUNT, null, AccountState.Active))

        override fun rename(
            account: ULong,
            name: String,
        ): Unit = throw Problem.NoSuchAccount()

        override fun setPush(
            account: ULong,
            url: String?,
        ) {
            if (url != null) throw Problem.NoSuchAccount()
        }
    }

    private companion object {
        const val ACCOUNT = 7UL
    }
}
