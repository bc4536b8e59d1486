using System.Globalization;
using System.Text;
using Causality.ServiceDefaults.Telemetry.Series;

namespace Causality.ServiceDefaults.Telemetry.Prometheus;

/// <summary>Writes series in Prometheus' text format 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int LongestValue = 256;

    /// <summary>All series, each name once with its help and type; ascending by name, so that two pages can be compared.</summary>
    public static string Write(IReadOnlyCollection<InstrumentSeries> instruments)
    {
        var text = new StringBuilder(32 * 1024);
        foreach (var family in instruments.GroupBy(NameOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            WriteFamily(text, family.Key, [.. family]);
        return text.ToString();
    }

    public static string NameOf(InstrumentSeries series) => PrometheusNames.OfMetric(series.Instrument.Name, series.Instrument.Unit, series.Kind);

    public static string TypeOf(SeriesKind kind) => kind switch
    {
        SeriesKind.Counter => "counter",
        SeriesKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static void WriteFamily(StringBuilder text, string name, InstrumentSeries[] instruments)
    {
        var first = instruments[0];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var begun = false;
        foreach (var series in instruments.Where(series => series.Kind == first.Kind))
        {
            foreach (var (tags, point) in series.Points)
            {
                // The same series from two instruments would make the whole page invalid.
                var labels = Labels(tags);
                if (!seen.Add(labels))
                    continue;
                if (!begun)
                    WriteHead(text, name, first);
                begun = true;
                WritePoint(text, name, labels, series, point);
            }
        }
    }

    private static void WriteHead(StringBuilder text, string name, InstrumentSeries series)
    {
        var help = string.IsNullOrWhiteSpace(series.Instrument.Description) ? series.Instrument.Name : series.Instrument.Description;
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(series.Kind)).Append('\n');
    }

    private static void WritePoint(StringBuilder text, string name, string labels, InstrumentSeries series, Point point)
    {
        if (point is ValuePoint value)
        {
            WriteSample(text, name, labels, value.Value);
            return;
        }

        var (counts, sum) = ((HistogramPoint)point).Read();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < series.Bounds.Length ? Number(series.Bounds[i]) : "+Inf";
            WriteSample(text, name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", total);
        }

        WriteSample(text, name + "_sum", labels, sum);
        WriteSample(text, name + "_count", labels, total);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(TagSet tags)
    {
        // Two tags whose names differ only in what a label cannot hold would repeat a label: the first counts.
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags.Tags)
            labels.TryAdd(PrometheusNames.OfLabel(key), Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    private static string Escape(string value) => (value.Length > LongestValue ? value[..LongestValue] : value)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
