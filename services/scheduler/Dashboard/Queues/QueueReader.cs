using Causality.Messaging;
using Causality.Scheduler.Dashboard.Rendering;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>The queues, looked at once for all viewers in <see cref="DashboardOptions.LookEvery"/>, and only while somebody looks.</summary>
internal sealed class QueueReader
{
    private readonly SharedView<QueueView> _view;
    private readonly DashboardOptions _options;
    private readonly BusOptions _bus;
    private readonly BrokerReader _broker;
    private readonly LocalMessagesReader _local;

    public QueueReader(IOptions<DashboardOptions> options, IOptions<BusOptions> bus, BrokerReader broker, LocalMessagesReader local, TimeProvider time)
    {
        (_options, _bus, _broker, _local) = (options.Value, bus.Value, broker, local);
        _view = new SharedView<QueueView>(_options.LookEvery, time, LookAsync);
    }

    public Task<QueueView> ReadAsync(CancellationToken cancellationToken) => _view.GetAsync(cancellationToken);

    private async Task<QueueView> LookAsync()
    {
        var usesBroker = _bus.Transport == BusTransport.RabbitMq;
        var broker = usesBroker && _options.ManagementUrl is not null ? await _broker.ReadAsync(VirtualHost) : null;
        return new QueueView(usesBroker ? "RabbitMQ" : "queues in this process", broker, await LocalAsync());
    }

    private async Task<Reading<LocalMessages>> LocalAsync()
    {
        using var limit = new CancellationTokenSource(_options.AnswerTimeout);
        try
        {
            return Reading<LocalMessages>.Of(await _local.ReadAsync(limit.Token));
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or OperationCanceledException or InvalidOperationException)
        {
            return Reading<LocalMessages>.Failed("The database does not answer.");
        }
    }

    private string VirtualHost => Uri.TryCreate(_bus.Uri, UriKind.Absolute, out var uri) && Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) is { Length: > 0 } name ? name : "/";
}
