import CountersignFFI
import Foundation

/// Cases about keys.
extension KeyStoreContract {
    func signs() throws {
        try withKey(.sign, challenge: challenge) { alias, publicKey in
            let signature = try keys.sign(alias: alias, payload: message)
            try expect(verify(publicKey, message, signature), "the signature is right")
            try expect(!verify(publicKey, message + [0], signature), "another message has another signature")
        }
    }

    func prfIsAFunction() throws {
        try withKey(.prf) { alias, _ in
            let first = try keys.prf(alias: alias, input: input)
            try expect(first.count == 32, "32 bytes")
            try expect(first == keys.prf(alias: alias, input: input), "the same again")
            try expect(first != keys.prf(alias: alias, input: Data(input.reversed())), "another for another input")
        }
    }

    func prfKeysDiffer() throws {
        try withKey(.prf) { one, _ in
            try withKey(.prf) { other, _ in
                let (first, second) = (try keys.prf(alias: one, input: input), try keys.prf(alias: other, input: input))
                try expect(first != second, "each key has its own function")
            }
        }
    }

    func prfIsSecret() throws {
        try withKey(.prf) { _, publicKey in try expect(publicKey.isEmpty, "nothing public") }
    }

    func aliasIsTakenOnce() throws {
        try withKey(.sign) { alias, publicKey in
            try expect(.Exists) { _ = try keys.create(alias: alias, usage: .sign, challenge: nil) }
            try expect(.Exists) { _ = try keys.create(alias: alias, usage: .prf, challenge: nil) }
            let signature = try keys.sign(alias: alias, payload: message)
            try expect(verify(publicKey, message, signature), "the first key is still there")
        }
    }

    func unknownIsNotFound() throws {
        try expect(.NotFound) { _ = try keys.sign(alias: freshAlias(.sign), payload: message) }
        try expect(.NotFound) { _ = try keys.prf(alias: freshAlias(.prf), input: input) }
    }

    func deletes() throws {
        try withKey(.sign) { alias, _ in
            try keys.delete(alias: alias)
            try keys.delete(alias: alias)
            try expect(.NotFound) { _ = try keys.sign(alias: alias, payload: message) }
        }
    }

    func lists() throws {
        let before = Set(try keys.list())
        _ = try keys.wrap(plain: message)
        try withKey(.sign) { sign, _ in
            try withKey(.prf) { prf, _ in
                try expect(Set(keys.list()) == before.union([sign, prf]), "the two keys more")
            }
        }
        try expect(Set(keys.list()) == before, "both are gone")
    }

    func biometricKey() throws {
        switch try keys.capabilities().bio {
        case .none:
            let alias = freshAlias(.bioSign)
            try expect(.Unsupported) { _ = try keys.create(alias: alias, usage: .bioSign, challenge: nil) }
            try expect(!keys.list().contains(alias), "nothing is left of it")
        case .strong, .software:
            try withKey(.bioSign, challenge: challenge) { alias, publicKey in
                try expect(keys.list().contains(alias), "it is listed")
                try expect(!publicKey.isEmpty, "it has a public part")
            }
        }
    }

    func isHonest() throws {
        let caps = try keys.capabilities()
        try expect((caps.level == .software) == (caps.prf == .software), "level and prf say the same")
        try expect(caps.bio != .software || caps.level == .software, "no software finger beside hardware")
    }

    func vouches() throws {
        let alias = freshAlias(.sign)
        defer { try? keys.delete(alias: alias) }
        let made = try keys.create(alias: alias, usage: .sign, challenge: challenge)
        try expect(made.chain.isEmpty, "no certificates: Apple gives none")
        if try keys.capabilities().attest == .none {
            try expect(.Unsupported) { _ = try keys.appStatement(clientData: challenge) }
        }
    }
}
