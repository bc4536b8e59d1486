using Causality.Storage;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Which service is killed at which point.</summary>
public static class CrashCases
{
    /// <summary>Set to 1 for every service at every point that it passes, which takes twice as long; else every point has one service's turn.</summary>
    public const string AllVariable = "CAUSALITY_ALL_FAILPOINTS";

    /// <summary>Service and point.</summary>
    public static TheoryData<string, string> Chosen => [.. Environment.GetEnvironmentVariable(AllVariable) == "1" ? All : InTurn];

    private static IEnumerable<(string, string)> All =>
        Failpoints.All.SelectMany(place => place.Services.Select(service => (NameOf(service), place.Name)));

    private static IEnumerable<(string, string)> InTurn =>
        Failpoints.All.Select((place, index) => (NameOf(place.Services[index % place.Services.Count]), place.Name));

    // The storage names the schema, the process is named as its folder is.
    private static string NameOf(string service) => service == ServiceNames.ConflictResolver ? "conflict-resolver" : service;
}
