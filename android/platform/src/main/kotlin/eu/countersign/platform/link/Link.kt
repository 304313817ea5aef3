package eu.countersign.platform.link

import android.content.Context
import android.content.Intent
import android.content.pm.verify.domain.DomainVerificationManager
import android.content.pm.verify.domain.DomainVerificationUserState
import android.os.Build

/**
 * The link that opened the app, if one did and the system has verified that its server and this app belong together.
 * Another app can start this one with any address; only a server's own links are passed on.
 *
 * It came through the system: that is how the core has to be told of it, which then refuses what is only for the
 * scanner (protocol 3.5).
 */
fun linkOf(
    intent: Intent,
    context: Context,
): String? {
    val again = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
    val address = intent.data
    if (intent.action != Intent.ACTION_VIEW || again || address?.scheme != "https") return null
    val host = address.host ?: return null
    return if (isVerified(host, context)) address.toString() else null
}

/**
 * Whether the host is one that this app was built for. It says nothing of who sent the link: any app can start this one.
 * Before Android 12 nobody can be asked, and an app that names this one passes the filter by.
 */
private fun isVerified(
    host: String,
    context: Context,
): Boolean {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S) return true
    val domains = context.getSystemService(DomainVerificationManager::class.java) ?: return false
    val states = domains.getDomainVerificationUserState(context.packageName)?.hostToStateMap.orEmpty()
    return states[host] == DomainVerificationUserState.DOMAIN_STATE_VERIFIED
}
