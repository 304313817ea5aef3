/// What every view model stands on.
@MainActor
public final class Surroundings {
    /// The device.
    public let device: any Device
    /// Its question for finger or face.
    public let prompt: any Prompt
    /// The way to the core.
    public let offMain: OffMain
    /// Time.
    public let clock: any ShellClock

    /// All of it; a device is the least.
    public init(
        device: any Device,
        prompt: any Prompt,
        offMain: OffMain = OffMain(),
        clock: any ShellClock = SystemClock()
    ) {
        self.device = device
        self.prompt = prompt
        self.offMain = offMain
        self.clock = clock
    }
}
