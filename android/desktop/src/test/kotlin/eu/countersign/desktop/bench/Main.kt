package eu.countersign.desktop.bench

import eu.countersign.lab.Server

/** `cargo xtask bench kotlin`: what the way from Kotlin into the core costs, and how long the app takes to be there. */
fun main() {
    Server().use { server ->
        measureCalls(server)
        measureStart(server)
    }
}

/** A figure, and how many times [plain] it is where there is something to compare it with. */
internal fun line(
    what: String,
    nanos: Double,
    plain: Double? = null,
) {
    val (value, unit) =
        when {
            nanos < 1e3 -> nanos to "ns"
            nanos < 1e6 -> nanos / 1e3 to "µs"
            else -> nanos / 1e6 to "ms"
        }
    val ratio = plain?.let { "   %.1f plain calls".format(nanos / it) }.orEmpty()
    println("%-72s %8.1f %s%s".format(what, value, unit, ratio))
}

/** The middle one. */
internal fun median(values: List<Double>): Double = values.sorted()[values.size / 2]
