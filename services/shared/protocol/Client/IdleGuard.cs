namespace Causality.Protocol.Client;

/// <summary>A token that fires when the caller gives up, or when one wait takes longer than it may.</summary>
internal sealed class IdleGuard : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public IdleGuard(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Caller = caller;
    }

    public CancellationToken Caller { get; }

    public CancellationToken Token => _source.Token;

    /// <summary>Begins a wait.</summary>
    public void Arm() => _source.CancelAfter(_limit);

    /// <summary>Ends a wait: the time in which the caller works with what it has got does not count.</summary>
    public void Disarm() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
