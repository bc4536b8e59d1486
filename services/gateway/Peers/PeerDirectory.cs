using Causality.Core;
using Causality.Protocol.Server;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Gateway.Peers;

/// <summary>The enabled peers by their pins, read from the database at most every five seconds: a peer that is switched off is out within that time. One that is not known is looked for again, four times a second at most: a peer that was just added is in at once, and strangers cost no more than that.</summary>
/// <remarks>While the database is away the last answer serves on for a minute at most, so that a short fault does not lock peers out.</remarks>
internal sealed class PeerDirectory(IDbContextFactory<CausalityDbContext> databases, TimeProvider time, ILogger<PeerDirectory> logger) : IKnownPeers, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshForStrangers = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Usable = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Snapshot? _snapshot;

    public async ValueTask<KnownPeer?> FindByPinAsync(string pin, CancellationToken cancellationToken) =>
        (await CurrentAsync(Fresh, cancellationToken)).ByPin.GetValueOrDefault(pin) ?? (await CurrentAsync(FreshForStrangers, cancellationToken)).ByPin.GetValueOrDefault(pin);

    public void Dispose() => _gate.Dispose();

    private async ValueTask<Snapshot> CurrentAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (Within(age) is { } fresh)
            return fresh;

        // One request reads; the others go on with what is there, or wait when nothing is.
        if (!await _gate.WaitAsync(Within(Usable) is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
            return Within(Usable) ?? throw Unavailable(null);
        try
        {
            return Within(age) ?? (_snapshot = await ReadAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PeersUnreadable(exception);
            return Within(Usable) ?? throw Unavailable(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Snapshot? Within(TimeSpan age) => _snapshot is { } snapshot && time.GetElapsedTime(snapshot.ReadAt) < age ? snapshot : null;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<PeerRecord>().AsNoTracking().Where(peer => peer.Enabled).Select(peer => new { peer.Id, peer.Pins, peer.Permissions, peer.Scope }).ToListAsync(cancellationToken);
        var byPin = new Dictionary<string, KnownPeer>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!OperatorId.TryParse(row.Id, out var id))
                continue;
            foreach (var pin in row.Pins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                byPin[pin.ToLowerInvariant()] = new KnownPeer(id, PeerPermissionNames.Parse(row.Permissions), SegmentScope.Parse(row.Scope));
        }

        return new Snapshot(readAt, byPin);
    }

    private static StorageUnavailableException Unavailable(Exception? inner) => new("The list of peers cannot be read: check the database.", inner);

    private sealed record Snapshot(long ReadAt, Dictionary<string, KnownPeer> ByPin);
}
