namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Which conflicts the inbox shows.</summary>
public sealed record ConflictFilter
{
    /// <summary>Most conflicts on one page.</summary>
    public const int PageSize = 50;

    /// <summary><c>id</c> or <c>timestamp</c>: one list, one kind, so that what is chosen can be decided together.</summary>
    public string Kind { get; init; } = "id";

    /// <summary><c>open</c>, <c>decided</c>, <c>superseded</c>; null for any.</summary>
    public string? State { get; init; }

    /// <summary>The peer that brought a version; null for any.</summary>
    public string? Peer { get; init; }

    /// <summary>Type of the winner; null for any.</summary>
    public string? EntryType { get; init; }

    /// <summary>The strategy; null for any.</summary>
    public string? Strategy { get; init; }

    /// <summary>The trace of a version; null for any.</summary>
    public string? TraceId { get; init; }

    /// <summary>The cursor; null from the newest.</summary>
    public string? After { get; init; }

    internal static ConflictFilter Of(IQueryCollection query) => new()
    {
        Kind = query["kind"] == "timestamp" ? "timestamp" : "id",
        State = Text(query, "state"),
        Peer = Text(query, "peer"),
        EntryType = Text(query, "entry_type"),
        Strategy = Text(query, "strategy"),
        TraceId = Text(query, "trace_id"),
        After = Text(query, "after"),
    };

    /// <summary>As parameters, for our own addresses and for the control API, which have the same names.</summary>
    public QueryString ToQuery(int? limit = null, bool withCursor = true)
    {
        var all = new List<KeyValuePair<string, string?>> { new("kind", Kind), new("state", State), new("peer", Peer), new("entry_type", EntryType), new("strategy", Strategy), new("trace_id", TraceId) };
        if (withCursor)
            all.Add(new("after", After));
        if (limit is { } most)
            all.Add(new("limit", most.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return QueryString.Create(all.Where(parameter => parameter.Value is not null));
    }

    /// <summary>The address of the inbox with this filter, from the beginning.</summary>
    public string Address => DashboardRoutes.Conflicts + ToQuery(withCursor: false);

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}
