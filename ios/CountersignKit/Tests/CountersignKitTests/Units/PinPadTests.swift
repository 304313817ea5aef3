import Testing

@testable import CountersignKit

@MainActor @Suite struct PinPadTests {
    @Test func digitsAreCountedAndAtMostTwelve() {
        let pad = PinPad()
        pad.type("4927")
        #expect(pad.typed == 4)
        pad.backspace()
        #expect(pad.typed == 3)
        pad.type("0123456789")
        #expect(pad.typed == 12)
        pad.push(10)
        pad.push(-1)
        pad.clear()
        #expect(pad.typed == 0)
        pad.backspace()
        #expect(pad.typed == 0)
    }

    @Test func theNumberHasSixDigits() {
        let number = NumberField()
        number.type("48392")
        #expect(!number.isComplete)
        number.type("077")
        #expect(number.digits == "483920")
        number.backspace()
        #expect(number.digits == "48392")
        number.push(12)
        #expect(number.digits == "48392")
        number.clear()
        #expect(number.digits.isEmpty)
    }
}
