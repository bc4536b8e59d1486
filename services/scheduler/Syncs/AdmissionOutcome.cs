namespace Causality.Scheduler.Syncs;

/// <summary>What can become of a request.</summary>
public enum AdmissionOutcome
{
    /// <summary>The sync has begun.</summary>
    Begun,

    /// <summary>The sync begins when the peer's running one has ended.</summary>
    Waiting,

    /// <summary>Nothing was done.</summary>
    Rejected,
}
