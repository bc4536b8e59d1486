using Causality.ConflictResolver.Resolving;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>What the ledger has about some conflicts, as of one version of it.</summary>
internal sealed class LedgerReader
{
    private readonly Dictionary<string, LedgerRecord> _rows;
    private readonly ILookup<string, VersionRecord> _versions;
    private readonly HashSet<string> _inView;

    private LedgerReader(ConflictKind kind, long version, Dictionary<string, LedgerRecord> rows, ILookup<string, VersionRecord> versions, HashSet<string> inView) =>
        (Kind, Version, _rows, _versions, _inView) = (kind, version, rows, versions, inView);

    /// <summary>The version of the ledger before anything else was read: when it is still that one under the lock, all of this is true.</summary>
    public long Version { get; }

    private ConflictKind Kind { get; }

    /// <summary>Reads, in a few statements.</summary>
    public static async Task<LedgerReader> ReadAsync(CausalityDbContext database, ConflictKind kind, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        var version = await database.Set<LedgerHeadRecord>().Select(head => head.Version).SingleAsync(cancellationToken);
        var rows = await database.Set<LedgerRecord>().AsNoTracking().Where(row => row.Kind == kind && subjects.Contains(row.Subject)).ToDictionaryAsync(row => row.Subject, StringComparer.Ordinal, cancellationToken);
        var known = rows.Keys.ToList();
        var versions = known.Count == 0 ? [] : await database.Set<VersionRecord>().AsNoTracking().Where(row => row.Kind == kind && known.Contains(row.Subject)).ToListAsync(cancellationToken);
        var viewKind = kind == ConflictKind.SameId ? LedgerViewKind.Id : LedgerViewKind.Entry;
        var viewSubjects = kind == ConflictKind.SameId ? known : [.. versions.Select(row => row.EntryHash)];
        var inView = viewSubjects.Count == 0 ? [] : await database.Set<LedgerViewRecord>().Where(row => row.Kind == viewKind && viewSubjects.Contains(row.Subject)).Select(row => row.Subject).ToListAsync(cancellationToken);
        return new LedgerReader(kind, version, rows, versions.ToLookup(row => row.Subject, StringComparer.Ordinal), inView.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A conflict with versions that may be new to it.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="versions">Versions found in the log; those that the ledger has are passed over.</param>
    /// <returns>Null for a subject of which neither ledger nor log know anything.</returns>
    public ConflictFile? FileOf(string subject, IEnumerable<VersionRecord> versions)
    {
        var known = _versions[subject].ToList();
        var hashes = known.Select(row => row.EntryHash).ToHashSet(StringComparer.Ordinal);
        var fresh = versions.Where(row => !hashes.Contains(row.EntryHash)).ToList();
        return known.Count + fresh.Count == 0 ? null : new ConflictFile(_rows.GetValueOrDefault(subject), known, fresh);
    }

    /// <summary>The round that a new version of a conflict begins.</summary>
    public int NextRound(string subject) => (_rows.GetValueOrDefault(subject)?.Round ?? 0) + 1;

    /// <summary>Whether the view holds something about a conflict.</summary>
    public bool IsInView(ConflictFile conflict) =>
        Kind == ConflictKind.SameId ? _inView.Contains(conflict.Subject) : conflict.Known.Any(row => _inView.Contains(row.EntryHash));
}
