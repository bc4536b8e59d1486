namespace Causality.TestKit.Operators;

/// <summary>A clock whose time of day stands still until a test moves it. Timers and elapsed time stay real, so loops keep turning and find the new time.</summary>
public sealed class ManualClock : TimeProvider
{
    private long _nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long NowMs => Interlocked.Read(ref _nowMs);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    /// <summary>Moves the time forward.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by.Ticks, nameof(by));
        Interlocked.Add(ref _nowMs, (long)by.TotalMilliseconds);
    }
}
