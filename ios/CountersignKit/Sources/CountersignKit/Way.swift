import Observation

/// How the person came to the present place, and back.
@Observable
@MainActor
public final class Way {
    /// From the first place to the present one.
    public private(set) var places: [Place]

    /// Begins here.
    public init(_ first: Place) {
        places = [first]
    }

    /// The present place. There always is one: the first is never left.
    public var here: Place { places[places.count - 1] }

    /// All places but the first, as a navigation stack has them; the system's own way back sets it.
    public var path: [Place] {
        get { Array(places.dropFirst()) }
        set { set(places.prefix(1) + newValue) }
    }

    /// Goes on; what is typed here does not wait for the way back.
    public func go(_ place: Place) {
        here.model?.hidden()
        places.append(place)
    }

    /// Goes on, so that the way back leads past the present place. The first place stays.
    public func replace(_ place: Place) {
        set(places.prefix(max(1, places.count - 1)) + [place])
    }

    /// Goes back; false at the first place.
    @discardableResult
    public func back() -> Bool {
        if places.count == 1 { return false }
        set(places.dropLast())
        return true
    }

    /// Goes back to the first place.
    public func home() {
        set(places.prefix(1))
    }

    private func set(_ next: ArraySlice<Place>) {
        let left = places.filter { !next.contains($0) }
        places = Array(next)
        for place in left { place.model?.left() }
    }
}
