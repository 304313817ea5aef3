package eu.countersign.ui.words

import eu.countersign.core.Level

/** What keeps the keys, as a sentence of a row. */
fun Words.keysIn(level: Level): String =
    when (level) {
        Level.SOFTWARE -> account.keysSoftware
        Level.TEE -> account.keysTee
        Level.SECURE_ENCLAVE, Level.STRONGBOX -> account.keys
    }

/** How well that protects, in a word. */
fun Words.protectionOf(level: Level): String =
    when (level) {
        Level.SOFTWARE -> this.level.software
        Level.TEE -> this.level.tee
        Level.SECURE_ENCLAVE -> this.level.secureEnclave
        Level.STRONGBOX -> this.level.strongbox
    }

/** What keeps the keys, in two words. */
fun Words.keeperOf(level: Level): String =
    when (level) {
        Level.SOFTWARE -> phones.software
        Level.TEE -> phones.protectedProcessor
        Level.SECURE_ENCLAVE, Level.STRONGBOX -> phones.secureChip
    }
