namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>A stretch of time that the charts can show, in equal parts.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Part">Length of a part.</param>
/// <param name="Parts">Number of parts.</param>
public sealed record FigureWindow(string Name, string Title, TimeSpan Part, int Parts)
{
    /// <summary>All of them, shortest first.</summary>
    public static IReadOnlyList<FigureWindow> All { get; } =
    [
        new("1h", "1 hour", TimeSpan.FromMinutes(1), 60),
        new("24h", "24 hours", TimeSpan.FromMinutes(20), 72),
        new("7d", "7 days", TimeSpan.FromHours(2), 84),
        new("30d", "30 days", TimeSpan.FromHours(12), 60),
    ];

    /// <summary>Length of a part, milliseconds.</summary>
    public long PartMs => (long)Part.TotalMilliseconds;

    /// <summary>The window of a name; the shortest for any other name.</summary>
    public static FigureWindow Of(string? name) => All.FirstOrDefault(window => window.Name == name) ?? All[0];

    /// <summary>When the window begins that ends at a moment: parts begin at multiples of their length, so that a look a second later shows the same bars.</summary>
    public long BeginOf(DateTimeOffset now) => ((now.ToUnixTimeMilliseconds() / PartMs) + 1 - Parts) * PartMs;
}
