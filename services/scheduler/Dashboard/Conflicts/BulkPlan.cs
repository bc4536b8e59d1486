using System.Text.Json;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>What somebody wants to do with some conflicts, and the version that each had when it was previewed.</summary>
/// <param name="Kind"><c>id</c> or <c>timestamp</c>.</param>
/// <param name="Action">A strategy, or <c>undo</c>.</param>
/// <param name="Subjects">The conflicts.</param>
/// <param name="Versions">Their versions, in the same order.</param>
/// <param name="Reason">Why; null for nothing said.</param>
public sealed record BulkPlan(string Kind, string Action, IReadOnlyList<string> Subjects, IReadOnlyList<long> Versions, string? Reason)
{
    /// <summary>Name of the action that takes decisions back.</summary>
    public const string Undo = "undo";

    /// <summary>The actions with what they do, in order.</summary>
    public static IReadOnlyList<(string Name, string Text)> Actions { get; } =
    [
        ("latest-wins", "Latest wins: show the later version"), ("local-wins", "Local wins: show ours"), ("remote-wins", "Remote wins: show what a peer brought"), (Undo, "Undo: bring the decision before back"),
    ];

    /// <summary>True for taking decisions back.</summary>
    public bool IsUndo => Action == Undo;

    internal string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Null for what is no plan of ours.</summary>
    internal static BulkPlan? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<BulkPlan>(json) is { Subjects: not null, Versions: not null, Kind: not null } plan && Actions.Any(action => action.Name == plan.Action) ? plan : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
