namespace Causality.Core;

/// <summary>The three built-in strategies. Pure: the same rivals give the same winner, in whatever order they stand.</summary>
public static class ConflictRules
{
    /// <summary>The winner.</summary>
    /// <param name="strategy">Not <see cref="ConflictStrategy.Custom"/>: that one is decided elsewhere.</param>
    /// <param name="rivals">At least one; no hash twice.</param>
    /// <param name="standing">What the view showed until now; null when that was not decided yet, or when it is none of <paramref name="rivals"/>.</param>
    /// <returns>
    /// Latest wins: the greatest key. Remote wins: the greatest of the new ones; without any, what is standing. Local wins: what is standing, else the greatest
    /// of those known before; without any (all came in at once), the greatest.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">No rivals, or a strategy that is none of the three.</exception>
    public static EntryKey Choose(ConflictStrategy strategy, IReadOnlyCollection<ConflictRival> rivals, ContentHash? standing)
    {
        ArgumentNullException.ThrowIfNull(rivals);
        ArgumentOutOfRangeException.ThrowIfZero(rivals.Count, nameof(rivals));
        var stands = standing is { } hash ? Greatest(rivals.Where(rival => rival.Key.Hash == hash)) : null;
        return strategy switch
        {
            ConflictStrategy.LatestWins => Greatest(rivals)!.Value,
            ConflictStrategy.RemoteWins => Greatest(rivals.Where(rival => rival.IsNew)) ?? stands ?? Greatest(rivals)!.Value,
            ConflictStrategy.LocalWins => stands ?? Greatest(rivals.Where(rival => !rival.IsNew)) ?? Greatest(rivals)!.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Only the built-in strategies are decided here."),
        };
    }

    private static EntryKey? Greatest(IEnumerable<ConflictRival> rivals)
    {
        EntryKey? greatest = null;
        foreach (var rival in rivals)
            greatest = greatest is { } found ? LatestWins.WinnerOf(found, rival.Key) : rival.Key;
        return greatest;
    }
}
