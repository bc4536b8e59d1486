using System.Collections.Concurrent;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>Shows what the conflict ledger has decided. Kept current from the ledger's change feed, so that every replica of every service shows the same.</summary>
/// <remarks>
/// In memory are only the ids for which something else than the latest version is, or was, shown: about 300 bytes each. What a peer has brought since the
/// ledger last looked is not shown in the place of what was there, whatever its timestamp: it waits for the decision.
/// </remarks>
internal sealed class LedgerView(DatabaseAccess database) : IViewRule, IDisposable
{
    private const int Page = 5_000;

    private readonly ConcurrentDictionary<string, ContentHash> _shown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ContentHash, bool> _hidden = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile UndecidedArrivals _undecided = UndecidedArrivals.None;
    private long _version;

    /// <inheritdoc/>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken = default)
    {
        var heads = await HeadsAsync(cancellationToken).ConfigureAwait(false);
        if (IsCurrent(heads))
            return;

        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A ledger that went back (a restored backup) is read anew.
            if (heads.Ledger < Interlocked.Read(ref _version))
                Forget();

            // Arrivals first: what is decided in between is then known as both, and the decision counts.
            _undecided = await database.RunAsync("read arrivals", db => _undecided.NextAsync(db, heads.Resolved, heads.Log, cancellationToken), cancellationToken).ConfigureAwait(false);
            while (Interlocked.Read(ref _version) < heads.Ledger && await TakePageAsync(heads.Ledger, cancellationToken).ConfigureAwait(false))
            {
                // Until what was seen is reached, page by page.
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public ContentHash WinnerOf(string entryId, EntryKey latest, Func<IReadOnlyList<EntryVersion>> versions) =>
        _shown.TryGetValue(entryId, out var shown) ? shown : _undecided.WinnerOf(entryId, latest, versions);

    /// <inheritdoc/>
    public bool IsHidden(ContentHash entry) => !_hidden.IsEmpty && _hidden.ContainsKey(entry);

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private bool IsCurrent((long Ledger, long Resolved, long Log) heads) =>
        heads.Ledger == Interlocked.Read(ref _version) && _undecided is var undecided && undecided.From == heads.Resolved && undecided.Through == Math.Max(heads.Log, heads.Resolved);

    private Task<(long Ledger, long Resolved, long Log)> HeadsAsync(CancellationToken cancellationToken) => database.RunAsync("read the head of the ledger", async db =>
    {
        var heads = await (from ledger in db.Set<LedgerHeadRecord>() from log in db.Set<HeadRecord>() select new { Ledger = ledger.Version, ledger.ResolvedVersion, Log = log.Version })
            .SingleAsync(cancellationToken).ConfigureAwait(false);
        return (heads.Ledger, heads.ResolvedVersion, heads.Log);
    }, cancellationToken);

    private async Task<bool> TakePageAsync(long through, CancellationToken cancellationToken)
    {
        var after = Interlocked.Read(ref _version);
        var rows = await database.RunAsync("read decisions", db => db.Set<LedgerViewRecord>().AsNoTracking().Where(row => row.Version > after)
            .OrderBy(row => row.Version).Take(Page).ToListAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
            Take(row);
        Interlocked.Exchange(ref _version, rows.Count == Page ? rows[^1].Version : Math.Max(through, rows.Count > 0 ? rows[^1].Version : 0));
        return rows.Count == Page;
    }

    private void Take(LedgerViewRecord row)
    {
        if (row.Kind == LedgerViewKind.Id)
            _shown[row.Subject] = ContentHash.Parse(row.ShownHash!);
        else if (row.ShownHash is null)
            _hidden[ContentHash.Parse(row.Subject)] = true;
        else
            _hidden.TryRemove(ContentHash.Parse(row.Subject), out _);
    }

    private void Forget()
    {
        _shown.Clear();
        _hidden.Clear();
        _undecided = UndecidedArrivals.None;
        Interlocked.Exchange(ref _version, 0);
    }
}
