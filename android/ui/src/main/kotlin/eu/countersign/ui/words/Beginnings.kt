package eu.countersign.ui.words

/** [text] as it begins a sentence: the words that stand for a server without a name take a capital there, names keep theirs. */
fun Words.beginning(text: String): String = if (text.startsWith(common.thisServer)) text.replaceFirstChar { it.titlecase() } else text
