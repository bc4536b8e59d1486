namespace Causality.Security.Tests.Hosting;

/// <summary>A clock that a test moves: time of day and elapsed time together. Timers stay real.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks)).TotalSeconds * System.TimestampFrequency);

    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>Moves the time forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);
}
