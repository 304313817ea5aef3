package eu.countersign.app

import android.content.ActivityNotFoundException
import android.content.Intent
import android.os.Bundle
import android.view.MotionEvent
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import eu.countersign.platform.link.linkOf
import eu.countersign.platform.window.Shield

/** The only window. It holds nothing: what it shows is the application's. */
class MainActivity : ComponentActivity() {
    private val shield = Shield()
    private val permission = Answered()
    private val whole: CountersignApp get() = application as CountersignApp
    private val choosing =
        registerForActivityResult(StartActivityForResult()) { answer ->
            whole.distributor.answer(answer.data)
            whole.started()
        }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        shield.guard(window)
        whole.notices.prepare()
        whole.questions.attach(this, permission::count)
        setContent { Screen(whole, permission, shield) }
        if (savedInstanceState == null) takeLink(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        takeLink(intent)
    }

    override fun onStart() {
        super.onStart()
        whole.notices.clear()
        whole.app.shownAgain()
        whole.started()
        chooseDistributor()
    }

    /** A turn of the phone hides nothing. */
    override fun onStop() {
        if (!isChangingConfigurations) whole.app.hidden()
        super.onStop()
    }

    override fun onDestroy() {
        whole.questions.detach(this)
        super.onDestroy()
    }

    override fun dispatchTouchEvent(touch: MotionEvent): Boolean = !shield.lets(touch) || super.dispatchTouchEvent(touch)

    private fun takeLink(intent: Intent) {
        linkOf(intent, this)?.let(whole.app::linkArrived)
    }

    /** Where several bring pushes, the person says which: once notifications are wanted at all. */
    private fun chooseDistributor() {
        if (whole.app.choices.value.askedForNotifications && whole.notices.allowed()) {
            try {
                whole.distributor.question()?.let(choosing::launch)
            } catch (_: ActivityNotFoundException) {
                // Nobody asks: requests are then found when the app is opened.
                whole.distributor.answer(null)
            }
        }
    }
}
