package eu.countersign.software

import eu.countersign.core.KeyStoreFault
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.FileAttribute
import java.nio.file.attribute.PosixFilePermissions
import java.util.Base64

/**
 * In [file], a name and a secret on each line, so that they outlive the process: for one process at a time.
 *
 * The file is read anew for each operation and appears in its place whole or not at all.
 */
class FileShelf(
    private val file: Path,
) : Shelf {
    private val beside: Path = file.resolveSibling("${file.fileName}.new")

    @Synchronized
    override fun <T> change(work: (MutableMap<String, ByteArray>) -> T): T =
        try {
            val before = lines()
            val secrets = before.associateTo(mutableMapOf(), ::secretOf)
            val result = work(secrets)
            val after = secrets.map(::lineOf)
            if (after != before) write(after)
            result
        } catch (_: IOException) {
            // The disk is full or the folder is away: nothing was changed, and it may come back.
            throw KeyStoreFault.Transient()
        }

    private fun lines(): List<String> =
        try {
            Files.readAllLines(file)
        } catch (_: NoSuchFileException) {
            emptyList()
        }

    private fun write(lines: List<String>) {
        file.parent?.let(Files::createDirectories)
        Files.deleteIfExists(beside)
        FileChannel.open(beside, setOf(WRITE, CREATE_NEW), *ownersAlone(beside)).use { channel ->
            val bytes = ByteBuffer.wrap(lines.joinToString("") { "$it\n" }.encodeToByteArray())
            while (bytes.hasRemaining()) channel.write(bytes)
            channel.force(true)
        }
        Files.move(beside, file, ATOMIC_MOVE)
    }

    private companion object {
        fun secretOf(line: String): Pair<String, ByteArray> {
            val (name, secret) = line.split(' ', limit = 2).takeIf { it.size == 2 } ?: throw KeyStoreFault.Invalidated()
            return name to decoded(secret)
        }

        fun decoded(secret: String): ByteArray =
            try {
                Base64.getDecoder().decode(secret)
            } catch (_: IllegalArgumentException) {
                throw KeyStoreFault.Invalidated()
            }

        fun lineOf(entry: Map.Entry<String, ByteArray>): String = "${entry.key} ${Base64.getEncoder().encodeToString(entry.value)}"

        /** Where a file system has owners, a file is nobody else's from its first moment. */
        fun ownersAlone(file: Path): Array<FileAttribute<*>> {
            val owned = "posix" in file.fileSystem.supportedFileAttributeViews()
            val permissions = PosixFilePermissions.fromString("rw-------")
            return if (owned) arrayOf(PosixFilePermissions.asFileAttribute(permissions)) else emptyArray()
        }
    }
}
