namespace Causality.Storage.Maintenance;

/// <summary>How a running operator looks through its own store. Configuration section <c>Scrub</c>.</summary>
public sealed class ScrubOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Scrub";

    /// <summary>Time from the end of one pass over the store to the beginning of the next; also before the first.</summary>
    /// <value>Default 1 d; 1 min to 365 d, or 0 to switch it off.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Most content bytes read per second, so that nobody notices.</summary>
    /// <value>Default 8 MiB; 64 KiB to 1 GiB.</value>
    public long BytesPerSecond { get; set; } = 8 * 1024 * 1024;
}
