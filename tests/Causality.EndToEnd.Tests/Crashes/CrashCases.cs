using Causality.Storage;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Which service is killed at which point.</summary>
public static class CrashCases
{
    /// <summary>Names of points, separated by commas, or <c>all</c>: each service that passes them. Without it every point has one service's turn, which takes half as long.</summary>
    public const string Variable = "CAUSALITY_FAILPOINTS";

    /// <summary>Service and point.</summary>
    public static TheoryData<string, string> Chosen => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => [.. InTurn],
        "all" => [.. All],
        var names => [.. All.Where(one => names.Split(',').Contains(one.Item2))],
    };

    private static IEnumerable<(string, string)> All =>
        Failpoints.All.SelectMany(place => place.Services.Select(service => (NameOf(service), place.Name)));

    private static IEnumerable<(string, string)> InTurn =>
        Failpoints.All.Select((place, index) => (NameOf(place.Services[index % place.Services.Count]), place.Name));

    // The storage names the schema, the process is named as its folder is.
    private static string NameOf(string service) => service == ServiceNames.ConflictResolver ? "conflict-resolver" : service;
}
