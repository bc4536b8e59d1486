using Causality.ConflictResolver.Ledger;
using Causality.Core;

namespace Causality.ConflictResolver.Resolving;

/// <summary>A conflict with all that bears on its decision: what the ledger has, and what is new.</summary>
/// <param name="Row">The ledger's row; null for a conflict that is new.</param>
/// <param name="Known">The versions in the ledger.</param>
/// <param name="Fresh">Versions that are not in the ledger yet.</param>
internal sealed record ConflictFile(LedgerRecord? Row, IReadOnlyList<VersionRecord> Known, IReadOnlyList<VersionRecord> Fresh)
{
    /// <summary>What it is about.</summary>
    public ConflictKind Kind => All[0].Kind;

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public string Subject => All[0].Subject;

    /// <summary>Every version, descending by key.</summary>
    public IReadOnlyList<VersionRecord> All { get; } = [.. Known.Concat(Fresh).OrderByDescending(KeyOf)];

    /// <summary>The round that <see cref="Fresh"/> begins; the present one when nothing is fresh.</summary>
    public int Round { get; init; } = (Row?.Round ?? 0) + (Fresh.Count > 0 ? 1 : 0);

    /// <summary>What the view showed before this round.</summary>
    public string? Standing => Fresh.Count > 0 ? Row?.WinnerHash : Row?.StandingHash;

    /// <summary>The version whose peer and type say which strategy decides: the greatest of the new ones, else the greatest.</summary>
    public VersionRecord Newest => All.FirstOrDefault(version => version.Round == Round) ?? All[0];

    /// <summary>What a built-in strategy chooses.</summary>
    public string Choose(ConflictStrategy strategy) =>
        ConflictRules.Choose(strategy, [.. All.Select(version => new ConflictRival(KeyOf(version), version.Round == Round))], Standing is { } hash ? ContentHash.Parse(hash) : null).Hash.ToString();

    /// <summary>Place of a version in the log.</summary>
    public static EntryKey KeyOf(VersionRecord version) => new(version.Timestamp, ContentHash.Parse(version.EntryHash));
}
