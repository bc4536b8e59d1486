using Causality.Core;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Conflicts have changed since they were looked at: nothing was decided. Look again.</summary>
internal sealed class StaleDecisionException(IReadOnlyList<string> subjects)
    : Exception($"{subjects.Count} of the conflicts, '{Printable.Shorten(subjects[0])}' first, have changed since they were looked at; nothing was decided. Look again and decide then.")
{
    private const int MostNamed = 100;

    /// <summary>Which, the first hundred.</summary>
    public IReadOnlyList<string> Subjects { get; } = [.. subjects.Take(MostNamed)];
}
