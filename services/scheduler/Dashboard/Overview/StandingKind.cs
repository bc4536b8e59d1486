namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>The ways to stand with a peer.</summary>
public enum StandingKind
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>The roots were equal.</summary>
    InSync,

    /// <summary>The roots differed, and a sync is moving what is missing.</summary>
    CatchingUp,

    /// <summary>A plan was carried out whole; not compared since.</summary>
    Updated,

    /// <summary>The roots differ and there was nothing to move.</summary>
    Differs,

    /// <summary>The latest sync failed.</summary>
    Failing,

    /// <summary>Switched off by a person.</summary>
    Paused,
}
