using Causality.Protocol.Server.Listeners;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Telemetry;

/// <summary>Names every setting that is out of bounds.</summary>
internal sealed class MetricsOptionsValidator : IValidateOptions<MetricsOptions>
{
    public ValidateOptionsResult Validate(string? name, MetricsOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrEmpty(options.Url) && !ListenAddress.TryParse(options.Url, "http", out _))
            faults.Add(ListenAddress.Explain(options.Url, "http", "Metrics:Url"));
        if (options.SeriesPerInstrument is < 10 or > 100_000)
            faults.Add($"Metrics:SeriesPerInstrument is {options.SeriesPerInstrument}: set it to 10 to 100000.");
        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromMinutes(5))
            faults.Add($"Metrics:Interval is {options.Interval}: set it to 00:00:01 to 00:05:00.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
