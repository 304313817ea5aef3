import CountersignWords
import Foundation

/// Clock times, days and what is left of a time limit, in words.
struct Times {
    private let words: any Words
    private let calendar: Calendar

    init(_ words: any Words, zone: TimeZone = .current) {
        self.words = words
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        calendar.locale = Locale(identifier: words.tag)
        self.calendar = calendar
    }

    /// 14:32.
    func clock(_ moment: Date) -> String { format(moment, words.time.clockPattern) }

    /// 3 Nov 2026.
    func date(_ moment: Date) -> String { format(moment, words.time.dayPattern) }

    /// "Today at 14:21", else the day with the time.
    func dayAndClock(_ moment: Date, now: Date) -> String {
        if isSameDay(moment, now) { return words.time.todayAt(time: clock(moment)) }
        if isSameDay(moment, dayBefore(now)) { return words.time.yesterdayAt(time: clock(moment)) }
        return words.time.dayClock(day: date(moment), time: clock(moment))
    }

    /// "Today", else "Friday 20 November", with the year once it is another one.
    func heading(_ moment: Date, now: Date) -> String {
        if isSameDay(moment, now) { return words.time.today }
        if isSameDay(moment, dayBefore(now)) { return words.time.yesterday }
        let isSameYear = calendar.isDate(moment, equalTo: now, toGranularity: .year)
        return format(moment, isSameYear ? words.time.longDayPattern : words.time.longDayYearPattern)
    }

    func isSameDay(_ one: Date, _ other: Date) -> Bool { calendar.isDate(one, inSameDayAs: other) }

    private func dayBefore(_ moment: Date) -> Date {
        calendar.date(byAdding: .day, value: -1, to: moment) ?? moment
    }

    private func format(_ moment: Date, _ pattern: String) -> String {
        let formatter = DateFormatter()
        formatter.calendar = calendar
        formatter.timeZone = calendar.timeZone
        formatter.locale = calendar.locale
        formatter.dateFormat = pattern
        return formatter.string(from: moment)
    }
}

extension Date {
    /// A moment as the core tells it, in seconds since 1970.
    init(seconds: UInt64) {
        self.init(timeIntervalSince1970: TimeInterval(seconds))
    }
}

/// 2:41, in every language.
func minutesAndSeconds(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
}

extension Words {
    /// What is left, as it is spoken.
    func spokenLeft(_ seconds: Int) -> String {
        let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
        if minutes == 0 { return time.spokenSecondsLeft(seconds: seconds) }
        if rest == 0 { return time.spokenMinutesLeft(minutes: minutes) }
        return time.spokenLeft(minutes: minutes, seconds: rest)
    }

    /// Clock times and days in these words.
    var times: Times { Times(self) }
}
