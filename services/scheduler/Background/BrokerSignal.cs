using System.Threading.Channels;

namespace Causality.Scheduler.Background;

/// <summary>Tells the redrive loop that the broker has come (back): its queues may be empty.</summary>
internal sealed class BrokerSignal
{
    private readonly Channel<bool> _returns = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Completes at the next return of the broker.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _returns.Reader.ReadAsync(cancellationToken);

    /// <summary>The broker is there.</summary>
    public void Raise() => _returns.Writer.TryWrite(true);
}
