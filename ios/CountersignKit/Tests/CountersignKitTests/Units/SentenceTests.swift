import CountersignFFI
import CountersignWords
import Foundation
import Testing

@testable import CountersignKit

/// Every variant of the bindings that a person can meet has its sentence in every language.
///
/// That each variant is thought of is the compiler's work: the switches in `Words/` have no default. Here each is said.
@Suite struct SentenceTests {
    private static let server = "Example ID"

    @Test(arguments: Languages.all.map(\.tag), Samples.all)
    func everyVariantIsSaid(tag: String, samples: Samples) throws {
        let words = Languages.words(of: tag)
        #expect(words.tag == tag)
        for said in samples.said(words, Self.server) {
            #expect(!said.trimmingCharacters(in: .whitespaces).isEmpty, "\(samples.name)")
            #expect(!said.contains("\\("), "\(said)")
        }
    }

    /// The list of samples below is compared with the surface that the bindings were made from.
    @Test func noVariantIsLeftOutOfTheSamples() throws {
        let shown = try Surface.read().filter { !Surface.wordless.contains($0.key) }
        #expect(Set(Samples.all.map(\.name)) == Set(shown.keys))
        for samples in Samples.all {
            #expect(Set(samples.variants.map { $0.lowercased() }) == shown[samples.name], "\(samples.name)")
        }
    }

    @Test func languagesDiffer() {
        let (english, french) = (Languages.words(of: "en-GB"), Languages.words(of: "fr_BE"))
        for samples in Samples.all where samples.name != "Level" {
            #expect(samples.said(english, Self.server) != samples.said(french, Self.server), "\(samples.name)")
        }
        #expect(Languages.words(of: "nl").tag == "en")
    }

    @Test func aCountTakesTheFormOfItsLanguage() {
        let (english, french) = (Languages.words(of: "en"), Languages.words(of: "fr"))
        #expect(english.time.secondsLeftUnder(n: 1) != english.time.secondsLeftUnder(n: 2))
        #expect(english.time.secondsLeftUnder(n: 0) == english.time.secondsLeftUnder(n: 2))
        #expect(french.time.secondsLeftUnder(n: 0) == french.time.secondsLeftUnder(n: 1))
    }

    @Test func whatBeginsASentenceHasACapital() {
        let words = Languages.words(of: "en")
        let said = words.sentence(of: Defect.malformed, server: words.common.thisServer)
        #expect(said.first?.isUppercase == true)
        #expect(words.listing(["A", "B", "C"]) == "A, B and C")
        #expect(words.listing(["A"]) == "A")
        #expect(words.listing([]).isEmpty)
    }
}
