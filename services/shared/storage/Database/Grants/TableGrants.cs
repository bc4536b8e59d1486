namespace Causality.Storage.Database.Grants;

/// <summary>What each service may do with each table; nothing else. A new table belongs here, or no service reaches it.</summary>
/// <remarks>Log rows are never deleted by a service, and superseded decisions never changed: no role has the right to.</remarks>
internal static class TableGrants
{
    private const string Read = "SELECT";
    private const string Add = "SELECT, INSERT";
    private const string Change = "SELECT, INSERT, UPDATE";
    private const string All = "SELECT, INSERT, UPDATE, DELETE";

    /// <summary>The services that have a role of their own.</summary>
    public static IReadOnlyList<string> Services { get; } = [ServiceNames.Scheduler, ServiceNames.Differ, ServiceNames.Transfer, ServiceNames.ConflictResolver, ServiceNames.Gateway];

    /// <summary>The privileges of a service, by schema and table.</summary>
    public static IReadOnlyList<(string Schema, string Table, string Privileges)> Of(string service) => service switch
    {
        ServiceNames.Scheduler =>
        [
            .. Bus(service),
            (ServiceNames.Scheduler, "peers", All),
            (ServiceNames.Scheduler, "schedule", Change),
            (ServiceNames.Scheduler, "syncs", All),
            (ServiceNames.Scheduler, "pending_syncs", All),
            (ServiceNames.Scheduler, "events", "SELECT, INSERT, DELETE"),
            (ServiceNames.Scheduler, "plans", All),
            ("plan", "segments", "SELECT, DELETE"),
            ("plan", "fences", "SELECT, DELETE"),
            ("control", "tokens", All),
        ],
        ServiceNames.Differ =>
        [
            .. Bus(service),
            .. Log(Read),
            ("plan", "segments", All),
            // A comparison stops the attempts before its own.
            ("plan", "fences", Change),
        ],
        ServiceNames.Transfer =>
        [
            .. Bus(service),
            .. Log(Change),
            ("log", "arrivals", Add),
            ("plan", "segments", "SELECT, UPDATE"),
            ("plan", "fences", Change),
            // Whom to ask for a content that is damaged here.
            (ServiceNames.Scheduler, "peers", Read),
        ],
        ServiceNames.ConflictResolver =>
        [
            .. Bus(service),
            .. Log(Read),
            ("log", "arrivals", "SELECT, DELETE"),
            ("conflicts", "head", "SELECT, UPDATE"),
            ("conflicts", "ledger", Change),
            ("conflicts", "versions", Change),
            ("conflicts", "decisions", Add),
            ("conflicts", "views", Change),
            ("control", "tokens", "SELECT, UPDATE (last_used_at)"),
        ],
        ServiceNames.Gateway =>
        [
            .. Log(Change),
            ("log", "arrivals", Add),
            ("log", "contributions", Change),
            ("conflicts", "head", Read),
            ("conflicts", "views", Read),
            (ServiceNames.Scheduler, "peers", Read),
            ("control", "tokens", "SELECT, UPDATE (last_used_at)"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "This service has no role."),
    };

    private static IEnumerable<(string, string, string)> Bus(string service) => [(service, "inbox", "SELECT, INSERT, DELETE"), (service, "outbox", All)];

    private static IEnumerable<(string, string, string)> Log(string segments) => [("log", "segments", segments), ("log", "head", segments == Read ? Read : "SELECT, UPDATE")];
}
