using System.Text;
using Causality.ServiceDefaults.Telemetry.Series;

namespace Causality.ServiceDefaults.Telemetry.Prometheus;

/// <summary>Turns an instrument's name into the one that Prometheus' conventions ask for: base unit at the end, <c>_total</c> for counters.</summary>
/// <remarks>A name that follows them already stays as it is. <c>_count</c> is a histogram's own, so a gauge of that name ends in <c>_current</c>.</remarks>
internal static class PrometheusNames
{
    private const string Total = "_total";

    public static string OfMetric(string name, string? unit, SeriesKind kind)
    {
        var text = Clean(name);
        if (text.EndsWith(Total, StringComparison.Ordinal))
            text = text[..^Total.Length];
        else if (kind == SeriesKind.Gauge && text.EndsWith("_count", StringComparison.Ordinal))
            text = $"{text[..^"_count".Length]}_current";

        if (Unit(unit) is { } suffix && !text.EndsWith(suffix, StringComparison.Ordinal))
            text += suffix;
        return kind == SeriesKind.Counter ? text + Total : text;
    }

    public static string OfLabel(string name) => Clean(name);

    private static string? Unit(string? unit) => unit switch
    {
        "s" or "ms" => "_seconds",
        "By" => "_bytes",
        _ => null,
    };

    private static string Clean(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            if (text.Length == 0 && char.IsAsciiDigit(letter))
                text.Append('_');
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        return text.ToString();
    }
}
