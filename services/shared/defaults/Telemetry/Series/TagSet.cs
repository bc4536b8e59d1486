namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>The tags of one series, in the order in which their instrument is given them.</summary>
/// <param name="Tags">At most <see cref="MaxTags"/>.</param>
internal readonly record struct TagSet(KeyValuePair<string, object?>[] Tags)
{
    /// <summary>Further tags are left out.</summary>
    public const int MaxTags = 16;

    /// <summary>The series without tags.</summary>
    public static TagSet None { get; } = new([]);

    /// <summary>The series that stands for all that had no room.</summary>
    public static TagSet Overflow { get; } = new([new("otel_metric_overflow", "true")]);
}
