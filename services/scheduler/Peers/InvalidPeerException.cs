namespace Causality.Scheduler.Peers;

/// <summary>A peer that cannot be added as it was given. Nothing was changed.</summary>
/// <param name="field">The field at fault.</param>
/// <param name="reason">What is wrong and what to do.</param>
public class InvalidPeerException(string field, string reason) : Exception($"{field}: {reason}")
{
    /// <summary>The field at fault.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong and what to do.</summary>
    public string Reason { get; } = reason;
}
