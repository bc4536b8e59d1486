using Causality.Messaging.Configuration;
using Causality.Messaging.Delivery;
using Causality.Messaging.Observing;
using Causality.Messaging.Outbox;
using Causality.Messaging.Stopping;
using Causality.Messaging.Transactions;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.Storage.Observing;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Causality.Messaging;

/// <summary>Puts a process on the bus.</summary>
public static class BusServiceCollectionExtensions
{
    /// <summary>Adds the bus as the section <see cref="BusOptions.Section"/> describes it.</summary>
    /// <param name="services">The process; the store (its <see cref="CausalityDbContext"/>) must be added too.</param>
    /// <param name="configuration">The root of the configuration.</param>
    /// <param name="configure">Adds consumers and sagas. Call this method once per process, with all of them.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">A setting is missing or out of bounds; each is named with its bound.</exception>
    public static IServiceCollection AddCausalityBus(this IServiceCollection services, IConfiguration configuration, Action<IBusRegistrationConfigurator> configure) =>
        services.AddCausalityBus(options => configuration.GetSection(BusOptions.Section).Bind(options), configure);

    /// <summary>Adds the bus with settings made in code.</summary>
    /// <param name="services">The process; the store (its <see cref="CausalityDbContext"/>) must be added too.</param>
    /// <param name="options">The settings.</param>
    /// <param name="configure">Adds consumers and sagas. Call this method once per process, with all of them.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">A setting is out of bounds; each is named with its bound.</exception>
    public static IServiceCollection AddCausalityBus(this IServiceCollection services, Action<BusOptions> options, Action<IBusRegistrationConfigurator> configure)
    {
        var settings = new BusOptions();
        options(settings);
        if (new BusOptionsValidator().Validate(null, settings) is { Failed: true } fault)
            throw new OptionsValidationException(BusOptions.Section, typeof(BusOptions), fault.Failures);
        services.AddSingleton(Options.Create(settings));
        services.AddOutbox();
        services.AddSingleton<EndpointNames>();
        services.AddSingleton<LoginProbe>();
        services.AddSingleton<IGaugeSource, OutboxGauges>();
        services.AddSingleton<IGaugeSource, DeadLetterGauges>();
        services.AddHostedService<BusLogging>();
        services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = true);
        services.AddMassTransit(bus =>
        {
            // An operator tells nobody outside about itself.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(false));
            bus.ConfigureHealthCheckOptions(health => health.Name = "bus");
            bus.AddConfigureEndpointsCallback((context, name, endpoint) => EndpointRules.Apply(context, name, endpoint, settings));
            configure(bus);
            if (Failpoint.IsArmed)
            {
                bus.AddReceiveObserver<AcknowledgeFailpoints>();
                bus.AddConsumeObserver<AcknowledgeFailpoints>();
            }

            if (settings.Transport == BusTransport.RabbitMq)
                BusRules.UseRabbitMq(bus, settings);
            else
                BusRules.UseInMemory(bus, settings);
        });
        // After the bus, so that they stop before it.
        services.AddHostedService(provider => provider.GetRequiredService<DeliveredRows>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<OutboxSweeper>();
        services.AddHostedService<InboxPurger>();
        return services;
    }

    private static void AddOutbox(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MessagingMetrics>();
        services.AddSingleton<SweeperAlarm>();
        services.AddReceiveEndpointObserver<BrokerReturned>();
        services.AddSingleton<GracefulStop>();
        services.AddSingleton<IReceiveEndpointObserver>(provider => provider.GetRequiredService<GracefulStop>());
        services.AddHostedService(provider => provider.GetRequiredService<GracefulStop>());
        services.AddSingleton<OutboxTable>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<DeliveredRows>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<OutboxSessions>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<TransactionalOutbox>();
        services.AddSingleton<ITransactionalOutbox>(provider => provider.GetRequiredService<TransactionalOutbox>());
        services.AddScoped<CurrentSession>();
        services.AddScoped<IAfterCommit>(provider => provider.GetRequiredService<CurrentSession>());
        services.AddScoped<IOutboxContextFactory<CausalityDbContext>, TransactionalConsumerFactory>();
    }
}
