using Causality.Messaging.Outbox;
using Causality.Messaging.Serialization;
using Causality.Messaging.Timers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Configuration;

/// <summary>What holds on the bus, whatever carries it.</summary>
internal static class BusRules
{
    internal static void UseInMemory(IBusRegistrationConfigurator bus, BusOptions options) => bus.UsingInMemory((context, configurator) =>
    {
        foreach (var contract in MessageContracts.All)
            configurator.Publish(contract, _ => { });
        Apply(context, configurator, options);
        configurator.ConfigureEndpoints(context);
    });

    internal static void UseRabbitMq(IBusRegistrationConfigurator bus, BusOptions options) => bus.UsingRabbitMq((context, configurator) =>
    {
        var address = BrokerAddress.Parse(options.Uri!);
        configurator.Host(address.Host, (ushort)address.Port, address.VirtualHost, host =>
        {
            host.Username(address.User);
            host.Password(address.Password);
            host.OnRefreshConnectionFactory = context.GetRequiredService<LoginProbe>().TryAsync;
            if (address.Encrypted)
                host.UseSsl(tls => tls.ServerName = address.Host);
        });
        configurator.SendTopology.ConfigureErrorSettings = DeadLetters.Shape;
        configurator.SendTopology.ConfigureDeadLetterSettings = DeadLetters.Shape;
        foreach (var contract in MessageContracts.All)
            configurator.Publish(contract, _ => { });
        Apply(context, configurator, options);
        configurator.ConfigureEndpoints(context);
    });

    private static void Apply(IBusRegistrationContext context, IBusFactoryConfigurator configurator, BusOptions options)
    {
        configurator.PrefetchCount = options.Prefetch;
        configurator.ConcurrentMessageLimit = options.Concurrency;
        // An outbox sends to the exchange of a type, which binds nothing: subscribers of a base type would miss it.
        configurator.DeployPublishTopology = true;
        configurator.ConfigureJsonSerializerOptions(UnknownMembers.AddTo);
        configurator.AddDeserializer(new PlainJson(), true);
        configurator.AddPrePipeSpecification(new TimerFilter(context.GetRequiredService<TransactionalOutbox>));
    }
}
