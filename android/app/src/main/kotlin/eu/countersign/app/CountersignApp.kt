package eu.countersign.app

import android.app.Application
import android.content.res.Configuration
import eu.countersign.core.Authenticator
import eu.countersign.core.KeyStore
import eu.countersign.core.Problem
import eu.countersign.platform.biometric.SystemPrompt
import eu.countersign.platform.core.LateCore
import eu.countersign.platform.device.KeptChoices
import eu.countersign.platform.device.PhoneClock
import eu.countersign.platform.device.PhoneDevice
import eu.countersign.platform.device.phoneInfo
import eu.countersign.platform.device.setup
import eu.countersign.platform.keys.KeystoreKeys
import eu.countersign.platform.notice.Notices
import eu.countersign.platform.notice.Wakeable
import eu.countersign.platform.push.Distributor
import eu.countersign.platform.push.PushSync
import eu.countersign.platform.push.UnifiedPush
import eu.countersign.platform.push.pushBook
import eu.countersign.shell.App
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.launch
import java.util.Locale

/**
 * Holds the app for as long as the process lives: a turn of the phone, or the way out and back in, finds every flow
 * where it was. After the process died the core knows how far each is.
 */
open class CountersignApp :
    Application(),
    Wakeable {
    private val scope = MainScope()
    private val core = LateCore { Authenticator.open(setup(this), keys()) }
    private val pushes by lazy { PushSync(core, UnifiedPush(this, pushBook(this), distributor), pushBook(this)) }

    /** Its own version, as servers and the person are told. */
    val version: String by lazy { phoneInfo(this).app }

    /** Whoever brings pushes. */
    val distributor: Distributor by lazy { Distributor(this) }

    /** The system's questions, which need an activity. */
    val questions: Questions by lazy { Questions(this) }

    /** The app without its screens. */
    val app: App by lazy {
        val device = PhoneDevice(this, notices, questions)
        App(core, Surroundings(scope, device, SystemPrompt(this), clock = PhoneClock), KeptChoices(this)).also(App::start)
    }

    override val notices: Notices
        get() {
            val language = KeptChoices(this).load().language ?: return Notices(this, noticeWords(resources), R.drawable.notice)
            val chosen = Configuration(resources.configuration).apply { setLocale(Locale.forLanguageTag(language)) }
            return Notices(this, noticeWords(createConfigurationContext(chosen).resources), R.drawable.notice)
        }

    override fun addressChanged() = offMain { tell() }

    /** The app comes to the front. */
    fun started() = offMain { atStart() }

    /** The person is back at the accounts: one may have come or gone. */
    fun accountsShown() = offMain { afterChange() }

    /** Where the keys lie. */
    protected open fun keys(): KeyStore = KeystoreKeys(this)

    /** What does not work out now does at the next start. */
    private fun offMain(work: PushSync.() -> Unit) {
        scope.launch(Dispatchers.IO) {
            try {
                pushes.work()
            } catch (_: Problem) {
                return@launch
            }
        }
    }
}
