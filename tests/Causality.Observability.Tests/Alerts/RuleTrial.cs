using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Causality.Observability.Tests.Tools;

namespace Causality.Observability.Tests.Alerts;

/// <summary>
/// Asks Prometheus which of the project's alerts fire when what was scraped before a cause and with it is stretched over time: the first for two hours and more, the second for
/// an hour after it. The names, labels and values are those of the real pages; only the clock is promtool's.
/// </summary>
internal static partial class RuleTrial
{
    private const int HealthyMinutes = 130;
    private const int SickMinutes = 75;

    // Soon after the cause, for what must be seen at once, and later, for what must last.
    private static readonly int[] LookMinutes = [1, 3, 7, 12, 22, 30, 45, 70];

    public static string RulesFile => Path.Combine(MetricsReference.Folder, "alerts.yml");

    /// <summary>Every alert of the rule file, in its order.</summary>
    public static IReadOnlyList<string> Alerts { get; } = [.. AlertLine().Matches(File.ReadAllText(RulesFile)).Select(match => match.Groups[1].Value)];

    /// <summary>The alerts that fire at any time after the cause; ascending.</summary>
    /// <param name="before">Scraped before the cause.</param>
    /// <param name="after">Scraped with it.</param>
    /// <param name="ramps">Beginnings of the names of what goes on changing by as much in every minute.</param>
    public static async Task<IReadOnlyList<string>> FireAsync(Snapshot before, Snapshot after, params string[] ramps)
    {
        Promtool.Require();
        var folder = Directory.CreateTempSubdirectory("causality-rules-");
        try
        {
            var file = Path.Combine(folder.FullName, "trial.yml");
            await File.WriteAllTextAsync(file, Write(before, after, ramps), TestContext.Current.CancellationToken);
            var (code, output) = await Promtool.RunAsync(null, "test", "rules", file);
            var fired = Failure().Matches(output).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
            (code == 0).ShouldBe(fired.Count == 0, output);
            return fired;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Nothing is expected of any alert, so promtool names those that fire.
    private static string Write(Snapshot before, Snapshot after, string[] ramps)
    {
        var used = Word().Matches(File.ReadAllText(RulesFile)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder($"rule_files: ['{RulesFile}']\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n");
        foreach (var series in before.Series.Keys.Union(after.Series.Keys).Where(series => used.Contains(series[..series.IndexOf('{', StringComparison.Ordinal)])).Order(StringComparer.Ordinal))
            text.Append("      - series: '").Append(series.Replace("'", "''", StringComparison.Ordinal)).Append("'\n        values: '").Append(Values(series, before, after, ramps)).Append("'\n");
        text.Append("    alert_rule_test:\n");
        foreach (var alert in Alerts)
        {
            foreach (var minute in LookMinutes.Select(minute => HealthyMinutes + minute).Prepend(HealthyMinutes - 2))
                text.Append(CultureInfo.InvariantCulture, $"      - eval_time: {minute}m\n        alertname: {alert}\n");
        }

        return text.ToString();
    }

    private static string Values(string series, Snapshot before, Snapshot after, string[] ramps)
    {
        var name = series[..series.IndexOf('{', StringComparison.Ordinal)];
        double? first = before.Series.TryGetValue(series, out var healthy) ? Shift(name, healthy, before.At) : null;
        double? second = after.Series.TryGetValue(series, out var sick) ? Shift(name, sick, before.At) : null;
        return $"{Run(first, 0, HealthyMinutes)} {Run(second, Slope(name, first, second, ramps), SickMinutes)}";
    }

    /// <summary>What a series does in a minute of the cause: ages that have grown by more than a second grow by the minute, ramps as they did between the scrapes, a counter jumps once and stands.</summary>
    private static double Slope(string name, double? first, double? second, string[] ramps)
    {
        if (second is not { } to)
            return 0;
        if (Array.Exists(ramps, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            return to - (first ?? 0);
        return first is { } from && (name.EndsWith("_age_seconds", StringComparison.Ordinal) || name.EndsWith("_lag_seconds", StringComparison.Ordinal)) && to > from + 1 ? 60 : 0;
    }

    // promtool's clock begins at 0 and the cause comes at the end of the healthy time: points in time are moved to fit.
    private static double Shift(string name, double value, double scrapedAt) =>
        name.EndsWith("_timestamp_seconds", StringComparison.Ordinal) ? value - scrapedAt + HealthyMinutes * 60 : value;

    private static string Run(double? value, double slope, int minutes) =>
        value is not { } from ? $"_x{minutes}" : $"{Number(from)}{(slope < 0 ? "-" : "+")}{Number(Math.Abs(slope))}x{minutes - 1}";

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex AlertLine();

    [GeneratedRegex(@"alertname: ?(\w+),? ")]
    private static partial Regex Failure();

    [GeneratedRegex("[a-z][a-z0-9_]+")]
    private static partial Regex Word();
}
