using System.Text;
using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;

namespace Causality.ConflictResolver.Api;

/// <summary>Puts everything about one conflict together, the entries included.</summary>
internal sealed class ConflictDescriber(EntryIndex index)
{
    private const int MostVersions = 100;
    private const int MostHistory = 100;
    private const int MostLineBytes = 64 * 1024;

    /// <summary>Null for an unknown conflict.</summary>
    public async Task<ConflictDetails?> DescribeAsync(CausalityDbContext database, ConflictKind kind, string subject, CancellationToken cancellationToken)
    {
        if (await LedgerQueries.FindAsync(database, kind, subject, cancellationToken) is not { } row)
            return null;

        var versions = (await LedgerQueries.VersionsAsync(database, kind, [subject], cancellationToken))[subject].ToList();
        var history = (await LedgerQueries.HistoryAsync(database, kind, [subject], cancellationToken))[subject];
        var conflict = new ConflictFile(row, versions, []);
        var shown = new List<ConflictVersionDetails>();
        foreach (var version in versions.Take(MostVersions))
            shown.Add(new ConflictVersionDetails { Version = LedgerMessages.Describe(version, row.Round), Line = await LineAsync(version, cancellationToken) });

        return new ConflictDetails
        {
            Conflict = LedgerAnswers.Describe(row),
            Versions = shown,
            History = [.. history.Take(MostHistory).Select(LedgerAnswers.Describe)],
            Choices = [.. StrategyNames.BuiltIn.Select(strategy => new StrategyChoice { Strategy = StrategyNames.Of(strategy), WinnerHash = conflict.Choose(strategy) })],
            Differences = shown is [{ Line: { } one }, { Line: { } other }, ..] ? MemberDifferences.Find(one, other) : [],
        };
    }

    private async Task<string?> LineAsync(VersionRecord version, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await index.ReadAsync(ContentHash.Parse(version.EntryHash), cancellationToken);
            return entry is null || entry.CanonicalBytes.Length > MostLineBytes ? null : Encoding.UTF8.GetString(entry.CanonicalBytes.Span);
        }
        catch (Exception exception) when (exception is SegmentContentMissingException or SegmentInvalidException)
        {
            // A damaged segment must not hide what the ledger knows.
            return null;
        }
    }
}
