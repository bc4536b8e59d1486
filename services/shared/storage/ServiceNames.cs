namespace Causality.Storage;

/// <summary>The names of the services, as they appear in table names, queues and logs.</summary>
public static class ServiceNames
{
    /// <summary>Peers, schedule, saga, control API.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>Comparing.</summary>
    public const string Differ = "differ";

    /// <summary>Moving segments.</summary>
    public const string Transfer = "transfer";

    /// <summary>Conflicts.</summary>
    public const string ConflictResolver = "resolver";

    /// <summary>The peers' and the applications' door.</summary>
    public const string Gateway = "gateway";

    /// <summary>All of them in one process.</summary>
    public const string Standalone = "standalone";

    /// <summary>Every name; the migrations make an inbox and an outbox for each.</summary>
    public static IReadOnlyList<string> All { get; } = [Scheduler, Differ, Transfer, ConflictResolver, Gateway, Standalone];
}
