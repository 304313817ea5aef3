package eu.countersign.platform.device

import android.content.Context
import android.os.Build
import eu.countersign.core.PhoneInfo
import eu.countersign.core.Platform
import eu.countersign.core.Setup

/** What servers are told of this phone: its model, never the name that its owner gave it. */
fun phoneInfo(context: Context): PhoneInfo {
    val version = context.packageManager.getPackageInfo(context.packageName, 0).versionName
    return PhoneInfo(
        name = shown(Build.MODEL),
        os = shown("Android ${Build.VERSION.RELEASE}"),
        app = shown(version.orEmpty()),
    )
}

/** Where the core keeps its vault: no backup takes it, and no other phone could open it. */
fun setup(context: Context): Setup = Setup(context.noBackupFilesDir.resolve("vault.db").path, Platform.ANDROID, phoneInfo(context))

/** As servers take it: 1 to 40 characters, none that cannot be seen. Makers write what they like. */
internal fun shown(text: String): String =
    text
        .filter { it in ' '..'~' }
        .trim()
        .take(LONGEST)
        .trim()
        .ifEmpty { "Android" }

private const val LONGEST = 40
