namespace Causality.Storage.Database.Records;

/// <summary>Which way a segment of a plan moves. Numbers are stored: never renumber.</summary>
public enum PlanDirection
{
    /// <summary>From the peer to us.</summary>
    In = 0,

    /// <summary>From us to the peer.</summary>
    Out = 1,
}
