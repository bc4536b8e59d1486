using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Telemetry.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Telemetry;

/// <summary>What a process tells of itself: metrics for Prometheus, and everything by OTLP where that is wanted.</summary>
public static class TelemetryExtensions
{
    /// <summary>The route of the metrics.</summary>
    public const string MetricsRoute = "/metrics";

    /// <summary>Counts from now on. Called before anything else that counts is added.</summary>
    internal static void AddTelemetry(this WebApplicationBuilder builder, string serviceName)
    {
        var services = builder.Services;
        services.AddMetrics();
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddSingleton<MetricsPage>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsPage>());
        services.AddHostedService<GaugeLoop>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProcessMetrics>(provider, serviceName));
        if (builder.Configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Url)}"] is { Length: > 0 } url)
            services.AddMetricsListener(url, $"{MetricsOptions.Section}:{nameof(MetricsOptions.Url)}");
        OtlpExport.AddTo(builder, serviceName);
    }

    /// <summary>Maps <see cref="MetricsRoute"/>: without a token, on the listener of its own where <c>Metrics:Url</c> names one, else on the applications' one; never at the peers' door.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Made here, so that it listens before the first request.
        var page = routes.ServiceProvider.GetRequiredService<MetricsPage>();
        routes.ServiceProvider.GetRequiredService<ProcessMetrics>();
        var hasOwnDoor = !string.IsNullOrEmpty(routes.ServiceProvider.GetRequiredService<IOptions<MetricsOptions>>().Value.Url);
        routes.MapMethods(MetricsRoute, [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, page.Read()))
            .AllowAnonymous()
            .OnListener(hasOwnDoor ? ListenerKind.Metrics : ListenerKind.Application);
    }

    private static Task WriteAsync(HttpContext context, byte[] page)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.ContentLength = page.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }
}
