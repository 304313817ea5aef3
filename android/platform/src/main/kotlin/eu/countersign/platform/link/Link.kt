package eu.countersign.platform.link

import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.content.pm.verify.domain.DomainVerificationManager
import android.content.pm.verify.domain.DomainVerificationUserState
import android.net.Uri
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
    return if (isOurs(address, host, context)) address.toString() else null
}

/**
 * Whether the host is one that this app was built for. It says nothing of who sent the link: any app can start this one.
 *
 * Before Android 12 the system tells nobody whether it has verified a host. There the address has to be one of the app's
 * own filter, which an app that starts this one by its name passes by. That is less: if the verification failed, the
 * person was asked which app opens the link, and chose this one.
 */
private fun isOurs(
    address: Uri,
    host: String,
    context: Context,
): Boolean = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) isVerified(host, context) else isNamed(address, context)

private fun isVerified(
    host: String,
    context: Context,
): Boolean {
    val domains = context.getSystemService(DomainVerificationManager::class.java) ?: return false
    val states = domains.getDomainVerificationUserState(context.packageName)?.hostToStateMap.orEmpty()
    return states[host] == DomainVerificationUserState.DOMAIN_STATE_VERIFIED
}

private fun isNamed(
    address: Uri,
    context: Context,
): Boolean {
    val tapped = Intent(Intent.ACTION_VIEW, address).addCategory(Intent.CATEGORY_BROWSABLE).setPackage(context.packageName)
    @Suppress("DEPRECATION") // Of Android 13: it is asked before Android 12.
    return context.packageManager.resolveActivity(tapped, PackageManager.MATCH_DEFAULT_ONLY) != null
}
