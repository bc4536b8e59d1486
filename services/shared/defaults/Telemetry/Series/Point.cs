namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>The state of one series; many threads may record at once.</summary>
internal abstract class Point
{
    /// <summary>Takes a measurement in.</summary>
    public abstract void Record(double value);
}
