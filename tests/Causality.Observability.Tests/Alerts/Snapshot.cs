using Causality.Observability.Tests.Tools;

namespace Causality.Observability.Tests.Alerts;

/// <summary>What Prometheus would have scraped of all targets at one moment.</summary>
/// <param name="At">When, seconds since the Unix epoch.</param>
/// <param name="Series">Value by series, with the labels that <c>prometheus.yml</c> gives their target.</param>
internal sealed record Snapshot(double At, IReadOnlyDictionary<string, double> Series)
{
    /// <summary>Takes pages together.</summary>
    /// <param name="pages">The job's name and what its target answered.</param>
    /// <remarks>Without <see cref="SkewedPeer"/>: what was seen of a peer is the whole process's, so another test's page would tell of it, too.</remarks>
    public static Snapshot Of(params (string Job, string Page)[] pages) => OfEverybody([.. pages.Select(page =>
        (page.Job, string.Join('\n', page.Page.Split('\n').Where(line => !line.Contains($"peer=\"{SkewedPeer.Id}\"", StringComparison.Ordinal)))))]);

    /// <summary>The same with that peer.</summary>
    public static Snapshot OfEverybody(params (string Job, string Page)[] pages)
    {
        var series = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (job, page) in pages)
        {
            foreach (var sample in Sample.ReadPage(page).Where(sample => double.IsFinite(sample.Value)))
            {
                var target = $"operator=\"operator-a\",job=\"{job}\",instance=\"{job}:8080\"";
                series[$"{sample.Name}{{{(sample.Labels.Length == 0 ? target : $"{sample.Labels},{target}")}}}"] = sample.Value;
            }
        }

        return new Snapshot(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, series);
    }
}
