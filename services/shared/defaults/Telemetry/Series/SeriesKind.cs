namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>What the series of an instrument are.</summary>
internal enum SeriesKind
{
    /// <summary>Only grows, until the process ends.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}
