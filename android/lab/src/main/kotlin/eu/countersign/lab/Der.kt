package eu.countersign.lab

/** A writer of DER, as far as certificates of keys need it. */
internal object Der {
    fun sequence(vararg parts: ByteArray): ByteArray = element(0x30, joined(parts))

    fun set(vararg parts: ByteArray): ByteArray = element(0x31, joined(parts))

    fun octets(bytes: ByteArray): ByteArray = element(0x04, bytes)

    /** Whole bytes of bits. */
    fun bits(bytes: ByteArray): ByteArray = element(0x03, byteArrayOf(0) + bytes)

    fun yes(): ByteArray = element(0x01, byteArrayOf(-1))

    fun nothing(): ByteArray = element(0x05, ByteArray(0))

    fun integer(value: Long): ByteArray = element(0x02, value.toBigInteger().toByteArray())

    fun enumerated(value: Int): ByteArray = element(0x0a, byteArrayOf(value.toByte()))

    fun text(text: String): ByteArray = element(0x0c, text.encodeToByteArray())

    /** A moment before 2050. */
    fun time(text: String): ByteArray = element(0x17, text.encodeToByteArray())

    /** An object identifier whose numbers are written already. */
    fun identifier(vararg numbers: Int): ByteArray = element(0x06, numbers.map(Int::toByte).toByteArray())

    /** An explicit tag. */
    fun tagged(
        number: Int,
        inner: ByteArray,
    ): ByteArray =
        when {
            number < 31 -> element(0xa0 or number, inner)
            number < 128 -> byteArrayOf(0xbf.toByte()) + element(number, inner)
            else -> byteArrayOf(0xbf.toByte(), (0x80 or (number shr 7)).toByte()) + element(number and 0x7f, inner)
        }

    private fun element(
        tag: Int,
        content: ByteArray,
    ): ByteArray {
        val size = content.size
        val length =
            when {
                size < 128 -> byteArrayOf(size.toByte())
                size < 256 -> byteArrayOf(0x81.toByte(), size.toByte())
                else -> byteArrayOf(0x82.toByte(), (size shr 8).toByte(), size.toByte())
            }
        return byteArrayOf(tag.toByte()) + length + content
    }

    private fun joined(parts: Array<out ByteArray>): ByteArray = parts.fold(ByteArray(0), ByteArray::plus)
}
