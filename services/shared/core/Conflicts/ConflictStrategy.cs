namespace Causality.Core;

/// <summary>How a conflict is decided. Seed: "Conflict Resolution"; design §2 point 6.</summary>
public enum ConflictStrategy
{
    /// <summary>The later entry is shown, on a tie the one with the greater hash: the same on every operator. The default.</summary>
    LatestWins,

    /// <summary>What came in is shown.</summary>
    RemoteWins,

    /// <summary>What was shown before stays.</summary>
    LocalWins,

    /// <summary>Somebody else decides: a plug-in, a program that answers a message, a person.</summary>
    Custom,
}
