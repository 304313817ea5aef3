package eu.countersign.ui.gallery

import eu.countersign.core.Problem
import eu.countersign.shell.Place
import eu.countersign.shell.problem.advice
import java.lang.reflect.Modifier

/** What the scripted parts of the core have answered with: states of flows, and everything that lies within them. */
object Seen {
    private val all = mutableSetOf<String>()

    /** Whether an answer of this name came, such as `PairingState.Gone`. */
    operator fun contains(name: String): Boolean = name in all

    /** Notes an answer. */
    fun note(answer: Any?) {
        when {
            answer is Iterable<*> -> answer.forEach(::note)
            answer != null && answer.javaClass.name.startsWith(OWN) -> noteOwn(answer)
        }
    }

    private fun noteOwn(answer: Any) {
        all += nameOf(answer)
        if (answer is Problem) note(answer.advice())
        if (answer is Enum<*> || answer is Place) return
        for (field in answer.javaClass.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }) {
            if (field.type.name.startsWith("eu.countersign.core.") || Iterable::class.java.isAssignableFrom(field.type)) {
                field.isAccessible = true
                note(field.get(answer))
            }
        }
    }

    private fun nameOf(answer: Any): String =
        if (answer is Enum<*>) "${answer.declaringJavaClass.simpleName}.${answer.name}" else nameOf(answer.javaClass)

    /** `PairingState.Gone`, of the class of it. */
    fun nameOf(type: Class<*>): String = listOfNotNull(type.enclosingClass?.simpleName, type.simpleName).joinToString(".")

    private const val OWN = "eu.countersign."
}
