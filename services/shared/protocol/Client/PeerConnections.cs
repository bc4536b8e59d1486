using Causality.Contracts;

namespace Causality.Protocol.Client;

/// <summary>Connection pools by peer, bounded; a pool in use is never closed under its user.</summary>
/// <param name="open">Makes the pool of a peer.</param>
/// <param name="maxPeers">Most pools.</param>
internal sealed class PeerConnections(Func<PeerEndpoint, HttpMessageHandler> open, int maxPeers) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Takes the pool of a peer; give it back by disposing the lease.</summary>
    public Lease Take(PeerEndpoint peer)
    {
        // Other pins or another address make another pool: a connection that an older pin has let in is not used again.
        var key = $"{peer.Id}\n{peer.Address}\n{string.Join(',', peer.Pins.Order(StringComparer.Ordinal))}";
        lock (_lock)
        {
            if (!_pools.TryGetValue(key, out var pool))
            {
                CloseSurplus();
                pool = new Pool(new HttpMessageInvoker(open(peer)));
                _pools.Add(key, pool);
            }

            pool.Users++;
            pool.LastUsed = ++_clock;
            return new Lease(this, pool);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var pool in _pools.Values)
                pool.Invoker.Dispose();
            _pools.Clear();
        }
    }

    private void CloseSurplus()
    {
        while (_pools.Count >= maxPeers && _pools.Where(pair => pair.Value.Users == 0).OrderBy(pair => pair.Value.LastUsed).FirstOrDefault() is { Value: not null } oldest)
        {
            _pools.Remove(oldest.Key);
            oldest.Value.Invoker.Dispose();
        }
    }

    private void Return(Pool pool)
    {
        lock (_lock)
        {
            pool.Users--;
        }
    }

    internal sealed class Pool(HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker { get; } = invoker;
        public int Users { get; set; }
        public long LastUsed { get; set; }
    }

    internal sealed class Lease(PeerConnections owner, Pool pool) : IDisposable
    {
        private bool _isReturned;

        public HttpMessageInvoker Invoker => pool.Invoker;

        public void Dispose()
        {
            if (_isReturned)
                return;
            _isReturned = true;
            owner.Return(pool);
        }
    }
}
