using Causality.Messaging;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Health;
using Causality.ServiceDefaults.Telemetry;
using Causality.Storage;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Causality.ServiceDefaults;

/// <summary>Runs one service as a process of its own.</summary>
public static class ServiceProcess
{
    /// <summary>Composes the service, runs it until it is told to stop, and tells a person what kept it from starting.</summary>
    /// <param name="args">The command line, read as configuration; <c>--health live|ready</c> asks the service that runs in this container instead of running one.</param>
    /// <param name="serviceName">One of the storage's service names.</param>
    /// <param name="defaultUrl">Where the service answers unless <c>Http:Url</c> says otherwise.</param>
    /// <param name="consumers">Adds its consumers to the bus; null for a service without a bus.</param>
    /// <param name="configure">Adds the service's own rooms.</param>
    /// <param name="map">Maps its routes.</param>
    /// <returns>0 after a graceful stop, 1 when it could not start; the probe's own answer with <c>--health</c>.</returns>
    public static async Task<int> RunAsync(
        string[] args, string serviceName, string defaultUrl, Action<IBusRegistrationConfigurator>? consumers, Action<WebApplicationBuilder> configure, Action<IEndpointRouteBuilder>? map = null)
    {
        if (HealthProbe.IsAsked(args))
            return await HealthProbe.RunAsync(args, defaultUrl);
        if (Failpoint.IsArmed)
        {
            var fault = Failpoint.FindFault();
            await Console.Error.WriteLineAsync($"{serviceName}: {fault ?? $"{Failpoint.Variable} is set: this process will kill itself. For tests only."}");
            if (fault is not null)
                return 1;
        }

        try
        {
            // Looks at the settings' files every few seconds instead of being told of every change below the working folder, where all of the log may lie.
            Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
            var builder = WebApplication.CreateSlimBuilder(args);
            builder.AddServiceDefaults(serviceName);
            builder.Services.AddOperatorIdentity();
            builder.Services.AddApplicationListener(defaultUrl);
            if (consumers is not null)
                builder.Services.AddCausalityBus(builder.Configuration, consumers);
            configure(builder);

            await using var app = builder.Build();
            var routes = app.UseServiceDefaults();
            map?.Invoke(routes);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"{serviceName}: {explanation}");
            return 1;
        }
    }
}
