/// Where a person is with a request that waits for an answer.
public enum Stage: Sendable, CaseIterable {
    /// A telephone call is going on: that comes before anything else (H2).
    case call
    /// Reads, and types the number.
    case read
    /// Types the PIN, or touches the sensor.
    case pin
}
