namespace Causality.ServiceDefaults.Telemetry;

/// <summary>How a process tells its metrics. Configuration section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>A listener of its own for <c>/metrics</c>, <c>http://host:port</c>; where it is set, the path exists nowhere else.</summary>
    /// <value>Default none: <c>/metrics</c> answers at <c>Http:Url</c>, beside the health routes and without a token. It shows the names of peers and nothing of the log.</value>
    public string? Url { get; set; }

    /// <summary>Most series of one instrument; what has no room is counted in one more, with the label <c>otel_metric_overflow</c>.</summary>
    /// <value>10 to 100000, default 2000.</value>
    public int SeriesPerInstrument { get; set; } = 2_000;

    /// <summary>Time between two looks at the database and the broker for the gauges that need them; scrapes never ask either.</summary>
    /// <value>1 s to 5 min, default 10 s. A gauge that could not be renewed for six times as long is not told any more.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);
}
