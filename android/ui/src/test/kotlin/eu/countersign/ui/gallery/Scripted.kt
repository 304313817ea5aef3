package eu.countersign.ui.gallery

import java.lang.reflect.Proxy

/**
 * A part of the core that gives the same answers always: the view models above it are the real ones, and their pictures
 * are the same on every machine. What has no answer here is an error, so that no picture shows what nobody meant.
 */
inline fun <reified T : Any> scripted(vararg answers: Pair<String, (List<Any?>) -> Any?>): T {
    val known = answers.toMap()
    val proxy =
        Proxy.newProxyInstance(T::class.java.classLoader, arrayOf(T::class.java)) { self, method, arguments ->
            val name = method.name.substringBefore('-')
            when (name) {
                "hashCode" -> System.identityHashCode(self)
                "equals" -> self === arguments?.firstOrNull()
                "toString" -> "scripted ${T::class.simpleName}"
                else -> (known[name] ?: error("no answer to $name"))(arguments?.toList().orEmpty()).also(Seen::note)
            }
        }
    return proxy as T
}
