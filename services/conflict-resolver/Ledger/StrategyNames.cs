using Causality.Core;

namespace Causality.ConflictResolver.Ledger;

/// <summary>How strategies are written in the ledger, the messages and the API.</summary>
public static class StrategyNames
{
    /// <summary>A person decides.</summary>
    public const string Person = "person";

    /// <summary>A program decides that answers <c>ConflictDecisionRequested</c>.</summary>
    public const string Message = "message";

    /// <summary>Entries of one timestamp are told of and all stay in the view.</summary>
    public const string Report = "report";

    /// <summary>The built-in ones.</summary>
    public static IReadOnlyList<ConflictStrategy> BuiltIn { get; } = [ConflictStrategy.LatestWins, ConflictStrategy.RemoteWins, ConflictStrategy.LocalWins];

    /// <summary>The name of a built-in strategy.</summary>
    public static string Of(ConflictStrategy strategy) => strategy switch
    {
        ConflictStrategy.LatestWins => "latest-wins",
        ConflictStrategy.RemoteWins => "remote-wins",
        ConflictStrategy.LocalWins => "local-wins",
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "A strategy of one's own is named by itself."),
    };

    /// <summary>The built-in strategy of a name; null for any other name.</summary>
    public static ConflictStrategy? Parse(string? name) => BuiltIn.Where(strategy => Of(strategy) == name).Select(strategy => (ConflictStrategy?)strategy).FirstOrDefault();
}
