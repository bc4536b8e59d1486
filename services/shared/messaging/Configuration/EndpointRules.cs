using Causality.Messaging.Observing;
using Causality.Messaging.Stopping;
using Causality.Messaging.Transactions;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Configuration;

/// <summary>What holds on every endpoint. Order matters, outside in: retry, then the transaction, so that each attempt has a new one.</summary>
internal static class EndpointRules
{
    internal static void Apply(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint, BusOptions options)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
            DeadLetters.Keep(queue, name, options.DeliveryLimit);
        options.LimitsOf(name)?.Apply(endpoint);
        var names = context.GetRequiredService<EndpointNames>();
        names.Add(name);
        endpoint.ConfigureError(errors =>
        {
            errors.UseFilter(new BackToItsQueue());
            errors.UseFilter(new NoteDeadLetter(names, name));
            errors.UseFilter(new KeepMessageType());
            errors.UseFilter(new GenerateFaultFilter());
            errors.UseFilter(new ErrorTransportFilter());
        });

        // The database is away: that is no fault of the message, so it waits for as long as an outage may last instead of becoming a dead letter.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(error => error is not ProcessStoppingException && Outages.IsOutage(error));
            retry.Exponential(options.OutageRetryLimit, options.RetryDelay, options.RetryDelayLimit, options.RetryDelay);
        });

        if (options.RetryLimit > 0)
        {
            endpoint.UseMessageRetry(retry =>
            {
                retry.Ignore<Exception>(error => error is ProcessStoppingException || options.IsPermanent(error) || Outages.IsOutage(error));
                retry.Exponential(options.RetryLimit, options.RetryDelay, options.RetryDelayLimit, options.RetryDelay);
            });
        }

        var observer = new TransactionObserver(endpoint, context, context.GetRequiredService<GracefulStop>());
        endpoint.ConnectConsumerConfigurationObserver(observer);
        endpoint.ConnectSagaConfigurationObserver(observer);
    }
}
