using System.Diagnostics.Metrics;
using System.Reflection;
using Causality.Protocol.Identity;
using Causality.Storage.Observing;

namespace Causality.ServiceDefaults.Telemetry;

/// <summary>What every process says of itself.</summary>
internal sealed class ProcessMetrics
{
    public ProcessMetrics(IMeterFactory meters, string serviceName, OperatorIdentity? identity = null)
    {
        var meter = meters.Create(MeterNames.Causality);
        var version = typeof(ProcessMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var build = new Measurement<int>(1, new("service", serviceName), new("version", version));
        meter.CreateObservableGauge("causality_build_info", () => build, null, "Always 1; the labels say which service and which version runs.");
        if (identity is not null)
        {
            meter.CreateObservableGauge("causality_certificate_expiry_timestamp_seconds", () => new DateTimeOffset(identity.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds(), "s",
                "When the certificate that this process shows to peers expires, seconds since the Unix epoch.");
        }
    }
}
