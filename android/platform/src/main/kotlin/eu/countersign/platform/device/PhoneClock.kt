package eu.countersign.platform.device

import android.os.SystemClock
import eu.countersign.shell.Clock

/** The phone's clock, which goes on while the phone sleeps: the JVM's own would stand still. */
object PhoneClock : Clock {
    override fun elapsed(): Long = SystemClock.elapsedRealtime()

    override fun now(): Long = System.currentTimeMillis()
}
