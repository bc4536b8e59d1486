namespace Causality.Protocol.Tests.Hosting;

/// <summary>The system's clock, whose measure of elapsed time stands still until a test puts it forward. Timers run as ever.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _at = System.GetTimestamp();

    public void Step(TimeSpan by) => Interlocked.Add(ref _at, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => Interlocked.Read(ref _at);
}
