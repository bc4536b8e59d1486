using System.Text.Json;
using Causality.Protocol.Server;
using Causality.ServiceDefaults.Control;
using Causality.ServiceDefaults.Health;
using Causality.ServiceDefaults.Telemetry;
using Causality.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.ServiceDefaults;

/// <summary>What every process of an operator has: logging, time, the operator's database and files, health, a graceful stop.</summary>
public static class ServiceDefaultsExtensions
{
    // Stop order: readiness off, consumers, bus, host; a container gets 40 s before it is killed.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="serviceName">One of <see cref="ServiceNames"/>; names its inbox and outbox.</param>
    public static void AddServiceDefaults(this WebApplicationBuilder builder, string serviceName)
    {
        builder.Configuration.AddSecretFiles();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);

        // A failed statement arrives as an exception, where it is known whether it matters; EF would log each as an error besides.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Connection", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Transaction", LogLevel.None);

        // The keys of sessions stand beside the identity's key, in a folder that only this user reads; their own encryption would need one more key somewhere.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // Who was refused is in our own words, once and bounded.
        builder.Logging.AddFilter("Causality.ServiceDefaults.Control.Authentication.LocalAuthenticationHandler", LogLevel.Warning);
        builder.Logging.AddFilter("Causality.ServiceDefaults.Control.Authentication.TokenAuthenticationHandler", LogLevel.Warning);

        // What keeps the host from starting leaves it as an exception, and is told once, in words.
        var lifetime = new HostStarted();
        builder.Services.AddHostedService(_ => lifetime);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => lifetime.IsStarted && level >= LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.AddTelemetry(serviceName);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddCausalityStorage(options =>
        {
            builder.Configuration.GetSection(StorageOptions.Section).Bind(options);
            options.ServiceName = serviceName;
        });
        services.AddControlAuthentication();
        services.AddHealthChecks()
            .AddCheck<StoppingHealthCheck>("process", tags: [HealthEndpoints.Ready])
            .AddCheck<DatabaseHealthCheck>("database", tags: [HealthEndpoints.Ready], timeout: TimeSpan.FromSeconds(5));
    }

    /// <summary>Composes the request pipeline: errors as problems, each route behind its door and its policy, health, metrics.</summary>
    /// <returns>Where to map routes: one that declares no policy answers nobody.</returns>
    public static IEndpointRouteBuilder UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseOperatorHttp();
        app.UseAuthorization();
        app.Services.GetRequiredService<MappedRoutes>().Routes = app;
        var routes = app.DenyByDefault();
        routes.MapHealth();
        routes.MapMetrics();
        return routes;
    }
}
