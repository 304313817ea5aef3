package eu.countersign.software

/** Where secrets lie, by their names. */
interface Shelf {
    /** Gives [work] all of them; what it changes is kept when this returns. One at a time. */
    fun <T> change(work: (MutableMap<String, ByteArray>) -> T): T
}

/** In memory: gone with the process. */
class MemoryShelf : Shelf {
    private val secrets = mutableMapOf<String, ByteArray>()

    @Synchronized
    override fun <T> change(work: (MutableMap<String, ByteArray>) -> T): T = work(secrets)
}
