import CountersignFFI
import CountersignWords
import Foundation

extension Words {
    /// "Used today", "Used 3 Nov 2026".
    func used(_ phone: Phone, _ now: Date) -> String {
        guard let used = phone.lastUsed.flatMap(moment) else { return account.neverUsed }
        return times.isSameDay(used, now) ? account.usedToday : account.usedOn(day: times.date(used))
    }

    /// The same within a sentence.
    func usedShort(_ phone: Phone, _ now: Date) -> String {
        guard let used = phone.lastUsed.flatMap(moment) else { return account.neverUsedShort }
        return times.isSameDay(used, now) ? account.usedTodayShort : account.usedOnShort(day: times.date(used))
    }

    /// The same with the clock time, if it was today.
    func usedAt(_ phone: Phone, _ now: Date) -> String {
        guard let used = phone.lastUsed.flatMap(moment), times.isSameDay(used, now) else {
            return self.used(phone, now)
        }
        return account.usedTodayAt(time: times.clock(used))
    }
}

/// A time as the server writes it. One that cannot be read is not shown.
func moment(_ text: String) -> Date? {
    let whole = Date.ISO8601FormatStyle()
    return (try? whole.parse(text)) ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
}
