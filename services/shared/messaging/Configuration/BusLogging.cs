using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Configuration;

/// <summary>Makes the bus log where its own host does.</summary>
/// <remarks>
/// MassTransit keeps the logger factory of the first bus in the flow of execution, so that a process which stops an embedded operator and starts another
/// would meet a disposed one. The host makes its services in the flow that it then starts the bus in.
/// </remarks>
internal sealed class BusLogging : IHostedService
{
    private readonly ILogger<BusLogging> _logger;
    private readonly BusOptions _options;

    public BusLogging(ILoggerFactory loggers, IOptions<BusOptions> options)
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        (_logger, _options) = (loggers.CreateLogger<BusLogging>(), options.Value);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var broker = _options.Transport == BusTransport.RabbitMq ? BrokerAddress.Parse(_options.Uri!).ToString() : "in this process";
        MessagingLog.Using(_logger, _options.Transport, broker);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
