namespace Causality.Protocol.Client;

/// <summary>A token that fires when the caller gives up, or when one wait takes longer than it may; and a measure of how fast a peer answers, or takes what it is sent.</summary>
internal sealed class IdleGuard : IDisposable
{
    private readonly HttpSyncProtocolOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private TimeSpan _waited;
    private long _armedAt;
    private long _moved;

    public IdleGuard(HttpSyncProtocolOptions options, TimeProvider time, CancellationToken caller)
    {
        (_options, _time) = (options, time);
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Caller = caller;
    }

    public CancellationToken Caller { get; }

    public CancellationToken Token => _source.Token;

    /// <summary>True when the body comes slower than is worth waiting for.</summary>
    public bool IsTooSlow => _waited > _options.SpeedGrace && _moved < _waited.TotalSeconds * _options.MinimumBytesPerSecond;

    /// <summary>Begins a wait.</summary>
    public void Arm()
    {
        _armedAt = _time.GetTimestamp();
        _source.CancelAfter(_options.IdleTimeout);
    }

    /// <summary>Ends a wait: the time in which the caller works with what it has got does not count.</summary>
    public void Disarm() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends a wait for a part of the body.</summary>
    /// <param name="moved">Its bytes.</param>
    public void Disarm(int moved)
    {
        Disarm();
        (_waited, _moved) = (_waited + _time.GetElapsedTime(_armedAt), _moved + moved);
    }

    /// <summary>A piece of what the peer is sent has gone out: the wait for the next one begins, or for the answer, unless it goes too slowly.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="left">Bytes that are still to go out.</param>
    public void Sent(int bytes, int left)
    {
        Disarm(bytes);
        if (IsTooSlow)
            _source.Cancel();
        else if (left > 0)
            Arm();
        else
            _source.CancelAfter(_options.IdleTimeout + TimeSpan.FromSeconds((double)_moved / _options.SendingBytesPerSecond));
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
