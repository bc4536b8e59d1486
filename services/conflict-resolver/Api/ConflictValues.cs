using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Problems;

namespace Causality.ConflictResolver.Api;

/// <summary>Reads and checks the values of requests about conflicts.</summary>
internal static class ConflictValues
{
    private static readonly string[] States = ["open", "decided", "superseded"];

    public static LedgerQuery Query(HttpRequest request) => new()
    {
        Kind = request.Query.ContainsKey("kind") ? Kind(Text(request, "kind"), "kind") : null,
        State = Text(request, "state") switch
        {
            null or "superseded" => null,
            "open" => ConflictState.Open,
            "decided" => ConflictState.Decided,
            _ => throw OutOfRange("state", $"state is one of {string.Join(", ", States)}."),
        },
        Superseded = Text(request, "state") == "superseded",
        PeerId = Text(request, "peer"),
        TraceId = Text(request, "trace_id"),
        Strategy = Text(request, "strategy"),
        EntryType = Text(request, "entry_type"),
        From = RequestValues.Number(request, "from", 0, EntryLimits.MaxTimestamp, 0),
        To = RequestValues.Number(request, "to", 0, EntryLimits.MaxTimestamp, EntryLimits.MaxTimestamp),
        NewestFirst = Text(request, "order") switch { null or "newest" => true, "oldest" => false, _ => throw OutOfRange("order", "order is newest or oldest.") },
        After = request.Query.ContainsKey("after") ? RequestValues.Number(request, "after", 0, long.MaxValue, 0) : null,
    };

    public static ConflictKind Kind(string? name, string field) => LedgerMessages.KindOf(name) ?? throw OutOfRange(field, $"{field} is id or timestamp.");

    /// <summary>A parameter given once; null when absent.</summary>
    public static string? Text(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => null,
        [{ Length: > 0 } one] => one,
        _ => throw OutOfRange(name, $"{name} is given once, and not empty."),
    };

    /// <summary>Checks who decides what, and why.</summary>
    public static void Check(IReadOnlyList<string> subjects, IReadOnlyList<long>? versions, string by, string? reason)
    {
        if (versions is not null && versions.Count != subjects.Count)
            throw OutOfRange("expected_versions", $"expected_versions has {versions.Count} versions for {subjects.Count} subjects; give one for each, in their order.");
        RequestValues.AtMost(subjects.Count, Contracts.Http.Control.ConflictRoutes.MaxSubjects, "subjects");
        if (subjects.Count == 0 || subjects.Any(string.IsNullOrEmpty) || subjects.Distinct(StringComparer.Ordinal).Count() != subjects.Count)
            throw OutOfRange("subjects", "subjects names the conflicts, each once; there is none, an empty one, or one twice.");
        if (string.IsNullOrWhiteSpace(by) || by.Length > 256)
            throw OutOfRange("by", "by says who decides, in 1 to 256 characters.");
        if (reason?.Length > 1_024)
            throw OutOfRange("reason", "reason has at most 1,024 characters.");
        RequireNoNul(string.Concat(subjects), "subjects");
        RequireNoNul(by, "by");
        RequireNoNul(reason, "reason");
    }

    // PostgreSQL's text has none: the database would answer with an error of its own.
    private static void RequireNoNul(string? text, string field)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
            throw OutOfRange(field, $"{field} holds a NUL character.");
    }

    public static RequestProblemException OutOfRange(string field, string detail) => new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, detail).In(field);

    public static RequestProblemException Changed(StaleDecisionException stale) => new RequestProblemException(
        StatusCodes.Status409Conflict, ProblemTypes.ConflictChanged, stale.Message, stale).In("expected_versions").With("subjects", stale.Subjects);

    public static RequestProblemException Unknown(string subject) => new RequestProblemException(
        StatusCodes.Status404NotFound, ProblemTypes.ConflictNotFound, $"There is no conflict about '{Printable.Shorten(subject)}' in the ledger; GET {Contracts.Http.Control.ConflictRoutes.Conflicts} lists them.").In("subject");
}
