using System.Diagnostics.Metrics;
using Causality.Storage.Observing;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Observing;

/// <summary>How many dead letters the queues of this process have. Replicas say the same.</summary>
/// <remarks>
/// The broker is asked over AMQP (a passive declaration needs no permission of its own). The in-memory transport keeps what it cannot deliver until the
/// process ends and cannot be asked, so there it is what this process has put into <c>_error</c> queues.
/// </remarks>
internal sealed class DeadLetterGauges : IGaugeSource, IAsyncDisposable
{
    private readonly EndpointNames _names;
    private readonly BrokerQueues? _broker;
    private readonly SampledGauge _gauge;

    public DeadLetterGauges(EndpointNames names, IOptions<BusOptions> options, IMeterFactory meters, TimeProvider time)
    {
        _names = names;
        _broker = options.Value.Transport == BusTransport.RabbitMq ? new BrokerQueues(BrokerAddress.Parse(options.Value.Uri!)) : null;
        _gauge = new SampledGauge(meters.Create(MeterNames.Causality), time, "causality_dead_letters", "{message}", "Messages that could not be dealt with, by the queue that they came from.");
    }

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var values = new List<Measurement<double>>();
        foreach (var (queue, noted) in _names.All)
        {
            var count = _broker is null ? noted : await CountAsync(_broker, queue, cancellationToken).ConfigureAwait(false);
            values.Add(new Measurement<double>(count, new KeyValuePair<string, object?>("queue", queue)));
        }

        _gauge.Set(values);
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<long> CountAsync(BrokerQueues broker, string queue, CancellationToken cancellationToken) =>
        await broker.CountAsync($"{queue}_error", cancellationToken).ConfigureAwait(false) + await broker.CountAsync($"{queue}_skipped", cancellationToken).ConfigureAwait(false);
}
