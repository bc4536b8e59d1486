namespace Causality.Observability.Tests.Tools;

/// <summary>A clock that goes right and is set wrong.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
