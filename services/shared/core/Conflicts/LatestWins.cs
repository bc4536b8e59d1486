namespace Causality.Core;

/// <summary>The default rule of a conflict: of two entries with one id the later one is shown.</summary>
/// <remarks>
/// The winner has the later timestamp; on a tie the greater entry hash. The rule needs nothing but the two entries, so every operator picks the same
/// winner, whatever the order in which it met them. Seed: "Conflict Resolution", "Latest Wins"; design §2 point 6.
/// </remarks>
public static class LatestWins
{
    /// <summary>Compares two rivals.</summary>
    /// <param name="left">One rival.</param>
    /// <param name="right">The other.</param>
    /// <returns>Positive when <paramref name="left"/> wins, negative when <paramref name="right"/> wins, 0 when they are one entry. It is the order of the log.</returns>
    public static int Compare(EntryKey left, EntryKey right) => left.CompareTo(right);

    /// <summary>The winner of two rivals, whichever comes first.</summary>
    /// <param name="left">One rival.</param>
    /// <param name="right">The other.</param>
    public static EntryKey WinnerOf(EntryKey left, EntryKey right) => Compare(left, right) >= 0 ? left : right;
}
