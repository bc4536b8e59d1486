namespace Causality.ServiceDefaults.Telemetry;

/// <summary>What an operator's processes listen to, of their own and of the libraries that they stand on.</summary>
internal static class TelemetrySources
{
    /// <summary>Meters, by whole name or, with a star at the end, by its beginning.</summary>
    public static readonly string[] Meters =
        ["Causality*", "MassTransit", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Activity sources that take part in the trace of a sync.</summary>
    public static readonly string[] Activities = ["Causality*", "MassTransit", "Npgsql", "Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>Whether a meter is one of <see cref="Meters"/>.</summary>
    public static bool HasMeter(string name) => Array.Exists(Meters, pattern => Fits(pattern, name));

    /// <summary>Whether a source is one of <see cref="Activities"/>.</summary>
    public static bool HasActivities(string name) => Array.Exists(Activities, pattern => Fits(pattern, name));

    /// <summary>Whether a meter is one for the whole process although the first host has made it: MassTransit keeps it in a static field.</summary>
    public static bool IsShared(string name) => name == "MassTransit";

    private static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(pattern, name, StringComparison.Ordinal);
}
