package eu.countersign.ui.words

/** "A", "A and B", "A, B and C". */
fun Words.listing(names: List<String>): String =
    when (names.size) {
        0 -> ""
        1 -> names.single()
        else -> common.listed(names.dropLast(1).reduce(common::listedMore), names.last())
    }
