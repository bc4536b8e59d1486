using Causality.Storage;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Which service is killed at which point.</summary>
public static class CrashCases
{
    /// <summary>
    /// Names of points, separated by commas: each service that passes them; <c>each</c>: every point, one service's turn; <c>all</c>: every point of every service.
    /// Without it the twenty points where the order of two effects matters most, one service's turn each: what a suite of minutes has time for.
    /// </summary>
    public const string Variable = "CAUSALITY_FAILPOINTS";

    /// <summary>Service and point.</summary>
    public static TheoryData<string, string> Chosen => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => [.. InTurn.Where(one => Usual.Contains(one.Item2))],
        "each" => [.. InTurn],
        "all" => [.. All],
        var names => [.. All.Where(one => names.Split(',').Contains(one.Item2))],
    };

    private static readonly string[] Usual =
    [
        Failpoints.ConsumerBeforeCommit, Failpoints.ConsumerAfterCommit, Failpoints.UnitBeforeCommit, Failpoints.UnitAfterCommit,
        Failpoints.MessageBeforeAcknowledge, Failpoints.MessageAfterAcknowledge, Failpoints.DispatcherBeforePublish, Failpoints.DispatcherAfterPublish,
        Failpoints.AdmissionBeforeCommit, Failpoints.AdmissionAfterCommit, Failpoints.PlanAfterReset, Failpoints.PlanBeforeCommit,
        Failpoints.BlobBeforeRename, Failpoints.BlobAfterRename, Failpoints.ImportBeforeCommit, Failpoints.ImportAfterCommit,
        Failpoints.LedgerBeforeCommit, Failpoints.LedgerAfterCommit, Failpoints.JournalBeforeFlush, Failpoints.JournalAfterFlush,
    ];

    private static IEnumerable<(string, string)> All =>
        Failpoints.All.SelectMany(place => place.Services.Select(service => (NameOf(service), place.Name)));

    private static IEnumerable<(string, string)> InTurn =>
        Failpoints.All.Select((place, index) => (NameOf(place.Services[index % place.Services.Count]), place.Name));

    // The storage names the schema, the process is named as its folder is.
    private static string NameOf(string service) => service == ServiceNames.ConflictResolver ? "conflict-resolver" : service;
}
