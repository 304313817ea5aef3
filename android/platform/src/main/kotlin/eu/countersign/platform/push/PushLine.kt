package eu.countersign.platform.push

import eu.countersign.core.AccountId
import java.io.File
import java.io.IOException

/** One account in the book. Before the first address there is nothing to tell. */
internal data class PushLine(
    val token: String,
    val address: String? = null,
    val told: Boolean = true,
)

/** A book that cannot be read is an empty one: the accounts register again. */
internal fun readLines(file: File): Map<AccountId, PushLine> =
    try {
        file.readLines().mapNotNull(::lineOf).toMap()
    } catch (_: IOException) {
        emptyMap()
    }

/** Whole or not at all. What cannot be written is asked for again at the next start. */
internal fun writeLines(
    file: File,
    lines: Map<AccountId, PushLine>,
) {
    val beside = file.resolveSibling("${file.name}.new")
    try {
        beside.writeText(lines.map { (account, line) -> textOf(account, line) }.joinToString(""))
        beside.renameTo(file)
    } catch (_: IOException) {
        beside.delete()
    }
}

private fun textOf(
    account: AccountId,
    line: PushLine,
): String = "$account ${line.token} ${if (line.told) "told" else "new"} ${line.address.orEmpty()}\n"

private fun lineOf(text: String): Pair<AccountId, PushLine>? {
    val (account, token, told, address) = text.split(' ', limit = 4).takeIf { it.size == 4 } ?: return null
    return account.toULongOrNull()?.let { it to PushLine(token, address.ifEmpty { null }, told == "told") }
}
