package eu.countersign.platform.core

import eu.countersign.core.AuthenticatorInterface
import java.lang.reflect.InvocationHandler
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.Proxy

/**
 * The core, opened by the first call of it: that reads the vault and asks the Keystore, which the main thread must not
 * wait for. If it does not open, the call has the reason, and the next call tries again.
 */
fun lateCore(open: () -> AuthenticatorInterface): AuthenticatorInterface {
    val type = AuthenticatorInterface::class.java
    return Proxy.newProxyInstance(type.classLoader, arrayOf(type), Late(open)) as AuthenticatorInterface
}

private class Late(
    open: () -> AuthenticatorInterface,
) : InvocationHandler {
    private val core: AuthenticatorInterface by lazy(open)

    override fun invoke(
        proxy: Any,
        method: Method,
        arguments: Array<Any?>?,
    ): Any? =
        try {
            method.invoke(core, *arguments.orEmpty())
        } catch (thrown: InvocationTargetException) {
            throw thrown.targetException
        }
}
